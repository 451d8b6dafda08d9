import Foundation
import Testing

@testable import Statistics

struct NormalQuantileTests {
  /// Φ⁻¹ with 20 digits: −√2 erf⁻¹(1 − 2u) in 60 digits, in 700 for 10⁻³⁰⁰.
  private static let known: [(u: Double, x: Double)] = [
    (1e-300, -37.047096299361199237), (1e-20, -9.2623400897984075796),
    (0x1p-53, -8.2095361516013868556), (1e-10, -6.3613409024040561991),
    (0.0001, -3.7190164854556805523), (0.0749, -1.4402382675279636631),
    (0.0751, -1.4388253927525399824), (0.25, -0.6744897501960817432),
    (0.4999, -0.00025066283008800749239), (0.5, 0), (0.61, 0.2793190344474541306),
    (0.925, 1.4395314709384562291), (0.9999, 3.7190164854557083867),
    (1 - 0x1p-53, 8.2095361516013868556),
  ]

  private func quantile(_ u: Double) -> Double {
    VectorMath.normalQuantile(SIMD8(repeating: u))[5]
  }

  @Test(arguments: known) func `quantiles are those of 60 digits`(entry: (u: Double, x: Double)) {
    #expect(abs(quantile(entry.u) - entry.x) <= 2e-15 * max(1, abs(entry.x)))
  }

  // Independent: the distribution function of the C library, whose own error is some 10⁻¹⁶ of 1.
  @Test func `the distribution function leads back`() {
    for step in 1..<4_000 {
      let u = Double(step) / 4_000
      #expect(abs(0.5 * erfc(-quantile(u) / 2.0.squareRoot()) - u) < 4e-16)
    }
  }

  @Test func `it is odd about one half and lanes are independent`() {
    var u = SIMD8<Double>(repeating: 0.5)
    let numbers = [0.5, 0.125, 0x1p-40, 0x1p-53, 0.375, 0.25, 0x1p-20, 0.0625]
    for lane in 0..<8 { u[lane] = numbers[lane] }
    let low = VectorMath.normalQuantile(u)
    let high = VectorMath.normalQuantile(1 - u)
    for lane in 0..<8 {
      #expect(low[lane] == -high[lane])
      #expect(low[lane] == quantile(u[lane]))
    }
  }
}
