import FundAllocation
import PolicyModel

/// Carries a plan out year by year: the law of model sections 2 to 9, once, for any number.
///
/// In the ledger the number is a `Double` and money is rounded; in an ensemble it holds a lane
/// for each draw and money is real. What to record is the caller's business: after `runYear`
/// the year's results stand in `streams` and `state`.
public struct Simulator<Rule: MoneyRule>: Sendable {
  /// The number the law computes with.
  public typealias Number = Rule.Number

  let plan: Plan
  let money: Rule
  /// Parameters by slot and year.
  ///
  /// Shape: [slot][year], flat.
  let parameters: [Number]
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

  /// Prepares a run; `start` must follow.
  public init(plan: Plan, money: Rule, parameters: [Number]) {
    self.plan = plan
    self.money = money
    self.parameters = parameters
    state = CountyState(
      countyCount: plan.countyCount, streamCount: plan.streams.count,
      levelCount: plan.behaviour?.levels.count ?? 0, ageLimit: plan.carryOver.ageLimit)
    incentivePower = Array(repeating: Number.zero, count: plan.countyCount)
    observation = YearObservation(countyCount: plan.countyCount)
    failed = Number.Mask(repeating: false)
    takesPart = Array(repeating: true, count: plan.countyCount)
  }

  /// The year that runs.
  public var year: Int { plan.scenario.years.lowerBound + yearIndex }

  /// All draws.
  var everywhere: Number.Mask { Number.Mask(repeating: true) }

  func parameter(_ slot: Int) -> Number { parameters[slot * plan.yearCount + yearIndex] }

  func parameter(_ slot: Int?, otherwise value: Double) -> Number {
    slot.map { parameter($0) } ?? Number(repeating: value)
  }

  func county(_ index: Int) -> County { plan.counties.counties[index] }

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
    streams.removeAll(keepingCapacity: true)
    for stream in plan.streams.indices { streams.append(try allocate(stream)) }
    setIncentivePower()
    try observe()
    var next = state
    try updateEffort(&next)
    try spend(&next)
    updateLevels(&next)
    updatePipelines(&next)
    updateAssets(&next)
    try updateIncome(&next)
    updateMonitored(&next)
    try assess(&next)
    keepAmounts(&next)
    try observeEnd(next)
    state = next
  }

  /// Moves on to the next year.
  public mutating func advance() { yearIndex += 1 }

  mutating func findWhoTakesPart() throws(LawError) {
    let groups = plan.streams.map(\.eligible)
    if groups.contains(nil) {
      takesPart = takesPart.map { _ in true }
      return
    }
    for county in takesPart.indices {
      var isInside = Number.Mask(repeating: false)
      for group in groups.compactMap({ $0 }) {
        isInside = isInside .| (try isMember(group, county: county, active: everywhere))
      }
      takesPart[county] = isInside.holdsForAny
    }
  }

  /// Amounts that the next year looks back on.
  private func keepAmounts(_ next: inout CountyState<Number>) {
    for (index, stream) in streams.enumerated() {
      for county in stream.final.indices {
        let isEligible = stream.year.eligible[county] .> Number.zero
        next.reference[index][county] = Number.choose(
          isEligible, stream.allocation.base[county], next.reference[index][county])
        next.lastBase[index][county] = stream.allocation.base[county]
        next.lastFinal[index][county] = stream.final[county]
      }
    }
  }
}
