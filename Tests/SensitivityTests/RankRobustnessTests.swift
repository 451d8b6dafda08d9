import TestFixtures
import Testing

@testable import Sensitivity

struct RankRobustnessTests {
  /// Every pair looked at.
  private func slowFlipShare(_ a: [Double], _ b: [Double]) -> Double {
    var flipped = 0
    var pairs = 0
    for i in a.indices {
      for j in 0..<i where ![a[i], a[j], b[i], b[j]].contains(where: { $0.isNaN }) {
        pairs += 1
        if (a[i] - a[j]) * (b[i] - b[j]) < 0 { flipped += 1 }
      }
    }
    return pairs == 0 ? 0 : Double(flipped) / Double(pairs)
  }

  @Test(arguments: 0..<50) func `flips are those of every pair`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(0...40)
    // Few values, so that many are equal; some missing.
    func values() -> [Double] {
      (0..<count).map { _ in random.happens(0.1) ? .nan : Double(random.whole(0...9)) }
    }
    let (a, b) = (values(), values())
    #expect(abs(RankRobustness.flipShare(a, b) - slowFlipShare(a, b)) < 1e-15)
  }

  @Test func `ranks begin with the largest and equal ones share`() {
    #expect(RankRobustness.ranks([3, 9, 3, 1, .nan, 3]) == [3, 1, 3, 5, nil, 3])
    #expect(RankRobustness.ranks([]) == [])
  }

  @Test func `probabilities count ranks over changes`() {
    let found = RankRobustness(
      scores: [3, 2, 1, .nan],
      changed: [[3, 2, 1, .nan], [2, 3, 1, .nan], [3, 1, 2, .nan], [3, 2, 1, .nan]])
    #expect(found.ranks == [1, 2, 3, nil])
    #expect(found.probability(of: 0, rank: 1) == 0.75)
    #expect(found.probability(of: 1, rank: 1) == 0.25)
    #expect(found.probability(of: 1, rank: 3) == 0.25)
    #expect(found.probabilityOfSameRank(2) == 0.75)
    #expect(found.probabilityOfSameRank(3) == nil)
    #expect(found.drawnRanks[1] == [1, 2, 2, 3])
    #expect(found.flips == [0, 1.0 / 3, 1.0 / 3, 0])
  }

  @Test(arguments: 0..<40) func `weights stay on the simplex and within delta`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let raw = (0..<random.whole(2...9)).map { _ in random.happens(0.2) ? 0 : random.fraction() }
    let sum = raw.reduce(0, +)
    if sum == 0 { return }
    let weights = raw.map { $0 / sum }
    let near = SimplexNeighbourhood(weights: weights, delta: 0.05, seed: seed)
    for draw in 0..<50 {
      let found = near.weights(draw: draw)
      #expect(abs(found.reduce(0, +) - 1) < 1e-12)
      for (one, other) in zip(found, weights) {
        #expect(one >= 0 && abs(one - other) <= 0.05 + 1e-12)
        if other == 0 { #expect(one == 0) }
      }
    }
    #expect(near.weights(draw: 3) == near.weights(draw: 3))
  }

  // Each weight of three equal ones moves both ways alike: mean ⅓ within five standard errors.
  @Test func `weights are drawn around those given`() {
    let near = SimplexNeighbourhood(
      weights: [1.0 / 3, 1.0 / 3, 1.0 / 3], delta: 0.1, seed: 5)
    let draws = (0..<4_000).map { near.weights(draw: $0) }
    for member in 0..<3 {
      let mean = draws.reduce(0) { $0 + $1[member] } / 4_000
      let square = draws.reduce(0) { $0 + ($1[member] - mean) * ($1[member] - mean) } / 4_000
      #expect(abs(mean - 1.0 / 3) < 5 * (square / 4_000).squareRoot())
      #expect(square.squareRoot() > 0.03)
    }
  }

  @Test func `exchanges move delta from one to another`() {
    let near = SimplexNeighbourhood(weights: [0.7, 0.26, 0.04, 0], delta: 0.05, seed: 1)
    #expect(near.freeCount == 3)
    let exchanges = near.exchanges
    #expect(exchanges.count == 6)
    #expect(exchanges.allSatisfy { abs($0.weights.reduce(0, +) - 1) < 1e-12 })
    let last = exchanges.filter { $0.raised == 0 && $0.lowered == 2 }
    #expect(last.map(\.weights) == [[0.74, 0.26, 0, 0]])
  }

  @Test func `a factor taken out leaves the others in proportion`() {
    let near = SimplexNeighbourhood(weights: [0.5, 0.3, 0.2], delta: 0.1, seed: 1)
    #expect(near.weights(without: 0) == [0, 0.6, 0.4])
    let single = SimplexNeighbourhood(weights: [1, 0], delta: 0.1, seed: 1)
    #expect(single.weights(without: 0) == nil)
    #expect(single.weights(draw: 1) == [1, 0])
  }
}
