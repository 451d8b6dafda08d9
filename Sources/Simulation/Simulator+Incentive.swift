import FundAllocation

extension Simulator {
  /// μ: the money at stake per ten points of score, as a part of the county's money
  /// (model, section 8).
  mutating func setIncentivePower() {
    incentivePower = incentivePower.map { _ in Number.zero }
    guard let behaviour = plan.behaviour, let incentives = plan.incentives else { return }
    switch incentives.scheme {
    case .linear(let slope, _, _): setLinearPower(parameter(slope))
    case .grades:
      setPowerByGrade(gradeIncentives(incentives), reach: parameter(behaviour.reach))
    }
  }

  private mutating func setLinearPower(_ slope: Number) {
    let perTenPoints = slope * Number(repeating: 0.1)
    let stakes = streams.indices.map { IncentiveStake(streams[$0], plan.streams[$0]) }
    for county in incentivePower.indices {
      var underRule = Number.zero
      var all = Number.zero
      for stream in stakes.indices {
        let base = stakes[stream].base[county]
        all = all + base
        if stakes[stream].hasIncentives { underRule = underRule + base }
      }
      let isFelt = (all .> Number.zero) .& state.score[county].isThere
      incentivePower[county] = Number.choose(isFelt, perTenPoints * underRule / all, Number.zero)
    }
  }

  private mutating func setPowerByGrade(_ table: GradeIncentives<Number>, reach: Number) {
    let cutoffs = gradeCutoffs()
    let stakes = streams.indices.map { IncentiveStake(streams[$0], plan.streams[$0]) }
    for county in incentivePower.indices {
      let score = state.score[county]
      var all = Number.zero
      for stream in stakes.indices { all = all + stakes[stream].base[county] }
      let isFelt = (all .> Number.zero) .& score.isThere
      if !isFelt.holdsForAny { continue }
      let rates = (0..<4).map { grade in
        IncentiveStake.gain(of: grade, county, stakes, table) / all
      }
      var power = Number.zero
      for cutoff in cutoffs {
        let distance = (score - cutoff.score) / reach
        let kernel = Number.greatest(Number.zero, Number.one - distance * distance)
        let above = GradeIncentives.entry(rates, of: cutoff.above)
        let below = GradeIncentives.entry(rates, of: cutoff.below)
        let felt = (above - below) * Number(repeating: 0.75) * kernel / reach
        power = power + Number.choose(cutoff.score.isThere, felt, Number.zero)
      }
      incentivePower[county] = Number.choose(
        isFelt, Number(repeating: 10) * power, Number.zero)
    }
  }

  /// The scores at which the grade changes, with the grades above and below, as numbers
  /// 0 (A) to 3 (D); a missing score for a step that does not exist.
  private func gradeCutoffs() -> [(score: Number, above: Number, below: Number)] {
    guard let assessment = plan.assessment else { return [] }
    switch assessment.grading {
    case .cutoffs(let list):
      return list.enumerated().map { position, entry in
        let below = position + 1 < list.count ? list[position + 1].grade.rawValue : 3
        return (
          parameter(entry.slot), Number(repeating: Double(entry.grade.rawValue)),
          Number(repeating: Double(below))
        )
      }
    case .quotas: return quotaCutoffs()
    }
  }

  /// Under quotas: the lowest score of each grade that anybody has, against the next such grade.
  private func quotaCutoffs() -> [(score: Number, above: Number, below: Number)] {
    (0..<3).map { grade in
      var below = Number.missing
      for lower in ((grade + 1)..<4).reversed() {
        let isHeld = state.lowestScore[lower].isThere
        below = Number.choose(isHeld, Number(repeating: Double(lower)), below)
      }
      let score = Number.choose(below.isThere, state.lowestScore[grade], Number.missing)
      return (score, Number(repeating: Double(grade)), below)
    }
  }
}

/// What of a stream's year a grade puts at stake; arrays taken out once, before the loop over
/// counties.
struct IncentiveStake<Number: LawNumber> {
  let base: [Number]
  let eligible: [Number]
  let basis: [Number]
  let rewardPool: Number
  let unitSum: Number
  let hasIncentives: Bool

  init(_ result: StreamResult<Number>, _ plan: StreamPlan) {
    base = result.allocation.base
    eligible = result.year.eligible
    basis = result.outcome.basis
    rewardPool = result.outcome.rewardPool
    unitSum = result.outcome.unitSum
    hasIncentives = plan.hasIncentives
  }

  /// Σ y over streams: what a county would gain, less what it would lose, with a grade.
  ///
  /// Fen.
  static func gain(
    of grade: Int, _ county: Int, _ stakes: [IncentiveStake], _ table: GradeIncentives<Number>
  ) -> Number {
    var sum = Number.zero
    for index in stakes.indices where stakes[index].hasIncentives {
      let base = stakes[index].base[county]
      let isEligible = stakes[index].eligible[county] .> Number.zero
      let hasUnits = (stakes[index].unitSum .> Number.zero) .& isEligible
      var reward =
        stakes[index].rewardPool * table.rewards[grade] * stakes[index].basis[county]
        / stakes[index].unitSum
      if let cap = table.rewardCap { reward = Number.least(reward, cap * base) }
      reward = Number.choose(hasUnits, reward, Number.zero)
      sum = sum + reward - table.deductions[grade] * base
    }
    return sum
  }
}
