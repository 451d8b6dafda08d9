import Foundation
import Reporting
import ScenarioRunner
import TestFixtures
import Testing

/// A scenario on a workbook gives byte for byte what it gives on text files.
@Suite struct WorkbookLedgerTests {
  private func files(_ run: LoadedRun) -> [String] {
    [
      LedgerFiles.ledger(run.ledgers), LedgerFiles.pools(run.ledgers),
      LedgerFiles.metrics(run.ledgers, run.metrics),
    ]
  }

  /// Runs a shipped scenario on a workbook, with its meta file beside it if it is to be read.
  private func run(
    _ shipped: String, on workbook: [UInt8], hasMeta: Bool
  ) throws -> LoadedRun {
    let base = ShippedScenario.path(shipped)
    let text = try String(contentsOfFile: base, encoding: .utf8)
    let name = text.split(separator: "\n").first { $0.hasPrefix("name:") } ?? ""
    let folder = try TemporaryFolder([
      "scenario.yaml": "extends: \(base)\n\(name)\ndata: { workbook: data.xlsx }\n"
    ])
    if hasMeta {
      let meta = resolvedMeta(shipped)
      try folder.write("data.meta.yaml", Array(Data(contentsOf: meta)))
    }
    try folder.write("data.xlsx", workbook)
    return try LoadedRun([folder / "scenario.yaml"])
  }

  private func resolvedMeta(_ shipped: String) -> URL {
    URL(fileURLWithPath: ShippedScenario.path(shipped)).deletingLastPathComponent()
      .appendingPathComponent("data/indicators.meta.yaml")
  }

  @Test(arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "libxlsxwriter.xlsx"])
  func `the worked example on workbooks of three programs`(name: String) throws {
    let url = ReferenceFile.url("../ScenarioFilesTests/Reference/workbooks/\(name)")
    let workbook = try run(
      "worked/baseline.yaml", on: Array(Data(contentsOf: url)),
      hasMeta: name == "libxlsxwriter.xlsx")
    #expect(files(workbook) == files(try ShippedScenario.run(["worked/baseline.yaml"])))
  }

  /// The cells of a CSV file without quotes; numbers as numbers, all else as text.
  private func cells(_ name: String) throws -> [[HandmadeWorkbook.Cell]] {
    let texts: Set = ["code", "prefecture"]
    let rows = try ReferenceFile.rows("../../Scenarios/xinjiang/data/\(name)")
    return [rows[0].map { .text($0) }]
      + rows.dropFirst().map { row in
        zip(rows[0], row).map { column, cell in
          if cell.isEmpty { return .none }
          if !texts.contains(column), let number = Double(cell) { return .number(number) }
          return .text(cell)
        }
      }
  }

  @Test func `Xinjiang on a workbook`() throws {
    let workbook = HandmadeWorkbook([
      ("counties", try cells("counties.csv")), ("indicators", try cells("indicators.csv")),
    ])
    let run = try run("xinjiang/baseline-2024.yaml", on: workbook.bytes, hasMeta: true)
    #expect(files(run) == files(try ShippedScenario.run(["xinjiang/baseline-2024.yaml"])))
  }
}
