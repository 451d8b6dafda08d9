import FundAllocation
import PolicyModel
import TestFixtures
import Testing

/// Loops over recipients side by side against the plain ones.
struct LanesTests {
  private func numbers(_ random: inout SplitMix64) -> [Double] {
    let edges: [Double] = [
      0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.5.nextDown, 4_503_599_627_370_495.5,
      4_503_599_627_370_497, -4_503_599_627_370_495.5, 9e15, 1e300, .infinity, -.infinity,
    ]
    let halves = (0..<40).map { _ in Double(random.whole(-99_999...99_999)) / 2 }
    let others = (0..<40).map { _ in (random.fraction() - 0.5) * 1e16 }
    return edges + halves + others
  }

  @Test(arguments: 0..<50)
  func `rounding down side by side is rounding down`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for number in numbers(&random) {
      let lanes = SIMD4(number, -number, number / 3, number + 0.5)
      let down = lanes.roundedDown()
      for lane in 0..<4 { #expect(down[lane] == lanes[lane].rounded(.down)) }
    }
  }

  @Test(arguments: 0..<50)
  func `rounding to fen is rounding away from zero`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let money = LedgerMoney(quantum: Money(fen: 100))
    for number in numbers(&random) {
      #expect(money.roundedToFen(number) == number.rounded(.toNearestOrAwayFromZero))
    }
  }

  // Two draws side by side are summed one recipient after the other. 1e-13: sums of up to 300.
  @Test(arguments: 0..<100)
  func `the level is that of one recipient after the other`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...300)
    let shares = (0..<count).map { _ in random.fraction() }
    let floors = (0..<count).map { _ in random.fraction() * 80 }
    let caps = floors.map { $0 + random.fraction() * 60 }
    let pool = zip(floors, caps).reduce(0) { $0 + ($1.0 + $1.1) / 2 }
    let own = WaterLevel(shares: shares, floors: floors, caps: caps, pool: pool)
    let plain = WaterLevel<TwoDraws>(
      shares: shares.map { TwoDraws(repeating: $0) },
      floors: floors.map { TwoDraws(repeating: $0) },
      caps: caps.map { TwoDraws(repeating: $0) }, pool: TwoDraws(repeating: pool))
    #expect(abs(own.level - plain.level[0]) <= 1e-13 * plain.level[0])
    var amounts = shares
    own.fill(&amounts, shares: shares, floors: floors, caps: caps)
    for index in shares.indices {
      let amount = own.amount(share: shares[index], floor: floors[index], cap: caps[index])
      #expect(amounts[index] == amount)
    }
  }

  @Test func `amounts beyond 2⁵² units are cut down exactly`() {
    var amounts = [8e15 + 1, 1.5, 1.5]
    LargestRemainder.round(&amounts, total: 8e15 + 4, quantum: 1)
    #expect(amounts == [8e15 + 1, 2, 1])
  }
}
