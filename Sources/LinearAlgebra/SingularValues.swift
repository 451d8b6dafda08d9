/// Singular values and right singular vectors: how far each direction of the unknowns shows in the
/// rows.
///
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.3.4 (xGESVD).
public struct SingularValues: Sendable, Hashable {
  /// Singular values, the largest first.
  ///
  /// Shape: [min(row, column)].
  public let values: [Double]
  /// Right singular vectors of length 1, all of them, in the order of the values.
  ///
  /// Those beyond the values belong to 0. The largest entry of each, the first of equals, is positive.
  ///
  /// Shape: [vector][column].
  public let vectors: [[Double]]
  /// Whether the iteration came to its end; if not, the values are no answer.
  public let isConverged: Bool

  /// Works out all singular values and right vectors.
  ///
  /// - Parameter matrix: A.
  /// - Throws: `LinearAlgebraError` if it is empty or not finite.
  /// - Complexity: O(*m* *n*²) for *m* rows and *n* columns.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkForSolver()
    var entries = matrix.values
    let found = LAPACKCalls.singularValues(
      &entries, rowCount: matrix.rowCount, columnCount: matrix.columnCount)
    values = found.values
    isConverged = found.isConverged
    let count = matrix.columnCount
    vectors = (0..<count).map { vector in
      SymmetricEigen.turned((0..<count).map { found.vectors[$0 * count + vector] }[...])
    }
  }

  /// The largest by the smallest singular value; infinite for a matrix of lower rank than columns.
  public var conditionNumber: Double {
    guard let largest = values.first, let smallest = values.last, vectors.count == values.count,
      smallest > 0
    else { return .infinity }
    return largest / smallest
  }

  /// How many singular values are above a part of the largest.
  public func rank(tolerance: Double) -> Int {
    values.count { $0 > tolerance * (values.first ?? 0) }
  }
}
