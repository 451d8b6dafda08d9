import FundAllocation
import TestFixtures
import Testing

struct SharesTests {
  private func rules(
    _ values: [[Double]], weights: [Double], multipliers: [Double] = [],
    guarantees: [(members: [Double], share: Double)] = []
  ) -> ShareRules<Double> {
    ShareRules(
      values: values, weights: weights, isRead: weights.map { $0 > 0 }, multipliers: multipliers,
      guarantees: guarantees.map { GuaranteedShare(members: $0.members, share: $0.share) })
  }

  private func shares(_ rules: ShareRules<Double>) -> CompositeShares<Double> {
    let count = rules.values[0].count
    var shares = CompositeShares<Double>(countyCount: count)
    shares.workOut(rules, members: 0..<count)
    return shares
  }

  private func expectEqual(_ found: [Double], _ wanted: [Double]) {
    #expect(found.count == wanted.count)
    for (found, wanted) in zip(found, wanted) { #expect(abs(found - wanted) < 1e-14) }
  }

  @Test func `the shares of the worked example`() {
    // Scenarios/worked/README.md, step 1.
    let shares = shares(
      rules(
        [[20_000, 30_000, 50_000], [0, 2_000, 8_000], [90, 80, 30]], weights: [0.5, 0.3, 0.2]))
    expectEqual(shares.final, [0.19, 0.29, 0.52])
    #expect(shares.notices.isEmpty)
  }

  @Test func `the weight of a factor without a sum is spread in proportion`() {
    let shares = shares(rules([[1, 3], [0, 0], [1, 1]], weights: [0.2, 0.5, 0.3]))
    expectEqual(shares.final, [0.4 * 0.25 + 0.6 * 0.5, 0.4 * 0.75 + 0.6 * 0.5])
    #expect(shares.notices == [.factorWithoutSum(factor: 1)])
  }

  @Test func `a factor of weight 0 is not read and not warned of`() {
    let shares = shares(rules([[1, 3], [0, 0]], weights: [1, 0]))
    expectEqual(shares.final, [0.25, 0.75])
    #expect(shares.notices.isEmpty)
  }

  @Test func `without any value nobody has a share`() {
    let shares = shares(rules([[0, 0]], weights: [1]))
    #expect(shares.final == [0, 0])
    #expect(shares.notices == [.factorWithoutSum(factor: 0), .noShares])
  }

  @Test func `coefficients multiply and shares sum to 1 again`() {
    let shares = shares(rules([[1, 1]], weights: [1], multipliers: [1, 3]))
    expectEqual(shares.byFactors, [0.5, 0.5])
    expectEqual(shares.final, [0.25, 0.75])
  }

  @Test func `coefficients of 0 leave nobody a share`() {
    let shares = shares(rules([[1, 1]], weights: [1], multipliers: [0, 0]))
    #expect(shares.final == [0, 0])
    #expect(shares.notices == [.noShares])
  }

  @Test func `a guaranteed group is raised and the others share the rest`() {
    let shares = shares(
      rules([[20, 30, 50]], weights: [1], guarantees: [(members: [1, 0, 0], share: 0.4)]))
    expectEqual(shares.final, [0.4, 0.6 * 3 / 8, 0.6 * 5 / 8])
  }

  @Test func `a group above its guarantee is left alone`() {
    let shares = shares(
      rules([[20, 30, 50]], weights: [1], guarantees: [(members: [0, 0, 1], share: 0.4)]))
    expectEqual(shares.final, [0.2, 0.3, 0.5])
  }

  @Test func `raising one group can draw another below its guarantee`() {
    // 0.30 is above 0.28 until the first group is raised: 0.30 × 0.6 / 0.8 = 0.225.
    let shares = shares(
      rules(
        [[20, 30, 50]], weights: [1],
        guarantees: [(members: [0, 1, 0], share: 0.28), (members: [1, 0, 0], share: 0.4)]))
    expectEqual(shares.final, [0.4, 0.28, 0.32])
  }

  @Test func `a group without a share is left out and warned of`() {
    let shares = shares(
      rules([[0, 30, 50]], weights: [1], guarantees: [(members: [1, 0, 0], share: 0.4)]))
    expectEqual(shares.final, [0, 0.375, 0.625])
    #expect(shares.notices == [.guaranteeWithoutShare(guarantee: 0)])
  }

  /// Section 2 word by word: sets of counties, one group after another.
  private func guaranteed(_ shares: [Double], _ groups: [Set<Int>], _ thetas: [Double]) -> [Double]
  {
    func sum(_ counties: some Sequence<Int>) -> Double { counties.reduce(0) { $0 + shares[$1] } }
    var raised: Set<Int> = []
    while true {
      let inside = raised.reduce(into: Set<Int>()) { $0.formUnion(groups[$1]) }
      let others = shares.indices.filter { !inside.contains($0) }
      let scale = (1 - raised.reduce(0) { $0 + thetas[$1] }) / sum(others)
      let below = groups.indices.filter {
        !raised.contains($0) && sum(groups[$0]) > 0 && sum(groups[$0]) * scale < thetas[$0]
      }
      if below.isEmpty {
        return shares.indices.map { county in
          guard let group = raised.first(where: { groups[$0].contains(county) }) else {
            return shares[county] * scale
          }
          return shares[county] * thetas[group] / sum(groups[group])
        }
      }
      raised.formUnion(below)
    }
  }

  @Test(arguments: 0..<200)
  func `guarantees are those of the plain rule`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = (0..<10).map { _ in Double(random.whole(0...20)) } + [1]
    let groupCount = random.whole(1...3)
    var groups = [Set<Int>](repeating: [], count: groupCount)
    // The last county is in no group, so that somebody is left to share the rest.
    for county in 0..<10 where random.happens(0.6) {
      groups[random.whole(0...(groupCount - 1))].insert(county)
    }
    let thetas = groups.map { _ in random.fraction() * 0.9 / Double(groupCount) }
    let shares = shares(
      rules(
        [values], weights: [1],
        guarantees: zip(groups, thetas).map { group, theta in
          ((0..<11).map { group.contains($0) ? 1.0 : 0 }, theta)
        }))
    let sum = values.reduce(0, +)
    expectEqual(shares.final, guaranteed(values.map { $0 / sum }, groups, thetas))
    #expect(abs(shares.final.reduce(0, +) - 1) < 1e-14)
  }
}
