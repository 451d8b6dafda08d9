import FundAllocation
import PolicyModel
import Simulation
import TestFixtures
import Testing

struct InvarianceTests {
  private func equal(_ left: Double, _ right: Double, within tolerance: Double) -> Bool {
    abs(left - right) <= tolerance * max(1, abs(left), abs(right))
  }

  // 1e-9: other codes mean another order of summation.
  @Test(arguments: 0..<40) func `permuting counties changes nothing`(seed: UInt64) throws {
    let original = RandomScenario(seed: seed, parts: .everything)
    var random = SplitMix64(seed: seed + 1_000)
    let (renamed, newIndex) = original.renamed(&random)
    let before = try realRun(try plan(original.files))
    let after = try realRun(try plan(renamed.files))
    for (before, after) in zip(before.joined(), after.joined()) {
      for county in newIndex.indices {
        let place = newIndex[county]
        #expect(equal(before.final[county], after.final[place], within: 1e-9))
        #expect(equal(before.spent[county], after.spent[place], within: 1e-9))
      }
    }
  }

  @Test(arguments: 0..<20) func `the order of rows in the data changes nothing`(seed: UInt64) throws
  {
    let original = RandomScenario(seed: seed, parts: .everything)
    var shuffled = original
    var random = SplitMix64(seed: seed)
    shuffled.counties.shuffle(using: &random)
    let before = try Ledger(try plan(original.files))
    let after = try Ledger(try plan(shuffled.files))
    for (before, after) in zip(before.years, after.years) {
      #expect(before.streams.map(\.final) == after.streams.map(\.final))
      #expect(before.streams.map(\.carriedOut) == after.streams.map(\.carriedOut))
    }
  }

  @Test(arguments: 0..<60) func `more need never means less money without caps`(seed: UInt64)
    throws
  {
    // Not with guarantees: they hold the group's share while its need takes share from the others,
    // and the floors of those who lose bind sooner, at the cost of all who have none.
    let parts: RandomScenario.Parts = [.floors, .tiers, .coefficients]
    let original = RandomScenario(seed: seed, parts: parts, years: 0...0)
    var random = SplitMix64(seed: seed)
    let county = random.whole(0...(original.counties.count - 1))
    var needier = original
    let column = try #require(RandomScenario.columns.firstIndex(of: "need"))
    let need = try #require(Double(original.counties[county].cells[column]))
    needier.counties[county].cells[column] = "\(need * 1.3 + 2)"
    let before = try realRun(try plan(original.files))[0]
    let after = try realRun(try plan(needier.files))[0]
    for (before, after) in zip(before, after) {
      #expect(after.final[county] >= before.final[county] * (1 - 1e-12))
    }
  }

  @Test(arguments: 0..<40)
  func `twice the pool is twice the money where nothing binds`(seed: UInt64) throws {
    let parts: RandomScenario.Parts = [.tiers, .guarantees, .coefficients]
    let single = RandomScenario(seed: seed, parts: parts, years: 0...0, quantum: "1 元")
    var double = single
    double.poolScale = 2
    let plans = try (plan(single.files), plan(double.files))
    for (once, twice) in zip(try realRun(plans.0)[0], try realRun(plans.1)[0]) {
      for (a, b) in zip(once.final, twice.final) { #expect(equal(2 * a, b, within: 1e-12)) }
    }
    // In whole quanta each side is off by less than one, in each of up to two tiers.
    let ledgers = try (Ledger(plans.0), Ledger(plans.1))
    for (once, twice) in zip(ledgers.0.years[0].streams, ledgers.1.years[0].streams) {
      for (a, b) in zip(once.final, twice.final) { #expect(abs(2 * a - b) < 6 * 100) }
    }
  }

  // Rounding moves a county by less than a quantum of 0.01 元 a step; eight steps a year and the
  // feedback of three years keep it within 10⁻⁵ of the amount. Grades and gates would let a
  // rounding decide about whole amounts, so they are off.
  @Test(arguments: 0..<60) func `real money agrees with the ledger within rounding`(seed: UInt64)
    throws
  {
    let parts: RandomScenario.Parts = [
      .floors, .tiers, .guarantees, .coefficients, .carryOver, .line, .behaviour,
    ]
    let scenario = RandomScenario(seed: seed, parts: parts, quantum: "0.01 元")
    let plan = try plan(scenario.files)
    let real = try realRun(plan)
    let ledger = try Ledger(plan)
    for (year, real) in zip(ledger.years, real) {
      for (stream, real) in zip(year.streams, real) {
        for county in stream.final.indices {
          #expect(abs(stream.final[county] - real.final[county]) <= 20 + 1e-5 * real.final[county])
          let carried = real.carriedOut[county]
          #expect(abs(stream.carriedOut[county] - carried) <= 40 + 1e-5 * carried)
        }
      }
    }
  }

  /// Equal to 10 digits of the largest and to a millionth of a fen: one path adds recipients up four at a time, so the last
  /// bits of its sums differ.
  private func isSame(_ left: [Double], _ right: [Double]) -> Bool {
    let size = right.reduce(1e4) { max($0, abs($1)) }
    return zip(left, right).allSatisfy { abs($0 - $1) <= 1e-10 * size }
  }

  @Test(arguments: 0..<60)
  func `two draws side by side are each the run they are alone`(seed: UInt64) throws {
    let plan = try plan(RandomScenario(seed: seed, parts: .everything).files)
    let first = plan.parameterValues
    var random = SplitMix64(seed: seed)
    let second = first.map { random.happens(0.3) ? $0 * 0.97 : $0 }
    let both = try run(
      plan, money: RealMoney<TwoDraws>(quantum: plan.scenario.quantum),
      parameters: zip(first, second).map { TwoDraws($0, $1) })
    for (draw, parameters) in [first, second].enumerated() {
      let alone = try realRun(plan, parameters: parameters)
      for (both, alone) in zip(both.joined(), alone.joined()) {
        #expect(isSame(both.final.map { $0[draw] }, alone.final))
        #expect(isSame(both.carriedOut.map { $0[draw] }, alone.carriedOut))
        #expect(isSame([both.unallocated[draw]], [alone.unallocated]))
      }
    }
  }
}
