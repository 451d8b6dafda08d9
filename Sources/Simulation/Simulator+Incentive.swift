import FundAllocation

extension Simulator {
  /// μ: the money at stake per ten points of score, as a part of the county's money
  /// (model, section 8).
  mutating func setIncentivePower() {
    guard let behaviour = plan.behaviour, let incentives = plan.incentives else { return }
    sumBaseAmounts()
    switch incentives.scheme {
    case .linear(let slope, _, _): setLinearPower(parameter(slope))
    case .grades:
      setPowerByGrade(gradeIncentives(incentives), reach: parameter(behaviour.reach))
    }
  }

  /// Σ a over all streams, into `scratch.atHand`.
  private mutating func sumBaseAmounts() {
    scratch.atHand.setEach { _ in Number.zero }
    for index in streams.indices {
      let base = streams[index].allocation.base
      scratch.atHand.updateEach { $1 + base[$0] }
    }
  }

  private mutating func setLinearPower(_ slope: Number) {
    let perTenPoints = slope * Number(repeating: 0.1)
    for county in incentivePower.indices {
      var underRule = Number.zero
      for index in streams.indices where plan.streams[index].hasIncentives {
        underRule = underRule + streams[index].allocation.base[county]
      }
      let all = scratch.atHand[county]
      let isFelt = (all .> Number.zero) .& state.score[county].isThere
      incentivePower[county] = Number.choose(isFelt, perTenPoints * underRule / all, Number.zero)
    }
  }

  private mutating func setPowerByGrade(_ table: GradeIncentives<Number>, reach: Number) {
    for grade in table.rewards.indices { setGains(of: grade, table) }
    let cutoffs = gradeCutoffs()
    let (scores, all, gains) = (state.score, scratch.atHand, scratch.gains)
    @inline(__always) func value(_ county: Int) -> Number {
      let score = scores[county]
      let isFelt = (all[county] .> Number.zero) .& score.isThere
      var sum = Number.zero
      for cutoff in cutoffs {
        let distance = (score - cutoff.score) / reach
        let kernel = Number.greatest(Number.zero, Number.one - distance * distance)
        let gain = cutoff.above.gain(gains, county) - cutoff.below.gain(gains, county)
        let felt = gain / all[county] * Number(repeating: 0.75) * kernel / reach
        sum = sum + Number.choose(cutoff.score.isThere, felt, Number.zero)
      }
      return Number.choose(isFelt, Number(repeating: 10) * sum, Number.zero)
    }
    incentivePower.setEach(value)
  }

  /// Σ y over streams of every county with a grade, into `scratch.gains`.
  ///
  /// Fen.
  private mutating func setGains(of grade: Int, _ table: GradeIncentives<Number>) {
    scratch.gains[grade].setEach { _ in Number.zero }
    let (units, taken) = (table.rewards[grade], table.deductions[grade])
    for index in streams.indices where plan.streams[index].hasIncentives {
      let (base, basis) = (streams[index].allocation.base, streams[index].outcome.basis)
      let eligible = streams[index].year.eligible
      let unitSum = streams[index].outcome.unitSum
      let perUnit = Number.choose(
        unitSum .> Number.zero, streams[index].outcome.rewardPool * units / unitSum, Number.zero)
      @inline(__always) func next(_ county: Int, _ gain: Number) -> Number {
        var reward = perUnit * basis[county]
        if let cap = table.rewardCap { reward = Number.least(reward, cap * base[county]) }
        let isEligible = eligible[county] .> Number.zero
        reward = Number.choose(isEligible, reward, Number.zero)
        return gain + reward - taken * base[county]
      }
      scratch.gains[grade].updateEach(next)
    }
  }

  private typealias Cutoff = (
    score: Number, above: CutoffGrade<Number>, below: CutoffGrade<Number>
  )

  /// The scores at which the grade changes, with the grades above and below; a missing score for
  /// a step that does not exist.
  private func gradeCutoffs() -> [Cutoff] {
    guard let assessment = plan.assessment else { return [] }
    switch assessment.grading {
    case .cutoffs(let list):
      return list.enumerated().map { position, entry in
        let below = position + 1 < list.count ? list[position + 1].grade.rawValue : 3
        return (parameter(entry.slot), .same(entry.grade.rawValue), .same(below))
      }
    case .quotas: return quotaCutoffs()
    }
  }

  /// Under quotas: the lowest score of each grade that anybody has, against the next such grade.
  private func quotaCutoffs() -> [Cutoff] {
    (0..<3).map { grade in
      var below = Number.missing
      for lower in ((grade + 1)..<4).reversed() {
        let isHeld = state.lowestScore[lower].isThere
        below = Number.choose(isHeld, Number(repeating: Double(lower)), below)
      }
      let score = Number.choose(below.isThere, state.lowestScore[grade], Number.missing)
      return (score, .same(grade), .byDraw(below))
    }
  }
}

/// A grade on one side of a cut-off, 0 (A) to 3 (D).
private enum CutoffGrade<Number: LawNumber> {
  /// The same in every draw.
  case same(Int)
  /// Which one depends on the draw.
  case byDraw(Number)

  /// What a county would gain with it. Shape of `gains`: [grade][county].
  @inline(__always)
  func gain(_ gains: [[Number]], _ county: Int) -> Number {
    switch self {
    case .same(let index): return gains[index][county]
    case .byDraw(let index):
      var value = Number.zero
      for grade in gains.indices {
        let isIt = index .== Number(repeating: Double(grade))
        value = Number.choose(isIt, gains[grade][county], value)
      }
      return value
    }
  }
}
