import Foundation
import PolicyModel
import ScenarioRunner
import Testing

/// Reforms laid one on another, and what differs between scenarios.
@Suite struct StackingTests {
  private func path(_ name: String) -> String { ShippedScenario.path("xinjiang/" + name) }

  private func stack(_ names: [String]) -> String { names.map { path($0) }.joined(separator: "+") }

  @Test func `a stack of one reform is that reform`() throws {
    let whole = try LoadedRun([path("late-release.yaml")]).ledgers[0]
    let stacked = try LoadedRun([stack(["baseline-2024.yaml", "late-release.yaml"])]).ledgers[0]
    #expect(whole.years[4].streams.map(\.final) == stacked.years[4].streams.map(\.final))
  }

  @Test func `reforms of different keys stack without conflict`() throws {
    let run = try LoadedRun([
      stack(["baseline-2024.yaml", "floor-95.yaml", "late-release.yaml"])
    ])
    #expect(run.conflicts.isEmpty)
    #expect(run.ledgers[0].plan.scenario.name == "floor-95-with-late-release")
    #expect(run.ledgers[0].plan.scenario.streams[0].floor?.value(in: 2024) == 0.95)
  }

  @Test func `a conflict is said and the later reform counts`() throws {
    let stack = stack(["baseline-2024.yaml", "floor-95.yaml", "floor-80.yaml"])
    let run = try LoadedRun([stack])
    #expect(run.conflicts.contains { $0.path == "streams.consolidation_central.floor" })
    #expect(run.ledgers[0].plan.scenario.streams[0].floor?.value(in: 2024) == 0.80)
    let failure = #expect(throws: RunFailure.self) {
      try RunOutcome(RunRequest(scenarios: [stack], language: .english, isStrict: true))
    }
    #expect(failure?.exitCode == 65)
  }

  @Test func `differences are shown year by year`() throws {
    let document = try DiffRequest(
      first: path("baseline-2024.yaml"), second: path("phased-package.yaml"), language: .english
    ).document()
    let rows = try #require(document.tables.first).rows.map { $0.map(\.text) }
    #expect(
      rows.contains([
        "incentives.reserve", "2026–2028", "0.05 → 0.10",
        "baseline-2024.yaml:\(line("reserve:", "baseline-2024.yaml")) → phased-package.yaml:"
          + "\(line("reserve:", "phased-package.yaml"))",
      ]))
  }

  private func line(_ text: String, _ name: String) -> Int {
    let content = (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? ""
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.firstIndex { $0.contains(text) } ?? -1) + 1
  }

  @Test func `a scenario does not differ from itself`() throws {
    let document = try DiffRequest(
      first: path("quotas.yaml"), second: path("quotas.yaml"), language: .chinese
    ).document()
    #expect(document.tables.first?.rows.isEmpty ?? false)
  }
}
