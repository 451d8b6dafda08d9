import Foundation
import Statistics
import TestFixtures
import Testing

struct GammaDrawsTests {
  /// A shape k with ψ(k) and ψ′(k), mean and variance of the logarithm.
  struct Shape: Sendable, CustomStringConvertible {
    let value: Double
    let logarithmMean: Double
    let logarithmVariance: Double
    var description: String { "\(value)" }
  }

  /// ψ and ψ′ by recurrence from their asymptotic series beyond 60 (Abramowitz and Stegun, 6.3.18
  /// and 6.4.12).
  private static let shapes = [
    Shape(
      value: 0.3, logarithmMean: -3.50252422220013, logarithmVariance: 12.24536454610773),
    Shape(
      value: 1, logarithmMean: -0.5772156649015329, logarithmVariance: 1.6449340668482264),
    Shape(value: 5, logarithmMean: 1.5061176684318, logarithmVariance: 0.2213229557371153),
    Shape(
      value: 200, logarithmMean: 5.295815283219911, logarithmVariance: 0.00501252083322917),
  ]

  private func gamma(
    _ draws: NormalDraws, shape: Double, draw: Int, member: UInt32, source: UInt32
  ) -> Double {
    exp(draws.logarithmOfGamma(shape: shape, draw: draw, member: member, source: source))
  }

  @Test(arguments: shapes) func `mean and variance are the shape`(shape: Shape) {
    let draws = NormalDraws(seed: 3)
    let numbers = (0..<10_000).map {
      gamma(draws, shape: shape.value, draw: $0, member: 4, source: nameHash("weights"))
    }
    let count = Double(numbers.count)
    #expect(numbers.allSatisfy { $0 > 0 && $0.isFinite })
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let logarithm = numbers.reduce(0) { $0 + log($1) } / count
    let k = shape.value
    // The variance of a sample variance: (μ₄ − σ⁴) / n with μ₄ = 3 k² + 6 k.
    #expect(abs(mean - k) < 5 * (k / count).squareRoot())
    #expect(abs(variance - k) < 5 * ((2 * k * k + 6 * k) / count).squareRoot())
    #expect(
      abs(logarithm - shape.logarithmMean) < 5 * (shape.logarithmVariance / count).squareRoot())
  }

  /// A gamma number of shape 1 is an exponential one; by chance one in 10,000 distances is over.
  @Test func `shape 1 is the exponential distribution`() {
    let draws = NormalDraws(seed: 8)
    let count = 10_000
    let shares = (0..<count).map {
      1 - exp(-gamma(draws, shape: 1, draw: $0, member: 0, source: 5))
    }.sorted()
    let distance = shares.indices.map { rank in
      max(
        abs(Double(rank + 1) / Double(count) - shares[rank]),
        abs(Double(rank) / Double(count) - shares[rank]))
    }.max()
    #expect((distance ?? 1) < (-log(0.5e-4) / 2 / Double(count)).squareRoot())
  }

  @Test(arguments: [0.3, 1, 5, 200]) func `the same number every time`(shape: Double) {
    let draws = NormalDraws(seed: 9)
    let forward = (0..<50).map { gamma(draws, shape: shape, draw: $0, member: 1, source: 2) }
    let backward = (0..<50).reversed().map {
      gamma(NormalDraws(seed: 9), shape: shape, draw: $0, member: 1, source: 2)
    }
    #expect(forward == backward.reversed())
  }

  @Test func `another seed, draw, member or source gives another number`() {
    func gamma(_ seed: UInt64, _ draw: Int, _ member: UInt32, _ source: UInt32) -> Double {
      self.gamma(NormalDraws(seed: seed), shape: 2, draw: draw, member: member, source: source)
    }
    let numbers: Set = [
      gamma(9, 0, 0, 0), gamma(10, 0, 0, 0), gamma(9, 1, 0, 0), gamma(9, 0, 1, 0),
      gamma(9, 0, 0, 1),
    ]
    #expect(numbers.count == 5)
  }

  /// −k ln x of a small shape k tends to an exponential number, whose mean and deviation are 1.
  @Test(arguments: [1e-4, 1e-12, 1e-290]) func `small shapes keep their logarithms`(shape: Double) {
    let draws = NormalDraws(seed: 5)
    let numbers = (0..<10_000).map {
      -shape * draws.logarithmOfGamma(shape: shape, draw: $0, member: 2, source: 9)
    }
    let mean = numbers.reduce(0, +) / 10_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9_999
    #expect(abs(mean - 1) < 0.05)
    // The standard error of an exponential's variance is √(8 / n).
    #expect(abs(variance - 1) < 5 * (8 / 10_000.0).squareRoot())
  }

  @Test func `members of a draw do not hang together`() {
    let draws = NormalDraws(seed: 21)
    let count = 10_000
    let sum = (0..<count).reduce(0.0) { sum, draw in
      let left = gamma(draws, shape: 5, draw: draw, member: 0, source: 3)
      let right = gamma(draws, shape: 5, draw: draw, member: 1, source: 3)
      return sum + (left - 5) * (right - 5) / 5
    }
    #expect(abs(sum) < 5 * Double(count).squareRoot())
  }
}
