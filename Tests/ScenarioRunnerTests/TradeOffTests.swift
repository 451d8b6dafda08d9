import Comparison
import Documents
import Foundation
import PolicyModel
import ScenarioRunner
import Simulation
import TestFixtures
import Testing

/// The front of two metrics on the worked example.
@Suite struct TradeOffTests {
  private static let free = [
    "incentives.reserve=0:0.2", "streams.consolidation.floor=0.5:0.95",
  ]

  private func tradeOff(
    _ pair: String, goals: [String] = [], points: Int = 6, threads: Int = 2,
    out: String? = nil, scenario: String = ShippedScenario.path("worked/baseline.yaml")
  ) throws -> TradeOffOutcome {
    try TradeOffOutcome(
      DesignRequest(
        scenario: scenario, goals: goals, free: Self.free, out: out, threads: threads),
      tradeOff: pair, pointCount: points)
  }

  private func rows(_ outcome: TradeOffOutcome) throws -> [[Double]] {
    let table = try #require(outcome.document.tables.first)
    return table.rows.dropFirst().map { $0.dropFirst().compactMap(\.number) }
  }

  @Test func `no point of the front is worse than another in both, and better stands first`() throws
  {
    let rows = try rows(try tradeOff("gini_amount,execution"))
    #expect(rows.count >= 4)
    for (a, b) in zip(rows, rows.dropFirst()) {
      #expect(a[0] < b[0])
      #expect(a[1] < b[1])
    }
  }

  @Test func `no point of a grid is clearly better than the front's ends`() throws {
    let rows = try rows(try tradeOff("gini_amount,execution"))
    var best = (gini: Double.infinity, execution: 0.0)
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let sweep = """
        extends: baseline.yaml
        name: grid
        sweep:
          incentives.reserve: [0, 0.05, 0.1, 0.15, 0.2]
          streams.consolidation.floor: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

        """
      try sweep.write(toFile: folder + "/x/grid.yaml", atomically: true, encoding: .utf8)
      for table in try LoadedRun([folder + "/x/grid.yaml"]).metrics {
        best.gini = min(best.gini, try #require(table.value(.giniAmount, year: 2026)))
        best.execution = max(best.execution, try #require(table.value(.execution, year: 2026)))
      }
    }
    #expect(rows[0][0] <= best.gini + 1e-3)
    #expect(rows[rows.count - 1][1] >= best.execution - 1e-3)
  }

  @Test func `every point meets the goals`() throws {
    let outcome = try tradeOff("gini_amount,execution", goals: ["execution >= 54%"])
    #expect(try rows(outcome).allSatisfy { $0[1] >= 0.54 })
  }

  @Test func `goals that cannot be met leave no front`() throws {
    let outcome = try tradeOff("gini_amount,execution", goals: ["execution >= 90%"])
    #expect(!outcome.isMet)
    #expect(
      outcome.document.rendered(as: .markdown).contains(
        "No point within the ranges was found to meet the goals"))
  }

  @Test func `a sign turns the direction`() throws {
    let rows = try rows(try tradeOff("+gini_amount,-execution"))
    #expect(rows[0][0] > rows[rows.count - 1][0])
    #expect(rows[0][1] > rows[rows.count - 1][1])
  }

  @Test func `the front does not depend on threads`() throws {
    #expect(
      try tradeOff("gini_amount,execution", threads: 1).document.rendered(as: .json)
        == tradeOff("gini_amount,execution", threads: 3).document.rendered(as: .json))
  }

  @Test func `each point's reform can be run and gives the table's figures`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let out = folder + "/x/out"
      let outcome = try tradeOff(
        "gini_amount,execution", points: 3, out: out, scenario: folder + "/x/baseline.yaml")
      try outcome.write(to: out)
      let rows = try rows(outcome)
      for (index, row) in rows.enumerated() {
        let run = try LoadedRun([
          folder + "/x/baseline.yaml", out + "/trade-off-\(index + 1).yaml",
        ])
        #expect(run.metrics[1].value(.giniAmount, year: 2026) == row[0])
        #expect(run.metrics[1].value(.execution, year: 2026) == row[1])
      }
      #expect(FileManager.default.fileExists(atPath: out + "/trade-off.csv"))
    }
  }

  @Test(arguments: [
    (
      "gini_amount", "--trade-off: gini_amount: name two metrics, such as gini_amount,execution",
      "--trade-off: gini_amount: 请写两项指标，例如 gini_amount,execution"
    ),
    (
      "gini_amount,exekution",
      "--trade-off: gini_amount,exekution: \"exekution\" is no metric; did you mean \"execution\"?",
      "--trade-off: gini_amount,exekution: “exekution”不是指标；是否指“execution”？"
    ),
    (
      "losers,losers", "--trade-off: losers,losers: the two metrics are the same",
      "--trade-off: losers,losers: 两项指标相同"
    ),
    (
      "gini_amount,incentive_reach",
      "--trade-off: gini_amount,incentive_reach: incentive_reach is undefined in the last year of "
        + "the baseline; choose another metric",
      "--trade-off: gini_amount,incentive_reach：基准情景末年 incentive_reach 无定义；请改用其他指标"
    ),
  ])
  func `what is wrong is said in full`(pair: String, english: String, chinese: String) {
    let failure = #expect(throws: RunFailure.self) { try tradeOff(pair) }
    #expect(failure?.problems.map { $0.text(in: .english) } == [english])
    #expect(failure?.problems.map { $0.text(in: .chinese) } == [chinese])
  }
}
