import Comparison
import PolicyModel
import Simulation

/// The figures of an ensemble that charts show, by name.
public struct EnsembleFigures: Sendable {
  /// One figure over the draws.
  public struct Figure: Sendable, Hashable {
    /// From the 5 % to the 95 % quantile.
    public let interval: ClosedRange<Double>
    /// The median.
    public let median: Double
    /// Part of the draws below the baseline; nil where it is not known.
    public let chanceOfLess: Double?

    /// Makes a figure.
    public init(interval: ClosedRange<Double>, median: Double, chanceOfLess: Double?) {
      self.interval = interval
      self.median = median
      self.chanceOfLess = chanceOfLess
    }
  }

  private struct Key: Hashable {
    let scenario: String
    let year: Int
    let name: String
  }

  /// How many draws there are.
  public let drawCount: Int
  private var metrics: [Key: Figure] = [:]
  private var counties: [Key: Figure] = [:]

  /// Starts without figures.
  public init(drawCount: Int) { self.drawCount = drawCount }

  /// Sets a metric's figure, money in currency units.
  public mutating func set(_ figure: Figure, scenario: String, year: Int, metric: String) {
    metrics[Key(scenario: scenario, year: year, name: metric)] = figure
  }

  /// Sets the figure of a county's final amount in currency units.
  public mutating func set(_ figure: Figure, scenario: String, year: Int, county: String) {
    counties[Key(scenario: scenario, year: year, name: county)] = figure
  }

  /// A metric's figure, money in currency units; nil where it is undefined.
  public func figure(scenario: String, year: Int, metric: Metric) -> Figure? {
    metrics[Key(scenario: scenario, year: year, name: metric.rawValue)]
  }

  /// The figure of a county's final amount in currency units; nil where it is undefined.
  public func figure(scenario: String, year: Int, county: String) -> Figure? {
    counties[Key(scenario: scenario, year: year, name: county)]
  }
}
