import LinearAlgebra

/// The weights within bounds that bring X w nearest to y, by QR and an active set.
///
/// QR, not normal equations, because factors of a fund correlate at 0.97 and these square the
/// condition number.
struct WeightSolver {
  /// What the weights sum to.
  enum Total {
    /// To 1.
    case one
    /// To anything above 0; bounds hold for the parts of the sum.
    case free
  }

  let bounds: [ClosedRange<Double>]
  let total: Total
  /// Adds a hair of |w|² so that of many equally good solutions the shortest is found.
  let isShortest: Bool

  /// How large the hair is against the largest column.
  private static let hairOfColumn = 1e-6

  /// Solves.
  ///
  /// - Parameters:
  ///   - columns: X. Shape: [factor][row].
  ///   - target: y. Shape: [row].
  /// - Returns: w. Shape: [factor].
  /// - Throws: `WeightFittingError` where nothing within the bounds explains y.
  func weights(
    columns: [[Double]], target: [Double]
  ) throws(WeightFittingError) -> [Double] {
    let extra = isShortest ? columns.count : 0
    let hair = columns.reduce(0) { max($0, dot($1, $1)) }.squareRoot() * WeightSolver.hairOfColumn
    let values = columns.indices.flatMap { factor in
      columns[factor] + (0..<extra).map { $0 == factor ? hair : 0 }
    }
    let matrix = Matrix(
      rowCount: target.count + extra, columnCount: columns.count, values: values)
    let factors: QRFactors
    do throws(LinearAlgebraError) {
      factors = try QRFactors(matrix)
    } catch {
      throw .linearAlgebra(error)
    }
    let rotated = factors.rotated(target + [Double](repeating: 0, count: extra))
    guard let inverse = factors.triangle.inverseOfTriangle,
      let start = factors.solution(Array(rotated.prefix(columns.count)))
    else { throw .notSolved }
    return try weights(inverseFactor: inverse, start: start)
  }

  /// Solves with J = R⁻¹ and the minimum without constraints at hand.
  func weights(
    inverseFactor: Matrix, start: [Double]
  ) throws(WeightFittingError) -> [Double] {
    let program = QuadraticProgram(
      inverseFactor: inverseFactor, start: start, constraints: constraints)
    let solution = program.solution()
    switch solution.status {
    case .optimal: break
    case .infeasible:
      throw .boundsExcludeSimplex(
        lowest: bounds.reduce(0) { $0 + $1.lowerBound },
        highest: bounds.reduce(0) { $0 + $1.upperBound })
    case .outOfIterations: throw .notSolved
    }
    return try settled(solution.point)
  }

  /// The weights without what rounding left beyond their bounds.
  private func settled(_ point: [Double]) throws(WeightFittingError) -> [Double] {
    let sum = point.reduce(0, +)
    if total == .free, !(sum > 0) { throw .nothingExplains }
    let scale = total == .free ? sum : 1
    return zip(point, bounds).map { value, bound in
      let clipped = min(max(value, bound.lowerBound * scale), bound.upperBound * scale)
      return abs(clipped) <= 1e-15 * scale ? 0 : clipped
    }
  }

  /// The bounds, and the sum if it is given.
  private var constraints: [QuadraticProgram.Constraint] {
    let count = bounds.count
    var constraints: [QuadraticProgram.Constraint] = []
    if total == .one {
      constraints.append(
        QuadraticProgram.Constraint(
          normal: Array(repeating: 1, count: count), bound: 1, isEquality: true))
    }
    for (factor, bound) in bounds.enumerated() {
      let isFixed = bound.lowerBound == bound.upperBound
      constraints.append(constraint(factor, atLeast: bound.lowerBound, isFixed: isFixed))
      if !isFixed && bound.upperBound < 1 {
        constraints.append(constraint(factor, atMost: bound.upperBound))
      }
    }
    return constraints
  }

  private func constraint(
    _ factor: Int, atLeast bound: Double, isFixed: Bool
  ) -> QuadraticProgram.Constraint {
    var normal = [Double](repeating: total == .one ? 0 : -bound, count: bounds.count)
    normal[factor] += 1
    return QuadraticProgram.Constraint(
      normal: normal, bound: total == .one ? bound : 0, isEquality: isFixed)
  }

  private func constraint(_ factor: Int, atMost bound: Double) -> QuadraticProgram.Constraint {
    var normal = [Double](repeating: total == .one ? 0 : bound, count: bounds.count)
    normal[factor] -= 1
    return QuadraticProgram.Constraint(normal: normal, bound: total == .one ? -bound : 0)
  }
}
