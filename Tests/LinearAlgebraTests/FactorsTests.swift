import LinearAlgebra
import TestFixtures
import Testing

struct FactorsTests {
  private func product(_ matrix: Matrix, _ vector: [Double]) -> [Double] {
    (0..<matrix.rowCount).map { row in
      vector.indices.reduce(0) { $0 + matrix[row, $1] * vector[$1] }
    }
  }

  private func random(_ seed: UInt64) -> (Matrix, SplitMix64) {
    var random = SplitMix64(seed: seed)
    let columns = random.whole(1...7)
    let rows = columns + random.whole(0...15)
    let matrix = Matrix(
      rows: (0..<rows).map { _ in (0..<columns).map { _ in random.fraction() - 0.5 } })
    return (matrix, random)
  }

  @Test(arguments: 0..<40) func `Q times R is the matrix`(seed: UInt64) throws {
    let (matrix, _) = random(seed)
    let factors = try QRFactors(matrix)
    let below = [Double](repeating: 0, count: matrix.rowCount - matrix.columnCount)
    for column in 0..<matrix.columnCount {
      let ofTriangle = (0..<matrix.columnCount).map { factors.triangle[$0, column] }
      let found = factors.rotatedBack(ofTriangle + below)
      for row in found.indices { #expect(abs(found[row] - matrix[row, column]) < 1e-14) }
      let back = factors.rotated(found)
      for row in ofTriangle.indices { #expect(abs(back[row] - ofTriangle[row]) < 1e-14) }
    }
  }

  @Test(arguments: 0..<40) func `triangles are solved with and inverted`(seed: UInt64) throws {
    let (matrix, start) = random(seed)
    var random = start
    let factors = try QRFactors(matrix)
    let triangle = factors.triangle
    let wanted = (0..<matrix.columnCount).map { _ in random.fraction() }
    let inverse = try #require(triangle.inverseOfTriangle)
    let solution = try #require(factors.solution(product(triangle, wanted)))
    let again = product(inverse, product(triangle, wanted))
    // 1e-9: triangles of random matrices of order 7 are rarely conditioned worse than 10⁵.
    for index in wanted.indices {
      #expect(abs(solution[index] - wanted[index]) < 1e-9)
      #expect(abs(again[index] - wanted[index]) < 1e-9)
    }
  }

  @Test(arguments: 0..<40) func `a Gram matrix is the square of its Cholesky factor`(
    seed: UInt64
  ) throws {
    let (matrix, _) = random(seed)
    let count = matrix.columnCount
    var gram = Matrix(rows: Array(repeating: Array(repeating: 0, count: count), count: count))
    for left in 0..<count {
      for right in 0..<count {
        gram[left, right] = (0..<matrix.rowCount).reduce(0) {
          $0 + matrix[$1, left] * matrix[$1, right]
        }
      }
    }
    let factor = try #require(try Cholesky.factor(gram))
    let triangle = try QRFactors(matrix).triangle
    for column in 0..<count {
      for row in 0..<count {
        // R of A = Q R is the Cholesky factor of AᵀA but for the signs of its rows.
        #expect(abs(abs(factor[row, column]) - abs(triangle[row, column])) < 1e-7)
      }
    }
  }

  @Test func `what is not positive definite has no Cholesky factor`() throws {
    #expect(try Cholesky.factor(Matrix(rows: [[1, 2], [2, 1]])) == nil)
    #expect(throws: LinearAlgebraError.notSquare(rows: 1, columns: 2)) {
      try Cholesky.factor(Matrix(rows: [[1, 2]]))
    }
  }

  @Test func `a singular triangle is not solved with`() throws {
    let factors = try QRFactors(Matrix(rows: [[1, 0], [0, 0]]))
    #expect(factors.solution([1, 1]) == nil)
    #expect(factors.triangle.inverseOfTriangle == nil)
  }

  @Test func `fewer rows than columns have no triangle`() {
    #expect(throws: LinearAlgebraError.tooFewRows(rows: 1, columns: 2)) {
      try QRFactors(Matrix(rows: [[1, 2]]))
    }
  }

  @Test(arguments: 0..<40) func `singular vectors are stretched by singular values`(
    seed: UInt64
  ) throws {
    let (matrix, _) = random(seed)
    let found = try SingularValues(matrix)
    #expect(found.isConverged)
    for (value, vector) in zip(found.values, found.vectors) {
      let image = product(matrix, vector)
      #expect(abs(image.reduce(0) { $0 + $1 * $1 }.squareRoot() - value) < 1e-13)
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-13)
    }
    #expect(found.rank(tolerance: 1e-12) == matrix.columnCount)
  }

  @Test func `what does not show in the rows is the null space`() throws {
    let found = try SingularValues(Matrix(rows: [[1, 1, 2], [2, 2, 4], [1, 3, 4]]))
    #expect(found.rank(tolerance: 1e-12) == 2)
    #expect(found.conditionNumber > 1e15)
    let null = found.vectors[2].map { abs($0) }
    for entry in null { #expect(abs(entry - (1 / 3.0).squareRoot()) < 1e-14) }
    let wide = try SingularValues(Matrix(rows: [[1, 1]]))
    #expect(wide.vectors.count == 2)
    #expect(wide.conditionNumber == .infinity)
  }
}
