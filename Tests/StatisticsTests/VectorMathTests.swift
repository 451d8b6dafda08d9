import Foundation
import TestFixtures
import Testing

@testable import Statistics

struct VectorMathTests {
  private func first(
    _ function: (SIMD8<Double>) -> SIMD8<Double>, _ number: Double
  ) -> Double {
    function(SIMD8(repeating: number))[0]
  }

  @Test func `what has an exact value`() {
    #expect(first(VectorMath.logarithm, 1) == 0)
    #expect(first(VectorMath.exponential, 0) == 1)
    #expect(first(VectorMath.squareRoot, 0) == 0)
    for root in [0.25, 0.5, 1, 1.5, 3, 1024, 0x1p-500] {
      #expect(first(VectorMath.squareRoot, root * root) == root)
    }
    #expect(first(VectorMath.cosine(ofTurns:), 0.25) == 0)
    #expect(first(VectorMath.cosine(ofTurns:), 0.75) == 0)
    #expect(abs(first(VectorMath.cosine(ofTurns:), 0) - 1) <= 5.5e-16)
    #expect(abs(first(VectorMath.cosine(ofTurns:), 0.5) + 1) <= 5.5e-16)
    #expect(abs(first(VectorMath.cosine(ofTurns:), 1) - 1) <= 5.5e-16)
  }

  @Test(arguments: 0..<50) func `each lane stands for itself`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var numbers = SIMD8<Double>()
    for lane in 0..<8 { numbers[lane] = random.fraction() + 0x1p-53 }
    let functions: [(SIMD8<Double>) -> SIMD8<Double>] = [
      VectorMath.logarithm, VectorMath.minusTwiceLogarithm, VectorMath.exponential,
      VectorMath.squareRoot, VectorMath.cosine(ofTurns:),
    ]
    for function in functions {
      let together = function(numbers)
      for lane in 0..<8 { #expect(together[lane] == first(function, numbers[lane])) }
    }
  }

  /// The system's functions are within a unit or two in the last place, on every processor.
  @Test(arguments: 0..<50) func `near the system's functions`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let unit = random.fraction() + 0x1p-53
      let wide = exp(random.fraction() * 1400 - 700)
      let power = random.fraction() * 1400 - 700
      #expect(abs(first(VectorMath.logarithm, unit) / log(unit) - 1) < 1e-15)
      #expect(abs(first(VectorMath.logarithm, wide) / log(wide) - 1) < 1e-15)
      #expect(abs(first(VectorMath.exponential, power) / exp(power) - 1) < 1e-15)
      #expect(first(VectorMath.squareRoot, wide) == wide.squareRoot())
      #expect(abs(first(VectorMath.cosine(ofTurns:), unit) - cos(2 * .pi * unit)) < 2e-15)
    }
  }
}

#if arch(x86_64)
  /// Each function against 80-bit arithmetic: 2⁻⁶⁴ is small beside the errors of doubles.
  struct VectorMathErrorTests {
    /// The greatest error of a function over numbers, eight at a time.
    private func worst(
      _ function: (SIMD8<Double>) -> SIMD8<Double>, at numbers: [Double],
      error: (Float80, Double) -> Float80
    ) -> Double {
      var worst: Float80 = 0
      for start in stride(from: 0, to: numbers.count, by: 8) {
        var lanes = SIMD8<Double>(repeating: numbers[start])
        for lane in 0..<min(8, numbers.count - start) { lanes[lane] = numbers[start + lane] }
        let values = function(lanes)
        for lane in 0..<8 {
          let distance = abs(error(Float80(values[lane]), lanes[lane]))
          // Also keeps NaN, which no bound holds for.
          if !(distance <= worst) { worst = distance }
        }
      }
      return Double(worst)
    }

    private func relative(
      _ exact: @escaping (Float80) -> Float80
    ) -> (Float80, Double) -> Float80 {
      { value, number in
        let wanted = exact(Float80(number))
        return wanted == 0 ? value : (value - wanted) / wanted
      }
    }

    /// Random numbers of a range and its ends.
    private func numbers(_ range: ClosedRange<Double>, seed: UInt64) -> [Double] {
      var random = SplitMix64(seed: seed)
      let width = range.upperBound - range.lowerBound
      return [range.lowerBound, range.upperBound]
        + (0..<10_000).map { _ in
          min(range.upperBound, range.lowerBound + width * (random.fraction() + 0x1p-54))
        }
    }

    /// Normal positive numbers with any bits.
    private func anyNumbers(seed: UInt64) -> [Double] {
      var random = SplitMix64(seed: seed)
      let least = Double.leastNormalMagnitude.bitPattern
      let greatest = Double.greatestFiniteMagnitude.bitPattern
      return [.leastNormalMagnitude, .greatestFiniteMagnitude]
        + (0..<10_000).map { _ in
          Double(bitPattern: UInt64.random(in: least...greatest, using: &random))
        }
    }

    // 3.2 · 10⁷ numbers a range came up to 4.35 · 10⁻¹⁶, at 1.032.
    private let logarithmBound = 4.5e-16

    @Test(
      arguments: [
        0x1p-53...1 - 0x1p-53, 0.5...0.71, 0.7...1, 0.999...1.001, 1...1.1, 1...1.42, 1.41...2,
        1 - 0x1p-40...1 + 0x1p-40, 2...1000,
      ], 0..<2)
    func `the logarithm`(range: ClosedRange<Double>, seed: UInt64) {
      let error = worst(
        VectorMath.logarithm, at: numbers(range, seed: seed), error: relative { log($0) })
      #expect(error <= logarithmBound)
    }

    @Test func `the logarithm of extremes and of numbers beside 1 and √½`() {
      var list = anyNumbers(seed: 1)
      for middle in [1, 0.5.squareRoot(), 2.0.squareRoot()] {
        var above = middle
        var below = middle
        for _ in 0..<1000 {
          list += [above, below]
          above = above.nextUp
          below = below.nextDown
        }
      }
      let error = worst(VectorMath.logarithm, at: list, error: relative { log($0) })
      #expect(error <= logarithmBound)
    }

    @Test(
      arguments: [
        0x1p-53...1 - 0x1p-53, 0x1p-53...0x1p-20, 0.5...0.71, 0.7...1, 0.999...1, 1 - 0x1p-40...1,
      ], 0..<2)
    func `−2 ln u of the normals`(range: ClosedRange<Double>, seed: UInt64) {
      let error = worst(
        VectorMath.minusTwiceLogarithm, at: numbers(range, seed: seed),
        error: relative { -2 * log($0) })
      // 8 · 10⁶ numbers a range came up to 4.92 · 10⁻¹⁶, beside √½.
      #expect(error <= 5e-16)
    }

    @Test(arguments: [-700.0...700, -1...1, -0.35...0.35, -1e-9...1e-9, -38...0], 0..<2)
    func `the exponential`(range: ClosedRange<Double>, seed: UInt64) {
      let error = worst(
        VectorMath.exponential, at: numbers(range, seed: seed), error: relative { exp($0) })
      #expect(error <= 4e-16)
    }

    /// Correctly rounded: half a unit in the last place, and what 80 bits cannot tell.
    @Test(arguments: 0..<10) func `the square root`(seed: UInt64) {
      let list = anyNumbers(seed: seed) + numbers(1...4, seed: seed) + numbers(0...74, seed: seed)
      let units = worst(VectorMath.squareRoot, at: list) { value, number in
        let wanted = Float80(number).squareRoot()
        return (value - wanted) / Float80(Double(wanted).ulp)
      }
      #expect(units <= 0.501)
    }

    @Test(arguments: [0.0...1, 0...1e-6, 0.2499...0.2501, 0.4999...0.5001, 1 - 1e-6...1], 0..<4)
    func `the cosine`(range: ClosedRange<Double>, seed: UInt64) {
      let list = numbers(range, seed: seed) + [0, 0x1p-53, 0.25, 0.5, 0.75, 1 - 0x1p-53, 1]
      let error = worst(VectorMath.cosine(ofTurns:), at: list) { value, number in
        value - cos(2 * Float80.pi * Float80(number))
      }
      // 1.6 · 10⁷ numbers a range came up to 5.31 · 10⁻¹⁶, within 10⁻⁶ of ½ and 1.
      #expect(error <= 5.5e-16)
    }
  }
#endif
