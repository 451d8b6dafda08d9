import FundAllocation
import PolicyModel

extension Simulator {
  /// Allocates one stream of the year, with rewards and held money.
  mutating func allocate(_ index: Int) throws(LawError) -> StreamResult<Number> {
    let stream = plan.streams[index]
    let pool = try pool(index)
    let gated = try gateEffects(index)
    let rules = try shareRules(stream, stream.factors, gated.eligible)
    var regional = rules
    var local: ShareRules<Number>?
    if stream.isThroughPrefectures {
      local = rules
      if let own = stream.countyFactors {
        let columns = try factorColumns(own, gated.eligible)
        local = ShareRules(
          values: columns.values, weights: columns.weights, isRead: columns.isRead,
          multipliers: rules.multipliers, guarantees: rules.guarantees)
      }
      regional.multipliers = []
      regional.guarantees = []
    }
    let reserve = stream.hasIncentives ? plan.incentives.map { parameter($0.reserve) } : nil
    let input = StreamYear(
      pool: pool.amount, reserveShare: reserve ?? Number.zero, eligible: gated.eligible,
      reference: state.reference[index], rules: regional, countyRules: local,
      floor: stream.floor.map { parameter($0) }, cap: stream.cap.map { parameter($0) },
      minimum: stream.minimum.map { parameter($0) })
    return try settle(index, input, recycled: pool.recycled, holds: gated.holds)
  }

  private mutating func settle(
    _ index: Int, _ input: StreamYear<Number>, recycled: Number, holds: [Number]
  ) throws(LawError) -> StreamResult<Number> {
    var allocation = StreamAllocation(input, prefectures: plan.prefectureMembers, money: money)
    let eligibleCount = input.eligible.reduce(Number.zero, +)
    allocation.level = Number.choose(
      eligibleCount .> Number.zero, allocation.level, Number.missing)
    let outcome = try reward(index, allocation, eligible: input.eligible)
    var held = outcome.final
    var final = outcome.final
    var unallocated = allocation.unplaced + outcome.unplaced
    for county in final.indices {
      held[county] = final[county] * holds[county]
      final[county] = final[county] - held[county]
      unallocated = unallocated + held[county]
    }
    let zero = Array(repeating: Number.zero, count: final.count)
    return StreamResult(
      year: input, allocation: allocation, outcome: outcome, held: held, final: final,
      recycled: recycled, unallocated: unallocated, carriedIn: zero, spent: zero,
      recovered: zero, carriedOut: zero)
  }

  // MARK: Pool

  private mutating func pool(
    _ index: Int
  ) throws(LawError) -> (amount: Number, recycled: Number) {
    let stream = plan.streams[index]
    var amount = parameter(stream.amount)
    if yearIndex == 0 {
      amount = amount * Number(repeating: stream.startFactor)
    } else if !stream.isStep[yearIndex] {
      let growth = parameter(stream.growth, otherwise: 0)
      amount = state.poolAmount[index] * (Number.one + growth)
    }
    let reader = Reference(
      name: stream.key, path: "streams.\(stream.key).pool", location: stream.reference.location)
    try refuse(where: amount .< Number.zero) {
      .negativePool(year: $0.year, reader: reader)
    }
    state.poolAmount[index] = amount
    let recycled = money.wholeQuanta(state.waiting[index])
    state.waiting[index] = state.waiting[index] - recycled
    let isSmall = amount + recycled .<= Number(repeating: Money.limit)
    try refuse(where: .!isSmall) {
      .amountTooLarge(year: $0.year, reader: reader)
    }
    return (money.roundedToQuantum(amount) + recycled, recycled)
  }

  // MARK: Eligibility

  /// Who is eligible, and whose final amount the region keeps; 1 or 0.
  ///
  /// Shape: [county].
  private mutating func gateEffects(
    _ index: Int
  ) throws(LawError) -> (eligible: [Number], holds: [Number]) {
    var eligible = Array(repeating: Number.one, count: plan.countyCount)
    var holds = Array(repeating: Number.zero, count: plan.countyCount)
    let gates = plan.gates.filter { $0.applies[index] }
    for county in eligible.indices {
      var isInside = everywhere
      if let group = plan.streams[index].eligible {
        isInside = try isMember(group, county: county, active: everywhere)
      }
      var isHeld = Number.Mask(repeating: false)
      let inGroup = isInside
      for gate in gates where inGroup.holdsForAny {
        let value = try value(
          gate.indicator, county: county, active: inGroup, reader: gate.reference)
        let isClosed = isBeyond(value, gate.side, parameter(gate.threshold))
        switch gate.effect {
        case .exclude: isInside = isInside .& (.!isClosed)
        case .hold: isHeld = isHeld .| isClosed
        }
      }
      eligible[county] = Number.indicator(isInside)
      holds[county] = Number.indicator(isInside .& isHeld)
    }
    return (eligible, holds)
  }

  // MARK: Rewards

  private mutating func reward(
    _ index: Int, _ allocation: StreamAllocation<Number>, eligible: [Number]
  ) throws(LawError) -> IncentiveOutcome<Number> {
    guard plan.streams[index].hasIncentives, let incentives = plan.incentives else {
      return IncentiveOutcome(base: allocation.base)
    }
    switch incentives.scheme {
    case .grades(_, _, let basis, _):
      let measure = try basisValues(basis, allocation.base, eligible, index)
      return gradeIncentives(incentives).outcome(
        base: allocation.base, reserve: allocation.reserve, grades: state.grade, basis: measure,
        money: money)
    case .linear(let slope, let lowest, let highest):
      let line = LinearIncentives(
        slope: parameter(slope), lowest: parameter(lowest),
        highest: highest.map { parameter($0) })
      return line.outcome(
        base: allocation.base, reserve: allocation.reserve, scores: state.score, money: money)
    }
  }

  /// The grade table of the year; empty for a straight line.
  func gradeIncentives(_ incentives: IncentivePlan) -> GradeIncentives<Number> {
    guard case .grades(let rewards, let deductions, _, let cap) = incentives.scheme else {
      return GradeIncentives(rewards: [], deductions: [], rewardCap: nil)
    }
    return GradeIncentives(
      rewards: rewards.map { parameter($0, otherwise: 0) },
      deductions: deductions.map { parameter($0, otherwise: 0) },
      rewardCap: cap.map { parameter($0) })
  }

  private mutating func basisValues(
    _ basis: IncentivePlan.Basis, _ base: [Number], _ eligible: [Number], _ index: Int
  ) throws(LawError) -> [Number] {
    switch basis {
    case .allocation: return base
    case .equal: return eligible
    case .indicator(let indicator, let reader):
      let transform = TransformPlan(
        kind: .value, name: "basis", indicator: indicator, reference: reader, scale: nil)
      return try transformed(transform, eligible)
    }
  }
}
