import FundAllocation
import TestFixtures
import Testing

struct WaterLevelTests {
  /// Random recipients with ties, zero shares, equal bounds and missing caps.
  private func problem(seed: UInt64) -> SortedBreakpoints {
    var random = SplitMix64(seed: seed)
    let largestShare = random.whole(1...40)
    let hasCaps = random.happens(0.7)
    let recipients = (0..<(random.happens(0.5) ? random.whole(1...3) : random.whole(4...12))).map {
      _ in
      let floor = random.happens(0.3) ? 0 : random.whole(0...60)
      let room = random.happens(0.2) ? 0 : random.whole(0...80)
      return SortedBreakpoints.Recipient(
        share: random.happens(0.15) ? 0 : random.whole(0...largestShare), floor: floor,
        cap: hasCaps && random.happens(0.8) ? floor + room : nil)
    }
    return SortedBreakpoints(recipients: recipients, pool: pool(for: recipients, &random))
  }

  /// Any pool, one that ends on a breakpoint, or one at an edge of what can be placed.
  private func pool(
    for recipients: [SortedBreakpoints.Recipient], _ random: inout SplitMix64
  ) -> Int {
    let floors = recipients.reduce(0) { $0 + $1.floor }
    let caps = recipients.reduce(0) { $0 + ($1.cap ?? $1.floor + 100) }
    switch random.whole(0...5) {
    case 0: return floors
    case 1: return caps
    case 2: return random.whole(0...(caps + 50))
    case 3:
      let level = random.whole(0...9)
      return recipients.reduce(0) {
        $0 + min($1.cap ?? Int.max, max($1.floor, level * $1.share))
      }
    default: return floors + random.whole(0...max(1, caps - floors))
    }
  }

  private func water(_ problem: SortedBreakpoints) -> WaterLevel<Double> {
    WaterLevel(
      shares: problem.recipients.map { Double($0.share) },
      floors: problem.recipients.map { Double($0.floor) },
      caps: problem.recipients.map { $0.cap.map { Double($0) } ?? .infinity },
      pool: Double(problem.pool))
  }

  private func amounts(_ problem: SortedBreakpoints) -> [Double] {
    let water = water(problem)
    return problem.recipients.map {
      water.amount(
        share: Double($0.share), floor: Double($0.floor),
        cap: $0.cap.map { Double($0) } ?? .infinity)
    }
  }

  // 1e-12: a dozen additions and one division of numbers exact in a double.
  @Test(arguments: 0..<600)
  func `level and amounts are those of the sorted breakpoints`(seed: UInt64) {
    let problem = problem(seed: seed)
    let water = water(problem)
    let amounts = amounts(problem)
    switch problem.answer {
    case .floorsFill(let scale):
      #expect(water.floorsFill && !water.isUndefined)
      #expect(water.level == 0)
      for (amount, recipient) in zip(amounts, problem.recipients) {
        #expect(abs(amount - (scale * recipient.floor).asDouble) < 1e-11)
      }
    case .capsShort(let placed):
      #expect(water.isUndefined && !water.floorsFill)
      #expect(water.capacity == Double(placed))
      #expect(amounts.reduce(0, +) == Double(placed))
    case .level(let level):
      #expect(!water.isUndefined && !water.floorsFill)
      #expect(abs(water.level - level.asDouble) <= 1e-12 * max(1, level.asDouble))
      for (amount, recipient) in zip(amounts, problem.recipients) {
        let exact = problem.amount(of: recipient, at: level).asDouble
        #expect(abs(amount - exact) <= 1e-11 * max(1, exact))
      }
    }
  }

  @Test func `all three answers occur in the random problems`() {
    var counts = [0, 0, 0, 0]
    for seed in UInt64(0)..<600 {
      let problem = problem(seed: seed)
      switch problem.answer {
      case .floorsFill: counts[0] += 1
      case .capsShort: counts[1] += 1
      case .level(let level):
        counts[2] += 1
        let next = level + Fraction(1, over: 1_000_000)
        if problem.placed(at: next) == problem.placed(at: level) { counts[3] += 1 }
      }
    }
    // The last: levels at the start of a flat piece, where a larger level would do as well.
    #expect(counts.allSatisfy { $0 >= 20 }, "\(counts)")
  }

  @Test(arguments: 0..<200)
  func `a larger pool never lowers an amount`(seed: UInt64) {
    let problem = problem(seed: seed)
    let larger = SortedBreakpoints(recipients: problem.recipients, pool: problem.pool + 7)
    for (before, after) in zip(amounts(problem), amounts(larger)) {
      #expect(after >= before - 1e-11)
    }
  }

  @Test func `the worked example has its level`() {
    // Scenarios/worked/README.md: 198, 269.23 and 482.77 of 950 at λ = 928.395.
    let water = WaterLevel(
      shares: [0.19, 0.29, 0.52], floors: [198, 225, 432], caps: [264, 300, 576], pool: 950.0)
    #expect(abs(water.level - 752 / 0.81) < 1e-10)
  }

  @Test func `a flat piece has its smallest level`() {
    // Above 10 the first two stand at their caps, up to 50 the third at its floor.
    let water = WaterLevel(
      shares: [1, 1, 1], floors: [0, 0, 50], caps: [10, 10, 60], pool: 70.0)
    #expect(water.level == 10)
  }

  @Test func `huge and tiny shares come to an end`() {
    let water = WaterLevel(
      shares: [1e-300, 1, 1e300], floors: [0, 1e15, 0], caps: [.infinity, .infinity, 1],
      pool: 9e15)
    #expect(water.level.isFinite)
    let placed = water.level * 1 + 1 + water.level * 1e-300
    #expect(abs(placed - 9e15) <= 2)
  }

  @Test func `one recipient without bounds takes all`() {
    let water = WaterLevel(shares: [0.25], floors: [0], caps: [.infinity], pool: 100.0)
    #expect(water.amount(share: 0.25, floor: 0, cap: .infinity) == 100)
  }
}
