import Statistics

/// How an indicator is made comparable with others before its weight is worked out.
///
/// x stands for a value, m for the number of rows; the second form holds where less is more.
public enum Normalization: String, Sendable, Hashable, CaseIterable {
  /// x / Σx; (max − x) / Σ(max − x): the shares of the factor method.
  case share
  /// (x − min) / (max − min); (max − x) / (max − min).
  case minmax
  /// (x − mean) / standard deviation (over m − 1); its negative.
  case z
  /// Rank / m, the smallest 1 and ties the average; the largest 1.
  case rank
  /// x / √Σx²; 1 − x / √Σx².
  case vector
  /// x / Σx; (1/x) / Σ(1/x).
  case sum
  /// x / max; 1 − x / max.
  case max

}

/// The indicators to weigh: one column each, and whether less of it is more.
public struct IndicatorColumns: Sendable {
  /// Values, all finite.
  ///
  /// Shape: [indicator][row].
  public let values: [[Double]]
  /// Whether less is more.
  ///
  /// Shape: [indicator].
  public let costs: [Bool]

  /// Makes columns.
  ///
  /// - Precondition: All columns are of one length, all values finite, one cost a column.
  public init(values: [[Double]], costs: [Bool]) {
    precondition(values.count == costs.count && !values.isEmpty, "one cost a column")
    precondition(values.allSatisfy { $0.count == values[0].count }, "columns differ in length")
    self.values = values
    self.costs = costs
  }

  /// How many indicators.
  public var count: Int { values.count }

  /// How many rows.
  public var rowCount: Int { values[0].count }

  /// All columns normalized.
  ///
  /// - Returns: The columns. Shape: [indicator][row].
  /// - Throws: `WeightError` if a column is constant, or has values that the normalization refuses.
  public func normalized(by normalization: Normalization) throws(WeightError) -> [[Double]] {
    var result: [[Double]] = []
    for indicator in values.indices {
      result.append(try normalized(indicator, by: normalization))
    }
    return result
  }

  /// Values that differ by less than this part of the largest are the same; what differs later
  /// than the twelfth digit is rounding, and would be blown up to the range from 0 to 1.
  private static let least = 1e-12

  private func normalized(
    _ indicator: Int, by normalization: Normalization
  ) throws(WeightError) -> [Double] {
    let column = NormalizedColumn(values[indicator], isCost: costs[indicator])
    let size = Swift.max(abs(column.smallest), abs(column.largest))
    if column.largest - column.smallest <= IndicatorColumns.least * size {
      throw .constant(indicator: indicator, value: column.largest)
    }
    try check(indicator, column, normalization)
    return column.values(by: normalization)
  }

  private func check(
    _ indicator: Int, _ column: NormalizedColumn, _ normalization: Normalization
  ) throws(WeightError) {
    if [.share, .sum, .max].contains(normalization), column.smallest < 0 {
      try refuseNegative(indicator)
    }
    if normalization == .sum, costs[indicator], column.smallest == 0 {
      let row = values[indicator].firstIndex(of: 0) ?? 0
      throw .noInverse(indicator: indicator, row: row)
    }
  }

  /// Refuses the first value below 0 of an indicator.
  func refuseNegative(_ indicator: Int) throws(WeightError) {
    if let row = values[indicator].firstIndex(where: { $0 < 0 }) {
      throw .negative(indicator: indicator, row: row, value: values[indicator][row])
    }
  }
}

/// One column with its range.
private struct NormalizedColumn {
  private let values: [Double]
  private let isCost: Bool
  let smallest: Double
  let largest: Double

  init(_ values: [Double], isCost: Bool) {
    self.values = values
    self.isCost = isCost
    var smallest = Double.infinity
    var largest = -Double.infinity
    for value in values {
      smallest = Swift.min(smallest, value)
      largest = Swift.max(largest, value)
    }
    self.smallest = smallest
    self.largest = largest
  }

  func values(by normalization: Normalization) -> [Double] {
    switch normalization {
    case .share: return summingToOne(isCost ? values.map { largest - $0 } : values)
    case .sum: return summingToOne(isCost ? values.map { 1 / $0 } : values)
    case .minmax: return ranged
    case .z: return standardized
    case .rank: return ranks
    case .vector: return scaled(by: values.reduce(0) { $0 + $1 * $1 }.squareRoot())
    case .max: return scaled(by: largest)
    }
  }

  private func summingToOne(_ values: [Double]) -> [Double] {
    let total = values.reduce(0, +)
    return values.map { $0 / total }
  }

  private var ranged: [Double] {
    let range = largest - smallest
    return isCost ? values.map { (largest - $0) / range } : values.map { ($0 - smallest) / range }
  }

  private var standardized: [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    let sign = isCost ? -1.0 : 1.0
    return values.map { sign * ($0 - mean) / deviation }
  }

  private var ranks: [Double] {
    let count = Double(values.count)
    let ranks = RankCorrelation.averageRanks(values)
    return ranks.map { (isCost ? count + 1 - $0 : $0) / count }
  }

  private func scaled(by size: Double) -> [Double] {
    isCost ? values.map { 1 - $0 / size } : values.map { $0 / size }
  }
}
