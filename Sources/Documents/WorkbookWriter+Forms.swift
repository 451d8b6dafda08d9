extension WorkbookWriter {
  /// Opens the cells of a form, says what they take and locks the rest of its sheet.
  mutating func setUpForm(_ index: Int) {
    let sheet = book.sheets[index]
    guard let form = sheet.form else { return }
    precondition(form.columns.count == sheet.columns.count, "a form has the columns of its sheet")
    let layout = layouts[index]
    let last = layout.row(sheet.rows.count + form.spareRows - 1)
    for (column, described) in form.columns.enumerated() {
      let look = CellLook(role: .body, style: sheet.columns[column].style, isOpen: true)
      file.open(index, column: column, width: layout.widths[column], look)
      if last >= layout.firstRow {
        file.validate(
          index, rows: layout.firstRow...last, column: column, described.entry,
          title: form.refusalTitle, refusal: described.refusal)
      }
    }
    file.protect(index)
  }

  /// Notes at the titles; written with their row, since the library keeps one row only.
  mutating func writeComments(_ index: Int, at row: Int) {
    for (column, described) in (book.sheets[index].form?.columns ?? []).enumerated()
    where !described.comment.isEmpty {
      file.comment(described.comment, index, row: row, column: column)
    }
  }
}
