import Comparison
import Documents
import PolicyModel
import Reporting
import ScenarioRunner
import Testing

/// The comparison as people read it.
@Suite struct ComparisonReportTests {
  private func document(
    _ language: Language, _ options: ComparisonOptions = ComparisonOptions()
  ) throws -> Document {
    let run = try ShippedScenario.run([
      "xinjiang/baseline-2024.yaml", "xinjiang/performance-30.yaml",
      "xinjiang/reserve-sweep.yaml",
    ])
    let report = ComparisonReport(ledgers: run.ledgers, metrics: run.metrics, language: language)
    return report.document(options)
  }

  @Test func `the table says what the reform does to the weakest`() throws {
    let table = try #require(try document(.english).tables.first)
    let row = try #require(table.rows.first { $0[0].text.contains("weakest (20 counties)") })
    #expect(row[3].text.contains("−7."))
    #expect(row[3].text.contains("%"))
  }

  @Test(arguments: Language.allCases) func `lines fit a terminal of 100 columns and line up`(
    language: Language
  ) throws {
    let text = try document(language, ComparisonOptions(top: 3)).rendered(as: .table, width: 100)
    var ruleWidth = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("───") { ruleWidth = displayWidth(String(line)) }
      #expect(displayWidth(String(line)) <= 100, "\(line)")
    }
    #expect(ruleWidth > 0)
  }

  @Test(arguments: Language.allCases) func `synthetic data are marked in every format`(
    language: Language
  ) throws {
    let mark = language == .chinese ? "合成数据" : "SYNTHETIC DATA"
    for format in [TableFormat.table, .markdown] {
      #expect(try document(language).rendered(as: format).contains(mark))
    }
  }

  @Test func `winners and losers are the largest changes`() throws {
    let table = try #require(
      try document(.english, ComparisonOptions(top: 4)).tables.first { $0.rows.count == 8 })
    let changes = table.rows.compactMap { $0[4].number }
    #expect(changes.prefix(4).allSatisfy { $0 > 0 })
    #expect(changes.suffix(4).allSatisfy { $0 < 0 })
    #expect(changes == changes.sorted(by: >))
  }

  @Test(arguments: ComparisonOptions.Breakdown.allCases)
  func `a breakdown sums to the whole`(breakdown: ComparisonOptions.Breakdown) throws {
    if breakdown == .group { return }
    let options = ComparisonOptions(years: .blocks([2026]), breakdown: breakdown)
    let rows = try #require(try document(.english, options).tables.first).rows
    let whole = try #require(
      try document(.english, ComparisonOptions(years: .blocks([2026]))).tables.first)
    let all = try #require(whole.rows.first { $0[0].text.contains("all counties") })
    let sum = rows.reduce(0) { $0 + ($1[1].number ?? 0) }
    #expect(abs(sum - (all[1].number ?? 0)) < 1e-6 * sum)
  }
}
