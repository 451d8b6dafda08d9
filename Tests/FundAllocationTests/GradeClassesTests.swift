import FundAllocation
import PolicyModel
import TestFixtures
import Testing

/// Rewards by grade against the same law county by county.
struct GradeClassesTests {
  private let money = RealMoney<Double>(quantum: Money(wholeFen: 100))

  /// Base amounts, grades and a table; some tables reward nobody, some caps bind.
  private struct Case {
    var base: [Double] = []
    var grades: [Double] = []
    let table: GradeIncentives<Double>
    let reserve: Double

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      for _ in 0..<random.whole(1...40) {
        base.append(random.whole(0...9) == 0 ? 0 : 1e6 * random.fraction())
        let grade = random.whole(0...4)
        grades.append(grade == 4 ? .nan : Double(grade))
      }
      let rewardsNobody = seed % 5 == 0
      table = GradeIncentives(
        rewards: rewardsNobody ? [0, 0, 0, 0] : [1, random.fraction(), 0, 0],
        deductions: [0, 0, 0.1 * random.fraction(), 0.2],
        rewardCap: seed % 3 == 0 ? nil : 0.4 * random.fraction())
      reserve = base.reduce(0, +) * 0.1 * random.fraction()
    }
  }

  private func expectClose(_ found: [Double], _ wanted: [Double], of total: Double) {
    #expect(found.count == wanted.count)
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) <= 1e-12 * (total + 1)) }
  }

  @Test(arguments: 0..<200) func `counties get what the law gives each of them`(seed: UInt64) {
    let one = Case(seed: seed)
    let plain = one.table.outcome(
      base: one.base, reserve: one.reserve, grades: one.grades, basis: one.base, money: money)
    var classes = GradeClasses<Double>()
    // The second run must not see the first.
    for reserve in [2 * one.reserve + 1, one.reserve] {
      classes.workOut(
        one.table, base: one.base, reserve: reserve, grades: one.grades, money: money)
    }
    var final = one.base
    classes.setFinal(&final, base: one.base, grades: one.grades)
    let total = one.base.reduce(one.reserve, +)
    expectClose(final, plain.final, of: total)
    var spread = IncentiveOutcome(base: one.base)
    classes.spread(over: &spread, base: one.base, grades: one.grades)
    expectClose(spread.reward, plain.reward, of: total)
    expectClose(spread.deduction, plain.deduction, of: total)
    expectClose(
      [classes.outcome.unitSum, classes.outcome.rewardPool, classes.outcome.unplaced],
      [plain.unitSum, plain.rewardPool, plain.unplaced], of: total)
  }

  @Test(arguments: 0..<50, 1...5) func `factors put together give the same shares`(
    seed: UInt64, varying: Int
  ) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...20)
    let values = (0..<(varying + 2)).map { factor in
      (0..<count).map { _ in factor == 2 && seed % 4 == 0 ? 0 : random.fraction() + 0.01 }
    }
    let weights = values.map { _ in 1 / Double(values.count) }
    let plain = ShareRules<Double>(
      values: values, weights: weights, isRead: values.map { _ in true }, multipliers: [],
      guarantees: [])
    var together = plain
    for factor in 0..<2 { together.isRead[factor] = false }
    together.fixedPart = FixedShares(
      values: (0..<count).map { county in
        (0..<2).reduce(0) {
          $0 + weights[$1] * values[$1][county] / values[$1].reduce(0, +)
        }
      }, weight: weights[0] + weights[1])
    var (wanted, found) = (
      CompositeShares<Double>(countyCount: count), CompositeShares<Double>(countyCount: count)
    )
    wanted.workOut(plain, members: 0..<count)
    found.workOut(together, members: 0..<count)
    expectClose(found.final, wanted.final, of: 1)
  }
}
