/// A = Rᵀ R for a symmetric positive definite A, with R an upper triangle.
///
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.4.1 (xPOTRF).
public enum Cholesky {
  /// The factor R; nil if the matrix is not positive definite.
  ///
  /// - Parameter matrix: A; its upper triangle counts. Shape: [row, row].
  /// - Returns: R, with zeros below its diagonal.
  /// - Throws: `LinearAlgebraError` if it is empty, not square or not finite.
  /// - Complexity: O(*n*³) for *n* rows.
  public static func factor(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix? {
    try matrix.checkForSolver()
    if matrix.rowCount != matrix.columnCount {
      throw .notSquare(rows: matrix.rowCount, columns: matrix.columnCount)
    }
    var result = matrix
    if !LAPACKCalls.cholesky(&result.values, order: matrix.rowCount) { return nil }
    for column in 0..<matrix.columnCount {
      for row in (column + 1)..<max(column + 1, matrix.rowCount) { result[row, column] = 0 }
    }
    return result
  }
}

extension Matrix {
  /// The inverse of an upper triangle; nil if it is singular.
  ///
  /// - Precondition: The matrix is square. What stands below the diagonal is not read.
  /// - Complexity: O(*n*³) for *n* rows.
  public var inverseOfTriangle: Matrix? {
    precondition(rowCount == columnCount, "a triangle is square")
    var inverse: [Double] = []
    for column in 0..<columnCount {
      var unit = [Double](repeating: 0, count: rowCount)
      unit[column] = 1
      let isSolved = LAPACKCalls.solveTriangle(
        values, rowCount: rowCount, order: rowCount, &unit, isTransposed: false)
      if !isSolved { return nil }
      inverse += unit
    }
    return Matrix(rowCount: rowCount, columnCount: columnCount, values: inverse)
  }
}
