/// The largest eigenvalue of a positive matrix, with its left and right eigenvector.
///
/// It is real and simple, and its eigenvectors are positive (Perron 1907, Zur Theorie der
/// Matrices). By the QR algorithm, not by the power method: that is slow just where judgements
/// contradict each other.
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.3.4 (xGEEV).
public struct PrincipalEigenvector: Sendable, Hashable {
  /// The eigenvalue.
  public let value: Double
  /// The right eigenvector, A v = λ v, summing to 1.
  ///
  /// Shape: [row].
  public let right: [Double]
  /// The left eigenvector, u A = λ u, summing to 1.
  ///
  /// Shape: [row].
  public let left: [Double]
  /// Whether the iteration came to its end; if not, the figures are no answer.
  public let isConverged: Bool

  /// Works out the eigenvalue and its vectors.
  ///
  /// - Parameter matrix: A square matrix of entries > 0.
  /// - Throws: `LinearAlgebraError` if it is not square, not finite or not positive.
  /// - Complexity: O(*n*³) for *n* rows.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkForSolver()
    let order = matrix.rowCount
    if order != matrix.columnCount {
      throw .notSquare(rows: order, columns: matrix.columnCount)
    }
    if let position = matrix.values.firstIndex(where: { $0 <= 0 }) {
      throw .notPositive(row: position % order, column: position / order)
    }
    var entries = matrix.values
    let eigen = LAPACKCalls.eigen(&entries, order: order)
    var largest = 0
    for index in 1..<max(1, order) where eigen.real[index] > eigen.real[largest] {
      largest = index
    }
    let column = (largest * order)..<((largest + 1) * order)
    value = eigen.real[largest]
    right = PrincipalEigenvector.summingToOne(eigen.right[column])
    left = PrincipalEigenvector.summingToOne(eigen.left[column])
    isConverged = eigen.status == 0
  }

  /// All entries have one sign.
  private static func summingToOne(_ vector: ArraySlice<Double>) -> [Double] {
    let sum = vector.reduce(0, +)
    return vector.map { $0 / sum }
  }
}
