import FundAllocation
import PolicyModel

/// Carries a plan out year by year: the law of model sections 2 to 9, once, for any number.
///
/// In the ledger the number is a `Double` and money is rounded; in an ensemble it holds a lane
/// for each draw and money is real. What to record is the caller's business: after `runYear`
/// the year's results stand in `streams` and `state`, whose room the next year takes over.
public struct Simulator<Rule: MoneyRule>: Sendable {
  /// The number the law computes with.
  public typealias Number = Rule.Number

  let plan: Plan
  let money: Rule
  /// Parameters by slot and year.
  ///
  /// Shape: [slot][year], flat.
  var parameters: [Number]
  /// ε of the year that runs; empty: there is no noise.
  ///
  /// Shape: [source][county], flat.
  var shocks: [Number] = []
  /// Index of the year that runs.
  var yearIndex = 0
  /// What stands at the start of the year that runs; after it, at its end.
  public internal(set) var state: CountyState<Number>
  /// Results of the year's streams.
  ///
  /// Shape: [stream].
  public internal(set) var streams: [StreamResult<Number>] = []
  /// μ, the power of the incentive.
  ///
  /// Shape: [county].
  public internal(set) var incentivePower: [Number]
  /// q of every assessment indicator at the year's end.
  ///
  /// Shape: [indicator][county].
  public internal(set) var assessedLevels: [[Number]] = []
  /// What the year's metrics need of the data.
  public internal(set) var observation: YearObservation<Number>
  /// Draws in which the law could not be carried out.
  public internal(set) var failed: Number.Mask
  /// Figures over all counties that formulas asked for this year.
  var aggregates: [Int: AggregateFigure<Number>] = [:]
  /// Whether a county is in some stream's group this year.
  ///
  /// Shape: [county].
  var takesPart: [Bool]
  /// Columns that steps of a year work in.
  var scratch: Scratch<Number>
  let zeroColumn: [Number]
  /// Rewards and deductions of the year by grade; empty for a straight line.
  var yearIncentives: GradeIncentives<Number>
  /// Room in which rewards are worked out by grade.
  var gradeClasses = GradeClasses<Number>()
  /// Room in which streams are allocated one after the other.
  var allocationRoom: StreamAllocation<Number>
  /// Whether the columns of every stream that only a listing of single amounts reads are kept: shares,
  /// bounds, rewards, deductions, and what counties carry, spend and give back.
  ///
  /// Where they are not, these columns mean nothing; final amounts and all sums hold.
  public let keepsListing: Bool

  /// Σ f over streams of the year.
  ///
  /// Shape: [county]. Fen.
  public var finalSums: [Number] { scratch.totals.final }

  /// Prepares a run; `start` must follow.
  ///
  /// - Parameters:
  ///   - plan: What is run.
  ///   - money: How money is rounded.
  ///   - parameters: Parameters by slot and year. Shape: [slot][year], flat.
  ///   - keepsListing: Whether columns that only a listing of single amounts reads are kept.
  public init(
    plan: Plan, money: Rule, parameters: [Number], keepsListing: Bool = Rule.isExplained
  ) {
    self.plan = plan
    self.keepsListing = keepsListing
    self.money = money
    self.parameters = parameters
    zeroColumn = Array(repeating: Number.zero, count: plan.countyCount)
    state = CountyState(
      countyCount: plan.countyCount, streamCount: plan.streams.count,
      levelCount: plan.behaviour?.levels.count ?? 0, ageLimit: plan.carryOver.ageLimit)
    incentivePower = zeroColumn
    observation = YearObservation(countyCount: plan.countyCount)
    failed = Number.Mask(repeating: false)
    takesPart = Array(repeating: true, count: plan.countyCount)
    scratch = Scratch(
      column: zeroColumn, sharedCount: plan.sharedFactors.joined().compactMap { $0 }.max() ?? -1,
      pooledCount: plan.integration == nil ? 0 : plan.streams.count)
    yearIncentives = GradeIncentives(rewards: [], deductions: [], rewardCap: nil)
    allocationRoom = StreamAllocation(countyCount: plan.countyCount)
    streams = plan.streams.map {
      StreamResult(countyCount: plan.countyCount, factorCount: $0.factors.count)
    }
    assessedLevels = plan.assessment?.levels.map { _ in zeroColumn } ?? []
  }

  /// The year that runs.
  public var year: Int { plan.scenario.years.lowerBound + yearIndex }

  /// All draws.
  var everywhere: Number.Mask { Number.Mask(repeating: true) }

  // Asked for without closures here and below. Helpers of a year are inlined, or `mutating` though they
  // change nothing: a closure over a value of this size, or a call with it, copies all of it, whereas
  // `mutating` hands on its place. Measured: thirty copies a year of 3.5 kB.

  @inline(__always)
  func parameter(_ slot: Int) -> Number { parameters[slot * plan.yearCount + yearIndex] }

  @inline(__always)
  func parameter(_ slot: Int?, otherwise value: Double) -> Number {
    if let slot { return parameter(slot) }
    return Number(repeating: value)
  }

  @inline(__always)
  func parameter(ifAny slot: Int?) -> Number? {
    if let slot { return parameter(slot) }
    return nil
  }

  func county(_ index: Int) -> County { plan.counties.counties[index] }

  /// Where the shocks of a source start; nil without noise.
  func shockStart(_ source: Int?) -> Int? {
    guard let source, !shocks.isEmpty else { return nil }
    return source * plan.countyCount
  }

  /// Ends the ledger with an error, or marks the draws that fail.
  mutating func refuse(
    where mask: Number.Mask, _ error: (Simulator) -> LawError
  ) throws(LawError) {
    if !mask.holdsForAny { return }
    if Number.drawCount == 1 { throw error(self) }
    failed = failed .| mask
  }

  /// Runs the next year in the order of the model: allocate, reward, μ, effort, spend, recover,
  /// execution rate, levels, pipelines, assets, income, monitored, score, grade.
  public mutating func runYear() throws(LawError) {
    aggregates.removeAll(keepingCapacity: true)
    try findWhoTakesPart()
    for column in scratch.shared.indices { scratch.shared[column].sum = nil }
    setGradeRates()
    try allocateStreams()
    setIncentivePower()
    try readColumns()
    updateEffort()
    try spend()
    updateLevels()
    updatePipelines()
    updateAssets()
    try updateIncome()
    updateMonitored()
    try assess()
    keepAmounts()
    if Rule.isExplained { observeEnd() }
  }

  /// Reads all that later steps need of the year's start, before they change the state.
  private mutating func readColumns() throws(LawError) {
    try observe()
    try readSpendingColumns()
    try readAssetQuality()
    try readDataLevels()
  }

  /// Moves on to the next year.
  public mutating func advance() { yearIndex += 1 }

  mutating func findWhoTakesPart() throws(LawError) {
    if let known = plan.fixedParticipants[yearIndex] {
      takesPart = known
      return
    }
    let groups = plan.streams.compactMap(\.eligible)
    if groups.count < plan.streams.count {
      takesPart = takesPart.map { _ in true }
      return
    }
    for county in takesPart.indices {
      var isInside = Number.Mask(repeating: false)
      for group in groups {
        isInside = isInside .| (try isMember(group, county: county, active: everywhere))
      }
      takesPart[county] = isInside.holdsForAny
    }
  }

  /// 1 for the members of a group, 0 for the others; no group is everybody.
  ///
  /// Shape: [county].
  mutating func members(of group: Int?) throws(LawError) -> [Number] {
    var members = Array(repeating: Number.one, count: plan.countyCount)
    guard let group else { return members }
    for county in members.indices {
      members[county] = Number.indicator(
        try isMember(group, county: county, active: everywhere))
    }
    return members
  }

  /// Amounts that the next year looks back on.
  private mutating func keepAmounts() {
    for index in streams.indices {
      // Otherwise the next year takes the base amounts over.
      if !baseIsReference(index, in: yearIndex) { keepReference(index) }
      if !plan.readsLastAmounts { continue }
      let (base, final) = (streams[index].allocation.base, streams[index].final)
      state.lastBase[index].set(base)
      state.lastFinal[index].set(final)
    }
  }

  /// Writes the next year's reference amounts where they were lent from: who is not eligible keeps the
  /// old amount.
  private mutating func keepReference(_ index: Int) {
    @inline(__always) func next(_ eligible: Number, _ base: Number, _ before: Number) -> Number {
      Number.choose(eligible .> Number.zero, base, before)
    }
    let base = streams[index].allocation.base
    let (eligible, before) = (streams[index].year.eligible, streams[index].year.reference)
    state.reference[index].set(eligible, base, before, next)
  }
}

/// Columns that the steps of a year work in, so that none is made anew.
///
/// Shape of each: [county].
struct Scratch<Number: LawNumber>: Sendable {
  /// η (1 − delay / 12).
  var speed: [Number]
  /// The goal share, 1 if missing.
  var goalShare: [Number]
  /// K of a stream where it is data.
  var depth: [Number]
  /// What streams come to while they spend.
  var totals: SpendingTotals<Number>
  /// X of the counties that pool streams.
  ///
  /// Shape: [stream][county]; empty where nobody pools.
  var pooledSpent: [[Number]]
  /// A column for what a step works out for itself.
  var used: [Number]
  /// What the grade above each cut-off brings a county more than the one below, then Σ a over streams,
  /// in fen.
  ///
  /// Shape: [county][cut-off, Σ a], flat.
  var stakes: [Number] = []
  /// r and d of every county.
  var rates: GradeRates<Number>
  /// Columns that several streams read.
  var shared: [Shared]
  /// Level of the assets' upkeep, where it is data.
  var quality: [Number]
  /// Who pools streams.
  var pooled: [Number.Mask]

  /// A column of factor values with its sum; without the sum it is not worked out yet.
  struct Shared: Sendable {
    var values: [Number]
    var sum: Number?
  }

  init(column: [Number], sharedCount: Int, pooledCount: Int) {
    speed = column
    goalShare = column
    depth = column
    totals = SpendingTotals(atHand: column, used: column, final: column)
    pooledSpent = Array(repeating: column, count: pooledCount)
    used = column
    quality = column
    pooled = column.map { _ in Number.Mask(repeating: false) }
    rates = GradeRates(countyCount: column.count)
    shared = (0..<(sharedCount + 1)).map { _ in Shared(values: column, sum: nil) }
  }
}
