import Documents
import Foundation
import PolicyModel
import Reporting
import ScenarioFiles
import TestFixtures
import Testing

@testable import ScenarioRunner

/// `tables.xlsx` and `results.sqlite`: the same tables as the CSV files, in both languages.
@Suite struct WorkbookReportTests {
  private func outcome(
    _ language: Language, _ files: [String] = ["worked/baseline", "worked/performance-40"],
    hasDatabase: Bool = false
  ) throws -> RunOutcome {
    try RunOutcome(
      RunRequest(
        scenarios: files.map { ShippedScenario.path($0 + ".yaml") }, language: language,
        threads: 2, hasDatabase: hasDatabase))
  }

  private func workbook(_ outcome: RunOutcome) -> Workbook {
    let report = ComparisonReport(
      ledgers: outcome.run.ledgers, metrics: outcome.run.metrics,
      language: outcome.request.language)
    return WorkbookReport(
      report, RunTables(outcome.run.ledgers, outcome.run.metrics), version: karezVersion
    ).workbook
  }

  private func files(_ outputs: [OutputFile]) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: outputs.map { ($0.name, $0.bytes) })
  }

  // MARK: Structure

  /// With KAREZ_RECORD set the outlines are recorded anew; look at the difference.
  @Test(arguments: Language.allCases)
  func `the worked example has the recorded structure`(language: Language) throws {
    let text = WorkbookOutline(workbook(try outcome(language))).text
    let name = "Reference/workbook-\(language.rawValue).txt"
    if ProcessInfo.processInfo.environment["KAREZ_RECORD"] != nil {
      try text.write(to: ReferenceFile.url(name), atomically: true, encoding: .utf8)
    }
    #expect(text == (try ReferenceFile.text(name)))
  }

  @Test(arguments: Language.allCases)
  func `every sheet says that data are made up`(language: Language) throws {
    let mark = language.words("SYNTHETIC DATA", "合成数据")
    for sheet in workbook(try outcome(language)).sheets {
      #expect(sheet.marks.first?.hasPrefix(mark) ?? false, "\(sheet.name)")
      #expect(sheet.footer.left.hasPrefix(mark), "\(sheet.name)")
    }
  }

  @Test func `a baseline alone has no sheet of winners`() throws {
    let names = workbook(try outcome(.english, ["worked/baseline"])).sheets.map(\.name)
    #expect(
      names == [
        "Summary", "Charts", "Counties", "Prefectures", "Metrics", "Ledger", "Pools",
        "Data sources",
      ])
  }

  @Test func `the steps of every explained amount sum to it`() throws {
    let book = workbook(try outcome(.english))
    let sheet = try #require(book.sheets.first { $0.name == "Largest changes explained" })
    var sums = [0.0, 0.0]
    var totals = 0
    for index in 0..<sheet.rows.count {
      let row = sheet.rows[index]
      let amounts = [4, 5].map { row.cells[$0].number ?? .nan }
      if row.role == .total {
        totals += 1
        #expect(abs(sums[0] - amounts[0]) < 0.001)
        #expect(abs(sums[1] - amounts[1]) < 0.001)
        sums = [0, 0]
      } else {
        sums = [sums[0] + amounts[0], sums[1] + amounts[1]]
      }
    }
    #expect(totals == 6)
  }

  // MARK: The numbers of the files

  /// The rows of a sheet that has the names of a CSV file under its titles.
  private func rows(_ sheet: XLSXReader.Sheet, like table: CSVRows) throws -> [[String]] {
    let width = 40
    let start = try #require((1...8).last { sheet.row($0, count: 1)[0].value == table.header[0] })
    let keys = sheet.row(start, count: width).map(\.value)
    let columns = try table.header.map { name in try #require(keys.firstIndex(of: name)) }
    return (0..<table.count).map { index in
      let cells = sheet.row(start + 1 + index, count: width)
      return columns.map { cells[$0].value }
    }
  }

  private func expectSame(_ cells: [String], _ wanted: [String], _ place: String) {
    for (cell, text) in zip(cells, wanted) where cell != text {
      let number = Double(text)
      #expect(number != nil && Double(cell) == number, "\(place): \(cell) is not \(text)")
    }
  }

  @Test(arguments: Language.allCases)
  func `sheets hold the numbers of the CSV files exactly`(language: Language) throws {
    let request = CompareRequest(
      run: try outcome(language).request, draws: 30)
    let outputs = files(try CompareOutcome(request).results())
    let book = try XLSXReader(try #require(outputs["tables.xlsx"]))
    for (name, sheets) in [
      ("ledger", ["Ledger", "资金台账"]), ("pools", ["Pools", "资金总额"]),
      ("ensemble", ["Ensemble", "抽样结果"]),
      ("ensemble_differences", ["Ensemble differences", "抽样差异"]),
      ("ensemble_counties", ["Ensemble counties", "抽样分县"]),
    ] {
      let table = CSVRows(String(decoding: try #require(outputs[name + ".csv"]), as: UTF8.self))
      let sheet = try #require(book.sheet(language.words(sheets[0], sheets[1])))
      let found = try rows(sheet, like: table)
      for index in 0..<table.count { expectSame(found[index], table[index], "\(name) \(index)") }
    }
  }

  @Test func `a ledger of many rows leaves those without money to the CSV file and says so`() throws
  {
    let names = [
      "baseline-2024", "performance-30", "no-gates", "quotas", "floor-80", "floor-95",
      "late-release", "linear-slope",
    ]
    let run = try RunOutcome(
      RunRequest(
        scenarios: names.map { ShippedScenario.path("xinjiang/\($0).yaml") }, language: .english,
        threads: 2))
    let outputs = files(try run.results())
    let table = CSVRows(String(decoding: try #require(outputs["ledger.csv"]), as: UTF8.self))
    let kept = (0..<table.count).filter { row in
      table[row].dropFirst(6).contains { Double($0) != 0 }
    }
    #expect(table.count > 30_000 && kept.count < table.count)
    let book = try XLSXReader(try #require(outputs["tables.xlsx"]))
    let sheet = try #require(book.sheet("Ledger"))
    let found = try rows(sheet, like: table)
    #expect(found.count >= kept.count)
    for (index, row) in kept.enumerated() { expectSame(found[index], table[row], "row \(row)") }
    let texts = sheet.cells.values.map(\.value)
    #expect(
      texts.contains(
        "\(table.count - kept.count) rows without any money are left out here; ledger.csv holds them."
      ))
  }

  @Test func `the metrics stand by scenario and year`() throws {
    let outputs = files(try outcome(.english).results())
    let book = try XLSXReader(try #require(outputs["tables.xlsx"]))
    let sheet = try #require(book.sheet("Metrics"))
    let start = try #require((1...8).last { sheet.cells["B\($0)"]?.value == "metric" })
    let keys = sheet.row(start, count: 6).map(\.value)
    var found: [String: String] = [:]
    for row in start + 1..<start + 1 + 21 * 3 {
      let cells = sheet.row(row, count: 6)
      for column in 4..<6 {
        found["\(keys[column]),\(cells[3].value),\(cells[1].value)"] = cells[column].value
      }
    }
    let table = CSVRows(String(decoding: try #require(outputs["metrics.csv"]), as: UTF8.self))
    #expect(found.count == table.count)
    for index in 0..<table.count {
      let cells = table[index]
      let key = cells.prefix(3).joined(separator: ",")
      expectSame([found[key] ?? "missing"], [cells[3]], key)
    }
  }

  @Test func `cached values are what the formulas give`() throws {
    let book = try XLSXReader(
      try #require(files(try outcome(.english).results())["tables.xlsx"]))
    let sheet = try #require(book.sheet("Counties"))
    func number(_ cell: String) -> Double { Double(sheet.cells[cell]?.value ?? "") ?? .nan }
    var count = 0
    for (name, cell) in sheet.cells {
      guard let formula = cell.formula, let value = Double(cell.value) else { continue }
      count += 1
      let row = name.drop { $0.isLetter }
      if formula.hasPrefix("SUBTOTAL") {
        let column = name.prefix { $0.isLetter }
        let rows = try #require(formula.firstMatch(of: /(\d+):[A-Z]+(\d+)/))
        let first = try #require(Int(rows.1))
        let last = try #require(Int(rows.2))
        let sum = (first...last).reduce(0.0) { $0 + number("\(column)\($1)") }
        #expect(abs(sum - value) < 1e-9)
      } else if formula.hasPrefix("IF") {
        // The file has 16 digits of a number.
        #expect(abs(value - number("G\(row)") / abs(number("E\(row)"))) < 1e-15)
      } else {
        #expect(value == number("F\(row)") - number("E\(row)"))
      }
    }
    #expect(count == 9 * 2 + 3)
  }

  // MARK: Database

  @Test func `the database answers with the numbers of the CSV files`() throws {
    let outputs = files(try outcome(.english, hasDatabase: true).results())
    let folder = try TemporaryFolder([:])
    try folder.write("r.sqlite", try #require(outputs["results.sqlite"]))
    func ask(_ question: String) throws -> String {
      let answer = try XLSXReader.output(
        of: "/usr/bin/sqlite3",
        ["-readonly", "-csv", "-header", "-newline", "\n", folder / "r.sqlite", question])
      return String(decoding: answer, as: UTF8.self)
    }
    for name in ["ledger", "county_years", "pools", "metrics"] {
      let table = CSVRows(String(decoding: try #require(outputs[name + ".csv"]), as: UTF8.self))
      let order = ["ledger": 4, "county_years": 3, "pools": 3, "metrics": 3][name] ?? 1
      let answer = CSVRows(try ask("SELECT * FROM \(name)"))
      #expect(answer.header == table.header)
      let wanted = (0..<table.count).map { table[$0] }.sorted {
        $0.prefix(order).lexicographicallyPrecedes($1.prefix(order))
      }
      #expect(answer.count == wanted.count)
      for index in 0..<table.count { expectSame(answer[index], wanted[index], "\(name) \(index)") }
    }
    #expect(
      try ask("SELECT value LIKE 'SYNTHETIC DATA%' s FROM about WHERE item = 'data_status'")
        == "s\n1\n")
    #expect(
      try ask(
        "SELECT sum(l.final) total FROM ledger l JOIN counties c USING (county) "
          + "WHERE l.scenario = 'worked-baseline' AND l.year = 2026") == "total\n15170000.0\n")
    #expect(
      try ask("SELECT count(*) n FROM columns WHERE status = 'synthetic'") == "n\n14\n")
  }

  @Test func `a run with a database verifies`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try outcome(.chinese, hasDatabase: true).write(to: folder + "/out")
      let verification = try Verification(folder: folder + "/out")
      #expect(verification.isClean)
      #expect(verification.findings.contains { $0.file == "results.sqlite" })
      #expect(verification.findings.contains { $0.file == "tables.xlsx" })
    }
  }

  // MARK: Errors

  @Test func `no room for temporary files is told in both languages`() {
    let error = WorkbookError.temporaryFolder(path: "/full", reason: "no space")
    #expect(error.failure.exitCode == 73)
    #expect(
      error.failure.problems.map { $0.text(in: .english) } == [
        "/full: tables.xlsx cannot be made in the folder for temporary files (no space); make room, "
          + "or name another folder in TMPDIR"
      ])
    #expect(
      error.failure.problems.map { $0.text(in: .chinese) } == [
        "/full: 无法在临时文件夹中生成 tables.xlsx（no space）；请清理磁盘空间，或用环境变量 TMPDIR 指定其他文件夹"
      ])
  }

  @Test func `names that SQLite takes for the same are told in both languages`() {
    let error = DatabaseError.refused(
      table: "county_years", reason: "duplicate column name: level_A")
    #expect(error.failure.exitCode == 65)
    #expect(
      error.failure.problems.map { $0.text(in: .english) } == [
        "results.sqlite: SQLite refuses table county_years (duplicate column name: level_A); names "
          + "that differ by capitals only are the same to SQLite: rename one, or leave --sqlite out"
      ])
    #expect(
      error.failure.problems.map { $0.text(in: .chinese) } == [
        "results.sqlite：SQLite拒绝表 county_years（duplicate column name: level_A）；"
          + "SQLite不区分列名大小写，请改名，或不使用 --sqlite"
      ])
  }
}
