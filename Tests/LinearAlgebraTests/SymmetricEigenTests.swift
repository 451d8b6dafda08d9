import LinearAlgebra
import TestFixtures
import Testing

struct SymmetricEigenTests {
  @Test func `two by two by hand`() throws {
    let eigen = try SymmetricEigen(Matrix(rows: [[2, 1], [1, 2]]))
    #expect(eigen.isConverged)
    #expect(abs(eigen.values[0] - 3) < 1e-14)
    #expect(abs(eigen.values[1] - 1) < 1e-14)
    let half = 0.5.squareRoot()
    let wanted = [half, half, half, -half]
    for (found, wanted) in zip(eigen.vectors.values, wanted) {
      #expect(abs(found - wanted) < 1e-14)
    }
  }

  @Test func `the second difference has cosines as eigenvalues`() throws {
    // Source: Strang (1999), The discrete cosine transform, section 1: 2 − 2 cos(kπ/(n + 1)).
    let eigen = try SymmetricEigen(Matrix(rows: [[2, -1, 0], [-1, 2, -1], [0, -1, 2]]))
    let root = 2.0.squareRoot()
    for (found, wanted) in zip(eigen.values, [2 + root, 2, 2 - root]) {
      #expect(abs(found - wanted) < 1e-14)
    }
  }

  @Test(arguments: 0..<50)
  func `values and vectors make the matrix again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let order = random.whole(1...9)
    var matrix = Matrix(
      rowCount: order, columnCount: order,
      values: [Double](repeating: 0, count: order * order))
    for row in 0..<order {
      for column in 0...row {
        matrix[row, column] = random.fraction() - 0.5
        matrix[column, row] = matrix[row, column]
      }
    }
    let eigen = try SymmetricEigen(matrix)
    #expect(eigen.isConverged)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    for row in 0..<order {
      for column in 0..<order {
        let sum = (0..<order).reduce(0.0) {
          $0 + eigen.vectors[row, $1] * eigen.values[$1] * eigen.vectors[column, $1]
        }
        #expect(abs(sum - matrix[row, column]) < 1e-12)
        let product = (0..<order).reduce(0.0) {
          $0 + eigen.vectors[$1, row] * eigen.vectors[$1, column]
        }
        #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
      }
    }
  }

  @Test(arguments: 0..<20) func `the largest entry of a vector is positive`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let (a, b, c) = (random.fraction(), random.fraction() - 0.5, random.fraction())
    let eigen = try SymmetricEigen(Matrix(rows: [[a, b], [b, c]]))
    for column in 0..<2 {
      let entries = [eigen.vectors[0, column], eigen.vectors[1, column]]
      let largest = abs(entries[0]) >= abs(entries[1]) ? entries[0] : entries[1]
      #expect(largest > 0)
    }
  }

  @Test func `what is not symmetric is refused`() {
    #expect(throws: LinearAlgebraError.notSymmetric(row: 1, column: 0)) {
      try SymmetricEigen(Matrix(rows: [[1, 2], [3, 1]]))
    }
    #expect(throws: LinearAlgebraError.notSquare(rows: 1, columns: 2)) {
      try SymmetricEigen(Matrix(rows: [[1, 2]]))
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 0)) {
      try SymmetricEigen(Matrix(rows: [[.infinity]]))
    }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 0)) {
      try SymmetricEigen(Matrix(rows: []))
    }
  }
}
