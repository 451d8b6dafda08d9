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
    try scales(normalization).map { scale in scale.base.map { (($0 - scale.origin) * scale.factor) }
    }
  }

  /// What the normalization does to each column.
  func scales(_ normalization: Normalization) throws(WeightError) -> [ColumnScale] {
    var scales: [ColumnScale] = []
    for indicator in values.indices {
      scales.append(try scale(indicator, normalization))
    }
    return scales
  }

  /// Values that differ by less than this part of the largest are the same; what differs later
  /// than the twelfth digit is rounding, and would be blown up to the range from 0 to 1.
  private static let least = 1e-12

  private func scale(
    _ indicator: Int, _ normalization: Normalization
  ) throws(WeightError) -> ColumnScale {
    let range = ColumnRange(values[indicator])
    let size = Swift.max(abs(range.smallest), abs(range.largest))
    if range.largest - range.smallest <= IndicatorColumns.least * size {
      throw .constant(indicator: indicator, value: range.largest)
    }
    if [.share, .sum, .max].contains(normalization), range.smallest < 0 {
      try refuseNegative(indicator)
    }
    if normalization == .sum, costs[indicator], range.smallest == 0 {
      let row = values[indicator].firstIndex(of: 0) ?? 0
      throw .noInverse(indicator: indicator, row: row)
    }
    return ColumnScale(
      values[indicator], range, isCost: costs[indicator], by: normalization)
  }

  /// Refuses the first value below 0 of an indicator.
  func refuseNegative(_ indicator: Int) throws(WeightError) {
    if let row = values[indicator].firstIndex(where: { $0 < 0 }) {
      throw .negative(indicator: indicator, row: row, value: values[indicator][row])
    }
  }
}

/// A normalized column, (x − origin) × factor.
///
/// Every normalization has this form, of the values themselves, their inverses or their ranks. So
/// correlations and entropies can be worked out of x, without a copy of all columns, and the value
/// at the origin is 0 exactly, never a rounding error below it.
struct ColumnScale {
  /// x.
  ///
  /// Shape: [row].
  let base: [Double]
  /// What becomes 0.
  let origin: Double
  /// Positive where more is more.
  let factor: Double
  /// Σ (x − origin), where the normalization needs it.
  let total: Double?
  /// Whether a value is below 0 when normalized.
  let hasNegative: Bool

  init(
    _ values: [Double], _ range: ColumnRange, isCost: Bool, by normalization: Normalization
  ) {
    let direction = isCost ? -1.0 : 1.0
    let count = Double(values.count)
    switch normalization {
    case .share:
      let total =
        isCost ? ColumnRange.distances(from: range.largest, of: values) : range.sum
      self.init(values, range, isCost ? range.largest : 0, 1 / total, total: total)
    case .sum:
      let base = isCost ? values.map { 1 / $0 } : values
      let total = isCost ? ColumnRange.distances(from: 0, of: base) : range.sum
      self.init(base, nil, 0, 1 / total, total: total)
    case .minmax:
      self.init(
        values, range, isCost ? range.largest : range.smallest,
        direction / (range.largest - range.smallest))
    case .z:
      let mean = range.sum / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      self.init(values, range, mean, direction / (squares / (count - 1)).squareRoot())
    case .rank:
      self.init(
        RankCorrelation.averageRanks(values), nil, isCost ? count + 1 : 0, direction / count)
    case .vector:
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      self.init(values, range, isCost ? length : 0, direction / length)
    case .max:
      self.init(values, range, isCost ? range.largest : 0, direction / range.largest)
    }
  }

  /// Takes the range of the base, nil where nothing can come out below 0.
  private init(
    _ base: [Double], _ range: ColumnRange?, _ origin: Double, _ factor: Double,
    total: Double? = nil
  ) {
    let isBelow = { (range: ColumnRange) in
      factor > 0 ? range.smallest < origin : range.largest > origin
    }
    hasNegative = range.map(isBelow) ?? false
    self.base = base
    self.origin = origin
    self.factor = factor
    self.total = total
  }
}
