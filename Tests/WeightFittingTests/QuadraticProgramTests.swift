import LinearAlgebra
import TestFixtures
import Testing

@testable import WeightFitting

struct QuadraticProgramTests {
  private static let names = [
    "first", "second", "second-fact", "third", "fourth", "fifth", "sixth", "barbiggs",
  ]

  private func constraints(_ data: [String: Any]) throws -> [QuadraticProgram.Constraint] {
    let rows = try #require(data["Amat"] as? [[Double]])
    let bounds = try #require(data["bvec"] as? [Double])
    let equalities = try #require(data["meq"] as? Int)
    return bounds.indices.map { index in
      QuadraticProgram.Constraint(
        normal: rows.map { $0[index] }, bound: bounds[index], isEquality: index < equalities)
    }
  }

  @Test(arguments: names) func `published solutions are found`(name: String) throws {
    let cases = try ReferenceFile.json("Reference/quadratic_programs.json")["cases"]
    let entry = try #require((cases as? [[String: Any]])?.first { $0["case"] as? String == name })
    let data = try #require(entry["data"] as? [String: Any])
    let result = try #require(entry["result"] as? [String: Any])
    let matrix = Matrix(rows: try #require(data["Dmat"] as? [[Double]]))
    let linear = try #require(data["dvec"] as? [Double])
    let isFactor = data["factorized"] as? Bool ?? false
    let program =
      isFactor
      ? QuadraticProgram(
        inverseFactor: matrix, linear: linear, constraints: try constraints(data))
      : try QuadraticProgram(matrix: matrix, linear: linear, constraints: try constraints(data))
    let solution = program.solution()
    #expect(solution.status == .optimal)
    let wanted = try #require(result["solution"] as? [Double])
    for (found, wanted) in zip(solution.point, wanted) {
      #expect(abs(found - wanted) <= 1e-9 * max(1, abs(wanted)))
    }
    let printed = result["Lagrangian"]
    let multipliers = try #require(printed as? [Double] ?? (printed as? Double).map { [$0] })
    let equalities = try #require(data["meq"] as? Int)
    for (index, wanted) in multipliers.enumerated() {
      // The published multipliers of equalities are without sign.
      let found = solution.multipliers[index]
      let shown = index < equalities ? abs(found) : found
      #expect(abs(shown - abs(wanted)) <= 1e-9 * max(1, abs(wanted)), "\(index)")
    }
  }

  /// The conditions of Karush, Kuhn and Tucker hold at the minimum and nowhere else.
  @Test(arguments: 0..<200) func `nothing nearby is better`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...8)
    let root = Matrix(
      rows: (0..<count + 2).map { _ in (0..<count).map { _ in random.fraction() - 0.5 } })
    let triangle = try QRFactors(root).triangle
    let linear = (0..<count).map { _ in random.fraction() - 0.5 }
    let inside = (0..<count).map { _ in random.fraction() }
    var constraints: [QuadraticProgram.Constraint] = []
    for index in 0..<random.whole(0...12) {
      let normal = (0..<count).map { _ in Double(random.whole(-2...2)) }
      // `inside` satisfies all of them, many exactly: degenerate vertices.
      let room = random.whole(0...1) == 0 ? 0 : random.fraction()
      let isEquality = index < 2 && index < count - 1
      constraints.append(
        QuadraticProgram.Constraint(
          normal: normal, bound: dot(normal, inside) - (isEquality ? 0 : room),
          isEquality: isEquality))
    }
    let inverse = try #require(triangle.inverseOfTriangle)
    let solution = QuadraticProgram(
      inverseFactor: inverse, linear: linear, constraints: constraints
    ).solution()
    #expect(solution.status == .optimal)
    for (constraint, multiplier) in zip(constraints, solution.multipliers) {
      let slack = dot(constraint.normal, solution.point) - constraint.bound
      #expect(slack > -1e-9)
      if constraint.isEquality {
        #expect(abs(slack) < 1e-9)
      } else {
        #expect(multiplier >= 0)
        #expect(abs(slack * multiplier) < 1e-7)
      }
    }
    for index in 0..<count {
      let product = (0..<count).reduce(0.0) { sum, other in
        sum
          + (0..<count).reduce(0) { $0 + triangle[$1, index] * triangle[$1, other] }
          * solution.point[other]
      }
      let pull = zip(constraints, solution.multipliers).reduce(0) {
        $0 + $1.0.normal[index] * $1.1
      }
      #expect(abs(product - linear[index] - pull) < 1e-7)
    }
  }

  @Test func `constraints that exclude each other have no solution`() throws {
    let constraints = [
      QuadraticProgram.Constraint(normal: [1], bound: 2),
      QuadraticProgram.Constraint(normal: [-1], bound: -1),
    ]
    let program = try QuadraticProgram(
      matrix: Matrix(rows: [[1]]), linear: [0], constraints: constraints)
    #expect(program.solution().status == .infeasible)
  }

  @Test func `equalities that contradict each other have no solution`() throws {
    let constraints = [1.0, 2].map {
      QuadraticProgram.Constraint(normal: [1, 1], bound: $0, isEquality: true)
    }
    let program = try QuadraticProgram(
      matrix: Matrix(rows: [[1, 0], [0, 1]]), linear: [0, 0], constraints: constraints)
    #expect(program.solution().status == .infeasible)
  }

  @Test func `an equality said twice is one`() throws {
    let constraint = QuadraticProgram.Constraint(normal: [1, 1], bound: 1, isEquality: true)
    let program = try QuadraticProgram(
      matrix: Matrix(rows: [[1, 0], [0, 1]]), linear: [0, 0],
      constraints: [constraint, constraint])
    let solution = program.solution()
    #expect(solution.status == .optimal)
    #expect(abs(solution.point[0] - 0.5) < 1e-15)
  }

  @Test func `a matrix that is not positive definite is refused`() {
    #expect(throws: WeightFittingError.notConvex) {
      try QuadraticProgram(
        matrix: Matrix(rows: [[1, 2], [2, 1]]), linear: [0, 0], constraints: [])
    }
    #expect(throws: WeightFittingError.linearAlgebra(.notSquare(rows: 1, columns: 2))) {
      try QuadraticProgram(matrix: Matrix(rows: [[1, 2]]), linear: [0, 0], constraints: [])
    }
  }
}
