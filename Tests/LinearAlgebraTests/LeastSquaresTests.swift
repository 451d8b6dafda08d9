import Foundation
import LinearAlgebra
import TestFixtures
import Testing

struct LeastSquaresTests {
  /// Digits that agree with the certified value, at most 15: −log₁₀ of the relative error.
  private func digits(_ value: Double, _ certified: Double) -> Double {
    let error = certified == 0 ? abs(value) : abs(value - certified) / abs(certified)
    return error == 0 ? 15 : min(15, -log10(error))
  }

  /// Digits that must agree.
  ///
  /// Filip's powers up to x¹⁰ are rounded before they are solved with, which
  /// alone costs half of the digits.
  private static let demands = [
    ("Longley", 11.0), ("Norris", 11), ("Pontius", 11), ("NoInt1", 11), ("NoInt2", 11),
    ("Wampler1", 11), ("Wampler2", 11), ("Wampler3", 11), ("Wampler4", 11), ("Wampler5", 11),
    ("Filip", 6),
  ]

  @Test func `certified coefficients agree to so many digits`() throws {
    var lines = ["NIST StRD          unknowns  digits  at least"]
    for (name, wanted) in LeastSquaresTests.demands {
      let problem = try CertifiedProblem(name)
      let fit = try LeastSquares(problem.matrix, target: problem.target)
      #expect(problem.certified.count == problem.matrix.columnCount)
      #expect(fit.isUnique)
      let worst = zip(fit.solution, problem.certified).map { digits($0, $1) }.min() ?? 0
      lines.append(
        name.padding(toLength: 18, withPad: " ", startingAt: 0)
          + String(format: "%9d %7.1f %9.0f", fit.solution.count, worst, wanted))
      #expect(worst >= wanted, "\(name)")
    }
    print(lines.joined(separator: "\n"))
  }

  @Test func `residuals stand at right angles to the columns`() throws {
    let problem = try CertifiedProblem("Longley")
    let fit = try LeastSquares(problem.matrix, target: problem.target)
    #expect(abs(fit.residualSquares / 836424.055505915 - 1) < 1e-9)
    for column in 0..<problem.matrix.columnCount {
      let entries = problem.target.indices.map { problem.matrix[$0, column] }
      let size = entries.reduce(0) { $0 + abs($1) } * fit.residualSquares.squareRoot()
      let product = zip(entries, fit.residuals).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(product) < 1e-9 * size)
    }
  }

  @Test func `a column that follows from others lowers the rank`() throws {
    let matrix = Matrix(rows: [[1, 2, 3], [2, 1, 3], [4, 4, 8], [1, 0, 1]])
    let fit = try LeastSquares(matrix, target: [3, 3, 8, 1])
    #expect(fit.rank == 2)
    #expect(!fit.isUnique)
    #expect(fit.residualSquares < 1e-24)
  }

  @Test func `the unit of a column does not decide the rank`() throws {
    let matrix = Matrix(rows: [[1, 3e-150], [1, 5e-150], [1, 9e-150]])
    let fit = try LeastSquares(matrix, target: [7, 11, 19])
    #expect(fit.rank == 2)
    #expect(abs(fit.solution[0] - 1) < 1e-12)
    #expect(abs(fit.solution[1] / 2e150 - 1) < 1e-12)
  }

  @Test func `a column of zeros gets nothing`() throws {
    let fit = try LeastSquares(Matrix(rows: [[0, 2], [0, 4]]), target: [1, 2])
    #expect(fit.rank == 1)
    #expect(fit.solution[0] == 0)
    #expect(abs(fit.solution[1] - 0.5) < 1e-15)
  }

  @Test func `fewer rows than columns give the shortest solution`() throws {
    let fit = try LeastSquares(Matrix(rows: [[1, 1]]), target: [2])
    #expect(fit.rank == 1)
    #expect(fit.solution.allSatisfy { abs($0 - 1) < 1e-15 })
    #expect(fit.residuals.allSatisfy { abs($0) < 1e-15 })
  }

  @Test(arguments: 0..<50) func `known coefficients are found again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let columnCount = random.whole(1...8)
    let rowCount = columnCount + random.whole(0...20)
    let rows = (0..<rowCount).map { _ in (0..<columnCount).map { _ in random.fraction() - 0.5 } }
    let wanted = (0..<columnCount).map { _ in Double(random.whole(-9...9)) }
    let target = rows.map { row in zip(row, wanted).reduce(0) { $0 + $1.0 * $1.1 } }
    let fit = try LeastSquares(Matrix(rows: rows), target: target)
    // 1e-8: square random matrices of order 8 are rarely conditioned worse than 10⁶.
    for (found, wanted) in zip(fit.solution, wanted) { #expect(abs(found - wanted) < 1e-8) }
  }

  @Test func `what LAPACK cannot take is refused`() {
    let square = Matrix(rows: [[1, 2], [3, 4]])
    #expect(throws: LinearAlgebraError.lengthsDiffer(rows: 2, targets: 3)) {
      try LeastSquares(square, target: [1, 2, 3])
    }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 0)) {
      try LeastSquares(Matrix(rows: []), target: [])
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try LeastSquares(Matrix(rows: [[1, 2], [.nan, 4]]), target: [1, 2])
    }
    #expect(throws: LinearAlgebraError.targetNotFinite(row: 1)) {
      try LeastSquares(square, target: [1, .infinity])
    }
  }
}
