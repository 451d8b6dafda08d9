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

  private func run(_ shipped: String, on workbook: [UInt8]) throws -> LoadedRun {
    let base = ShippedScenario.path(shipped)
    let text = try String(contentsOfFile: base, encoding: .utf8)
    let name = text.split(separator: "\n").first { $0.hasPrefix("name:") } ?? ""
    let folder = try TemporaryFolder([
      "scenario.yaml": "extends: \(base)\n\(name)\ndata: { workbook: data.xlsx }\n"
    ])
    try folder.write("data.xlsx", workbook)
    return try LoadedRun([folder / "scenario.yaml"])
  }

  @Test(arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "libxlsxwriter.xlsx"])
  func `the worked example on workbooks of three programs`(name: String) throws {
    let url = ReferenceFile.url("../ScenarioFilesTests/Reference/workbooks/\(name)")
    let workbook = try run("worked/baseline.yaml", on: Array(Data(contentsOf: url)))
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
    let folder = ShippedScenario.path("xinjiang/data/")
    let meta = try String(contentsOfFile: folder + "indicators.meta.yaml", encoding: .utf8)
    #expect(!meta.isEmpty)
    let workbook = HandmadeWorkbook([
      ("counties", try cells("counties.csv")), ("indicators", try cells("indicators.csv")),
    ])
    let base = ShippedScenario.path("xinjiang/baseline-2024.yaml")
    let own = try TemporaryFolder([
      "scenario.yaml": "extends: \(base)\nname: baseline-2024\ndata: { workbook: data.xlsx }\n",
      "data.meta.yaml": meta,
    ])
    try own.write("data.xlsx", workbook.bytes)
    let run = try LoadedRun([own / "scenario.yaml"])
    #expect(files(run) == files(try ShippedScenario.run(["xinjiang/baseline-2024.yaml"])))
  }
}
