import LinearAlgebra

/// min ½ xᵀ D x − dᵀ x  under  nᵀ x ≥ b for some constraints and nᵀ x = b for others.
///
/// By the dual active-set method: it starts from the minimum without constraints and takes violated
/// constraints in one by one. Every constraint taken in raises the dual objective, so no active set
/// comes back and the method cannot cycle, whatever is degenerate.
/// Source: Goldfarb and Idnani (1983), A numerically stable dual method for solving strictly convex
/// quadratic programs, Mathematical Programming 27.
public struct QuadraticProgram: Sendable {
  /// nᵀ x ≥ b, or nᵀ x = b.
  public struct Constraint: Sendable {
    /// n.
    ///
    /// Shape: [unknown].
    public let normal: [Double]
    /// b.
    public let bound: Double
    /// Whether both sides must be equal.
    public let isEquality: Bool

    /// Makes a constraint.
    public init(normal: [Double], bound: Double, isEquality: Bool = false) {
      self.normal = normal
      self.bound = bound
      self.isEquality = isEquality
    }

    /// nᵀ x − b.
    func slack(_ point: [Double]) -> Double { dot(normal, point) - bound }

    /// What rounding may leave of a slack of 0.
    func tolerance(_ point: [Double]) -> Double {
      let size = zip(normal, point).reduce(abs(bound)) { $0 + abs($1.0 * $1.1) }
      return 1e-13 * size + 1e-300
    }
  }

  /// How it ended.
  public enum Status: Sendable, Hashable {
    /// At the minimum.
    case optimal
    /// No point satisfies all constraints.
    case infeasible
    /// Rounding kept it from the end.
    case outOfIterations
  }

  /// Where it ended.
  public struct Solution: Sendable {
    /// How it ended; unless optimal the point is no answer.
    public let status: Status
    /// x.
    ///
    /// Shape: [unknown].
    public let point: [Double]
    /// What the minimum would gain if the bound were a unit lower; 0 where a constraint does not
    /// bind.
    ///
    /// Shape: [constraint].
    public let multipliers: [Double]
  }

  private let start: [Double]
  private let inverseFactor: Matrix
  private let constraints: [Constraint]

  /// Makes a program of its matrices.
  ///
  /// - Parameters:
  ///   - matrix: D, symmetric and positive definite. Shape: [unknown, unknown].
  ///   - linear: d. Shape: [unknown].
  ///   - constraints: Those with equality are taken first.
  /// - Throws: `WeightFittingError.notConvex` if D is not positive definite, or what linear algebra
  ///   refuses.
  public init(
    matrix: Matrix, linear: [Double], constraints: [Constraint]
  ) throws(WeightFittingError) {
    let factor: Matrix?
    do throws(LinearAlgebraError) {
      factor = try Cholesky.factor(matrix)
    } catch {
      throw .linearAlgebra(error)
    }
    guard let inverse = factor?.inverseOfTriangle else { throw .notConvex }
    self.init(inverseFactor: inverse, linear: linear, constraints: constraints)
  }

  /// Makes a program of the inverse J of a triangle R with D = Rᵀ R.
  ///
  /// - Parameters:
  ///   - inverseFactor: J = R⁻¹. Shape: [unknown, unknown].
  ///   - linear: d. Shape: [unknown].
  ///   - constraints: Those with equality are taken first.
  public init(inverseFactor: Matrix, linear: [Double], constraints: [Constraint]) {
    let rotated = (0..<linear.count).map { column in
      (0..<linear.count).reduce(0) { $0 + inverseFactor[$1, column] * linear[$1] }
    }
    let start = (0..<linear.count).map { row in
      (0..<linear.count).reduce(0) { $0 + inverseFactor[row, $1] * rotated[$1] }
    }
    self.init(inverseFactor: inverseFactor, start: start, constraints: constraints)
  }

  /// Makes a program of J and the minimum without constraints, which QR gives with fewer digits lost.
  init(inverseFactor: Matrix, start: [Double], constraints: [Constraint]) {
    precondition(
      constraints.allSatisfy { $0.normal.count == start.count }, "normals of another length")
    self.inverseFactor = inverseFactor
    self.start = start
    self.constraints = constraints
  }

  /// Finds the minimum.
  ///
  /// - Complexity: O(*n*²) for *n* unknowns each time that a constraint is taken in or let go.
  public func solution() -> Solution {
    var set = DualActiveSet(start: start, inverseFactor: inverseFactor)
    let equalities = constraints.indices.filter { constraints[$0].isEquality }
    for index in equalities {
      let status = set.take(constraints[index], index: index)
      if status != .optimal { return finished(set, status) }
    }
    // Far more steps than any program needs; a start from rounding errors alone could reach it.
    let mostSteps = 50 * (start.count + constraints.count)
    for step in 0..<mostSteps {
      guard let index = violated(set, takesFirst: step > mostSteps / 2) else {
        return finished(set, .optimal)
      }
      let status = set.take(constraints[index], index: index)
      if status != .optimal { return finished(set, status) }
    }
    return finished(set, .outOfIterations)
  }

  /// The constraint violated most, or the first, which cannot cycle even by rounding; nil if none.
  private func violated(_ set: DualActiveSet, takesFirst: Bool) -> Int? {
    var worst: (index: Int, slack: Double)?
    for (index, constraint) in constraints.enumerated()
    where !constraint.isEquality && !set.isActive(index) {
      let slack = constraint.slack(set.point)
      if slack >= -constraint.tolerance(set.point) { continue }
      if takesFirst { return index }
      if slack < worst?.slack ?? 0 { worst = (index, slack) }
    }
    return worst?.index
  }

  private func finished(_ set: DualActiveSet, _ status: Status) -> Solution {
    var multipliers = [Double](repeating: 0, count: constraints.count)
    for entry in set.active { multipliers[entry.index] = entry.multiplier * entry.sign }
    return Solution(status: status, point: set.point, multipliers: multipliers)
  }
}

func dot(_ left: [Double], _ right: [Double]) -> Double {
  zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
}
