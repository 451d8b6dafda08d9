import Statistics

/// A figure with an interval from resampling.
public struct Estimate: Sendable, Equatable {
  /// The figure.
  public let value: Double
  /// The 2.5 % quantile of the figures of resampled runs.
  public let low: Double
  /// The 97.5 % quantile.
  public let high: Double

  /// Makes an estimate.
  public init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// Exactly nothing.
  public static let zero = Estimate(value: 0, low: 0, high: 0)

  /// A figure with the interval of its resampled figures; without any, the figure alone.
  init(_ value: Double, resampled: [Double]) {
    let sorted = resampled.filter { !$0.isNaN }.sorted()
    self.init(
      value: value, low: sorted.isEmpty ? value : Quantile.value(of: sorted, at: 0.025),
      high: sorted.isEmpty ? value : Quantile.value(of: sorted, at: 0.975))
  }
}

/// Which size of an output counts as none: what the arithmetic of a model may be off by.
public struct Negligible: Sendable {
  /// A standard deviation up to this counts as 0.
  public let size: Double

  /// Makes a threshold, in units of the output.
  public init(size: Double) { self.size = size }

  /// A part of the largest value below which a spread is rounding.
  private static let relative = 1e-11

  /// Whether a variance is no more than rounding, for values of a largest size.
  func covers(variance: Double, largest: Double) -> Bool {
    let limit = max(size, Negligible.relative * largest)
    return variance <= limit * limit
  }
}
