import FundAllocation
import PolicyModel
import Statistics
import TestFixtures
import Testing

@testable import Simulation

/// Draws side by side are the law, each for itself.
struct DrawsTests {
  /// Every part of the law, with or without noise.
  private func scenario(_ seed: UInt64, isNoisy: Bool) throws -> Plan {
    var files = RandomScenario(seed: seed, parts: .everything).files
    if isNoisy {
      let text = files["scenario.yaml"] ?? ""
      files["scenario.yaml"] =
        text.split(separator: "persistence: 0.3, response: 0.4").joined(
          separator: "persistence: 0.3, response: 0.4, noise: 0.05"
        )
        .split(separator: "income: { growth: 0.05 }").joined(
          separator: "income: { growth: 0.05, noise: 0.02 }\n  score_noise: 3")
    }
    return try plan(files)
  }

  /// What a draw came to, year by year: amounts, spending, scores, incomes.
  private func figures(_ plan: Plan, firstDraw: Int, lane: Int) -> [Double] {
    var block = DrawBlock([plan], seed: 5, keepsListing: true)
    var all: [Double] = []
    block.run(firstDraw: firstDraw) { _, simulator in
      for stream in simulator.streams {
        all += (stream.final + stream.spent + stream.carriedOut).map { $0[lane] }
      }
      all += (simulator.state.score + simulator.state.income).map { $0[lane] }
    }
    return all
  }

  // One path adds recipients up four at a time, so the last bits of its sums differ; the law's
  // feedback over four years stays below 10⁻¹² of the largest amount.
  @Test(arguments: 0..<60)
  func `without noise every draw is the unrounded ledger`(seed: UInt64) throws {
    let plan = try scenario(seed, isNoisy: false)
    #expect(!plan.hasDraws)
    let ledger = try realRun(plan)
    var block = DrawBlock([plan], seed: 1, keepsListing: true)
    var lean = DrawBlock([plan], seed: 1)
    var finals: [[[SIMD8<Double>]]] = []
    lean.run(firstDraw: 0) { _, simulator in finals.append(simulator.streams.map(\.final)) }
    var year = 0
    block.run(firstDraw: 0) { _, simulator in
      #expect(finals[year] == simulator.streams.map(\.final))
      for (lanes, plain) in zip(simulator.streams, ledger[year]) {
        for (amounts, wanted) in [(lanes.final, plain.final), (lanes.spent, plain.spent)] {
          let size = wanted.reduce(1e4) { max($0, abs($1)) }
          for (amount, one) in zip(amounts, wanted) {
            for lane in 0..<8 { #expect(abs(amount[lane] - one) <= 1e-12 * size) }
          }
        }
      }
      year += 1
    }
    #expect(year == plan.yearCount)
  }

  /// A scenario in which the points of every county, and with them the gates, change every year.
  private func changingScenario(_ seed: UInt64) throws -> Plan {
    let scenario = RandomScenario(seed: seed, parts: .everything, years: 2...4)
    var files = scenario.files
    let points = RandomScenario.columns.firstIndex(of: "points") ?? 0
    var lines = [files["indicators.csv"] ?? ""]
    for year in 2025...scenario.lastYear {
      for county in scenario.counties {
        var cells = county.cells
        cells[points] = "\((Int(cells[points].prefix { $0 != "." }) ?? 0) * (year - 2023) % 5)"
        lines.append("\(county.code),\(year)," + cells.joined(separator: ","))
      }
    }
    files["indicators.csv"] = lines.joined(separator: "\n")
    return try plan(files)
  }

  /// A scenario in which everybody is eligible, so that streams share columns.
  private func openScenario(_ seed: UInt64) throws -> Plan {
    try plan(
      RandomScenario(
        seed: seed, parts: [.floors, .caps, .performance, .carryOver, .behaviour], years: 1...4
      ).files)
  }

  private func scenarioWithShortCuts(_ seed: UInt64) throws -> Plan {
    switch seed % 3 {
    case 0: try changingScenario(seed)
    case 1: try openScenario(seed)
    default: try scenario(seed, isNoisy: false)
    }
  }

  @Test func `the scenarios take the short cuts`() throws {
    let plans = try (0..<120).map { try scenarioWithShortCuts($0) }
    let years = plans.flatMap { $0.known.joined() }.map(\.fixed)
    #expect(plans.contains { $0.sharedFactors.joined().contains { $0 != nil } })
    #expect(years.contains { $0.includesAll } && years.contains { !$0.includesAll })
    #expect(years.contains { $0.isWhole && $0.candidatesAsIn != 0 })
    #expect(years.contains { $0.together != nil })
  }

  // Money is real and every step is taken: no factors put together, no rewards by grade, reference
  // amounts copied, the room of each stream its own.
  @Test(arguments: 0..<120)
  func `the short cuts of draws come to what the steps come to`(seed: UInt64) throws {
    let plan = try scenarioWithShortCuts(seed)
    let wanted = try run(
      plan, money: PlainMoney(quantum: plan.scenario.quantum.asDouble),
      parameters: plan.parameterValues)
    var block = DrawBlock([plan], seed: 1)
    var year = 0
    block.run(firstDraw: 0) { _, simulator in
      let sums = simulator.finalSums
      for county in sums.indices {
        let all = wanted[year].reduce(0) { $0 + $1.final[county] }
        #expect(abs(sums[county][2] - all) <= 1e-10 * max(1e4, all))
      }
      for (lanes, plain) in zip(simulator.streams, wanted[year]) {
        let size = plain.final.reduce(1e4) { max($0, abs($1)) }
        for (amount, one) in zip(lanes.final, plain.final) {
          #expect(abs(amount[7] - one) <= 1e-10 * size)
        }
        #expect(abs(lanes.flows.carriedOut[7] - plain.flows.carriedOut) <= 1e-10 * size * 10)
      }
      year += 1
    }
    #expect(year == plan.yearCount)
  }

  @Test(arguments: 0..<20)
  func `a draw has the same bits wherever it stands`(seed: UInt64) throws {
    let plan = try scenario(seed, isNoisy: true)
    let wanted = figures(plan, firstDraw: 8, lane: 5).map(\.bitPattern)
    for first in [6, 10, 13] {
      #expect(figures(plan, firstDraw: first, lane: 13 - first).map(\.bitPattern) == wanted)
    }
    #expect(figures(plan, firstDraw: 8, lane: 4).map(\.bitPattern) != wanted || !plan.hasDraws)
  }

  @Test func `a block runs the same again after others`() throws {
    let plan = try scenario(3, isNoisy: true)
    var block = DrawBlock([plan], seed: 5)
    func scores(_ first: Int) -> [SIMD8<Double>] {
      var last: [SIMD8<Double>] = []
      block.run(firstDraw: first) { _, simulator in
        last = simulator.state.score + simulator.streams[0].final
      }
      return last
    }
    let before = scores(0)
    _ = scores(800)
    #expect(scores(0) == before)
  }

  // The plain version: one number, the shocks of one draw, the law as it stands.
  @Test(arguments: 0..<20)
  func `a draw is the plain law on its own shocks`(seed: UInt64) throws {
    let plan = try scenario(seed, isNoisy: true)
    let lanes = figures(plan, firstDraw: 16, lane: 3)
    var simulator = Simulator(
      plan: plan, money: RealMoney<Double>(quantum: plan.scenario.quantum),
      parameters: plan.parameterValues, keepsListing: true)
    var table = ShockTable(ShockLayout(plan))
    var plain: [Double] = []
    try simulator.start()
    for year in plan.scenario.years {
      table.fill(NormalDraws(seed: 5), firstDraw: 16, year: year)
      simulator.shocks = table.values.map { $0[3] }
      try simulator.runYear()
      for stream in simulator.streams { plain += stream.final + stream.spent + stream.carriedOut }
      plain += simulator.state.score + simulator.state.income
      simulator.advance()
    }
    #expect(plain.count == lanes.count)
    let size = plain.reduce(1) { $1.isNaN ? $0 : max($0, abs($1)) }
    for (one, wanted) in zip(lanes, plain) {
      #expect(one.isNaN == wanted.isNaN)
      #expect(one.isNaN || abs(one - wanted) <= 1e-10 * size)
    }
  }

  @Test func `counties are numbers of counters by their code`() {
    #expect(ShockLayout.number(ofCounty: "650101") == 650_101)
    #expect(ShockLayout.number(ofCounty: "4294967295") == 4_294_967_295)
    #expect(ShockLayout.number(ofCounty: "01001") == 1_001)
    #expect(ShockLayout.number(ofCounty: "4294967296") == nameHash("4294967296"))
    #expect(ShockLayout.number(ofCounty: "2A004") == nameHash("2A004"))
  }
}

/// Real money of one path with every step kept and none cut short: the plain version of draws.
private struct PlainMoney: MoneyRule {
  typealias Number = Double
  static var isExplained: Bool { true }
  static var keepsProportions: Bool { false }
  let quantum: Double

  func roundedToQuantum(_ fen: Double) -> Double { fen }
  func roundedToFen(_ fen: Double) -> Double { fen }
  func wholeQuanta(_ fen: Double) -> Double { fen }
  func apportion(_ amounts: inout [Double], total: Double, quantum: Double) {}
}
