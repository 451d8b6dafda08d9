import FundAllocation
import PolicyModel

extension Simulator {
  /// Spends, recovers, carries over and sets the execution rate (model, sections 6 and 8).
  mutating func spend() throws(LawError) {
    scratch.atHand.setEach { _ in Number.zero }
    scratch.used.setEach { _ in Number.zero }
    for index in streams.indices { try setSpending(index) }
    if plan.integration != nil { poolSpending() }
    for index in streams.indices { settleMoney(index) }
    setExecutionRates()
    recycle()
  }

  private mutating func setExecutionRates() {
    let (atHand, used) = (scratch.atHand, scratch.used)
    @inline(__always) func next(_ county: Int, _ last: Number) -> Number {
      Number.choose(atHand[county] .> Number.zero, used[county] / atHand[county], last)
    }
    state.executionRate.updateEach(next)
    state.spent.setEach { used[$0] / Number(repeating: 100) }
  }

  /// Reads what spending rests on while the state is that of the year's start.
  mutating func readSpendingColumns() throws(LawError) {
    try setPaymentSpeed()
    var column: [Number] = []
    swap(&column, &scratch.goalShare)
    defer { swap(&column, &scratch.goalShare) }
    try readAll(plan.columns.goalShare, ifMissing: 1, into: &column)
    guard let group = plan.integration else { return }
    for county in scratch.pooled.indices {
      scratch.pooled[county] = try isMember(group, county: county, active: everywhere)
    }
  }

  /// η (1 − delay / 12).
  mutating func setPaymentSpeed() throws(LawError) {
    var column: [Number] = []
    swap(&column, &scratch.speed)
    defer { swap(&column, &scratch.speed) }
    try readAll(plan.columns.executionFactor, ifMissing: 1, into: &column)
    let promptness = Number.one - parameter(plan.delay) / Number(repeating: 12)
    column.updateEach { $1 * promptness }
  }

  /// V and X of one stream, each county for itself.
  private mutating func setSpending(_ index: Int) throws(LawError) {
    let ages = plan.carryOver.ageLimit
    let money = money
    let depth = PipelineDepth(index, plan, yearIndex: yearIndex)
    let pipelines = state.pipelines[index]
    let (final, carried) = (streams[index].final, state.carried[index])
    let (speed, goal) = (scratch.speed, scratch.goalShare)
    var isTooLarge = Number.Mask(repeating: false)
    @inline(__always) func spending(_ county: Int) -> (carriedIn: Number, spent: Number) {
      var sum = Number.zero
      for age in 0..<ages { sum = sum + carried[county &* ages &+ age] }
      let available = final[county] + sum
      isTooLarge = isTooLarge .| (available .> Number(repeating: Money.limit))
      let ready = depth.value(of: county, pipelines) * goal[county] * Number(repeating: 100)
      return (sum, Simulator.spendable(available, ready, speed[county], money))
    }
    streams[index].setSpending(spending)
    try refuse(where: isTooLarge) {
      .amountTooLarge(year: $0.year, reader: $0.plan.streams[index].reference)
    }
  }

  /// X = η (1 − delay/12) V K / (V + K), or without K where no pipeline is known.
  @inline(__always)
  private static func spendable(
    _ available: Number, _ depth: Number, _ speed: Number, _ money: Rule
  ) -> Number {
    let sum = available + depth
    let limited = speed * available * depth / sum
    let isLimited = depth.isThere
    let raw = Number.choose(isLimited, limited, speed * available)
    let isPositive = (available .> Number.zero) .& ((.!isLimited) .| (sum .> Number.zero))
    let spent = Number.choose(isPositive, raw, Number.zero)
    return Number.least(money.roundedToFen(spent), available)
  }

  /// X of the counties that pool their streams: worked out on the sums, shared in proportion to V.
  private mutating func poolSpending() {
    let depths = streams.indices.map { PipelineDepth($0, plan, yearIndex: yearIndex) }
    for county in 0..<plan.countyCount {
      let isPooled = scratch.pooled[county]
      if !isPooled.holdsForAny { continue }
      let available = streams.map { $0.final[county] + $0.carriedIn[county] }
      var ready = Number.zero
      for index in streams.indices {
        ready =
          ready + depths[index].value(of: county, state.pipelines[index])
          * scratch.goalShare[county] * Number(repeating: 100)
      }
      let total = available.reduce(Number.zero, +)
      let spent = Simulator.spendable(total, ready, scratch.speed[county], money)
      let scale = Number.choose(total .> Number.zero, spent / total, Number.zero)
      var shares = available.map { $0 * scale }
      money.apportion(&shares, total: spent, quantum: 1)
      for index in streams.indices {
        streams[index].spent[county] = Number.choose(
          isPooled, shares[index], streams[index].spent[county])
      }
    }
  }

  /// Takes spending from the oldest money, recovers what is too old, carries the rest.
  private mutating func settleMoney(_ index: Int) {
    let years = plan.carryOver.years.map { parameter($0) }
    let oldest = plan.carryOver.ageLimit - 1
    let isOver = (0...(oldest + 1)).map { age in
      years.map { Number(repeating: Double(age + 1)) .>= $0 } ?? Number.Mask(repeating: false)
    }
    let (final, spent) = (streams[index].final, streams[index].spent)
    var ages: [Number] = []
    var recovered: [Number] = []
    var carriedOut: [Number] = []
    swap(&ages, &state.carried[index])
    swap(&recovered, &streams[index].recovered)
    swap(&carriedOut, &streams[index].carriedOut)
    do {
      var ages = ages.mutableSpan
      var recovered = recovered.mutableSpan
      var carriedOut = carriedOut.mutableSpan
      for county in final.indices {
        let start = county &* (oldest &+ 1)
        var toSpend = spent[county]
        var back = Number.zero
        var out = Number.zero
        var age = oldest &+ 1
        while age >= 0 {
          let amount = age == 0 ? final[county] : ages[start &+ age &- 1]
          let taken = Number.least(amount, toSpend)
          toSpend = toSpend - taken
          let rest = amount - taken
          let kept = Number.choose(isOver[age], Number.zero, rest)
          back = back + rest - kept
          out = out + kept
          let place = start &+ min(age, oldest)
          ages[place] = age == oldest ? ages[place] + kept : kept
          age &-= 1
        }
        recovered[county] = back
        carriedOut[county] = out
      }
    }
    swap(&ages, &state.carried[index])
    swap(&recovered, &streams[index].recovered)
    swap(&carriedOut, &streams[index].carriedOut)
    let carriedIn = streams[index].carriedIn
    scratch.atHand.updateEach { $1 + (final[$0] + carriedIn[$0]) }
    scratch.used.updateEach { $1 + spent[$0] }
  }

  /// Lets recovered and unallocated money wait for the next pool.
  private mutating func recycle() {
    guard plan.carryOver.recycles else { return }
    for index in streams.indices {
      let recovered = streams[index].recovered.reduce(Number.zero, +)
      state.waiting[index] = state.waiting[index] + recovered + streams[index].unallocated
    }
  }
}

/// K of a stream by county: simulated, or of the data.
///
/// Currency units a year; missing where there is none.
struct PipelineDepth {
  private let table: [Double]
  private let row: Int
  private let isSimulated: Bool

  init(_ stream: Int, _ plan: Plan, yearIndex: Int) {
    isSimulated = plan.behaviour?.pipeline != nil
    table = plan.streams[stream].pipeline
    row = yearIndex * plan.countyCount
  }

  /// K of one county.
  @inline(__always)
  func value<Number: LawNumber>(of county: Int, _ simulated: [Number]) -> Number {
    if isSimulated { return simulated[county] }
    return table.isEmpty ? Number.missing : Number(repeating: table[row + county])
  }
}
