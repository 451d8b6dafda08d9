import Comparison
import Documents
import Foundation
import PolicyModel
import ScenarioRunner
import Simulation
import TestFixtures
import Testing

/// Parameters that meet goals at the least change, on the worked example and on Xinjiang.
@Suite struct DesignTests {
  private static let worked = ShippedScenario.path("worked/baseline.yaml")

  private func design(
    _ goals: [String], free: [String], scenario: String = worked, threads: Int = 2,
    language: Language = .english
  ) throws -> DesignOutcome {
    try DesignOutcome(
      DesignRequest(
        scenario: scenario, goals: goals, free: free, threads: threads, language: language))
  }

  /// Rounded money makes the border of a goal jagged: the best point of the law without rounding may
  /// fail in the ledger where its neighbors do not.
  @Test(arguments: ["0.0445", "0.0449", "0.043"])
  func `what one number can do alone is not lost with a second`(limit: String) throws {
    let alone = try design(["gini_amount <= \(limit)"], free: ["incentives.reserve=0:0.2"])
    let both = try design(
      ["gini_amount <= \(limit)"],
      free: ["incentives.reserve=0:0.2", "streams.roads.pool=300 万元:500 万元"])
    #expect(alone.isMet && both.isMet)
  }

  /// The figures of a design's cells, by the text of the row's first cell.
  private func cells(_ outcome: DesignOutcome, table: Int) -> [String: [Cell]] {
    Dictionary(
      outcome.document.tables[table].rows.map {
        ($0[0].text.trimmingCharacters(in: .whitespaces), $0)
      },
      uniquingKeysWith: { first, _ in first })
  }

  private func value(_ outcome: DesignOutcome, _ path: String) throws -> Double {
    try #require(cells(outcome, table: 0)[path]?[2].number)
  }

  private func text(_ outcome: DesignOutcome) -> String {
    outcome.document.rendered(as: .table, width: 1_000)
  }

  /// Runs a reform of the worked example as `karez run` would.
  private func run(_ reform: String) throws -> (ledgers: [Ledger], metrics: [MetricTable]) {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let path = folder + "/x/reform.yaml"
      try ("extends: baseline.yaml\nname: reform\n" + reform)
        .write(toFile: path, atomically: true, encoding: .utf8)
      let run = try LoadedRun([folder + "/x/baseline.yaml", path])
      return (run.ledgers, run.metrics)
    }
  }

  private func gini(_ reserve: Double) throws -> Double {
    let run = try run("incentives: { reserve: \(reserve) }\n")
    return try #require(run.metrics[1].value(.giniAmount, year: 2026))
  }

  // MARK: One number, one goal

  @Test func `one number and one goal are bracketed in the ledger`() throws {
    let outcome = try design(["gini_amount <= 0.05"], free: ["incentives.reserve=0:0.2"])
    #expect(outcome.isMet)
    let border = try #require(outcome.border)
    let failing = try #require(border.failing)
    #expect(abs(border.value - failing) <= 0.2e-12)
    // Both sides by an independent run from files.
    #expect(try gini(border.value) <= 0.05)
    #expect(try gini(failing) > 0.05)
    // A slow reference: no value of a fine grid between the baseline and the border holds.
    for step in 1..<100 {
      #expect(try gini(0.05 + (failing - 0.05) * Double(step) / 100) > 0.05)
    }
    let written = try value(outcome, "incentives.reserve")
    #expect(written <= border.value && border.value - written <= 0.2e-6)
    #expect(try gini(written) <= 0.05)
  }

  @Test func `a baseline that meets its goals is left as it is`() throws {
    let outcome = try design(
      ["gini_amount <= 0.5", "losers <= 0"], free: ["incentives.reserve=0:0.2"])
    #expect(outcome.isMet)
    #expect(try value(outcome, "incentives.reserve") == 0.05)
    #expect(text(outcome).contains("The baseline meets every goal already; nothing changes."))
    #expect(!text(outcome).contains("incentives:"))
  }

  @Test func `money is found and written in its unit`() throws {
    let outcome = try design(
      ["amount(all) >= 1600 万元"], free: ["streams.roads.pool=300 万元:600 万元"])
    #expect(outcome.isMet)
    let pool = try #require(cells(outcome, table: 0)["streams.roads.pool"]?[2].text)
    #expect(pool.hasSuffix(" 万元"))
    let run = try run("streams: { roads: { pool: \(pool) } }\n")
    let total = (0..<3).reduce(0) { sum, county in
      sum + run.ledgers[1].finalAmount(yearIndex: 2, county: county).asDouble
    }
    #expect(total >= 1600e6)
  }

  // MARK: Several

  @Test func `several goals are met, and no design of a grid is nearer`() throws {
    let goals = ["gini_amount <= 0.045", "execution >= 52.2%"]
    let free = ["incentives.reserve=0:0.2", "streams.consolidation.floor=0.5:0.95"]
    let outcome = try design(goals, free: free)
    #expect(outcome.isMet)
    let reserve = try value(outcome, "incentives.reserve")
    let floor = try value(outcome, "streams.consolidation.floor")
    func meets(_ reserve: Double, _ floor: Double) throws -> Bool {
      let run = try run(
        "incentives: { reserve: \(reserve) }\nstreams: { consolidation: { floor: \(floor) } }\n")
      let gini = try #require(run.metrics[1].value(.giniAmount, year: 2026))
      let execution = try #require(run.metrics[1].value(.execution, year: 2026))
      return gini <= 0.045 && execution >= 0.522
    }
    func change(_ reserve: Double, _ floor: Double) -> Double {
      let (a, b) = ((reserve - 0.05) / 0.2, (floor - 0.9) / 0.45)
      return a * a + b * b
    }
    #expect(try meets(reserve, floor))
    let found = change(reserve, floor)
    for i in 0...20 {
      for j in 0...20 {
        let (a, b) = (0.01 * Double(i), 0.5 + 0.0225 * Double(j))
        if change(a, b) < found * 0.98 { #expect(try !meets(a, b), "\(a) \(b)") }
      }
    }
  }

  @Test func `weights stay weights`() throws {
    let outcome = try design(
      ["gini_amount <= 0.045"], free: ["streams.consolidation.weights=0.05:0.8"])
    #expect(outcome.isMet)
    let rows = cells(outcome, table: 0)
    let keys = ["rural_population", "income_gap", "performance"]
    let texts = try keys.map { try #require(rows[$0]?[2].text) }
    // Exactly 1, in ten-thousandths or finer.
    let sum = texts.reduce(Decimal(0)) { $0 + (Decimal(string: $1) ?? 0) }
    #expect(sum == 1)
    #expect(texts.allSatisfy { (0.05...0.8).contains(Double($0) ?? -1) })
    let reform = zip(keys, texts).map { "      \($0): { weight: \($1) }\n" }.joined()
    let run = try run("streams:\n  consolidation:\n    factors:\n" + reform)
    #expect(try #require(run.metrics[1].value(.giniAmount, year: 2026)) <= 0.045)
  }

  @Test func `the answer does not depend on threads`() throws {
    let goals = ["gini_amount <= 0.045", "execution >= 52.2%"]
    let free = ["incentives.reserve=0:0.2,streams.consolidation.floor=0.5:0.95"]
    #expect(
      text(try design(goals, free: free, threads: 1))
        == text(try design(goals, free: free, threads: 3)))
  }

  // MARK: Goals that cannot be met

  @Test func `goals that conflict are named, and each can be met alone`() throws {
    let goals = ["low: gini_amount <= 0.04", "execution >= 55%", "losers(50%) <= 2"]
    let outcome = try design(
      goals, free: ["incentives.reserve=0:0.2", "streams.consolidation.floor=0.5:0.95"])
    #expect(!outcome.isMet)
    let shown = text(outcome)
    #expect(
      shown.contains(
        "Goals [1] and [2] conflict: no point was found that meets both, though every smaller set of "
          + "goals can be met."))
    #expect(!shown.contains("[3] conflict"))
    let rows = outcome.document.tables[1].rows
    #expect(rows[0].map(\.text)[4].hasPrefix("no, by 0.0"))
    #expect(rows.prefix(2).allSatisfy { $0[5].text == "can be met" })
  }

  @Test func `a goal that cannot be met even alone says its nearest miss`() throws {
    let outcome = try design(["gini_amount <= 0.001"], free: ["incentives.reserve=0:0.2"])
    #expect(!outcome.isMet)
    #expect(
      text(outcome).contains("Goal [1] cannot be met in these ranges even by itself."))
    // A slow reference: the least Gini on a grid.
    let least = try (0...100).map { try gini(0.002 * Double($0)) }.min() ?? 0
    let shown = try #require(outcome.document.tables[1].rows[0][3].number)
    #expect(shown <= least + 1e-4)
  }

  @Test func `nothing is written where goals are not met`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let outcome = try design(["gini_amount <= 0.001"], free: ["incentives.reserve=0:0.2"])
      try outcome.write(to: folder + "/out")
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/design.yaml"))
    }
  }

  @Test func `in Chinese`() throws {
    let outcome = try design(
      ["保障：gini_amount <= 0.04", "execution >= 55%"], free: ["incentives.reserve=0:0.2"],
      language: .chinese)
    let shown = text(outcome)
    #expect(shown.contains("目标无法同时满足：最接近的方案"))
    #expect(shown.contains("目标[1]、[2]相互冲突：未找到同时满足的参数，而更少的目标可以满足。"))
    #expect(shown.contains("合成数据"))
  }

  // MARK: Files

  @Test func `the reform can be run, and the folder verifies`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let out = folder + "/x/out"
      let request = DesignRequest(
        scenario: folder + "/x/baseline.yaml", goals: ["gini_amount <= 0.05"],
        free: ["incentives.reserve=0:0.2"], out: out, command: "karez design …")
      let outcome = try DesignOutcome(request)
      try outcome.write(to: out)
      let text = try String(contentsOfFile: out + "/design.yaml", encoding: .utf8)
      #expect(
        text == """
          # Parameters that meet the goals at the least change from the baseline.
          # made by: karez design …
          # goal: gini_amount <= 0.05 (2026: 0.0499341238472)

          extends: "../baseline.yaml"
          name: worked-baseline-design
          title: "Worked example, designed for 1 goal"
          title_zh: "手算示例：满足1项目标的设计"
          incentives:
            reserve: 0.0449074

          """)
      let run = try LoadedRun([folder + "/x/baseline.yaml", out + "/design.yaml"])
      #expect(try #require(run.metrics[1].value(.giniAmount, year: 2026)) <= 0.05)
      #expect(try Verification(folder: out).isClean)
      #expect(FileManager.default.fileExists(atPath: out + "/design.md"))
    }
  }

  @Test func `a guarantee in a list can be free`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let path = folder + "/x/guaranteed.yaml"
      try """
      extends: baseline.yaml
      name: guaranteed
      streams: { consolidation: { guarantees: [{ group: remote, share: 0.1 }] } }

      """.write(toFile: path, atomically: true, encoding: .utf8)
      let outcome = try design(
        ["share(remote, consolidation) >= 50%"],
        free: ["streams.consolidation.guarantees.0.share=0:1"], scenario: path)
      #expect(outcome.isMet)
      #expect(
        try #require(outcome.document.attachment).contains(
          "guarantees: [{ group: remote, share: 0."))
    }
  }

  // MARK: Bad input

  private func problems(
    _ goals: [String], free: [String], scenario: String = worked
  ) -> [Problem] {
    let failure = #expect(throws: RunFailure.self) {
      try design(goals, free: free, scenario: scenario)
    }
    return failure?.problems ?? []
  }

  @Test func `every mistake is reported at once`() {
    let found = problems(
      ["gini <= 0.3", "losers(5%) <= 1"], free: ["nothing=0:1", "incentives.reserve=1:0"])
    #expect(found.map(\.path) == ["--goal", "--free", "--free"])
  }

  @Test func `a figure that is undefined in the baseline is refused`() {
    let found = problems(["incentive_reach >= 0.5"], free: ["incentives.reserve=0:0.2"])
    #expect(
      found.map { $0.text(in: .english) } == [
        "--goal: \"incentive_reach >= 0.5\": the figure is undefined in 2026 of the baseline; choose "
          + "another year or figure"
      ])
    #expect(
      found.map { $0.text(in: .chinese) } == [
        "--goal: “incentive_reach >= 0.5”：基准情景2026年该指标无定义；请改用其他年度或指标"
      ])
  }

  @Test func `stacks and sweeps are refused`() throws {
    let stack = Self.worked + "+" + ShippedScenario.path("worked/performance-40.yaml")
    #expect(
      problems(["losers <= 1"], free: ["incentives.reserve=0:0.2"], scenario: stack)
        .map { $0.text(in: .english) } == [
          "\(stack): a design extends one file, not a stack; write the stack as a file of its own"
        ])
    let sweep = ShippedScenario.path("xinjiang/reserve-sweep.yaml")
    let found = problems(["losers <= 1"], free: ["incentives.reserve=0:0.2"], scenario: sweep)
    #expect(
      found.map { $0.text(in: .english) } == [
        "\(sweep): sweep: a design starts from one scenario, not from a sweep; remove `sweep:`"
      ])
    #expect(
      found.map { $0.text(in: .chinese) } == [
        "\(sweep): sweep: 设计以单个情景为起点，不能用网格；请删去 sweep:"
      ])
  }

  @Test func `too many goals are refused`() {
    let found = problems(
      Array(repeating: "losers <= 1", count: 13), free: ["incentives.reserve=0:0.2"])
    #expect(
      found.map { $0.text(in: .english) } == [
        "--goal: 13 goals are more than 12; leave some out"
      ])
    #expect(found.map { $0.text(in: .chinese) } == ["--goal: 目标多于12个（13）；请减少"])
  }
}
