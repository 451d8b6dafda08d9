import LinearAlgebra
import Testing

/// The largest eigenvalue of positive matrices.
struct PrincipalEigenvectorTests {
  @Test func `two by two by hand`() throws {
    // (2 − λ)(3 − λ) = 2: λ = 4, v = (1, 2)/3, u = (1, 1)/2.
    let own = try PrincipalEigenvector(Matrix(rows: [[2, 1], [2, 3]]))
    #expect(own.isConverged)
    #expect(abs(own.value - 4) < 1e-14)
    #expect(zip(own.right, [1.0 / 3, 2.0 / 3]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(zip(own.left, [0.5, 0.5]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `both vectors satisfy their equations though other eigenvalues are complex`() throws {
    let rows: [[Double]] = [[1, 9, 1.0 / 9], [1.0 / 9, 1, 9], [9, 1.0 / 9, 1]]
    let own = try PrincipalEigenvector(Matrix(rows: rows))
    #expect(abs(own.value - (1 + 9 + 1.0 / 9)) < 1e-12)
    for index in 0..<3 {
      let right = (0..<3).reduce(0) { $0 + rows[index][$1] * own.right[$1] }
      let left = (0..<3).reduce(0) { $0 + rows[$1][index] * own.left[$1] }
      #expect(abs(right - own.value * own.right[index]) < 1e-13)
      #expect(abs(left - own.value * own.left[index]) < 1e-13)
    }
  }

  @Test func `one by one`() throws {
    let own = try PrincipalEigenvector(Matrix(rows: [[5]]))
    #expect(own.value == 5 && own.right == [1] && own.left == [1])
  }

  @Test func `what is refused`() {
    #expect(throws: LinearAlgebraError.notPositive(row: 1, column: 0)) {
      try PrincipalEigenvector(Matrix(rows: [[1, 2], [0, 1]]))
    }
    #expect(throws: LinearAlgebraError.notSquare(rows: 1, columns: 2)) {
      try PrincipalEigenvector(Matrix(rows: [[1, 2]]))
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1)) {
      try PrincipalEigenvector(Matrix(rows: [[1, .infinity], [1, 1]]))
    }
  }
}
