import Statistics
import TestFixtures
import Testing

@Suite struct QuantileTests {
  private static let fractions = [0.05, 0.25, 0.5, 0.75, 0.95]

  private func expectSorted(_ values: [Double], at fractions: [Double] = fractions) {
    let sorted = values.sorted()
    var moved = values
    let found = Quantile.values(of: &moved, at: fractions)
    #expect(found == fractions.map { Quantile.value(of: sorted, at: $0) })
    #expect(moved.sorted() == sorted)
  }

  @Test func `values in any order have the quantiles of sorted ones`() {
    var random = SplitMix64(seed: 5)
    for count in [1, 2, 3, 31, 32, 33, 100, 1_000, 6_400] {
      for range in [3.0, 1e3, 1e12] {
        let values = (0..<count).map { _ in Double.random(in: 0..<range, using: &random) }
        expectSorted(values.map { $0.rounded() })
      }
    }
    expectSorted((0..<500).map { _ in Double.random(in: -1...1, using: &random) }, at: [0, 0.1, 1])
  }

  @Test func `values in order, backwards, equal or up and down are no trap`() {
    for count in [33, 1_000, 20_000] {
      expectSorted((0..<count).map(Double.init))
      expectSorted((0..<count).reversed().map(Double.init))
      expectSorted(Array(repeating: 7, count: count))
      expectSorted((0..<count).map { Double(min($0, count - $0)) })
    }
  }
}
