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
    for county in incentivePower.indices {
      var underRule = Number.zero
      for (index, stream) in streams.enumerated() where plan.streams[index].hasIncentives {
        underRule = underRule + stream.allocation.base[county]
      }
      let all = baseSum(county)
      let isFelt = (all .> Number.zero) .& state.score[county].isThere
      incentivePower[county] = Number.choose(isFelt, perTenPoints * underRule / all, Number.zero)
    }
  }

  private func baseSum(_ county: Int) -> Number {
    streams.reduce(Number.zero) { $0 + $1.allocation.base[county] }
  }

  private mutating func setPowerByGrade(_ table: GradeIncentives<Number>, reach: Number) {
    let cutoffs = gradeCutoffs()
    for county in incentivePower.indices {
      let score = state.score[county]
      let all = baseSum(county)
      let isFelt = (all .> Number.zero) .& score.isThere
      if !isFelt.holdsForAny { continue }
      let rates = (0..<4).map { rate(grade: $0, county, table) / all }
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

  /// Σ y over streams: what a county would gain and lose with a grade. Fen.
  private func rate(grade: Int, _ county: Int, _ table: GradeIncentives<Number>) -> Number {
    var sum = Number.zero
    for (index, stream) in streams.enumerated() where plan.streams[index].hasIncentives {
      let base = stream.allocation.base[county]
      let isEligible = stream.year.eligible[county] .> Number.zero
      let hasUnits = (stream.outcome.unitSum .> Number.zero) .& isEligible
      var reward =
        stream.outcome.rewardPool * table.rewards[grade] * stream.outcome.basis[county]
        / stream.outcome.unitSum
      if let cap = table.rewardCap { reward = Number.least(reward, cap * base) }
      reward = Number.choose(hasUnits, reward, Number.zero)
      sum = sum + reward - table.deductions[grade] * base
    }
    return sum
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
