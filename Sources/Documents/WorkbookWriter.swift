import Foundation

/// Why a workbook cannot be made.
public enum WorkbookError: Error, Sendable, Equatable {
  /// The system's folder for temporary files cannot be written, or is full.
  case temporaryFolder(path: String, reason: String)
}

/// Makes an Excel workbook (.xlsx, ECMA-376) of a model.
///
/// The bytes depend on the model alone: no clock, no folder, no threads.
public struct WorkbookWriter: ~Copyable {
  var file: XLSXCalls
  let book: Workbook
  let layouts: [WorkbookLayout]

  /// The bytes of a workbook.
  ///
  /// - Parameters:
  ///   - workbook: What to write.
  ///   - rowLimit: Rows of a sheet; a longer table is cut and says so.
  ///   - folder: Where the library may put files until it is done; nil: the system's folder.
  /// - Returns: The bytes of the file.
  /// - Throws: `WorkbookError.temporaryFolder` if the folder cannot be written or is full.
  public static func bytes(
    _ workbook: Workbook, rowLimit: Int = Workbook.mostRows, folder: String? = nil
  ) throws(WorkbookError) -> [UInt8] {
    let fitted = Workbook(
      title: workbook.title, sheets: workbook.sheets.map { $0.fitted(rowLimit: rowLimit) })
    let place = folder ?? FileManager.default.temporaryDirectory.path
    let own = place + "/karez-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: own) }
    do {
      try FileManager.default.createDirectory(
        atPath: own, withIntermediateDirectories: false,
        attributes: [.posixPermissions: NSNumber(value: 0o700)])
      let path = own + "/tables.xlsx"
      if try !write(fitted, path: path, folder: own) { throw CocoaError(.fileWriteOutOfSpace) }
      return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .temporaryFolder(path: place, reason: error.localizedDescription)
    }
  }

  /// The library takes some 120 bytes for a cell that it keeps; above this many, 120 MB, it keeps none.
  static let mostKeptCells = 1_000_000

  private static func write(_ book: Workbook, path: String, folder: String) throws -> Bool {
    let cells = book.sheets.reduce(0) { $0 + $1.rows.count * $1.columns.count }
    let file = XLSXCalls(
      path: path, folder: folder, title: clean(book.title), keepsRows: cells <= mostKeptCells)
    guard let file else {
      throw CocoaError(.fileWriteUnknown)
    }
    var writer = WorkbookWriter(file: file, book: book)
    for sheet in book.sheets { writer.file.addSheet(sheet.name) }
    for index in book.sheets.indices { writer.writeSheet(index) }
    return writer.finish()
  }

  private init(file: consuming XLSXCalls, book: Workbook) {
    self.file = file
    self.book = book
    layouts = book.sheets.map { WorkbookLayout($0) }
  }

  private consuming func finish() -> Bool { file.close() }

  // MARK: One sheet

  private mutating func writeSheet(_ index: Int) {
    setUp(index)
    setUpForm(index)
    let sheet = book.sheets[index]
    let layout = layouts[index]
    writeHead(index)
    for position in 0..<sheet.rows.count {
      writeRow(sheet.rows[position], index, at: layout.row(position))
    }
    if let row = layout.totalBelow { writeTotal(index, at: row) }
    for (line, note) in layout.notes.enumerated() {
      write(note, index, layout.firstNote + line, 0, CellLook(role: .note))
    }
    for (position, chart) in sheet.charts.enumerated() { insert(chart, index, position) }
  }

  /// Widths, panes, filter, colors and print, none of which is a row.
  private func setUp(_ index: Int) {
    let sheet = book.sheets[index]
    let layout = layouts[index]
    for (column, width) in layout.widths.enumerated() {
      file.setWidth(index, column: column, width)
    }
    file.setPrint(
      index, pagesAcross: layout.pagesAcross, pagesDown: layout.pagesDown,
      repeatedRows: sheet.columns.isEmpty ? nil : layout.header...layout.lastHeader,
      repeatedColumns: sheet.frozenColumns, footer: footer(sheet))
    if sheet.columns.isEmpty {
      file.setChartPages(index, scale: 64, breaks: layout.chartBreaks)
      return
    }
    file.freeze(index, row: layout.firstRow, column: sheet.frozenColumns)
    if sheet.rows.count == 0 { return }
    let last = layout.row(sheet.rows.count - 1)
    if sheet.hasFilter {
      file.filter(index, rows: layout.lastHeader...last, columns: 0...(sheet.columns.count - 1))
    }
    let names = sheet.columns.indices.filter { sheet.columns[$0].style == .text }.map {
      let letters = WorkbookLayout.letters($0)
      return "\(letters)\(layout.firstRow + 1):\(letters)\(last + 1)"
    }
    if !names.isEmpty {
      file.allowNumbersAsText(index, range: names.joined(separator: " "))
    }
    colorDifferences(index, layout.firstRow...(layout.totalBelow ?? last))
  }

  private static let rise: XLSXCalls.Color = 0x067647
  private static let fall: XLSXCalls.Color = 0xB42318

  private func colorDifferences(_ index: Int, _ rows: ClosedRange<Int>) {
    for (column, described) in book.sheets[index].columns.enumerated()
    where described.style.isSigned {
      file.color(
        index, rows: rows, column: column, above: WorkbookWriter.rise, below: WorkbookWriter.fall)
    }
  }

  /// Left, middle (page of pages) and right of a printed page's foot, 255 characters at most.
  private func footer(_ sheet: WorkbookSheet) -> String {
    func part(_ text: String) -> String {
      WorkbookWriter.clean(String(text.prefix(60))).split(
        separator: "&", omittingEmptySubsequences: false
      ).joined(separator: "&&")
    }
    return "&L&9\(part(sheet.footer.left))&C&9&P / &N&R&9\(part(sheet.footer.right))"
  }

  private mutating func writeHead(_ index: Int) {
    let sheet = book.sheets[index]
    let layout = layouts[index]
    write(sheet.title, index, 0, 0, CellLook(role: .title))
    for (line, mark) in layout.marks.enumerated() {
      write(mark, index, 1 + line, 0, CellLook(role: .mark))
    }
    if let row = layout.totalAbove { writeTotal(index, at: row) }
    if sheet.columns.isEmpty { return }
    file.setHeight(index, row: layout.header, 15.5 * Double(layout.headerLines) + 3)
    for (column, described) in sheet.columns.enumerated() {
      write(described.title, index, layout.header, column, CellLook(role: .header))
    }
    writeComments(index, at: layout.header)
    guard let keys = layout.keys else { return }
    for (column, described) in sheet.columns.enumerated() {
      write(described.key ?? "", index, keys, column, CellLook(role: .key))
    }
  }

  private mutating func writeTotal(_ index: Int, at row: Int) {
    let sheet = book.sheets[index]
    let totals = sheet.totals
    for (column, described) in sheet.columns.enumerated() {
      let look = CellLook(role: .total, style: described.style)
      if let value = totals[column] {
        file.write(
          formula: layouts[index].totalFormula(column), value: value, index, row: row,
          column: column, look)
      } else if column == 0, let label = sheet.total?.label {
        write(label, index, row, 0, CellLook(role: .total))
      } else {
        file.writeBlank(index, row: row, column: column, look)
      }
    }
  }

  private mutating func writeRow(_ content: WorkbookRow, _ index: Int, at row: Int) {
    let role: CellLook.Role =
      switch content.role {
      case .body: .body
      case .heading: .heading
      case .total: .total
      }
    let lines = layouts[index].lines(of: content)
    if lines > 1 { file.setHeight(index, row: row, 15 * Double(lines)) }
    for (column, cell) in content.cells.enumerated() {
      let style = cell.style ?? book.sheets[index].columns[column].style
      let isOpen = book.sheets[index].form?.columns[column].isOpen(for: cell) ?? false
      var look = CellLook(role: role, style: style, isOpen: isOpen)
      switch cell.content {
      case .empty: file.writeBlank(index, row: row, column: column, look)
      case .number(let number): file.write(number, index, row: row, column: column, look)
      case .text(let text):
        look.style = .text
        look.isWrapped = layouts[index].isWrapped(column) && content.role != .heading
        write(text, index, row, column, look)
      case .formula(let formula, let value):
        file.write(
          formula: WorkbookLayout.text(formula, row: row, column: column), value: value, index,
          row: row, column: column, look)
      }
    }
  }

  private mutating func write(
    _ text: String, _ index: Int, _ row: Int, _ column: Int, _ look: CellLook
  ) {
    if text.isEmpty {
      file.writeBlank(index, row: row, column: column, look)
    } else {
      file.write(WorkbookWriter.clean(text), index, row: row, column: column, look)
    }
  }

  /// A text that XML can hold and Excel takes: no control characters, 32,767 characters at most.
  private static func clean(_ text: String) -> String {
    let clean = withoutControls(text)
    return clean.utf16.count <= 32_767 ? clean : String(clean.prefix(8_000)) + "…"
  }

  // MARK: Charts

  private static let colors: [XLSXCalls.Color] = [
    0x2F6DB5, 0xE07B39, 0x3A9A5B, 0x8E5BB5, 0xC9A227, 0x3AA6B9, 0xB5446E, 0x7A7F87, 0x5B7F2B,
    0x1F3B73,
  ]
  private static let chartWidth = 620
  private static let chartHeight = 420

  private func insert(_ chart: WorkbookChart, _ index: Int, _ position: Int) {
    let handle = file.addChart(chart)
    for (number, series) in chart.series.enumerated() {
      file.addSeries(
        handle, name: WorkbookWriter.clean(series.name), categories: cells(series.categories),
        values: cells(series.values),
        color: WorkbookWriter.colors[number % WorkbookWriter.colors.count],
        isLine: chart.kind == .lines)
    }
    file.insert(
      handle, index, row: layouts[index].firstChart + position / 2 * WorkbookLayout.chartRows,
      left: position % 2 * (WorkbookWriter.chartWidth + 20), width: WorkbookWriter.chartWidth,
      height: WorkbookWriter.chartHeight)
  }

  private func cells(_ range: WorkbookChart.Range) -> XLSXCalls.ChartCells {
    guard let sheet = book.sheets.firstIndex(where: { $0.name == range.sheet }) else {
      preconditionFailure("a chart reads a sheet of its workbook")
    }
    let layout = layouts[sheet]
    return XLSXCalls.ChartCells(
      sheet: range.sheet,
      rows: layout.row(range.rows.lowerBound)...layout.row(range.rows.upperBound - 1),
      column: range.column)
  }
}
