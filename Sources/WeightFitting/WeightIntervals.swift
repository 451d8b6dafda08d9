import Statistics

/// Intervals of weights from bootstrap replicates, by percentiles.
///
/// Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
public struct WeightIntervals: Sendable {
  /// Part of the replicates between the ends.
  public let level: Double
  /// Lower and upper end; nil for a factor whose weight the data do not determine.
  ///
  /// Shape: [factor].
  public let ends: [(low: Double, high: Double)?]
  /// Standard errors; nil for a factor whose weight the data do not determine.
  ///
  /// Shape: [factor].
  public let standardErrors: [Double?]
  /// How many replicates they rest on.
  public let replicates: Int
  /// How many gave no weights.
  public let failed: Int

  /// Sums replicates up.
  ///
  /// - Parameters:
  ///   - replicates: Weights; NaN for none. Shape: [replicate][factor].
  ///   - level: Part of the replicates between the ends, in (0, 1).
  ///   - undetermined: Factors whose weight the data do not determine.
  public init(_ replicates: [[Double]], level: Double, undetermined: Set<Int>) {
    let sound = replicates.filter { !($0.first ?? .nan).isNaN }
    self.level = level
    self.replicates = sound.count
    failed = replicates.count - sound.count
    var ends: [(low: Double, high: Double)?] = []
    var errors: [Double?] = []
    for factor in (replicates.first ?? []).indices {
      if sound.count < 2 || undetermined.contains(factor) {
        ends.append(nil)
        errors.append(nil)
        continue
      }
      let sorted = sound.map { $0[factor] }.sorted()
      ends.append(
        (
          Quantile.value(of: sorted, at: (1 - level) / 2),
          Quantile.value(of: sorted, at: (1 + level) / 2)
        ))
      let mean = sorted.reduce(0, +) / Double(sorted.count)
      let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      errors.append((squares / Double(sorted.count - 1)).squareRoot())
    }
    self.ends = ends
    standardErrors = errors
  }
}
