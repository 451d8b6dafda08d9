import FundAllocation
import PolicyModel
import TestFixtures
import Testing

struct IncentivesTests {
  private let money = LedgerMoney(quantum: Money(fen: 1))

  private func fen(_ amounts: [Double], quantum: Double) -> Bool {
    amounts.allSatisfy { $0.truncatingRemainder(dividingBy: quantum) == 0 }
  }

  @Test func `rewards and deductions of the worked example`() {
    // Scenarios/worked/README.md, steps 5 to 7, in 万元.
    let table = GradeIncentives<Double>(
      rewards: [1, 0.5, 0, 0], deductions: [0, 0, 0, 0.1], rewardCap: nil)
    let outcome = table.outcome(
      base: [198, 269, 483], reserve: 50, grades: [0, 1, 3], basis: [198, 269, 483], money: money)
    #expect(outcome.deduction == [0, 0, 48])
    #expect(outcome.rewardPool == 98)
    #expect(outcome.reward == [58, 40, 0])
    #expect(outcome.final == [256, 309, 435])
    #expect(outcome.unplaced == 0)
  }

  @Test func `what the cap leaves over goes by what is left of the base`() {
    // Cap 10 % of 100 each: 20 of 50 are placed, 30 are shared as 100 : 100 : 100.
    let table = GradeIncentives<Double>(
      rewards: [1, 0.5, 0, 0], deductions: [0, 0, 0, 0], rewardCap: 0.1)
    let outcome = table.outcome(
      base: [100, 100, 100], reserve: 50, grades: [0, 0, 2], basis: [100, 100, 100], money: money)
    #expect(outcome.reward == [20, 20, 10])
    #expect(outcome.unplaced == 0)
  }

  @Test func `a county without a grade has neither`() {
    let table = GradeIncentives<Double>(
      rewards: [1, 1, 1, 1], deductions: [0.5, 0.5, 0.5, 0.5], rewardCap: nil)
    let outcome = table.outcome(
      base: [100, 100], reserve: 0, grades: [.nan, 3], basis: [100, 100], money: money)
    #expect(outcome.deduction == [0, 50])
    #expect(outcome.reward == [0, 50])
  }

  @Test func `without any base the reserve is unallocated`() {
    let table = GradeIncentives<Double>(
      rewards: [0, 0, 0, 0], deductions: [0, 0, 0, 0], rewardCap: nil)
    let outcome = table.outcome(
      base: [0, 0], reserve: 50, grades: [0, 1], basis: [1, 1], money: money)
    #expect(outcome.final == [0, 0])
    #expect(outcome.unplaced == 50)
  }

  private struct Draw {
    let base: [Double]
    let reserve: Double
    let grades: [Double]
    let scores: [Double]
    let table: GradeIncentives<Double>
  }

  private func draw(_ random: inout SplitMix64, quantum: Double) -> Draw {
    let count = random.whole(1...30)
    func numbers(_ number: () -> Double) -> [Double] { (0..<count).map { _ in number() } }
    return Draw(
      base: numbers { random.happens(0.1) ? 0 : Double(random.whole(0...9_000)) * quantum },
      reserve: Double(random.whole(0...5_000)) * quantum,
      grades: numbers { random.happens(0.1) ? .nan : Double(random.whole(0...3)) },
      scores: numbers { random.happens(0.1) ? .nan : random.fraction() * 100 },
      table: GradeIncentives(
        rewards: [1, random.fraction(), random.happens(0.5) ? random.fraction() : 0, 0],
        deductions: [0, 0, random.fraction(), random.happens(0.1) ? 1 : random.fraction()],
        rewardCap: random.happens(0.5) ? random.fraction() * 0.4 : nil))
  }

  @Test(arguments: 0..<300)
  func `by grade no fen is lost and no amount falls below 0`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let quantum: Double = [1_000_000, 100, 1][random.whole(0...2)]
    let rule = LedgerMoney(quantum: Money(wholeFen: quantum))
    let draw = draw(&random, quantum: quantum)
    let basis = random.happens(0.5) ? draw.base : draw.base.map { $0 > 0 ? 1 : 0 }
    let outcome = draw.table.outcome(
      base: draw.base, reserve: draw.reserve, grades: draw.grades, basis: basis, money: rule)
    let sum = draw.base.reduce(draw.reserve, +)
    #expect(outcome.final.reduce(outcome.unplaced, +) == sum)
    #expect(outcome.final.allSatisfy { $0 >= 0 })
    #expect(outcome.unplaced >= 0)
    #expect(fen(outcome.final + outcome.reward + outcome.deduction, quantum: quantum))
    for county in draw.base.indices {
      let change = outcome.reward[county] - outcome.deduction[county]
      #expect(outcome.final[county] == draw.base[county] + change)
    }
  }

  @Test func `the line by hand`() {
    // S̄ = (100 · 90 + 300 · 50) / 400 = 60; multipliers 1.15 and 0.95; 440 in 115 : 285.
    let line = LinearIncentives<Double>(slope: 0.5, lowest: 0, highest: nil)
    let outcome = line.outcome(base: [100, 300], reserve: 40, scores: [90, 50], money: money)
    #expect(outcome.final == [127, 313])  // 126.5 and 313.5: the tie goes to the first
    #expect(outcome.reward == [27, 13])
    #expect(outcome.deduction == [0, 0])
  }

  @Test func `a line of 0 for everybody changes nothing`() {
    let line = LinearIncentives<Double>(slope: 0, lowest: 0, highest: 0)
    let outcome = line.outcome(base: [100, 300], reserve: 40, scores: [90, 50], money: money)
    #expect(outcome.final == [100, 300])
    #expect(outcome.unplaced == 40)
  }

  @Test func `without any score the reserve is shared as the base`() {
    let line = LinearIncentives<Double>(slope: 0.5, lowest: 0.8, highest: 1.2)
    let outcome = line.outcome(base: [100, 300], reserve: 40, scores: [.nan, .nan], money: money)
    #expect(outcome.final == [110, 330])
  }

  @Test(arguments: 0..<200)
  func `by the line no fen is lost and more score never means less`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let quantum: Double = [1_000_000, 100, 1][random.whole(0...2)]
    let draw = draw(&random, quantum: quantum)
    let line = LinearIncentives<Double>(
      slope: random.fraction() * 3, lowest: random.fraction() * 0.9,
      highest: random.happens(0.5) ? 1 + random.fraction() : nil)
    let outcome = line.outcome(
      base: draw.base, reserve: draw.reserve, scores: draw.scores,
      money: LedgerMoney(quantum: Money(wholeFen: quantum)))
    let sum = draw.base.reduce(draw.reserve, +)
    #expect(outcome.final.reduce(outcome.unplaced, +) == sum)
    #expect(outcome.final.allSatisfy { $0 >= 0 })
    #expect(fen(outcome.final, quantum: quantum))
    let real = line.outcome(
      base: draw.base, reserve: draw.reserve, scores: draw.scores,
      money: RealMoney<Double>(quantum: Money(wholeFen: quantum)))
    for (rounded, exact) in zip(outcome.final, real.final) {
      #expect(abs(rounded - exact) <= quantum)
    }
  }
}
