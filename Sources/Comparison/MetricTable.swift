import Simulation

/// Every metric of every year of one scenario against the baseline.
public struct MetricTable: Sendable {
  /// Values; nil where a metric is undefined.
  ///
  /// Shape: [year][metric].
  public let values: [[Double?]]
  /// The years.
  public let years: ClosedRange<Int>

  /// Works the metrics out.
  ///
  /// - Parameters:
  ///   - ledger: The scenario's run.
  ///   - baseline: The run it is compared with; itself for the baseline.
  public init(_ ledger: Ledger, baseline: Ledger) {
    years = ledger.plan.scenario.years
    var calculator = MetricCalculator(ledger.plan)
    let matches = CountyMatch(ledger.plan, in: baseline.plan)
    let first = YearFigures.totals(ledger.years[0])
    var last: [Double]?
    var rows: [[Double?]] = []
    for year in ledger.years {
      var figures = YearFigures(year)
      figures.firstAmounts = first
      figures.lastAmounts = last
      figures.baselineAmounts = baseline.years.first { $0.year == year.year }
        .map { matches.amounts(YearFigures.totals($0)) }
      last = figures.amounts
      rows.append(calculator.values(figures).map { $0.isNaN ? nil : $0 })
    }
    values = rows
  }

  /// One value; nil where it is undefined or the year is not of the run.
  public func value(_ metric: Metric, year: Int) -> Double? {
    guard years.contains(year), let position = Metric.allCases.firstIndex(of: metric) else {
      return nil
    }
    return values[year - years.lowerBound][position]
  }
}
