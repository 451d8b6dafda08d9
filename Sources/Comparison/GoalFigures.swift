import Simulation

/// The figures of one year of a run that goals are about.
public struct GoalFigures: Sendable {
  /// Final amounts by stream.
  ///
  /// Shape: [stream][county]. Fen.
  public var streams: [[Double]]
  /// Final amounts over all streams.
  ///
  /// Shape: [county]. Fen.
  public var amounts: [Double]
  /// The baseline's.
  ///
  /// Shape: [county]. Fen.
  public var baseline: [Double]
  /// Rural population.
  ///
  /// Shape: [county].
  public var people: [Double]
  /// 1 for the members of each group as the allocation saw them.
  ///
  /// Shape: [group][county].
  public var groups: [[Double]]
  /// Metrics in the order of `Metric.allCases`, NaN where undefined.
  public var metrics: [Double]

  /// Makes the figures of a year; shapes and units as above.
  public init(
    streams: [[Double]], amounts: [Double], baseline: [Double], people: [Double],
    groups: [[Double]], metrics: [Double]
  ) {
    self.streams = streams
    self.amounts = amounts
    self.baseline = baseline
    self.people = people
    self.groups = groups
    self.metrics = metrics
  }

  /// The figures of every year of a ledger against a baseline with the same counties and years.
  public static func years(_ ledger: Ledger, baseline: Ledger) -> [GoalFigures] {
    precondition(
      ledger.plan.scenario.years == baseline.plan.scenario.years
        && ledger.plan.countyCount == baseline.plan.countyCount,
      "a design keeps years and counties")
    let metrics = MetricTable(ledger, baseline: baseline).values
    return zip(ledger.years, baseline.years).enumerated().map { index, pair in
      let (year, base) = pair
      return GoalFigures(
        streams: year.streams.map(\.final), amounts: YearFigures.totals(year),
        baseline: YearFigures.totals(base), people: year.observation.ruralPopulation,
        groups: year.observation.groups, metrics: metrics[index].map { $0 ?? .nan })
    }
  }
}

extension GoalFigures {
  /// One metric; NaN where it is undefined.
  public func metric(_ metric: Metric) -> Double { value(.metric(metric)) }
}
