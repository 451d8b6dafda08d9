/// What is not known of a parameter: a distribution from which every draw of an ensemble takes it.
public struct Uncertainty: Sendable {
  /// A distribution.
  public enum Distribution: Sendable, Hashable {
    /// By mean and standard deviation.
    case normal(mean: Double, sd: Double)
    /// Between two bounds.
    case uniform(low: Double, high: Double)
    /// Between two bounds, most often at the mode.
    case triangular(low: Double, mode: Double, high: Double)
    /// ln x is normal; by the median of x and the standard deviation of ln x.
    case lognormal(median: Double, sigma: Double)
    /// Weights of a stream's factors around those written: the larger, the closer.
    case dirichlet(concentration: Double)
  }

  /// What a drawn number does to the parameter, in every year of a timeline.
  public enum Application: String, Sendable, CaseIterable {
    /// Stands in its place.
    case value
    /// Multiplies it.
    case factor
    /// Is added to it.
    case shift
  }

  /// The key of the parameter, or `streams.<key>.weights` for a stream's weights.
  public let parameter: Reference
  /// The distribution.
  public let distribution: Distribution
  /// What the drawn number does.
  public let application: Application
  /// Smaller draws become this.
  public let lowest: Double?
  /// Larger draws become this.
  public let highest: Double?
  /// Whether the distribution's numbers are amounts of money, in fen.
  public let isAmount: Bool

  /// Makes the uncertainty of a parameter.
  public init(
    parameter: Reference, distribution: Distribution, application: Application, lowest: Double?,
    highest: Double?, isAmount: Bool
  ) {
    self.parameter = parameter
    self.distribution = distribution
    self.application = application
    self.lowest = lowest
    self.highest = highest
    self.isAmount = isAmount
  }
}
