import Comparison
import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

/// Metrics of Scenarios/worked, by hand from the tables of its README.
struct MetricTableTests {
  private let tables: [MetricTable]

  init() throws {
    var loader = ScenarioLoader()
    let paths = ["baseline.yaml", "performance-40.yaml"].map {
      ReferenceFile.url("../../Scenarios/worked/\($0)").path
    }
    let ledgers = try loader.load(paths).map {
      try Ledger(try Plan.compile($0.scenario, counties: $0.counties, panel: $0.panel))
    }
    tables = ledgers.map { MetricTable($0, baseline: ledgers[0]) }
  }

  private func expect(_ metric: Metric, of scenario: Int = 0, in year: Int, _ wanted: Double) throws
  {
    let found = try #require(tables[scenario].value(metric, year: year))
    #expect(abs(found - wanted) < 1e-9 * max(1, abs(wanted)), "\(metric)")
  }

  @Test func `flows of the first year in 元`() throws {
    try expect(.carried, in: 2024, (25.6 + 61.8 + 304.5 + 10 + 20 + 140) * 1e4)
    try expect(.rewarded, in: 2024, 98e4)
    try expect(.deducted, in: 2024, 48e4)
    try expect(.unallocated, in: 2024, 0)
    try expect(.recovered, in: 2024, 0)
    try expect(.execution, in: 2024, (230.4 + 247.2 + 130.5 + 90 + 80 + 60) / 1_400)
    try expect(.recovered, in: 2025, (79.65 + 38) * 1e4)
  }

  @Test func `the reform against the baseline`() throws {
    // 256, 309, 435 become 288, 323, 389; roads add 100, 100, 200 on both sides.
    try expect(.poolMoved, of: 1, in: 2024, (32.0 + 14 + 46) / 2 / 1_400)
    try expect(.winners, of: 1, in: 2024, 2)
    try expect(.losers, of: 1, in: 2024, 1)
    try expect(.poolMoved, in: 2024, 0)
  }

  @Test func `volatility of the second year`() throws {
    // 356, 409, 635 become 337, 418, 645; undefined in the first year.
    try expect(.volatility, in: 2025, (19.0 / 356 + 9.0 / 409 + 10.0 / 635) / 3)
    #expect(tables[0].value(.volatility, year: 2024) == nil)
  }

  @Test func `distribution by rural population`() throws {
    // 178, 136.33 and 127 元 a person at 20, 30 and 50 thousand persons; all in one prefecture.
    let amounts = [3_560_000.0, 4_090_000, 6_350_000]
    let people = [20_000.0, 30_000, 50_000]
    var pairs = 0.0
    for i in 0..<3 {
      for j in 0..<3 {
        pairs += people[i] * people[j] * abs(amounts[i] / people[i] - amounts[j] / people[j])
      }
    }
    try expect(.giniAmount, in: 2024, pairs / (2 * 1e10 * 140))
    try expect(.theilAmountBetween, in: 2024, 0)
    // Amount per person falls from East to West, the income gap rises.
    try expect(.needAlignment, in: 2024, -1)
  }

  @Test func `what is undefined is nil`() {
    #expect(tables[0].value(.incentiveReach, year: 2024) == nil)
    #expect(tables[0].value(.execution, year: 2030) == nil)
  }
}
