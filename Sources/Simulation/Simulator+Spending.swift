import FundAllocation
import PolicyModel

extension Simulator {
  /// Spends, recovers, carries over and sets the execution rate (model, sections 6 and 8).
  mutating func spend() throws(LawError) {
    scratch.totals.clear()
    if plan.integration != nil { poolSpending() }
    let isOver = agesOver()
    for index in streams.indices { try spend(index, isOver) }
    setExecutionRates()
    recycle()
  }

  private mutating func setExecutionRates() {
    let (atHand, used) = (scratch.totals.atHand, scratch.totals.used)
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

  /// V and X of one stream, and what becomes of the rest.
  private mutating func spend(_ index: Int, _ isOver: [Number.Mask]) throws(LawError) {
    let depth = PipelineDepth(index, plan, yearIndex: yearIndex)
    if !depth.isSimulated { scratch.depth.setEach { depth.value(of: $0, []) } }
    let terms = SpendingTerms(
      depth: depth.isSimulated ? state.pipelines[index] : scratch.depth,
      goalShare: scratch.goalShare, speed: scratch.speed)
    let pooled =
      plan.integration == nil
      ? nil : PooledSpending(isPooled: scratch.pooled, spent: scratch.pooledSpent[index])
    let isTooLarge = streams[index].spend(
      terms, pooled: pooled, ages: &state.carried[index], isOver: isOver, totals: &scratch.totals,
      keepsColumns: keepsListing, money)
    try refuse(where: isTooLarge) {
      .amountTooLarge(year: $0.year, reader: $0.plan.streams[index].reference)
    }
  }

  /// For each age of money, the youngest first, the draws in which the region takes it back.
  private mutating func agesOver() -> [Number.Mask] {
    let years = parameter(ifAny: plan.carryOver.years)
    return (0...plan.carryOver.ageLimit).map { age in
      years.map { Number(repeating: Double(age + 1)) .>= $0 } ?? Number.Mask(repeating: false)
    }
  }

  /// X of the counties that pool their streams: worked out on the sums, shared in proportion to V.
  private mutating func poolSpending() {
    let depths = streams.indices.map { PipelineDepth($0, plan, yearIndex: yearIndex) }
    for county in 0..<plan.countyCount {
      let isPooled = scratch.pooled[county]
      if !isPooled.holdsForAny { continue }
      let available = streams.indices.map { streams[$0].final[county] + carried($0, county) }
      var ready = Number.zero
      for index in streams.indices {
        ready =
          ready + depths[index].value(of: county, state.pipelines[index])
          * scratch.goalShare[county] * Number(repeating: 100)
      }
      let total = available.reduce(Number.zero, +)
      let spent = SpendingTerms.spendable(total, ready, scratch.speed[county], money)
      let scale = Number.choose(total .> Number.zero, spent / total, Number.zero)
      var shares = available.map { $0 * scale }
      money.apportion(&shares, total: spent, quantum: 1)
      for index in streams.indices { scratch.pooledSpent[index][county] = shares[index] }
    }
  }

  /// Unspent money of a county in a stream, in fen.
  private func carried(_ stream: Int, _ county: Int) -> Number {
    let ageCount = plan.carryOver.ageLimit
    return state.carried[stream][(county * ageCount)..<((county + 1) * ageCount)]
      .reduce(Number.zero, +)
  }

  /// Lets recovered and unallocated money wait for the next pool.
  private mutating func recycle() {
    guard plan.carryOver.recycles else { return }
    for index in streams.indices {
      let flows = streams[index].flows
      state.waiting[index] = state.waiting[index] + flows.recovered + streams[index].unallocated
    }
  }
}

/// K of a stream by county: simulated, or of the data.
///
/// Currency units a year; missing where there is none.
struct PipelineDepth {
  private let table: [Double]
  private let row: Int
  let isSimulated: Bool

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
