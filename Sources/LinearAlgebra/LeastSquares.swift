/// The x of least length among those that make ‖A x − b‖₂ least.
///
/// By QR with column pivoting, not by normal equations: these square the condition number, and
/// factors of a fund correlate at 0.97. Columns are first scaled to a norm near 1, so that an
/// indicator's unit does not decide whether it counts as dependent on the others. The scales are
/// powers of 2, which keeps every digit of the data. A unique solution is refined (`Refinement`).
/// Source: Anderson et al. (1999), LAPACK Users' Guide, section 2.3.2 (xGELSY); van der Sluis
/// (1969), Condition numbers and equilibration of matrices.
public struct LeastSquares: Sendable, Hashable {
  /// The unknowns x.
  ///
  /// Shape: [column].
  public let solution: [Double]
  /// The residuals b − A x.
  ///
  /// Shape: [row].
  public let residuals: [Double]
  /// Number of columns that do not follow from the others; below the number of columns the
  /// solution is one of many.
  public let rank: Int

  /// Whether no other solution makes the residuals as small.
  public var isUnique: Bool { rank == solution.count }

  /// Σ of squared residuals.
  public var residualSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

  /// Solves min ‖A x − b‖₂.
  ///
  /// - Parameters:
  ///   - matrix: A, one row an observation and one column an unknown.
  ///   - target: b. Shape: [row].
  /// - Throws: `LinearAlgebraError` if the shapes do not fit or an entry is not finite.
  /// - Complexity: O(*m* *n*²) for *m* rows and *n* columns.
  ///
  /// Edge cases: a column of zeros gets 0; fewer rows than columns → the shortest solution, in
  /// the scaled unknowns.
  public init(_ matrix: Matrix, target: [Double]) throws(LinearAlgebraError) {
    try matrix.checkForSolver()
    if target.count != matrix.rowCount {
      throw .lengthsDiffer(rows: matrix.rowCount, targets: target.count)
    }
    if let row = target.firstIndex(where: { !$0.isFinite }) { throw .targetNotFinite(row: row) }
    let scales = (0..<matrix.columnCount).map { LeastSquares.scale(ofColumn: $0, in: matrix) }
    var scaled = matrix.values
    for position in scaled.indices { scaled[position] *= scales[position / matrix.rowCount] }
    let room = max(0, matrix.columnCount - matrix.rowCount)
    var unknowns = target + [Double](repeating: 0, count: room)
    let tolerance = Double(max(matrix.rowCount, matrix.columnCount)) * Double.ulpOfOne
    rank = LAPACKCalls.leastSquares(
      &scaled, &unknowns, rowCount: matrix.rowCount, columnCount: matrix.columnCount,
      rankTolerance: tolerance)
    let solution = zip(unknowns, scales).map { $0 * $1 }
    let first = (solution: solution, residuals: LeastSquares.residuals(matrix, solution, target))
    let isUnique = rank == matrix.columnCount && matrix.rowCount >= matrix.columnCount
    let best = isUnique ? try LeastSquares.refined(first, matrix, target, scales) : first
    self.solution = best.solution
    residuals = best.residuals
  }

  /// The same solution, right to its last digits: columns scaled, refined, scaled back.
  private static func refined(
    _ first: (solution: [Double], residuals: [Double]), _ matrix: Matrix, _ target: [Double],
    _ scales: [Double]
  ) throws(LinearAlgebraError) -> (solution: [Double], residuals: [Double]) {
    var scaled = matrix
    for position in scaled.values.indices {
      scaled.values[position] *= scales[position / matrix.rowCount]
    }
    var refinement = try Refinement(
      scaled, target: target, solution: zip(first.solution, scales).map { $0 / $1 },
      residuals: first.residuals)
    refinement.run()
    return (zip(refinement.solution, scales).map { $0 * $1 }, refinement.residuals)
  }

  /// The power of 2 that brings the norm of a column between 1 and 2; 1 for a column of zeros.
  private static func scale(ofColumn column: Int, in matrix: Matrix) -> Double {
    let entries = (0..<matrix.rowCount).map { abs(matrix[$0, column]) }
    let largest = entries.max() ?? 0
    if largest == 0 { return 1 }
    let squares = entries.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
    let exponent = largest.exponent + squares.squareRoot().exponent
    return Double(sign: .plus, exponent: -min(max(exponent, -1_022), 1_022), significand: 1)
  }

  private static func residuals(
    _ matrix: Matrix, _ solution: [Double], _ target: [Double]
  ) -> [Double] {
    var rest = target
    for column in solution.indices {
      for row in rest.indices { rest[row] -= matrix[row, column] * solution[column] }
    }
    return rest
  }
}
