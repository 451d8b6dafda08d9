import PolicyModel
import Simulation

/// Where each figure of an ensemble stands among its series.
///
/// One series a scenario, year and metric; one a reform, year and metric for the difference from
/// the baseline; one a scenario, year and county for the final amount.
public struct EnsembleLayout: Sendable {
  /// The shape of one scenario.
  public struct Shape: Sendable, Equatable {
    /// Its years.
    public let years: ClosedRange<Int>
    /// How many counties it has.
    public let countyCount: Int
    let metricStart: Int
    /// Where its differences start; nil for the baseline.
    let differenceStart: Int?
    let countyStart: Int
  }

  /// The shapes in command order, the baseline first.
  public let shapes: [Shape]
  /// How many series there are.
  public let seriesCount: Int

  /// Lays out the series of a comparison.
  public init(_ plans: [Plan]) {
    let metricCount = Metric.allCases.count
    var shapes: [Shape] = []
    var next = 0
    for (index, plan) in plans.enumerated() {
      let metrics = next
      next += plan.yearCount * metricCount
      var differences: Int?
      if index > 0 {
        differences = next
        next += plan.yearCount * metricCount
      }
      shapes.append(
        Shape(
          years: plan.scenario.years, countyCount: plan.countyCount, metricStart: metrics,
          differenceStart: differences, countyStart: next))
      next += plan.yearCount * plan.countyCount
    }
    self.shapes = shapes
    seriesCount = next
  }

  /// The series of a metric.
  ///
  /// - Parameters:
  ///   - scenario: Index of the scenario.
  ///   - yearIndex: Index of the year in its run.
  ///   - metric: Index of the metric among all.
  /// - Returns: Index of the series.
  public func metric(_ scenario: Int, yearIndex: Int, _ metric: Int) -> Int {
    shapes[scenario].metricStart + yearIndex * Metric.allCases.count + metric
  }

  /// The series of a metric's difference from the baseline; nil for the baseline.
  ///
  /// - Parameters:
  ///   - scenario: Index of the scenario.
  ///   - yearIndex: Index of the year in its run.
  ///   - metric: Index of the metric among all.
  /// - Returns: Index of the series, or nil.
  public func difference(_ scenario: Int, yearIndex: Int, _ metric: Int) -> Int? {
    shapes[scenario].differenceStart.map { $0 + yearIndex * Metric.allCases.count + metric }
  }

  /// The series of a county's final amount.
  ///
  /// - Parameters:
  ///   - scenario: Index of the scenario.
  ///   - yearIndex: Index of the year in its run.
  ///   - county: Index of the county.
  /// - Returns: Index of the series.
  public func county(_ scenario: Int, yearIndex: Int, _ county: Int) -> Int {
    shapes[scenario].countyStart + yearIndex * shapes[scenario].countyCount + county
  }

  /// All series of a scenario.
  func series(of scenario: Int) -> Range<Int> {
    let shape = shapes[scenario]
    return shape.metricStart..<(shape.countyStart + shape.years.count * shape.countyCount)
  }
}
