import Foundation
import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

@testable import Simulation

/// Which columns rules read, by hand from the sound scenario.
struct DataNeedsTests {
  private func needs(_ change: (String) -> String = { $0 }) throws -> DataNeeds {
    var files = SoundScenario.files
    files["scenario.yaml"] = change(files["scenario.yaml"] ?? "")
    let folder = try TemporaryFolder(files)
    var loader = ScenarioLoader()
    let source = loader.source(folder / "scenario.yaml")
    let rules = source.flatMap { loader.rules($0) }
    return DataNeeds(try #require(rules).scenario)
  }

  private func need(_ name: String, _ needs: DataNeeds) -> DataNeeds.Column? {
    (needs.flags + needs.indicators).first { $0.name == name }
  }

  private func isOptional(_ name: String, _ needs: DataNeeds) -> Bool {
    if case .optional = need(name, needs)?.necessity { true } else { false }
  }

  @Test func `columns behind factors, groups, formulas, levels and behaviour`() throws {
    let needs = try needs()
    #expect(needs.flags.map(\.name) == ["remote"])
    #expect(
      needs.indicators.map(\.name) == [
        "rural_population", "income", "score", "previous_s0", "level_plan", "effort", "staff",
        "asset_stock", "pipeline_s0", "goal_share", "execution",
      ])
    #expect(need("rural_population", needs)?.necessity == .everyYear)
    #expect(need("income", needs)?.necessity == .start)
    #expect(need("level_plan", needs)?.necessity == .everyYear)
    for name in ["previous_s0", "effort", "staff", "asset_stock", "pipeline_s0", "score"] {
      #expect(isOptional(name, needs), "\(name)")
    }
    #expect(need("income", needs)?.readers == ["derived.gap", "groups.poor", "behaviour.income"])
  }

  @Test func `a factor that reads its indicator as it is refuses what is below 0`() throws {
    let needs = try needs()
    #expect(need("rural_population", needs)?.isNeverNegative == true)
    #expect(need("income", needs)?.isNeverNegative == false)
  }

  @Test func `last year's amounts in formulas rest on the column of the year before`() throws {
    let needs = try needs {
      $0.replacingOccurrences(of: "max(0, 20000 - income)", with: "s0_final + other")
        .replacingOccurrences(of: "    floor: 0.9\n    cap: 1.2\n", with: "")
    }
    #expect(need("previous_s0", needs)?.readers == ["derived.gap"])
    #expect(need("other", needs)?.necessity == .everyYear)
    #expect(need("gap", needs) == nil)
  }

  @Test func `without behaviour its columns are the data's`() throws {
    let needs = try needs { text in
      let head = text.components(separatedBy: "behaviour:")[0]
      return head + "need: gap\n"
    }
    #expect(need("income", needs)?.necessity == .everyYear)
    #expect(need("effort", needs) == nil && need("asset_stock", needs) == nil)
  }
}
