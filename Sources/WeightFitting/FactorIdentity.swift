import LinearAlgebra

/// Which factors say the same as others, in the rows that say something.
struct FactorIdentity {
  private let problem: FitProblem
  private let marks: [FitProblem.Mark]
  /// Factors whose columns are those of an earlier one.
  let copies: [(factor: Int, of: Int)]
  /// The others.
  let kept: [Int]

  /// Singular values below this part of the largest are 0: columns have length 1, so what is left of
  /// them is rounding of the data.
  static let rankTolerance = 1e-9

  init(_ problem: FitProblem, marks: [FitProblem.Mark]) {
    self.problem = problem
    self.marks = marks
    var kept: [Int] = []
    var copies: [(factor: Int, of: Int)] = []
    for factor in problem.shares.indices {
      let column = problem.shares[factor]
      let original = kept.first { FactorIdentity.isSame(problem.shares[$0], column) }
      if let original { copies.append((factor, original)) } else { kept.append(factor) }
    }
    self.kept = kept
    self.copies = copies
  }

  private static func isSame(_ left: [Double], _ right: [Double]) -> Bool {
    zip(left, right).allSatisfy { abs($0 - $1) <= 1e-12 * max(abs($0), abs($1)) }
  }

  /// Bounds of the kept factors; a factor bears the bounds of its copies.
  var boundsOfKept: [ClosedRange<Double>] {
    kept.map { factor in
      let all = [factor] + copies.filter { $0.of == factor }.map(\.factor)
      let lowest = all.reduce(0) { $0 + problem.bounds[$1].lowerBound }
      let highest = all.reduce(0) { $0 + problem.bounds[$1].upperBound }
      return lowest...max(lowest, min(1, highest))
    }
  }

  /// Whether a kept factor follows from the others.
  func isDependent() throws(WeightFittingError) -> Bool {
    do throws(LinearAlgebraError) {
      let values = try SingularValues(design(of: kept, isUnit: true))
      return values.rank(tolerance: FactorIdentity.rankTolerance) < kept.count
    } catch {
      throw .linearAlgebra(error)
    }
  }

  /// The columns of some factors in the rows of data, in money or each of length 1.
  func design(of factors: [Int], isUnit: Bool) -> Matrix {
    let levels = problem.knownLevels
    let rows = marks.indices.filter { marks[$0] == .data && problem.rows[$0].weight > 0 }
    let columns = factors.map { factor in
      let column = rows.map { row in
        problem.shares[factor][row] * levels[problem.rows[row].pool]
          * problem.rows[row].weight.squareRoot()
      }
      let length = isUnit ? dot(column, column).squareRoot() : 1
      return length > 0 ? column.map { $0 / length } : column
    }
    return Matrix(
      rowCount: rows.count, columnCount: factors.count, values: columns.flatMap { $0 })
  }
}
