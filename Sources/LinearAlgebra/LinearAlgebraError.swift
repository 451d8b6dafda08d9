/// Why a problem of linear algebra cannot be solved: something in the data, not in the code.
public enum LinearAlgebraError: Error, Sendable, Hashable {
  /// The matrix has no rows or no columns.
  case empty(rows: Int, columns: Int)
  /// The right-hand side has another length than the matrix has rows.
  case lengthsDiffer(rows: Int, targets: Int)
  /// An entry of the matrix is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// An entry of the right-hand side is NaN or infinite.
  case targetNotFinite(row: Int)
  /// Fewer rows than columns.
  case tooFewRows(rows: Int, columns: Int)
  /// The matrix is not square.
  case notSquare(rows: Int, columns: Int)
  /// Two entries that mirror each other differ by more than rounding explains.
  case notSymmetric(row: Int, column: Int)
  /// More rows, columns or entries than LAPACK can count.
  case tooLarge(rows: Int, columns: Int)
  /// An entry is 0 or less where all must be positive.
  case notPositive(row: Int, column: Int)
}

extension Matrix {
  /// Refuses what LAPACK cannot work on.
  func checkForSolver() throws(LinearAlgebraError) {
    if values.isEmpty { throw .empty(rows: rowCount, columns: columnCount) }
    if max(rowCount, columnCount) > Int(Int32.max) / 64 {
      throw .tooLarge(rows: rowCount, columns: columnCount)
    }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: position % rowCount, column: position / rowCount)
    }
  }
}
