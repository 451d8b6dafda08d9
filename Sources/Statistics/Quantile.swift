/// Quantiles of sorted values.
public enum Quantile {
  /// The value at a fraction of the way, between neighbours by a straight line.
  ///
  /// - Parameters:
  ///   - sorted: Values, ascending; at least one.
  ///   - fraction: From 0 to 1.
  /// - Returns: The quantile.
  ///
  /// Source: Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7.
  public static func value(of sorted: [Double], at fraction: Double) -> Double {
    precondition(!sorted.isEmpty, "a quantile needs a value")
    let place = fraction * Double(sorted.count - 1)
    let low = Int(place.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
