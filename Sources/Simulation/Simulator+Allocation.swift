import FundAllocation
import PolicyModel

extension Simulator {
  /// Allocates one stream of the year, with rewards and held money.
  mutating func allocate(_ index: Int) throws(LawError) {
    let fixed = plan.fixed.isEmpty ? FixedYear() : plan.fixed[index][yearIndex]
    streams[index].outcome.basis = []  // Else it would share the room of the base amounts.
    try setPool(index)
    try setEligible(index, fixed)
    try setRules(index, fixed)
    setBounds(index)
    streams[index].allocation.workOut(
      streams[index].year, prefectures: plan.prefectureMembers, money: money,
      isExplained: Rule.isExplained)
    if Rule.isExplained { dropLevelWithoutEligible(index) }
    try reward(index)
    hold(index, fixed)
  }

  /// λ is undefined in draws in which nobody is eligible.
  private mutating func dropLevelWithoutEligible(_ index: Int) {
    let eligibleCount = streams[index].year.eligible.reduce(Number.zero, +)
    streams[index].allocation.level = Number.choose(
      eligibleCount .> Number.zero, streams[index].allocation.level, Number.missing)
  }

  private mutating func setBounds(_ index: Int) {
    let stream = plan.streams[index]
    let reserve = stream.hasIncentives ? plan.incentives.map { parameter($0.reserve) } : nil
    streams[index].year.reserveShare = reserve ?? Number.zero
    streams[index].year.floor = stream.floor.map { parameter($0) }
    streams[index].year.cap = stream.cap.map { parameter($0) }
    streams[index].year.minimum = stream.minimum.map { parameter($0) }
    // The room is lent to the year; `keepAmounts` writes the next reference amounts.
    swap(&streams[index].year.reference, &state.reference[index])
  }

  // MARK: Pool

  private mutating func setPool(_ index: Int) throws(LawError) {
    let stream = plan.streams[index]
    var amount = parameter(stream.amount)
    if yearIndex == 0 {
      let growth = stream.startGrowth.reduce(Number.one) { $0 * (Number.one + parameter($1)) }
      amount = amount * growth
    } else if !stream.isStep[yearIndex] {
      let growth = parameter(stream.growth, otherwise: 0)
      amount = state.poolAmount[index] * (Number.one + growth)
    }
    let reader = stream.poolReference
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
    streams[index].recycled = recycled
    streams[index].year.pool = money.roundedToQuantum(amount) + recycled
  }

  // MARK: Eligibility

  /// Who is eligible, and whose final amount the region keeps; 1 or 0.
  private mutating func setEligible(_ index: Int, _ fixed: FixedYear) throws(LawError) {
    if let known = fixed.candidates {
      streams[index].year.eligible.setEach { Number(repeating: known[$0]) }
      if !fixed.holds.isEmpty { streams[index].held = Number.column(fixed.holds) }
      if fixed.isWhole { return }
    } else {
      streams[index].year.eligible = try members(of: plan.streams[index].eligible)
    }
    try setGates(index, fixed.openGates ?? plan.gates.filter { $0.applies[index] })
  }

  /// Takes out or holds those before whom a gate is closed.
  mutating func setGates(_ index: Int, _ gates: [GatePlan]) throws(LawError) {
    let inGroup = streams[index].year.eligible
    var isHeld = zeroColumn
    var column = zeroColumn
    for gate in gates {
      try read(gate.indicator, inGroup, gate.reference, into: &column)
      let threshold = parameter(gate.threshold)
      switch gate.effect {
      case .exclude:
        streams[index].year.eligible.updateEach { county, eligible in
          eligible.replacing(
            with: Number.zero, where: Simulator.isBeyond(column[county], gate.side, threshold))
        }
      case .hold:
        isHeld.updateEach { county, held in
          held.replacing(
            with: Number.one, where: Simulator.isBeyond(column[county], gate.side, threshold))
        }
      }
    }
    let eligible = streams[index].year.eligible
    streams[index].held.setEach { isHeld[$0] * eligible[$0] }
  }

  /// Keeps what gates hold; `held` holds 1 for whom before, the amounts after.
  private mutating func hold(_ index: Int, _ fixed: FixedYear) {
    var unallocated =
      streams[index].allocation.unplaced + streams[index].outcome.unplaced
    let canHold = !fixed.isWhole || !fixed.holds.isEmpty
    let amounts = streams[index].outcome.final
    if canHold {
      streams[index].held.updateEach { $1 * amounts[$0] }
      let held = streams[index].held
      streams[index].final.setEach { county in
        unallocated = unallocated + held[county]
        return amounts[county] - held[county]
      }
    } else {
      streams[index].final.setEach { amounts[$0] }
    }
    streams[index].unallocated = unallocated
  }

  // MARK: Rewards

  private mutating func reward(_ index: Int) throws(LawError) {
    guard plan.streams[index].hasIncentives, let incentives = plan.incentives else {
      streams[index].outcome.keep(base: streams[index].allocation.base)
      return
    }
    let reserve = streams[index].allocation.reserve
    switch incentives.scheme {
    case .grades(_, _, let basis, _):
      try setBasis(basis, index)
      gradeIncentives(incentives).workOut(
        &streams[index].outcome, base: streams[index].allocation.base, reserve: reserve,
        grades: state.grade, money: money)
    case .linear(let slope, let lowest, let highest):
      let line = LinearIncentives(
        slope: parameter(slope), lowest: parameter(lowest),
        highest: highest.map { parameter($0) })
      line.workOut(
        &streams[index].outcome, base: streams[index].allocation.base, reserve: reserve,
        scores: state.score, money: money)
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

  private mutating func setBasis(_ basis: IncentivePlan.Basis, _ index: Int) throws(LawError) {
    switch basis {
    case .allocation: streams[index].outcome.basis = streams[index].allocation.base
    case .equal: streams[index].outcome.basis = streams[index].year.eligible
    case .indicator(let indicator, let reader):
      let rule = TransformPlan(
        kind: .value, name: "basis", indicator: indicator, reference: reader, scale: nil)
      var column = zeroColumn
      _ = try transform(rule, streams[index].year.eligible, into: &column)
      streams[index].outcome.basis = column
    }
  }
}
