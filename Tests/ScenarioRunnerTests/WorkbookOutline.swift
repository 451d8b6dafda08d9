import Documents

/// The structure of a workbook as text: everything but the bytes.
struct WorkbookOutline {
  private let book: Workbook
  /// Rows of each table that are shown.
  private static let shownRows = 3

  init(_ book: Workbook) { self.book = book }

  var text: String {
    (["# \(book.title)"] + book.sheets.flatMap { lines($0) }).joined(separator: "\n") + "\n"
  }

  private func lines(_ sheet: WorkbookSheet) -> [String] {
    var lines = ["", "## \(sheet.name)", "title: \(sheet.title)"]
    lines += sheet.marks.map { "mark: \($0)" }
    lines += sheet.columns.map { column in
      "column: \(oneLine(column.title)) | \(column.key ?? "–") | \(column.style)"
        + (column.isSummed ? " | summed" : "")
    }
    lines.append(
      "rows: \(sheet.rows.count), frozen \(sheet.frozenColumns), "
        + "filter \(sheet.hasFilter ? "yes" : "no")")
    for index in 0..<min(WorkbookOutline.shownRows, sheet.rows.count) {
      let row = sheet.rows[index]
      lines.append("\(row.role): " + row.cells.map { text($0) }.joined(separator: " | "))
    }
    if let total = sheet.total {
      let sums = sheet.totals.map { $0.map { NumberText.significant($0) } ?? "–" }
      lines.append("total \(total.place), \(total.label): " + sums.joined(separator: " | "))
    }
    lines += sheet.notes.map { "note: \($0)" }
    lines += sheet.charts.map { text($0) }
    return lines + ["foot: \(sheet.footer.left) — \(sheet.footer.right)"]
  }

  private func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ⏎ ")
  }

  private func text(_ cell: WorkbookCell) -> String {
    let style = cell.style.map { " {\($0)}" } ?? ""
    switch cell.content {
    case .empty: return "–"
    case .text(let text): return text + style
    case .number(let number): return NumberText.significant(number) + style
    case .formula(let formula, let value):
      return "\(formula) = \(value.map { NumberText.significant($0) } ?? "–")" + style
    }
  }

  private func text(_ chart: WorkbookChart) -> String {
    let series = chart.series.map { series in
      let values = series.values
      return "\(series.name): \(series.categories.sheet)!\(series.categories.column) → "
        + "\(values.sheet)!\(values.column) rows \(values.rows.lowerBound)–\(values.rows.upperBound)"
    }
    return "chart \(chart.kind): \(chart.title) | \(chart.categoryTitle) | \(chart.valueTitle) | "
      + series.joined(separator: "; ")
  }
}
