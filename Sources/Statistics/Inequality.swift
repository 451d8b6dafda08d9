#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
    let order = values.indices.sorted { values[$0] < values[$1] }
    var people = 0.0
    var total = 0.0
    var spread = 0.0
    for index in order {
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
    let people = weights.reduce(0, +)
    let total = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    if people == 0 || total <= 0 || values.contains(where: { $0 < 0 }) { return nil }
    let mean = total / people
    var peopleOf: [Int: Double] = [:]
    var totalOf: [Int: Double] = [:]
    var index = 0.0
    for (position, value) in values.enumerated() {
      index += weights[position] / people * entropy(value / mean)
      peopleOf[groups[position], default: 0] += weights[position]
      totalOf[groups[position], default: 0] += weights[position] * value
    }
    var between = 0.0
    for group in peopleOf.keys.sorted() {
      let own = peopleOf[group] ?? 0
      between += own / people * entropy((totalOf[group] ?? 0) / own / mean)
    }
    return Theil(total: index, between: between, within: index - between)
  }

  private static func entropy(_ ratio: Double) -> Double { ratio > 0 ? ratio * log(ratio) : 0 }
}
