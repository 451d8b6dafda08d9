import Optimization
import TestFixtures
import Testing

/// The nearest value at which a condition holds, to 10⁻¹² of the range.
struct BracketingTests {
  private func nearest(
    _ range: ClosedRange<Double>, from preferred: Double, _ excess: @escaping (Double) -> Double
  ) -> Bracketing.Border {
    Bracketing(range: range, preferred: preferred).nearest { $0.map(excess) }
  }

  @Test func `a straight line is met at its root, and fails on the other side`() throws {
    let border = nearest(0...2, from: 0.1) { 1.2345 - $0 }
    #expect(border.holds)
    #expect(border.value >= 1.2345 && border.value - 1.2345 <= 2e-12)
    let failing = try #require(border.failing)
    #expect(failing < 1.2345 && border.value - failing <= 2e-12)
  }

  /// √2 from x² ≥ 2.
  @Test func `a curve is met at its root`() {
    let border = nearest(-1...10, from: 0) { 2 - $0 * $0 }
    #expect(abs(border.value - 2.0.squareRoot()) <= 11e-12)
  }

  @Test func `a preferred value that holds is kept`() {
    let border = nearest(0...1, from: 0.25) { _ in -1 }
    #expect(border.value == 0.25)
    #expect(border.failing == nil)
  }

  @Test func `a preferred value out of the range is taken into it`() {
    #expect(nearest(0...1, from: 7) { _ in 0 }.value == 1)
  }

  @Test func `the nearer of two sides is taken, and of two equal ones the lower`() {
    let uneven = nearest(0...1, from: 0.5) { min($0 - 0.2, 0.75 - $0) }
    #expect(abs(uneven.value - 0.75) <= 1e-12)
    let even = nearest(0...1, from: 0.5) { min($0 - 0.25, 0.75 - $0) }
    #expect(abs(even.value - 0.25) <= 1e-12)
  }

  @Test func `a jump is found where it is`() {
    let border = nearest(0...1, from: 1) { $0 < 0.3 ? -1 : 1 }
    #expect(border.value < 0.3 && 0.3 - border.value <= 1e-12)
    #expect(border.failing == 0.3 || (border.failing ?? 0) > 0.3)
  }

  @Test func `a valley narrower than the scan's step is found`() {
    // Holds only within 0.0002 of 0.6134, a fortieth of a step.
    let border = nearest(0...1, from: 0) { abs($0 - 0.6134) - 0.0002 }
    #expect(border.holds)
    #expect(abs(border.value - 0.6132) <= 1e-12)
  }

  @Test func `where nothing holds the nearest miss is returned`() {
    let border = nearest(0...1, from: 0) { 0.5 + ($0 - 0.7) * ($0 - 0.7) }
    #expect(!border.holds)
    #expect(abs(border.value - 0.7) < 1e-6)
    #expect(abs(border.excess - 0.5) < 1e-12)
    #expect(border.failing == nil)
  }

  @Test func `what is not a number does not hold`() {
    #expect(!nearest(0...1, from: 0) { _ in .nan }.holds)
  }

  @Test(arguments: 0..<100)
  func `agrees with a fine grid on curves that rise and fall`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let waves = (0..<3).map { _ in
      (Double.random(in: 1...9, using: &random), Double.random(in: 0...6, using: &random))
    }
    func excess(_ x: Double) -> Double {
      waves.reduce(0.4) { $0 + triangle($1.0 * x + $1.1) }
    }
    let preferred = Double.random(in: 0...1, using: &random)
    let border = Bracketing(range: 0...1, preferred: preferred).nearest { $0.map(excess) }
    let grid = (0...100_000).map { Double($0) / 1e5 }.filter { excess($0) <= 0 }
    let reference = grid.min { abs($0 - preferred) < abs($1 - preferred) }
    #expect(border.holds == (reference != nil))
    guard let reference else { return }
    if excess(preferred) <= 0 {
      #expect(border.value == preferred)
    } else {
      #expect(abs(border.value - preferred) <= abs(reference - preferred) + 1e-12)
      #expect(abs(border.value - preferred) >= abs(reference - preferred) - 1e-5)
    }
  }

  /// From −1 to 1 and back, period 2.
  private func triangle(_ x: Double) -> Double {
    let part = x - 2 * (x / 2).rounded(.down)
    return part < 1 ? 2 * part - 1 : 3 - 2 * part
  }
}
