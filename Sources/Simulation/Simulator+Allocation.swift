import FundAllocation
import PolicyModel

extension Simulator {
  /// Allocates all streams of the year.
  ///
  /// Their rooms are taken out meanwhile: passing one column in place would copy them all.
  mutating func allocateStreams() throws(LawError) {
    var rooms: [StreamResult<Number>] = []
    swap(&rooms, &streams)
    defer { swap(&rooms, &streams) }
    for index in rooms.indices { try allocate(index, &rooms[index]) }
  }

  /// Allocates one stream of the year, with rewards and held money.
  private mutating func allocate(
    _ index: Int, _ result: inout StreamResult<Number>
  ) throws(LawError) {
    let known = plan.known.isEmpty ? KnownYear.nothing : plan.known[index][yearIndex]
    result.outcome.basis = []  // Else it would share the room of the base amounts.
    try setPool(index, &result)
    try setEligible(index, &result, known)
    try setRules(index, &result, known)
    setBounds(index, &result)
    if !keepsListing { result.allocation.exchangeRoom(with: &allocationRoom) }
    defer { if !keepsListing { result.allocation.exchangeRoom(with: &allocationRoom) } }
    result.allocate(plan.prefectureMembers, money)
    if Rule.isExplained { dropLevelWithoutEligible(&result) }
    try reward(index, &result)
    hold(&result, known)
    if !Rule.isExplained { returnShared(index, &result) }
  }

  /// Gives columns that streams share back to the room they were lent from.
  private mutating func returnShared(_ index: Int, _ result: inout StreamResult<Number>) {
    for position in result.year.rules.isRead.indices where result.year.rules.isRead[position] {
      if let column = plan.sharedFactors.isEmpty ? nil : plan.sharedFactors[index][position] {
        swap(&result.year.rules.values[position], &scratch.shared[column].values)
      }
    }
  }

  /// λ is undefined in draws in which nobody is eligible.
  private mutating func dropLevelWithoutEligible(_ result: inout StreamResult<Number>) {
    let eligibleCount = result.year.eligible.reduce(Number.zero, +)
    result.allocation.level = Number.choose(
      eligibleCount .> Number.zero, result.allocation.level, Number.missing)
  }

  private mutating func setBounds(_ index: Int, _ result: inout StreamResult<Number>) {
    let reserve = plan.streams[index].hasIncentives ? plan.incentives?.reserve : nil
    result.year.reserveShare = parameter(reserve, otherwise: 0)
    result.year.floor = parameter(ifAny: plan.streams[index].floor)
    result.year.cap = parameter(ifAny: plan.streams[index].cap)
    result.year.minimum = parameter(ifAny: plan.streams[index].minimum)
    if yearIndex > 0 && baseIsReference(index, in: yearIndex - 1) {
      // Last year's base amounts are this year's reference amounts as they stand.
      swap(&result.year.reference, &result.allocation.base)
    } else {
      // The room is lent to the year; `keepAmounts` writes the next reference amounts.
      swap(&result.year.reference, &state.reference[index])
    }
  }

  /// Whether a year's base amounts are the next year's reference amounts: everybody was eligible.
  @inline(__always)
  func baseIsReference(_ stream: Int, in year: Int) -> Bool {
    !Rule.isExplained && !plan.known.isEmpty && plan.known[stream][year].fixed.includesAll
  }

  // MARK: Pool

  private mutating func setPool(_ index: Int, _ result: inout StreamResult<Number>) throws(LawError)
  {
    var amount = parameter(plan.streams[index].amount)
    if yearIndex == 0 {
      var growth = Number.one
      for slot in plan.streams[index].startGrowth {
        growth = growth * (Number.one + parameter(slot))
      }
      amount = amount * growth
    } else if !plan.streams[index].isStep[yearIndex] {
      let growth = parameter(plan.streams[index].growth, otherwise: 0)
      amount = state.poolAmount[index] * (Number.one + growth)
    }
    try refuse(where: amount .< Number.zero) {
      .negativePool(year: $0.year, reader: $0.plan.streams[index].poolReference)
    }
    state.poolAmount[index] = amount
    let recycled = money.wholeQuanta(state.waiting[index])
    state.waiting[index] = state.waiting[index] - recycled
    let isSmall = amount + recycled .<= Number(repeating: Money.limit)
    try refuse(where: .!isSmall) {
      .amountTooLarge(year: $0.year, reader: $0.plan.streams[index].poolReference)
    }
    result.recycled = recycled
    result.year.pool = money.roundedToQuantum(amount) + recycled
  }

  // MARK: Eligibility

  /// Who is eligible, and whose final amount the region keeps; 1 or 0.
  private mutating func setEligible(
    _ index: Int, _ result: inout StreamResult<Number>, _ known: KnownYear
  ) throws(LawError) {
    if let candidates = known.fixed.candidates {
      let isFilled =
        result.candidatesAsIn != nil && result.candidatesAsIn == known.fixed.candidatesAsIn
      if !isFilled || Rule.isExplained {
        result.year.eligible.setEach { Number(repeating: candidates[$0]) }
      }
      if !known.fixed.holds.isEmpty { result.held = Number.column(known.fixed.holds) }
      result.candidatesAsIn = known.fixed.isWhole ? known.fixed.candidatesAsIn : nil
      if known.fixed.isWhole { return }
    } else {
      result.candidatesAsIn = nil
      result.year.eligible = try members(of: plan.streams[index].eligible)
    }
    try setGates(index, &result, known.fixed.openGates ?? plan.gates.filter { $0.applies[index] })
  }

  /// Takes out or holds those before whom a gate is closed.
  mutating func setGates(_ index: Int, _ result: inout StreamResult<Number>, _ gates: [GatePlan])
    throws(LawError)
  {
    let inGroup = result.year.eligible
    var isHeld = zeroColumn
    var column = zeroColumn
    for gate in gates {
      try read(gate.indicator, inGroup, gate.reference, into: &column)
      let threshold = parameter(gate.threshold)
      switch gate.effect {
      case .exclude:
        @inline(__always) func next(_ county: Int, _ eligible: Number) -> Number {
          eligible.replacing(
            with: Number.zero, where: Simulator.isBeyond(column[county], gate.side, threshold))
        }
        result.year.eligible.updateEach(next)
      case .hold:
        @inline(__always) func next(_ county: Int, _ held: Number) -> Number {
          held.replacing(
            with: Number.one, where: Simulator.isBeyond(column[county], gate.side, threshold))
        }
        isHeld.updateEach(next)
      }
    }
    let eligible = result.year.eligible
    result.held.setEach { isHeld[$0] * eligible[$0] }
  }

  /// Keeps what gates hold; `held` holds 1 for whom before, the amounts after.
  private mutating func hold(_ result: inout StreamResult<Number>, _ known: KnownYear) {
    var unallocated =
      result.allocation.unplaced + result.outcome.unplaced
    let canHold = !known.fixed.isWhole || !known.fixed.holds.isEmpty
    if !canHold && !Rule.isExplained {
      swap(&result.final, &result.outcome.final)
      result.unallocated = unallocated
      return
    }
    let amounts = result.outcome.final
    if canHold {
      result.held.updateEach { $1 * amounts[$0] }
      let held = result.held
      @inline(__always) func value(_ county: Int) -> Number {
        unallocated = unallocated + held[county]
        return amounts[county] - held[county]
      }
      result.final.setEach(value)
    } else {
      result.final.set(amounts)
    }
    result.unallocated = unallocated
  }

  // MARK: Rewards

  private mutating func reward(_ index: Int, _ result: inout StreamResult<Number>) throws(LawError)
  {
    guard plan.streams[index].hasIncentives, let incentives = plan.incentives else {
      result.outcome.keep(base: result.allocation.base)
      return
    }
    if Rule.keepsProportions && incentives.isByAllocation {
      rewardByGrade(&result)
      return
    }
    switch incentives.scheme {
    case .grades(_, _, let basis, _):
      try setBasis(basis, &result)
      result.reward(yearIncentives, scratch.rates, money)
      result.sumIncentives()
    case .linear(let slope, let lowest, let highest):
      let line = LinearIncentives(
        slope: parameter(slope), lowest: parameter(lowest),
        highest: parameter(ifAny: highest))
      line.workOut(
        &result.outcome, base: result.allocation.base, reserve: result.allocation.reserve,
        scores: state.score, money: money)
      result.sumIncentives()
    }
  }

  /// Rewards and deducts where every county of a grade comes to the same per fen.
  private mutating func rewardByGrade(_ result: inout StreamResult<Number>) {
    gradeClasses.workOut(
      yearIncentives, base: result.allocation.base, reserve: result.allocation.reserve,
      grades: state.grade, money: money)
    gradeClasses.setFinal(
      &result.outcome.final, base: result.allocation.base, grades: state.grade)
    result.outcome.rewardPool = gradeClasses.outcome.rewardPool
    result.outcome.unitSum = gradeClasses.outcome.unitSum
    result.outcome.unplaced = gradeClasses.outcome.unplaced
    result.rewarded = gradeClasses.outcome.reward.reduce(Number.zero, +)
    result.deducted = gradeClasses.outcome.deduction.reduce(Number.zero, +)
    if keepsListing {
      gradeClasses.spread(
        over: &result.outcome, base: result.allocation.base, grades: state.grade)
    }
  }

  /// The grade table of the year; empty for a straight line.
  mutating func gradeIncentives(_ incentives: IncentivePlan) -> GradeIncentives<Number> {
    guard case .grades(let rewards, let deductions, _, let cap) = incentives.scheme else {
      return GradeIncentives(rewards: [], deductions: [], rewardCap: nil)
    }
    var table = GradeIncentives(
      rewards: rewards.map { _ in Number.zero }, deductions: deductions.map { _ in Number.zero },
      rewardCap: parameter(ifAny: cap))
    for index in rewards.indices { table.rewards[index] = parameter(rewards[index], otherwise: 0) }
    for index in deductions.indices {
      table.deductions[index] = parameter(deductions[index], otherwise: 0)
    }
    return table
  }

  private mutating func setBasis(_ basis: IncentivePlan.Basis, _ result: inout StreamResult<Number>)
    throws(LawError)
  {
    switch basis {
    case .allocation: result.outcome.basis = result.allocation.base
    case .equal: result.outcome.basis = result.year.eligible
    case .indicator(let indicator, let reader):
      let rule = TransformPlan(
        kind: .value, name: "basis", indicator: indicator, reference: reader, scale: nil)
      var column = zeroColumn
      _ = try transform(rule, result.year.eligible, into: &column)
      result.outcome.basis = column
    }
  }
}
