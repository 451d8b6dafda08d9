/// A = Q R: an orthogonal matrix times an upper triangle.
///
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.4.2 (xGEQRF, xORMQR).
public struct QRFactors: Sendable, Hashable {
  /// Rows of A.
  public let rowCount: Int
  /// Columns of A.
  public let columnCount: Int
  private let factors: [Double]
  private let reflections: [Double]

  /// Factors a matrix.
  ///
  /// - Parameter matrix: A.
  /// - Throws: `LinearAlgebraError` if it is empty or not finite, or has fewer rows than columns.
  /// - Complexity: O(*m* *n*²) for *m* rows and *n* columns.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkForSolver()
    if matrix.rowCount < matrix.columnCount {
      throw .tooFewRows(rows: matrix.rowCount, columns: matrix.columnCount)
    }
    rowCount = matrix.rowCount
    columnCount = matrix.columnCount
    var entries = matrix.values
    reflections = LAPACKCalls.factor(
      &entries, rowCount: matrix.rowCount, columnCount: matrix.columnCount)
    factors = entries
  }

  /// R, with zeros below its diagonal.
  ///
  /// Shape: [column, column].
  public var triangle: Matrix {
    var result = Matrix(
      rowCount: columnCount, columnCount: columnCount,
      values: Array(repeating: 0, count: columnCount * columnCount))
    for column in 0..<columnCount {
      for row in 0...column { result[row, column] = factors[column * rowCount + row] }
    }
    return result
  }

  /// Qᵀ times a vector.
  ///
  /// - Parameter vector: Shape: [row].
  /// - Returns: Shape: [row]; the first entries, one a column, are what R x is to come near.
  public func rotated(_ vector: [Double]) -> [Double] {
    multiplied(vector, isTransposed: true)
  }

  /// Q times a vector.
  ///
  /// - Parameter vector: Shape: [row].
  /// - Returns: Shape: [row].
  public func rotatedBack(_ vector: [Double]) -> [Double] {
    multiplied(vector, isTransposed: false)
  }

  private func multiplied(_ vector: [Double], isTransposed: Bool) -> [Double] {
    precondition(vector.count == rowCount, "a vector of another length")
    var result = vector
    LAPACKCalls.multiply(
      &result, factors: factors, reflections: reflections, isTransposed: isTransposed)
    return result
  }

  /// The x with R x = b.
  ///
  /// - Parameter vector: b. Shape: [column].
  /// - Returns: x, or nil if R is singular. Shape: [column].
  public func solution(_ vector: [Double]) -> [Double]? {
    solved(vector, isTransposed: false)
  }

  /// The x with Rᵀ x = b.
  ///
  /// - Parameter vector: b. Shape: [column].
  /// - Returns: x, or nil if R is singular. Shape: [column].
  public func transposedSolution(_ vector: [Double]) -> [Double]? {
    solved(vector, isTransposed: true)
  }

  private func solved(_ vector: [Double], isTransposed: Bool) -> [Double]? {
    var result = vector
    let isSolved = LAPACKCalls.solveTriangle(
      factors, rowCount: rowCount, order: columnCount, &result, isTransposed: isTransposed)
    return isSolved ? result : nil
  }
}
