/// Measures of inequality of values held by weighted recipients.
public enum Inequality {
  /// The Gini coefficient  Σ pᵢ pⱼ |yᵢ − yⱼ| / (2 P² ȳ).
  ///
  /// - Parameters:
  ///   - values: y, one a recipient. Shape: [recipient].
  ///   - weights: p > 0, such as population. Shape: [recipient].
  /// - Returns: The coefficient, or nil where the mean is 0 or there is no recipient.
  /// - Complexity: O(*n* log *n*).
  ///
  /// Source: Gini (1912); the sum over pairs by sorting, as in Dixon et al. (1987).
  public static func gini(values: [Double], weights: [Double]) -> Double? {
    var order = WarmOrder()
    return gini(values: values, weights: weights, order: &order)
  }

  /// The same, with the order of values much like these to start from.
  ///
  /// - Parameters:
  ///   - values: y, one a recipient; none is NaN. Shape: [recipient].
  ///   - weights: p > 0, such as population. Shape: [recipient].
  ///   - order: The last order; holds that of `values` afterwards.
  /// - Returns: The coefficient, or nil where the mean is 0 or there is no recipient.
  public static func gini(
    values: [Double], weights: [Double], order: inout WarmOrder
  ) -> Double? {
    order.sort(values)
    var people = 0.0
    var total = 0.0
    var spread = 0.0
    for index in order.order {
      spread += weights[index] * (values[index] * people - total)
      people += weights[index]
      total += weights[index] * values[index]
    }
    if total == 0 || people == 0 { return nil }
    return spread / (people * total)
  }

  /// The Theil index and its parts between and within groups.
  public struct Theil: Sendable, Equatable {
    /// T = Σ pᵢ/P · yᵢ/ȳ · ln(yᵢ/ȳ).
    public let total: Double
    /// The part between the groups' means.
    public let between: Double
    /// The part within groups.
    public let within: Double
  }

  /// The Theil index, split exactly by groups; 0 ln 0 = 0.
  ///
  /// - Parameters:
  ///   - values: y ≥ 0. Shape: [recipient].
  ///   - weights: p > 0. Shape: [recipient].
  ///   - groups: Group of each recipient. Shape: [recipient].
  /// - Returns: The index, or nil where a value is negative or the mean is 0.
  ///
  /// Source: Theil (1967), Economics and Information Theory, chapter 4.
  public static func theil(values: [Double], weights: [Double], groups: [Int]) -> Theil? {
    let groupCount = (groups.max() ?? -1) + 1
    var peopleOf = [Double](repeating: 0, count: groupCount)
    var totalOf = peopleOf
    var people = 0.0
    var total = 0.0
    for (index, value) in values.enumerated() {
      if value < 0 { return nil }
      people += weights[index]
      total += weights[index] * value
      peopleOf[groups[index]] += weights[index]
      totalOf[groups[index]] += weights[index] * value
    }
    if people == 0 || total <= 0 { return nil }
    let mean = total / people
    let index = entropy(values.count) { (values[$0] / mean, weights[$0] / people) }
    let between = entropy(groupCount) { group in
      peopleOf[group] > 0
        ? (totalOf[group] / peopleOf[group] / mean, peopleOf[group] / people) : (0, 0)
    }
    return Theil(total: index, between: between, within: index - between)
  }

  /// Σ w · r ln r, 0 for r = 0, of ratios and weights; logarithms eight at a time.
  private static func entropy(
    _ count: Int, _ pair: (Int) -> (ratio: Double, weight: Double)
  ) -> Double {
    var sum = 0.0
    var start = 0
    while start < count {
      var ratios = SIMD8<Double>(repeating: 1)
      var weights = SIMD8<Double>(repeating: 0)
      for lane in 0..<min(8, count - start) {
        let (ratio, weight) = pair(start + lane)
        if ratio >= 0x1p-1000 { (ratios[lane], weights[lane]) = (ratio, weight * ratio) }
      }
      let parts = weights * VectorMath.logarithm(ratios)
      for lane in 0..<min(8, count - start) { sum += parts[lane] }
      start += 8
    }
    return sum
  }
}
