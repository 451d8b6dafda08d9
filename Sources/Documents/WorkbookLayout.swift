/// Where each part of a sheet stands; rows and columns from 0.
struct WorkbookLayout {
  /// Width of each column in characters of the standard font.
  ///
  /// Shape: [column].
  let widths: [Int]
  /// Marks, broken into lines as wide as the table.
  let marks: [String]
  /// Notes, broken into lines as wide as the table.
  let notes: [String]
  private let sheet: WorkbookSheet
  /// Columns whose texts are broken into lines.
  private let wrapped: [Int]

  /// The narrowest and the widest column, in characters.
  private static let narrowest = 7
  static let widest = 44
  /// Rows that are measured for the widths; the rest of a long table looks alike.
  private static let measuredRows = 400
  /// Lines of text are at least this wide, however narrow the table.
  private static let leastTextWidth = 90

  init(_ sheet: WorkbookSheet) {
    self.sheet = sheet
    let widths = WorkbookLayout.widths(sheet)
    let textWidth = max(WorkbookLayout.leastTextWidth, min(150, widths.reduce(0, +)))
    self.widths = widths
    wrapped = widths.indices.filter { widths[$0] == WorkbookLayout.widest }
    marks = sheet.marks.flatMap { wrappedLines($0, to: textWidth) }
    notes = sheet.notes.flatMap { wrappedLines($0, to: textWidth) }
  }

  // MARK: Rows

  private var hasTable: Bool { !sheet.columns.isEmpty }

  /// The row of the total above the header; nil if there is none.
  var totalAbove: Int? { sheet.total?.place == .above ? 1 + marks.count : nil }

  /// The row of the titles.
  var header: Int { 1 + marks.count + (totalAbove == nil ? 0 : 1) }

  /// The row of the names for programs; nil if there is none.
  var keys: Int? {
    sheet.columns.contains { $0.key != nil } ? header + 1 : nil
  }

  /// The last row of the header, which carries the filter.
  var lastHeader: Int { keys ?? header }

  /// The first row of the table.
  var firstRow: Int { hasTable ? lastHeader + 1 : header }

  /// The row of a row of the table.
  func row(_ index: Int) -> Int { firstRow + index }

  /// The row of the total under the table; nil if there is none.
  var totalBelow: Int? { sheet.total?.place == .below ? row(sheet.rows.count) : nil }

  private var tableEnd: Int { row(sheet.rows.count) + (totalBelow == nil ? 0 : 1) }

  /// The first row of the notes.
  var firstNote: Int { tableEnd + 1 }

  /// Rows down to the last note.
  var height: Int { notes.isEmpty ? tableEnd : firstNote + notes.count }

  /// The first row of the charts.
  var firstChart: Int { hasTable ? height + 1 : height }

  /// The rows before which a page of charts ends: two rows of charts a page.
  var chartBreaks: [Int] {
    let pairs = (sheet.charts.count + 1) / 2
    return stride(from: 2, to: pairs, by: 2).map { firstChart + $0 * WorkbookLayout.chartRows }
  }

  /// Rows of 20 pixels that a chart and the space under it take.
  static let chartRows = 22

  // MARK: Columns

  /// Whether the texts of a column are broken into lines.
  func isWrapped(_ column: Int) -> Bool { wrapped.contains(column) }

  /// Lines of the tallest text of a row.
  func lines(of row: WorkbookRow) -> Int {
    if wrapped.isEmpty || row.role == .heading { return 1 }
    return wrapped.map { column in
      guard column < row.cells.count, case .text(let text) = row.cells[column].content else {
        return 1
      }
      return wrappedLines(text, to: widths[column] - 1).count
    }.max() ?? 1
  }

  /// Lines of the tallest title.
  var headerLines: Int {
    zip(sheet.columns, widths).map { column, width in
      lines(of: column.title).reduce(0) { $0 + wrappedLines($1, to: width - 1).count }
    }.max() ?? 1
  }

  /// How many pages side by side keep the print legible: 55 % of its size at least, of the 147
  /// characters that an A4 page takes across.
  var pagesAcross: Int {
    let total = widths.reduce(0, +)
    return max(1, (total + 266) / 267)
  }

  /// How many pages one below the other: a short table stands on one, 0 is as many as it takes.
  var pagesDown: Int { height <= WorkbookLayout.rowsOfOnePage ? 1 : 0 }

  /// So many rows keep 66 % of their size on a page.
  private static let rowsOfOnePage = 50

  private static func widths(_ sheet: WorkbookSheet) -> [Int] {
    var widths = sheet.columns.map { column in
      max(titleWidth(column.title), displayWidth(column.key ?? ""))
    }
    for index in 0..<min(measuredRows, sheet.rows.count) {
      let row = sheet.rows[index]
      for (column, cell) in row.cells.enumerated() where row.role != .heading || column > 0 {
        widths[column] = max(widths[column], width(cell, sheet.columns[column]))
      }
    }
    return widths.map { min(widest, max(narrowest, $0 + 2)) }
  }

  /// The width of a title, each of its lines on two lines at most, no word broken.
  private static func titleWidth(_ title: String) -> Int {
    title.split(separator: "\n").flatMap { line in
      wrappedLines(String(line), to: max(12, displayWidth(String(line)) / 2 + 3))
    }.map { displayWidth($0) }.max() ?? 0
  }

  private func lines(of title: String) -> [String] {
    title.split(separator: "\n").map(String.init)
  }

  private static func width(_ cell: WorkbookCell, _ column: WorkbookSheet.Column) -> Int {
    switch cell.content {
    case .text(let text): return displayWidth(text)
    case .number(let number), .formula(_, .some(let number)):
      // Excel's sums of a column are longer than its numbers.
      return displayWidth((cell.style ?? column.style).shown(number)) + (column.isSummed ? 2 : 0)
    case .empty, .formula: return 0
    }
  }

  // MARK: Names of cells

  /// A column's letters: A, B, …, Z, AA.
  static func letters(_ column: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? letter : letters(column / 26 - 1) + letter
  }

  /// A cell's name, such as `C7`.
  static func name(_ row: Int, _ column: Int) -> String { letters(column) + "\(row + 1)" }

  /// A formula of a cell.
  static func text(_ formula: WorkbookCell.Formula, row: Int, column: Int) -> String {
    switch formula {
    case .difference(let of, let less, let factor):
      let change = name(row, of) + "-" + name(row, less)
      return factor == 1 ? "=\(change)" : "=(\(change))*\(NumberText.significant(factor))"
    case .ratio(let of, let to):
      let base = name(row, to)
      return "=IF(\(base)=0,\"\",\(name(row, of))/ABS(\(base)))"
    case .sumAbove(let count):
      return "=SUM(\(name(row - count, column)):\(name(row - 1, column)))"
    }
  }

  /// The total of a column over the rows that a filter leaves.
  func totalFormula(_ column: Int) -> String {
    let last = row(max(1, sheet.rows.count) - 1)
    let letters = WorkbookLayout.letters(column)
    return "=SUBTOTAL(109,\(letters)\(firstRow + 1):\(letters)\(last + 1))"
  }
}
