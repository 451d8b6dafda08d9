/// Pearson's correlations and the standard deviations of several columns.
///
/// By its own kernel, not by BLAS: libraries of BLAS sum in different orders, so that weights would
/// differ in their last digits from machine to machine. Eight rows stand side by side, and a column
/// is held against four others at once, so that it is read a quarter as often.
public struct Correlations: Sendable {
  /// Number of columns.
  public let columnCount: Int
  /// Mean of each column.
  ///
  /// Shape: [column].
  public let means: [Double]
  /// Standard deviation of each column, its sum of squares over n − 1.
  ///
  /// Shape: [column].
  public let standardDeviations: [Double]
  /// Coefficients; NaN where a column is constant.
  ///
  /// Shape: [column][column], flat.
  public private(set) var coefficients: [Double]

  /// The coefficient of two columns.
  public subscript(row: Int, column: Int) -> Double { coefficients[row * columnCount + column] }

  /// Correlates columns.
  ///
  /// - Parameter columns: Columns of one length of 2 or more. Shape: [column][row].
  /// - Complexity: O(*n* *k*²) for *n* rows and *k* columns.
  public init(_ columns: [[Double]]) {
    let rowCount = columns.first?.count ?? 0
    precondition(rowCount >= 2, "a correlation needs two rows")
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns differ in length")
    columnCount = columns.count
    let centered = CenteredColumns(columns, rowCount: rowCount)
    means = centered.means
    let count = columns.count
    var products = [Double](repeating: 0, count: count * count)
    for column in 0..<count { centered.multiply(column, into: &products) }
    standardDeviations = (0..<count).map {
      (products[$0 * count + $0] / Double(rowCount - 1)).squareRoot()
    }
    coefficients = products
    for row in 0..<count {
      for column in row..<count {
        let size = (products[row * count + row] * products[column * count + column]).squareRoot()
        let coefficient = size == 0 ? .nan : min(1, max(-1, products[row * count + column] / size))
        coefficients[row * count + column] = row == column && size > 0 ? 1 : coefficient
        coefficients[column * count + row] = coefficients[row * count + column]
      }
    }
  }
}

/// Columns less their means, eight rows side by side.
private struct CenteredColumns {
  /// Shape: [column][block of rows], flat; the last block filled up with 0.
  private var blocks: [SIMD8<Double>]
  private let blockCount: Int
  private let columnCount: Int
  private(set) var means: [Double] = []

  init(_ columns: [[Double]], rowCount: Int) {
    blockCount = (rowCount + 7) / 8
    columnCount = columns.count
    blocks = []
    blocks.reserveCapacity(blockCount * columnCount)
    for column in columns { append(column) }
  }

  private mutating func append(_ column: [Double]) {
    let mean = ColumnRange.distances(from: 0, of: column) / Double(column.count)
    let values = column.span
    let whole = values.count / 8
    for block in 0..<whole { blocks.append(SIMD8(values, block: block) - mean) }
    if whole < blockCount {
      blocks.append(SIMD8(values, after: whole, filledWith: mean) - mean)
    }
    means.append(mean)
  }

  /// The products of a column with itself and all after it.
  func multiply(_ column: Int, into products: inout [Double]) {
    var other = column
    while other < columnCount {
      let sums = fourProducts(column, other)
      for offset in 0..<min(4, columnCount - other) {
        products[column * columnCount + other + offset] = sums[offset].laneSum
      }
      other += 4
    }
  }

  /// Column by column of four; past the last column the last one again.
  private func fourProducts(_ column: Int, _ first: Int) -> InlineArray<4, SIMD8<Double>> {
    let blocks = blocks.span
    let last = columnCount - 1
    let own = column * blockCount
    let starts = (
      first * blockCount, min(first + 1, last) * blockCount, min(first + 2, last) * blockCount,
      min(first + 3, last) * blockCount
    )
    var sums = InlineArray<4, SIMD8<Double>>(repeating: .zero)
    for block in 0..<blockCount {
      let value = blocks[own + block]
      sums[0] += value * blocks[starts.0 + block]
      sums[1] += value * blocks[starts.1 + block]
      sums[2] += value * blocks[starts.2 + block]
      sums[3] += value * blocks[starts.3 + block]
    }
    return sums
  }
}
