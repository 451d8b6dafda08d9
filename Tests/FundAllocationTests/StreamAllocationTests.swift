import FundAllocation
import PolicyModel
import TestFixtures
import Testing

struct StreamAllocationTests {
  private let quantum = 100.0
  private var money: LedgerMoney { LedgerMoney(quantum: Money(wholeFen: quantum)) }

  private func plain(_ values: [Double]) -> ShareRules<Double> {
    ShareRules(values: [values], weights: [1], isRead: [true], multipliers: [], guarantees: [])
  }

  private func year(
    pool: Double, values: [Double], reference: [Double]? = nil, eligible: [Double]? = nil,
    within: ShareRules<Double>? = nil, floor: Double? = nil, cap: Double? = nil,
    minimum: Double? = nil
  ) -> StreamYear<Double> {
    let eligible = eligible ?? values.map { _ in 1 }
    return StreamYear(
      pool: pool, reserveShare: 0, eligible: eligible,
      reference: reference ?? values.map { _ in 0 }, rules: plain(values), countyRules: within,
      floor: floor, cap: cap, minimum: minimum)
  }

  @Test func `base amounts of the worked example`() {
    // Scenarios/worked/README.md, steps 1 to 4; a 万元 is 10⁶ fen.
    let rules = ShareRules<Double>(
      values: [[20_000, 30_000, 50_000], [0, 2_000, 8_000], [90, 80, 30]],
      weights: [0.5, 0.3, 0.2], isRead: [true, true, true], multipliers: [], guarantees: [])
    let year = StreamYear<Double>(
      pool: 1_000e6, reserveShare: 0.05, eligible: [1, 1, 1], reference: [220e6, 250e6, 480e6],
      rules: rules, countyRules: nil, floor: 0.9, cap: 1.2, minimum: nil)
    let allocation = StreamAllocation(
      year, prefectures: [[0, 1, 2]], money: LedgerMoney(quantum: Money(fen: 1_000_000)))
    #expect(allocation.reserve == 50e6)
    #expect(allocation.floors == [198e6, 225e6, 432e6])
    #expect(allocation.caps == [264e6, 300e6, 576e6])
    #expect(allocation.base == [198e6, 269e6, 483e6])
    #expect(abs(allocation.level / 1e6 - 752 / 0.81) < 1e-9)
    #expect(allocation.notices.isEmpty)
  }

  @Test func `floors above the pool are scaled and warned of`() {
    let allocation = StreamAllocation(
      year(pool: 1_000, values: [1, 1], reference: [1_500, 500], floor: 1),
      prefectures: [[0, 1]], money: money)
    #expect(allocation.base == [800, 200])  // 750 and 250: the tie goes to the first
    #expect(allocation.level == 0)
    #expect(allocation.notices == [.floorsExceedPool])
  }

  @Test func `caps below the pool leave money and a warning`() {
    let allocation = StreamAllocation(
      year(pool: 1_000, values: [1, 0], reference: [300, 300], floor: 0.5, cap: 1),
      prefectures: [[0, 1]], money: money)
    #expect(allocation.base == [300, 200])  // 150 is no multiple of 100: the floor is 200
    #expect(allocation.unplaced == 500)
    #expect(allocation.level.isNaN)
    #expect(allocation.notices == [.poolNotPlaced])
  }

  @Test func `without a reference amount the minimum binds and no cap does`() {
    let allocation = StreamAllocation(
      year(
        pool: 1_000, values: [1, 9], reference: [0, 200], floor: 1, cap: 1, minimum: 300),
      prefectures: [[0, 1]], money: money)
    #expect(allocation.floors == [300, 300])
    #expect(allocation.caps == [.infinity, 300])
    #expect(allocation.base == [700, 300])
  }

  @Test func `who is not eligible gets nothing whatever the bounds`() {
    let allocation = StreamAllocation(
      year(
        pool: 1_000, values: [0, 1], reference: [900, 100], eligible: [0, 1], floor: 1,
        minimum: 500),
      prefectures: [[0, 1]], money: money)
    #expect(allocation.base == [0, 1_000])
  }

  @Test func `money goes to prefectures first`() {
    // Prefecture sums 4 : 4, so 600 each; inside 1 : 3 and 2 : 2.
    let values = [1.0, 3, 2, 2]
    let allocation = StreamAllocation(
      year(pool: 1_200, values: values, within: plain(values)), prefectures: [[0, 1], [2, 3]],
      money: money)
    #expect(allocation.base == [200, 400, 300, 300])  // 150 and 450 tie
    #expect(allocation.level.isNaN)
    #expect(allocation.share == [0.125, 0.375, 0.25, 0.25])
  }

  @Test func `floors of counties bind their prefecture`() {
    let values = [1.0, 1, 8, 0]
    let allocation = StreamAllocation(
      year(
        pool: 1_000, values: values, reference: [400, 0, 0, 0], within: plain(values), floor: 1),
      prefectures: [[0, 1], [2, 3]], money: money)
    #expect(allocation.base == [400, 0, 600, 0])
  }

  @Test func `own factors split within the prefecture`() {
    let allocation = StreamAllocation(
      year(pool: 1_000, values: [1, 1, 2, 0], within: plain([4, 1, 1, 1])),
      prefectures: [[0, 1], [2, 3]], money: money)
    #expect(allocation.base == [400, 100, 300, 200])  // 250 each in the second: a tie
  }

  /// A random year with bounds, half of them through prefectures.
  private func random(_ seed: UInt64) -> (year: StreamYear<Double>, prefectures: [[Int]]) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...25)
    let eligible = (0..<count).map { _ in random.happens(0.85) ? 1.0 : 0 }
    let values = eligible.map { $0 * Double(random.happens(0.1) ? 0 : random.whole(0...50)) }
    let pool = Double(random.whole(0...5_000)) * quantum
    let previous = eligible.map { _ in
      random.happens(0.2) ? 0 : (random.fraction() * 2 * pool / Double(count)).rounded()
    }
    var year = year(
      pool: pool, values: values, reference: previous, eligible: eligible,
      within: random.happens(0.5) ? plain(values) : nil,
      floor: random.happens(0.6) ? random.fraction() * 1.1 : nil,
      cap: random.happens(0.5) ? 0.8 + random.fraction() : nil,
      minimum: random.happens(0.3) ? (random.fraction() * pool / 40).rounded() : nil)
    year.reserveShare = random.happens(0.5) ? random.fraction() * 0.2 : 0
    let groups = random.whole(1...4)
    let places = (0..<count).map { _ in random.whole(0...(groups - 1)) }
    return (year, (0..<groups).map { group in places.indices.filter { places[$0] == group } })
  }

  @Test(arguments: 0..<300)
  func `base amounts and what is left over are the base pool`(seed: UInt64) {
    let (year, prefectures) = random(seed)
    let allocation = StreamAllocation(year, prefectures: prefectures, money: money)
    #expect(allocation.basePool == year.pool - allocation.reserve)
    #expect(allocation.base.reduce(allocation.unplaced, +) == allocation.basePool)
    let isScaled = allocation.notices.contains(.floorsExceedPool)
    for county in year.eligible.indices {
      let amount = allocation.base[county]
      #expect(amount.truncatingRemainder(dividingBy: quantum) == 0)
      #expect(amount <= allocation.caps[county])
      #expect(amount >= (isScaled ? 0 : allocation.floors[county]))
    }
  }

  @Test(arguments: 0..<200)
  func `real money differs from whole quanta by less than rounding`(seed: UInt64) {
    var (year, prefectures) = random(seed)
    year.floor = nil
    year.cap = nil
    year.minimum = nil
    year.countyRules = nil
    let whole = StreamAllocation(year, prefectures: prefectures, money: money)
    let real = StreamAllocation(
      year, prefectures: prefectures, money: RealMoney<Double>(quantum: Money(wholeFen: quantum)))
    #expect(abs(whole.reserve - real.reserve) <= quantum / 2)
    // A county is off by less than a quantum, and by its part of the reserve's rounding.
    for (whole, real) in zip(whole.base, real.base) { #expect(abs(whole - real) < 1.5 * quantum) }
    #expect(abs(real.base.reduce(real.unplaced, +) - real.basePool) < 1e-6)
  }

  private func pair(_ a: [Double], _ b: [Double]) -> [TwoDraws] {
    zip(a, b).map { TwoDraws($0, $1) }
  }

  @Test(arguments: 0..<200)
  func `two draws side by side are each what they are alone`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...12)
    func numbers(_ most: Int) -> [Double] {
      (0..<count).map { _ in Double(random.whole(0...most)) }
    }
    let shares = [numbers(9), numbers(9)]
    let floors = [numbers(50), numbers(50)]
    let caps = floors.map { zip($0, numbers(60)).map { $0 + $1 } }
    let pools = [Double(random.whole(0...600)), Double(random.whole(0...600))]
    let rule = RealMoney<TwoDraws>(quantum: Money(fen: 1))
    let both = Placement(
      shares: pair(shares[0], shares[1]), floors: pair(floors[0], floors[1]),
      caps: pair(caps[0], caps[1]), pool: TwoDraws(pools[0], pools[1]), money: rule)
    for draw in 0..<2 {
      let alone = Placement(
        shares: shares[draw], floors: floors[draw], caps: caps[draw], pool: pools[draw],
        money: RealMoney<Double>(quantum: Money(fen: 1)))
      #expect(both.amounts.map { $0[draw] } == alone.amounts)
      #expect(both.unplaced[draw] == alone.unplaced)
      #expect(both.level[draw].bitPattern == alone.level.bitPattern)
    }
  }
}
