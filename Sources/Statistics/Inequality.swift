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
    let index = entropy(values.map { $0 / mean }, weights.map { $0 / people })
    var means = peopleOf
    for group in means.indices {
      means[group] = peopleOf[group] > 0 ? totalOf[group] / peopleOf[group] / mean : 0
    }
    let between = entropy(means, peopleOf.map { $0 / people })
    return Theil(total: index, between: between, within: index - between)
  }

  /// Σ w · r ln r, 0 for r = 0, of ratios and weights; logarithms eight at a time.
  private static func entropy(_ ratios: [Double], _ weights: [Double]) -> Double {
    let (ratios, weights) = (ratios.span, weights.span)
    let blocks = ratios.count / 8
    var sum = 0.0
    for block in 0..<blocks {
      let ratio = SIMD8(ratios, block: block)
      let logarithm = VectorMath.logarithm(ratio.replacing(with: 1, where: ratio .< 0x1p-1000))
      sum = (SIMD8(weights, block: block) * ratio * logarithm).laneSum(after: sum)
    }
    for index in (blocks * 8)..<ratios.count where ratios[index] >= 0x1p-1000 {
      sum += weights[index] * ratios[index] * VectorMath.logarithm(ratios[index])
    }
    return sum
  }
}
