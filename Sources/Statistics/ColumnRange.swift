/// The smallest and largest value of a column, and sums.
public struct ColumnRange: Sendable, Hashable {
  /// The smallest value; ∞ without values.
  public let smallest: Double
  /// The largest value; −∞ without values.
  public let largest: Double
  /// The sum.
  public let sum: Double

  /// Reads a column, eight rows at a time.
  ///
  /// - Parameter values: Values, none NaN. Shape: [row].
  public init(_ values: [Double]) {
    let values = values.span
    let blocks = values.count / 8
    var low = SIMD8<Double>(repeating: .infinity)
    var high = -low
    var total = SIMD8<Double>.zero
    for block in 0..<blocks {
      let lanes = SIMD8(values, block: block)
      low = low.replacing(with: lanes, where: lanes .< low)
      high = high.replacing(with: lanes, where: lanes .> high)
      total += lanes
    }
    for index in (blocks * 8)..<values.count {
      low[0] = min(low[0], values[index])
      high[0] = max(high[0], values[index])
    }
    smallest = low.min()
    largest = high.max()
    total += SIMD8(values, after: blocks, filledWith: 0)
    sum = total.laneSum
  }

  /// The sum of the distances of a column to a number.
  ///
  /// - Parameters:
  ///   - origin: The number.
  ///   - values: The column. Shape: [row].
  /// - Returns: Σ (x − origin), which keeps digits that Σ x − n · origin would lose.
  public static func distances(from origin: Double, of values: [Double]) -> Double {
    let values = values.span
    let blocks = values.count / 8
    var sum = SIMD8<Double>.zero
    for block in 0..<blocks { sum += SIMD8(values, block: block) - origin }
    sum += SIMD8(values, after: blocks, filledWith: origin) - origin
    return sum.laneSum
  }
}
