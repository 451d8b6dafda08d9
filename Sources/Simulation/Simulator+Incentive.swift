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
    guard let incentives = plan.incentives,
      case .grades(_, _, let basis, _) = incentives.scheme
    else { return }
    yearIncentives = gradeIncentives(incentives)
    if Rule.keepsProportions, case .allocation = basis { return }  // Rewarded by grade.
    scratch.rates.set(yearIncentives, grades: state.grade)
  }

  /// Σ a over all streams, into `scratch.baseSum`.
  private mutating func sumBaseAmounts() {
    scratch.baseSum.setEach { _ in Number.zero }
    for index in streams.indices {
      let base = streams[index].allocation.base
      scratch.baseSum.update(base) { $0 + $1 }
    }
  }

  private mutating func setLinearPower(_ slope: Number) {
    let perTenPoints = slope * Number(repeating: 0.1)
    for county in incentivePower.indices {
      var underRule = Number.zero
      for index in streams.indices where plan.streams[index].hasIncentives {
        underRule = underRule + streams[index].allocation.base[county]
      }
      let all = scratch.baseSum[county]
      let isFelt = (all .> Number.zero) .& state.score[county].isThere
      incentivePower[county] = Number.choose(isFelt, perTenPoints * underRule / all, Number.zero)
    }
  }

  private mutating func setPowerByGrade(_ table: GradeIncentives<Number>, reach: Number) {
    let cutoffs = gradeCutoffs()
    setStakes(table, cutoffs)
    let (scores, all, stakes) = (state.score, scratch.baseSum, scratch.stakes)
    // 10 points · ¾ / h, taken out of the sum over cut-offs.
    let perReach = Number.one / reach
    let scale = Number(repeating: 7.5) * perReach
    let count = cutoffs.count
    @inline(__always) func value(_ county: Int) -> Number {
      let score = scores[county]
      let isFelt = (all[county] .> Number.zero) .& score.isThere
      var sum = Number.zero
      for index in 0..<count {
        let cutoff = cutoffs[index].score
        let distance = (score - cutoff) * perReach
        let kernel = Number.greatest(Number.zero, Number.one - distance * distance)
        let stake = stakes[county &* count &+ index]
        sum = sum + Number.choose(cutoff.isThere, stake * kernel, Number.zero)
      }
      return Number.choose(isFelt, sum * scale / all[county], Number.zero)
    }
    incentivePower.setEach(value)
  }

  /// Σ over streams of what the grade above each cut-off brings more than the one below, into
  /// `scratch.stakes`.
  ///
  /// Fen.
  private mutating func setStakes(_ table: GradeIncentives<Number>, _ cutoffs: [Cutoff]) {
    var sums: [Number] = []
    swap(&sums, &scratch.stakes)
    defer { swap(&sums, &scratch.stakes) }
    let size = plan.countyCount * cutoffs.count
    if sums.count != size { sums = Array(repeating: Number.zero, count: size) }
    sums.setEach { _ in Number.zero }
    for index in streams.indices where plan.streams[index].hasIncentives {
      addStakes(index, table, cutoffs, &sums)
    }
  }

  /// Adds a stream's part of the stakes.
  ///
  /// Where reward units are measured by base amounts, both are in proportion to them.
  private func addStakes(
    _ index: Int, _ table: GradeIncentives<Number>, _ cutoffs: [Cutoff], _ sums: inout [Number]
  ) {
    let base = streams[index].allocation.base
    let gains = GradeGains(
      table, unitSum: streams[index].outcome.unitSum,
      rewardPool: streams[index].outcome.rewardPool)
    guard case .grades(_, _, .allocation, _)? = plan.incentives?.scheme else {
      let basis = streams[index].outcome.basis
      let count = cutoffs.count
      for county in base.indices {
        for (position, cutoff) in cutoffs.enumerated() {
          let place = county &* count &+ position
          sums[place] =
            sums[place] + gains.stake(cutoff.above, cutoff.below, base[county], basis[county])
        }
      }
      return
    }
    let perFen = cutoffs.map { gains.stake($0.above, $0.below, Number.one, Number.one) }
    if perFen.count == 3 {
      sums.addThree(times: base, perFen[0], perFen[1], perFen[2])
      return
    }
    for (position, stake) in perFen.enumerated() {
      for county in base.indices {
        let place = county &* perFen.count &+ position
        sums[place] = sums[place] + stake * base[county]
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
}

/// What each grade would bring a county in one stream (model, section 8: y).
private struct GradeGains<Number: LawNumber> {
  private let table: GradeIncentives<Number>
  /// R / Σ n.
  private let perUnit: Number

  init(_ table: GradeIncentives<Number>, unitSum: Number, rewardPool: Number) {
    self.table = table
    perUnit = Number.choose(unitSum .> Number.zero, rewardPool / unitSum, Number.zero)
  }

  /// y of a grade.
  private func gain(_ grade: Int, _ base: Number, _ basis: Number) -> Number {
    let reward = perUnit * table.rewards[grade] * basis
    let most = table.rewardCap.map { Number.least(reward, $0 * base) } ?? reward
    return most - table.deductions[grade] * base
  }

  private func gain(
    _ grade: CutoffGrade<Number>, _ base: Number, _ basis: Number
  ) -> Number {
    switch grade {
    case .same(let grade): return gain(grade, base, basis)
    case .byDraw(let index):
      var value = Number.zero
      for grade in 0..<Grade.allCases.count {
        let isIt = index .== Number(repeating: Double(grade))
        value = Number.choose(isIt, gain(grade, base, basis), value)
      }
      return value
    }
  }

  /// What the grade above a cut-off brings more than the one below, of a county with a base amount
  /// and a basis.
  func stake(
    _ above: CutoffGrade<Number>, _ below: CutoffGrade<Number>, _ base: Number, _ basis: Number
  ) -> Number {
    gain(above, base, basis) - gain(below, base, basis)
  }
}

extension Array where Element: LawNumber {
  /// Adds a column times each of three numbers to three columns that lie between each other.
  ///
  /// Shape of this array: [recipient][3], flat.
  fileprivate mutating func addThree(
    times column: [Element], _ first: Element, _ second: Element, _ third: Element
  ) {
    var sums = mutableSpan
    let numbers = column.span
    precondition(sums.count == 3 * numbers.count, "sums of others")
    for index in 0..<numbers.count {
      let (number, place) = (numbers[index], index &* 3)
      sums[place] = sums[place] + first * number
      sums[place &+ 1] = sums[place &+ 1] + second * number
      sums[place &+ 2] = sums[place &+ 2] + third * number
    }
  }
}
