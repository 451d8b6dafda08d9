import Foundation
import TestFixtures
import Testing

@testable import Statistics

struct GammaDistributionTests {
  @Test func `quantiles are those of 60 digits`() throws {
    let rows = try ReferenceFile.rows("Reference/gamma_quantiles.csv").dropFirst()
    #expect(rows.count > 100)
    for row in rows {
      let numbers = row.compactMap { Double($0) }
      let (shape, u, expected) = (numbers[0], numbers[1], numbers[2])
      let found = GammaDistribution(shape: shape).logarithmOfQuantile(u)
      // An error of ln x is one of x relative to its size.
      #expect(
        abs(found - expected) <= 1e-12 * max(1, abs(expected)),
        "\(shape) \(u): \(found) \(expected)")
    }
  }

  /// P(1, x) = 1 − exp(−x).
  @Test func `shape 1 is the exponential distribution`() {
    let gamma = GammaDistribution(shape: 1)
    for step in 1..<200 {
      let u = Double(step) / 200
      #expect(abs(exp(gamma.logarithmOfQuantile(u)) + log1p(-u)) < 1e-13 * max(1, -log1p(-u)))
    }
  }

  /// P(½, x) = erf √x.
  @Test func `shape one half is that of a squared normal number`() {
    let gamma = GammaDistribution(shape: 0.5)
    for step in 1..<200 {
      let u = Double(step) / 200
      #expect(abs(erf(exp(gamma.logarithmOfQuantile(u) / 2)) - u) < 1e-13)
    }
  }

  @Test(arguments: [1e-4, 0.02, 0.4, 0.9, 3, 40, 3_000, 99_999, 100_001, 1e9])
  func `quantiles rise with u`(shape: Double) {
    let gamma = GammaDistribution(shape: shape)
    var last = -Double.infinity
    for step in 1..<50 {
      let x = gamma.logarithmOfQuantile(Double(step) / 50)
      #expect(x.isFinite && x > last)
      last = x
    }
    #expect(gamma.logarithmOfQuantile(0x1p-53) < gamma.logarithmOfQuantile(0.02))
    #expect(gamma.logarithmOfQuantile(1 - 0x1p-53) > last)
  }

  @Test func `factorials have their logarithms`() {
    for k in [0.3, 1, 4.5, 9.99, 10, 57, 170] {
      #expect(
        abs(GammaDistribution.logFactorial(k) - lgamma(k + 1)) <= 2e-15 * max(1, lgamma(k + 1)))
    }
    // ln Γ(1 + k) = −γ k + Σ ζ(n) (−k)ⁿ / n (Abramowitz and Stegun, 6.1.33).
    for k in [1e-30, 0.9e-5, 1.1e-5, 1e-4] {
      let rest = k * k * (0.40068563438653143 - k * 0.27058080842778454)
      let series = k * (k * 0.8224670334241132 - rest - 0.5772156649015329)
      #expect(abs(GammaDistribution.logFactorial(k) / series - 1) < 1e-12)
    }
  }
}
