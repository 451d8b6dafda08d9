import Testing
import WeightFitting

/// What weights do to shares.
struct WeightEffectTests {
  @Test func `shares and spread by hand`() {
    let indicators = [[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]
    let own = WeightEffect(weights: [0.75, 0.25], indicators: indicators)
    #expect(isNear(own.shares, [0.4, 0.25, 0.35], 1e-15))
    #expect(own.largest == own.shares[0] && own.smallest == own.shares[1])
    // Sorted 0.25, 0.35, 0.40: Σ (2 i − n − 1) y / (n Σ y) = (−2 · 0.25 + 2 · 0.40) / 3.
    #expect(abs(own.gini - 0.1) < 1e-15)
    let other = WeightEffect(weights: [0.25, 0.75], indicators: indicators)
    #expect(isNear(other.shares, [0.2, 0.15, 0.65], 1e-15))
    #expect(abs(own.moved(from: other) - 0.3) < 1e-15)
  }
}
