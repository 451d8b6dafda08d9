/// Eigenvalues and eigenvectors of a symmetric matrix.
///
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.3.4 (xSYEV).
public struct SymmetricEigen: Sendable, Hashable {
  /// Eigenvalues, the largest first.
  ///
  /// Shape: [eigenvalue].
  public let values: [Double]
  /// Eigenvectors of length 1 as columns, in the order of the values.
  ///
  /// The largest entry of each, the first of equals, is positive, so that the sign does not hang
  /// on the library.
  public let vectors: Matrix
  /// Whether the iteration came to its end; if not, the values are no answer.
  public let isConverged: Bool

  /// Works out all eigenvalues and eigenvectors.
  ///
  /// - Parameter matrix: A symmetric matrix; entries that mirror each other may differ by a
  ///   rounding error, the lower one counts.
  /// - Throws: `LinearAlgebraError` if it is not square, not symmetric or not finite.
  /// - Complexity: O(*n*³) for *n* rows.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkForSolver()
    try SymmetricEigen.checkSymmetry(matrix)
    let order = matrix.rowCount
    var entries = matrix.values
    let (ascending, unconverged) = LAPACKCalls.symmetricEigen(&entries, order: order)
    values = ascending.reversed()
    let columns = (0..<order).reversed().map { column in
      SymmetricEigen.turned(entries[(column * order)..<((column + 1) * order)])
    }
    vectors = Matrix(rowCount: order, columnCount: order, values: columns.flatMap { $0 })
    isConverged = unconverged == 0
  }

  private static func checkSymmetry(_ matrix: Matrix) throws(LinearAlgebraError) {
    if matrix.rowCount != matrix.columnCount {
      throw .notSquare(rows: matrix.rowCount, columns: matrix.columnCount)
    }
    let largest = matrix.values.reduce(0) { max($0, abs($1)) }
    let slack = largest * Double(matrix.rowCount) * 4 * Double.ulpOfOne
    for column in 0..<matrix.columnCount {
      for row in (column + 1)..<max(matrix.rowCount, column + 1)
      where abs(matrix[row, column] - matrix[column, row]) > slack {
        throw .notSymmetric(row: row, column: column)
      }
    }
  }

  /// The vector with its largest entry positive; entries that differ by rounding are equal.
  static func turned(_ vector: ArraySlice<Double>) -> [Double] {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    let leading = vector.first { abs($0) >= largest * (1 - 1e-9) } ?? 0
    return leading < 0 ? vector.map { -$0 } : Array(vector)
  }
}
