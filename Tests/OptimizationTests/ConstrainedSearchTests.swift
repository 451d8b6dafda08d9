import Foundation
import Optimization
import TestFixtures
import Testing

/// Least objective under constraints: problems whose answer is known.
struct ConstrainedSearchTests {
  private func search(
    _ box: [ClosedRange<Double>], from known: [[Double]],
    _ objective: @escaping @Sendable ([Double]) -> Double,
    _ excess: @escaping @Sendable ([Double]) -> [Double]
  ) -> SearchResult {
    ConstrainedSearch(box: box, known: known).run { points in
      points.map { Trial(point: $0, objective: objective($0), excess: excess($0)) }
    }
  }

  private static func square(_ x: [Double], _ centre: [Double]) -> Double {
    zip(x, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func `the nearest point of a half-space is the foot of the perpendicular`() {
    let result = search(
      [0...1, 0...1], from: [[0.2, 0.2]],
      { Self.square($0, [0.2, 0.2]).squareRoot() }, { [1 - $0[0] - $0[1]] })
    #expect(result.isMet)
    #expect(zip(result.best.point, [0.5, 0.5]).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(abs(result.best.objective - 0.18.squareRoot()) < 1e-7)
  }

  /// Hock and Schittkowski (1981), Test examples for nonlinear programming codes, problem 24.
  ///
  /// Put into the unit box: x = 5 u. Least value −1 at (3, √3).
  @Test func `Hock and Schittkowski 24`() {
    let root = 3.0.squareRoot()
    let result = search(
      [0...1, 0...1], from: [[0.2, 0.1]],
      { u in
        let (a, b) = (5 * u[0], 5 * u[1])
        return ((a - 3) * (a - 3) - 9) * b * b * b / (27 * root)
      },
      { u in
        let (a, b) = (5 * u[0], 5 * u[1])
        return [-(a / root - b), -(a + root * b), a + root * b - 6]
      })
    #expect(abs(result.best.objective + 1) < 1e-5)
    #expect(abs(result.best.point[0] * 5 - 3) < 1e-2)
  }

  /// Hock and Schittkowski (1981), problem 35 (Beale), x = 2 u: least value 1/9 at (4/3, 7/9, 4/9).
  @Test func `Hock and Schittkowski 35`() {
    let result = search(
      [0...1, 0...1, 0...1], from: [[0.25, 0.25, 0.25]],
      { u in
        let (a, b, c) = (2 * u[0], 2 * u[1], 2 * u[2])
        return 9 - 8 * a - 6 * b - 4 * c + 2 * a * a + 2 * b * b + c * c + 2 * a * b + 2 * a * c
      }, { u in [2 * u[0] + 2 * u[1] + 4 * u[2] - 3] })
    #expect(abs(result.best.objective - 1.0 / 9) < 1e-5)
  }

  /// Hock and Schittkowski (1981), problem 43 (Rosen and Suzuki), x = 6 u − 3: least value −44 at
  /// (0, 1, 2, −1).
  @Test func `Hock and Schittkowski 43`() {
    let result = search(
      Array(repeating: 0...1, count: 4), from: [[0.5, 0.5, 0.5, 0.5]],
      { u in
        let x = u.map { 6 * $0 - 3 }
        let squares = x[0] * x[0] + x[1] * x[1] + 2 * x[2] * x[2] + x[3] * x[3]
        return squares - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3]
      },
      { u in
        let x = u.map { 6 * $0 - 3 }
        let q = x.map { $0 * $0 }
        let first = q[0] + q[1] + q[2] + q[3] + x[0] - x[1] + x[2] - x[3] - 8
        let second = q[0] + 2 * q[1] + q[2] + 2 * q[3] - x[0] - x[3] - 10
        let third = 2 * q[0] + q[1] + q[2] + 2 * x[0] - x[1] - x[3] - 5
        return [first, second, third]
      })
    #expect(result.isMet)
    #expect(abs(result.best.objective + 44) < 1e-3)
  }

  @Test func `of two valleys the deeper one is found though the start lies in the other`() {
    let result = search(
      [0...1, 0...1], from: [[0.1, 0.1]],
      { min(Self.square($0, [0.1, 0.1]) + 0.5, Self.square($0, [0.9, 0.8])) }, { _ in [] })
    #expect(result.best.objective < 1e-8)
  }

  @Test func `where nothing holds the largest excess is least`() {
    // x ≥ 0.8 and x ≤ 0.4 miss each other by 0.2 in the middle.
    let result = search(
      [0...1, 0...1], from: [[0.1, 0.1]], { $0[1] }, { [0.8 - $0[0], $0[0] - 0.4] })
    #expect(!result.isMet)
    #expect(abs(result.best.worst - 0.2) < 1e-6)
    #expect(abs(result.best.point[0] - 0.6) < 1e-6)
  }

  @Test func `a jump in a constraint does not stop it`() {
    let result = search(
      [0...1, 0...1], from: [[0, 0]], { Self.square($0, [0, 0]).squareRoot() },
      { [$0[0] + $0[1] < 0.7 ? 1 : -1] })
    #expect(result.isMet)
    #expect(abs(result.best.objective - 0.7 / 2.0.squareRoot()) < 0.02)
  }

  @Test func `a point that holds and cannot be bettered is the answer`() {
    let result = search([0...1], from: [[0.3]], { abs($0[0] - 0.3) }, { _ in [-1] })
    #expect(result.best.point == [0.3])
  }

  @Test func `what is undefined never holds`() {
    let result = search([0...1], from: [[0.3]], { $0[0] }, { _ in [.nan] })
    #expect(!result.isMet)
  }

  @Test func `the result does not depend on how parts run`() {
    func run(_ backwards: Bool) -> SearchResult {
      ConstrainedSearch(
        box: [0...1, 0...1], known: [[0.2, 0.9]],
        concurrently: { count, _, evaluate, body in
          var results: [Int: [Trial]] = [:]
          for index in backwards ? Array((0..<count).reversed()) : Array(0..<count) {
            results[index] = body(index, evaluate)
          }
          return (0..<count).compactMap { results[$0] }
        }
      ).run { points in
        points.map { point in
          Trial(
            point: point, objective: Self.square(point, [0.3, 0.3]),
            excess: [0.25 - point[0] * point[1]])
        }
      }
    }
    #expect(run(false).trials == run(true).trials)
  }

  @Test(arguments: 0..<40)
  func `a projection onto the simplex is nearer than any other point of it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 2...6, using: &random)
    let lowest = (0..<count).map { _ in Double.random(in: 0...0.1, using: &random) }
    let highest = lowest.map { $0 + Double.random(in: 0.5...1, using: &random) }
    let simplex = try #require(BoundedSimplex(lowest: lowest, highest: highest))
    let point = (0..<count).map { _ in Double.random(in: -1...2, using: &random) }
    let nearest = simplex.nearest(to: point)
    #expect(abs(nearest.reduce(0, +) - 1) < 1e-12)
    #expect(zip(nearest, lowest).allSatisfy { $0 >= $1 })
    #expect(zip(nearest, highest).allSatisfy { $0 <= $1 })
    for _ in 0..<50 {
      let other = simplex.nearest(
        to: (0..<count).map { _ in Double.random(in: -1...2, using: &random) })
      #expect(Self.square(nearest, point) <= Self.square(other, point) + 1e-12)
    }
  }

  @Test func `bounds that no weights can keep are refused`() {
    #expect(BoundedSimplex(lowest: [0.6, 0.6], highest: [1, 1]) == nil)
    #expect(BoundedSimplex(lowest: [0, 0], highest: [0.4, 0.4]) == nil)
    #expect(BoundedSimplex(lowest: [0.5, 0], highest: [0.4, 1]) == nil)
  }
}
