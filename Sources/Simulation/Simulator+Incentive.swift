import FundAllocation
import PolicyModel

extension Simulator {
  /// μ: the money at stake per ten points of score, as a part of the county's money
  /// (model, section 8).
  mutating func setIncentivePower() {
    guard let behaviour = plan.behaviour, let incentives = plan.incentives else { return }
    sumBaseAmounts()
    switch incentives.scheme {
    case .linear(let slope, _, _): setLinearPower(parameter(slope))
    case .grades: setPowerByGrade(yearIncentives, reach: parameter(behaviour.reach))
    }
  }

  /// Sets the year's table of grades and what it means for each county.
  mutating func setGradeRates() {
    guard let incentives = plan.incentives, case .grades = incentives.scheme else { return }
    yearIncentives = gradeIncentives(incentives)
    scratch.rates.set(yearIncentives, grades: state.grade)
  }

  /// Σ a over all streams, into `scratch.atHand`.
  private mutating func sumBaseAmounts() {
    scratch.atHand.setEach { _ in Number.zero }
    for index in streams.indices {
      let base = streams[index].allocation.base
      scratch.atHand.update(base) { $0 + $1 }
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
    setGains(table)
    let cutoffs = gradeCutoffs()
    let (scores, all, gains) = (state.score, scratch.atHand, scratch.gains)
    // 10 points · ¾ / h, taken out of the sum over cut-offs.
    let perReach = Number.one / reach
    let scale = Number(repeating: 7.5) * perReach
    @inline(__always) func value(_ county: Int) -> Number {
      let score = scores[county]
      let isFelt = (all[county] .> Number.zero) .& score.isThere
      var sum = Number.zero
      for cutoff in cutoffs {
        let distance = (score - cutoff.score) * perReach
        let kernel = Number.greatest(Number.zero, Number.one - distance * distance)
        let gain = cutoff.above.gain(gains, county) - cutoff.below.gain(gains, county)
        sum = sum + Number.choose(cutoff.score.isThere, gain * kernel, Number.zero)
      }
      return Number.choose(isFelt, sum * scale / all[county], Number.zero)
    }
    incentivePower.setEach(value)
  }

  /// Σ y over streams of every county with each grade, into `scratch.gains`.
  ///
  /// Fen.
  private mutating func setGains(_ table: GradeIncentives<Number>) {
    var sums: [Number] = []
    swap(&sums, &scratch.gains)
    defer { swap(&sums, &scratch.gains) }
    sums.setEach { _ in Number.zero }
    for index in streams.indices where plan.streams[index].hasIncentives {
      addGains(index, table, &sums)
    }
  }

  private func addGains(
    _ index: Int, _ table: GradeIncentives<Number>, _ sums: inout [Number]
  ) {
    let (base, basis) = (streams[index].allocation.base, streams[index].outcome.basis)
    let unitSum = streams[index].outcome.unitSum
    let perUnit = Number.choose(
      unitSum .> Number.zero, streams[index].outcome.rewardPool / unitSum, Number.zero)
    let units = table.rewards.map { perUnit * $0 }
    let isRewarded = units.map { !($0 .== Number.zero).holdsForAll }
    let (taken, cap) = (table.deductions, table.rewardCap)
    var gains = sums.mutableSpan
    let (bases, measures) = (base.span, basis.span)
    let gradeCount = units.count
    precondition(measures.count == bases.count && gains.count == bases.count * gradeCount)
    // Who is not eligible has neither base amount nor basis.
    for county in 0..<bases.count {
      let amount = bases[county]
      let most = cap.map { $0 * amount }
      for grade in 0..<gradeCount {
        let place = county &* gradeCount &+ grade
        var gain = gains[place] - taken[grade] * amount
        if isRewarded[grade] {
          let reward = units[grade] * measures[county]
          gain = gain + (most.map { Number.least(reward, $0) } ?? reward)
        }
        gains[place] = gain
      }
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

  /// What a county would gain with it.
  ///
  /// Shape of `gains`: [county][grade], flat.
  @inline(__always)
  func gain(_ gains: [Number], _ county: Int) -> Number {
    let start = county &* Grade.allCases.count
    switch self {
    case .same(let grade): return gains[start &+ grade]
    case .byDraw(let index):
      var value = Number.zero
      for grade in 0..<Grade.allCases.count {
        let isIt = index .== Number(repeating: Double(grade))
        value = Number.choose(isIt, gains[start &+ grade], value)
      }
      return value
    }
  }
}
