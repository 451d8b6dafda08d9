import Foundation
import TestFixtures
import Testing

@testable import Documents

/// Workbooks from model to file and back by an independent reader.
@Suite struct WorkbookTests {
  private func sheet(_ name: String, rows: [[WorkbookCell]]) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name, title: "Title")
    sheet.columns = [
      WorkbookSheet.Column("name", key: "key"),
      WorkbookSheet.Column("a", .decimals(2), isSummed: true),
      WorkbookSheet.Column("b", .decimals(2), isSummed: true),
      WorkbookSheet.Column("change", .signed(2)),
      WorkbookSheet.Column("change, %", .signedPercent(1)),
    ]
    sheet.rows = RowSource(rows.map { WorkbookRow($0) })
    return sheet
  }

  private func row(_ name: String, _ a: Double, _ b: Double) -> [WorkbookCell] {
    [
      WorkbookCell(name), WorkbookCell(a), WorkbookCell(b),
      WorkbookCell(.formula(.difference(of: 2, less: 1, times: 1), value: b - a)),
      WorkbookCell(.formula(.ratio(of: 3, to: 1), value: a == 0 ? nil : (b - a) / abs(a))),
    ]
  }

  private func read(_ sheets: [WorkbookSheet], rowLimit: Int = Workbook.mostRows) throws
    -> XLSXReader
  {
    try XLSXReader(
      try WorkbookWriter.bytes(Workbook(title: "T", sheets: sheets), rowLimit: rowLimit))
  }

  // MARK: Names

  @Test(arguments: [
    ("概要", true), ("", false), ("a/b", false), ("[x]", false), ("a:b", false), ("'x", false),
    ("x'", false), ("what?", false), ("a\\b", false), ("a*b", false),
    (String(repeating: "x", count: 31), true), (String(repeating: "x", count: 32), false),
    // 🌍 is two units of UTF-16.
    (String(repeating: "🌍", count: 16), false),
  ])
  func `names of sheets are those that Excel takes`(name: String, isOne: Bool) {
    #expect(Workbook.isSheetName(name) == isOne)
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func `columns have the letters of Excel`(column: Int, letters: String) {
    #expect(WorkbookLayout.letters(column) == letters)
  }

  // MARK: Cells

  @Test func `texts, numbers and formulas come back`() throws {
    let names = ["plain", "县市区", "=1+1", "<&>\"'", "line\nline", "  spaces  ", "653101"]
    let numbers = [0, -1234.5, 1e-12, 123_456_789_012.34, 0.1, -0.000123456789012]
    var rows: [[WorkbookCell]] = []
    for (position, name) in names.enumerated() {
      rows.append(row(name, numbers[position % numbers.count], Double(position)))
    }
    let found = try #require(try read([sheet("S", rows: rows)]).sheet("S"))
    for (position, name) in names.enumerated() {
      let cells = found.row(position + 4, count: 5)
      let a = numbers[position % numbers.count]
      #expect(cells[0].value == name)
      #expect(Double(cells[1].value) == a)
      #expect(cells[3].formula == "C\(position + 4)-B\(position + 4)")
      #expect(Double(cells[3].value) == Double(position) - a)
      #expect(
        cells[4].formula
          == "IF(B\(position + 4)=0,\"\",D\(position + 4)/ABS(B\(position + 4)))")
      #expect(a == 0 ? cells[4].value.isEmpty : Double(cells[4].value) != nil)
    }
  }

  @Test func `control characters of a name cannot spoil the file`() throws {
    let found = try #require(try read([sheet("S", rows: [row("a\u{1}b\u{1F}", 1, 2)])]).sheet("S"))
    #expect(found.cells["A4"]?.value == "a\u{FFFD}b\u{FFFD}")
  }

  @Test func `a text longer than a cell takes is cut and shows it`() throws {
    let long = String(repeating: "长", count: 40_000)
    let found = try #require(try read([sheet("S", rows: [row(long, 1, 2)])]).sheet("S"))
    let value = try #require(found.cells["A4"]?.value)
    #expect(value.hasSuffix("长…"))
    #expect(value.utf16.count <= 32_767)
  }

  @Test func `numbers that are none are empty cells`() {
    #expect(WorkbookCell(Double.nan).content == .empty)
    #expect(WorkbookCell(Double.infinity).content == .empty)
    #expect(WorkbookCell(nil as Double?).content == .empty)
  }

  // MARK: Totals

  @Test func `a total is a live sum with its value beside it`() throws {
    var above = sheet("Above", rows: [row("x", 1, 2), row("y", 3, 5)])
    above.total = WorkbookSheet.Total("all", .above)
    var below = sheet("Below", rows: [row("x", 1, 2), row("y", 3, 5)])
    below.total = WorkbookSheet.Total("all", .below)
    let book = try read([above, below])
    let top = try #require(book.sheet("Above"))
    #expect(top.cells["A2"]?.value == "all")
    #expect(top.cells["B2"]?.formula == "SUBTOTAL(109,B5:B6)")
    #expect(top.cells["B2"]?.value == "4")
    #expect(top.cells["C2"]?.value == "7")
    let bottom = try #require(book.sheet("Below"))
    #expect(bottom.cells["B6"]?.formula == "SUBTOTAL(109,B4:B5)")
    #expect(bottom.cells["B6"]?.value == "4")
  }

  @Test func `sums do not lose what is small beside what is large`() {
    var sheet = sheet("S", rows: [row("x", 1e16, 0), row("y", 1, 0), row("z", -1e16, 0)])
    sheet.total = WorkbookSheet.Total("all", .above)
    #expect(sheet.totals == [nil, 1, 0, nil, nil])
  }

  // MARK: Form

  @Test func `panes, filter and print follow the table`() throws {
    var sheet = sheet("S", rows: [row("x", 1, 2)])
    sheet.marks = ["made up"]
    sheet.footer = (left: "a & b", right: "c")
    let found = try #require(try read([sheet]).sheet("S"))
    #expect(found.attributes["pane.topLeftCell"] == "B5")
    #expect(found.attributes["pane.state"] == "frozen")
    #expect(found.attributes["autoFilter.ref"] == "A4:E5")
    #expect(found.attributes["pageSetup.paperSize"] == "9")
    #expect(found.attributes["pageSetup.orientation"] == "landscape")
    #expect(found.attributes["pageSetup.fitToHeight"] == nil)
    #expect(found.attributes["oddFooter"] == "&L&9a && b&C&9&P / &N&R&9c")
    #expect(found.cells["A2"]?.value == "made up")
    #expect(found.elements.contains("conditionalFormatting"))
  }

  @Test func `columns are wide enough for Chinese`() {
    let sheet = sheet("S", rows: [row("克孜勒苏柯尔克孜自治州", 1_234_567.5, 2)])
    let widths = WorkbookLayout(sheet).widths
    #expect(widths[0] == 24)
    #expect(widths[1] == 16)
    #expect(widths[2] == 8)
  }

  @Test func `a long text is broken into lines, and its row is as tall`() throws {
    let long = String(repeating: "a word ", count: 20)
    let layout = WorkbookLayout(sheet("S", rows: [row(long, 1, 2)]))
    #expect(layout.widths[0] == WorkbookLayout.widest)
    #expect(layout.lines(of: WorkbookRow(row(long, 1, 2))) == 4)
    #expect(layout.lines(of: WorkbookRow(row("short", 1, 2))) == 1)
  }

  @Test(arguments: [(47, 1), (48, 0)])
  func `a short table is printed on one page`(rows: Int, pages: Int) {
    let all = (0..<rows).map { row("r\($0)", 1, 2) }
    #expect(WorkbookLayout(sheet("S", rows: all)).pagesDown == pages)
  }

  @Test func `a table that is too long is cut and says so`() throws {
    var long = sheet("S", rows: (0..<50).map { row("r\($0)", Double($0), 0) })
    long.cutMark = { "CUT \($0) of \($1)" }
    long.total = WorkbookSheet.Total("all", .above)
    long.notes = ["a note"]
    let found = try #require(try read([long], rowLimit: 20).sheet("S"))
    // Title, mark, total, header, names; an empty line and the note: 13 rows are left.
    #expect(found.cells["A2"]?.value == "CUT 13 of 50")
    #expect(found.cells["A18"]?.value == "r12")
    #expect(found.cells["A20"]?.value == "a note")
    #expect(found.cells["B3"]?.value == "78")
    #expect(!found.cells.keys.contains { Int($0.drop { !$0.isNumber }).map { $0 > 20 } ?? false })
  }

  // MARK: Bytes

  private func charted() -> Workbook {
    let table = sheet("数据", rows: [row("x", 1, 2), row("y", 3, 5)])
    var charts = WorkbookSheet(name: "图表", title: "图表")
    func range(_ column: Int) -> WorkbookChart.Range {
      WorkbookChart.Range(sheet: "数据", column: column, rows: 0..<2)
    }
    charts.charts = [.columns, .bars, .lines].map { kind in
      WorkbookChart(
        kind, title: "t", categoryTitle: "c", valueTitle: "v", style: .whole,
        series: [WorkbookChart.Series(name: "s", categories: range(0), values: range(1))])
    }
    return Workbook(title: "题", sheets: [charts, table])
  }

  @Test func `the same workbook is the same bytes, in any folder`() throws {
    let folder = try TemporaryFolder([:])
    let first = try WorkbookWriter.bytes(charted())
    #expect(try WorkbookWriter.bytes(charted(), folder: folder.path) == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `charts are the spreadsheet's own and read the table`() throws {
    let folder = try TemporaryFolder([:])
    try folder.write("book.xlsx", try WorkbookWriter.bytes(charted()))
    let path = folder / "book.xlsx"
    let names = try XLSXReader.names(in: path)
    #expect(names.count { $0.hasPrefix("xl/charts/chart") } == 3)
    let chart = String(
      decoding: try XLSXReader.part("xl/charts/chart1.xml", of: path), as: UTF8.self)
    #expect(chart.contains("<c:f>'数据'!$B$4:$B$5</c:f>"))
    #expect(chart.contains("<c:v>3</c:v>"))
  }

  @Test func `a large workbook has the same cells as a small one`() throws {
    // One more sheet makes the book so large that the library keeps no rows.
    let table = sheet("S", rows: [row("甲", 1, 2.5), row("乙", 3, 5)])
    let small = try #require(try read([table]).sheet("S"))
    var large = WorkbookSheet(name: "L", title: "L")
    large.columns = Array(repeating: WorkbookSheet.Column("x", .whole), count: 50)
    large.rows = RowSource(count: WorkbookWriter.mostKeptCells / 50 + 1) { _ in WorkbookRow([]) }
    #expect(try #require(try read([table, large]).sheet("S")).cells == small.cells)
  }

  @Test func `a folder that cannot be written is told and nothing is left`() throws {
    #expect(throws: WorkbookError.self) {
      try WorkbookWriter.bytes(charted(), folder: "/nowhere/at/all")
    }
  }
}
