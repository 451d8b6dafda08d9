import LinearAlgebra

/// Whether the factors can be told apart by the rows that say something of the weights.
public struct FitDiagnostics: Sendable {
  /// Weights that can be moved together with little or no effect on the amounts.
  public struct Direction: Sendable {
    /// How weights move, the largest move first: +1 is a point of weight more.
    ///
    /// Factors that move less than a tenth of the largest are left out.
    public let moves: [(factor: Int, part: Double)]
    /// What a move of 0.1 of weight changes, root of the mean square over rows, in the unit of the
    /// amounts.
    public let effect: Double
    /// Whether it has no effect at all, so that the weights are one choice of many.
    public let isExact: Bool
    /// The largest singular value over this direction's.
    public let conditionIndex: Double
  }

  /// How many factors do not follow from the others.
  public let rank: Int
  /// The largest over the smallest singular value of the design matrix (shares times the money of
  /// the pool); infinite where a factor follows from others.
  public let conditionNumber: Double
  /// Variance inflation factors 1 / (1 − R²), R² of each factor explained by the others and a
  /// constant; infinite where it follows from them, nil for a factor without spread.
  ///
  /// Shape: [factor].
  public let varianceInflation: [Double?]
  /// Directions in which factors cannot, or hardly, be told apart, the worst first.
  public let directions: [Direction]
  /// Factors with the same share in every row of their pool.
  public let constants: [Int]

  /// Condition indices from here on are called hardly told apart.
  ///
  /// Source: Belsley, Kuh and Welsch (1980), Regression Diagnostics, section 3.2.
  public static let weakIndex = 30.0

  /// Looks at the factors of a problem.
  ///
  /// - Throws: `WeightFittingError` where linear algebra refuses the data.
  public init(_ problem: FitProblem) throws(WeightFittingError) {
    let marks = problem.marks
    let identity = FactorIdentity(problem, marks: marks)
    let all = Array(problem.shares.indices)
    let design = identity.design(of: all, isUnit: false)
    do throws(LinearAlgebraError) {
      let unit = try SingularValues(identity.design(of: all, isUnit: true))
      let raw = try SingularValues(design)
      rank = unit.rank(tolerance: FactorIdentity.rankTolerance)
      conditionNumber = rank < all.count ? .infinity : raw.conditionNumber
      varianceInflation = try all.map { factor throws(LinearAlgebraError) in
        try FitDiagnostics.inflation(design, factor)
      }
      directions = FitDiagnostics.directions(unit, design)
    } catch {
      throw .linearAlgebra(error)
    }
    constants = all.filter { FitDiagnostics.isConstant($0, problem) }
  }

  /// 1 / (1 − R²) of a column by the others and a constant.
  private static func inflation(
    _ design: Matrix, _ factor: Int
  ) throws(LinearAlgebraError) -> Double? {
    let rows = design.rowCount
    func column(_ index: Int) -> [Double] {
      Array(design.values[(index * rows)..<((index + 1) * rows)])
    }
    let target = column(factor)
    let mean = target.reduce(0, +) / Double(rows)
    let spread = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    if spread <= 1e-20 * dot(target, target) { return nil }
    let others = (0..<design.columnCount).filter { $0 != factor }.flatMap(column)
    let matrix = Matrix(
      rowCount: rows, columnCount: design.columnCount,
      values: Array(repeating: mean == 0 ? 1 : mean, count: rows) + others)
    let rest = try LeastSquares(matrix, target: target).residualSquares
    return rest <= 1e-18 * spread ? .infinity : spread / rest
  }

  private static func directions(_ unit: SingularValues, _ design: Matrix) -> [Direction] {
    let largest = unit.values.first ?? 0
    var found: [Direction] = []
    for (index, vector) in unit.vectors.enumerated().reversed() {
      let value = index < unit.values.count ? unit.values[index] : 0
      let conditionIndex = value > 0 ? largest / value : .infinity
      if conditionIndex < weakIndex { break }
      let isExact = !(value > FactorIdentity.rankTolerance * largest)
      found.append(direction(vector, design, conditionIndex, isExact))
    }
    return found
  }

  private static func direction(
    _ vector: [Double], _ design: Matrix, _ conditionIndex: Double, _ isExact: Bool
  ) -> Direction {
    let rows = design.rowCount
    let lengths = vector.indices.map { factor -> Double in
      let column = design.values[(factor * rows)..<((factor + 1) * rows)]
      return column.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let raw = zip(vector, lengths).map { $1 > 0 ? $0 / $1 : 0 }
    let largest = raw.reduce(0) { max($0, abs($1)) }
    let parts = raw.map { largest > 0 ? $0 / largest : 0 }
    let shown = parts.enumerated().filter { abs($0.element) >= 0.1 }
      .sorted { abs($0.element) > abs($1.element) }
    let squares = (0..<rows).reduce(0.0) { sum, row in
      let change = parts.indices.reduce(0) { $0 + 0.1 * parts[$1] * design[row, $1] }
      return sum + change * change
    }
    return Direction(
      moves: shown.map { ($0.offset, $0.element) },
      effect: (squares / Double(max(1, rows))).squareRoot(), isExact: isExact,
      conditionIndex: conditionIndex)
  }

  private static func isConstant(_ factor: Int, _ problem: FitProblem) -> Bool {
    var first: [Int: Double] = [:]
    for (row, share) in zip(problem.rows, problem.shares[factor]) {
      let start = first[row.pool] ?? share
      if abs(share - start) > 1e-12 * abs(start) { return false }
      first[row.pool] = start
    }
    return true
  }
}
