import FundAllocation
import PolicyModel

/// One path of a scenario: money in whole fen, every amount with how it came about.
public struct Ledger: Sendable {
  /// One year of the ledger.
  public struct Year: Sendable {
    /// The year.
    public let year: Int
    /// Results by stream, in file order.
    ///
    /// Money in whole fen.
    public let streams: [StreamResult<Double>]
    /// The state at the start of the year: last year's grades and scores.
    public let start: CountyState<Double>
    /// The state at the end of the year.
    public let end: CountyState<Double>
    /// μ.
    ///
    /// Shape: [county].
    public let incentivePower: [Double]
    /// Population, need, staff, pipelines.
    public let observation: YearObservation<Double>
    /// Level of each assessment indicator at the end of the year.
    ///
    /// Shape: [indicator][county].
    public let levels: [[Double]]
  }

  /// The plan that was run.
  public let plan: Plan
  /// The years in order.
  public let years: [Year]
  /// What the user should know, in order of appearance.
  public let warnings: [LedgerWarning]

  init(plan: Plan, years: [Year], warnings: [LedgerWarning]) {
    self.plan = plan
    self.years = years
    self.warnings = warnings
  }

  /// Runs a plan.
  ///
  /// - Throws: `LawError` if a value is missing or refused.
  public init(_ plan: Plan) throws(LawError) {
    var simulator = Simulator(
      plan: plan, money: LedgerMoney(quantum: plan.scenario.quantum),
      parameters: plan.parameterValues)
    var years: [Year] = []
    var warnings = WarningList(plan: plan)
    try simulator.start()
    for _ in plan.scenario.years {
      let start = simulator.state
      try simulator.runYear()
      warnings.add(simulator.streams, year: simulator.year)
      years.append(Ledger.record(simulator, start: start))
      simulator.advance()
    }
    self.plan = plan
    self.years = years
    self.warnings = warnings.list
  }

  private static func record(
    _ simulator: Simulator<LedgerMoney>, start: CountyState<Double>
  ) -> Year {
    Year(
      year: simulator.year, streams: simulator.streams, start: start, end: simulator.state,
      incentivePower: simulator.incentivePower, observation: simulator.observation,
      levels: simulator.assessedLevels)
  }

  /// Final amount of a county over all streams in a year of the run.
  public func finalAmount(yearIndex: Int, county: Int) -> Money {
    Money(wholeFen: years[yearIndex].streams.reduce(0) { $0 + $1.final[county] })
  }
}
