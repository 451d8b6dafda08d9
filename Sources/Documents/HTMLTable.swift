/// Writes a table as HTML: a caption, headings of columns and of rows, numbers beside their text.
enum HTMLTable {
  static func text(_ table: Table, isSortable: Bool) -> String {
    let kind = isSortable ? " class=\"sortable\"" : ""
    let rows = table.rows.map { row($0, table.columns) }
    let notes = table.notes.map { "<p class=\"note\">\(HTMLRenderer.escaped($0))</p>" }
    let label = HTMLRenderer.escaped(table.title)
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(label)">
      <table\(kind)>
      <caption>\(label)</caption>
      <thead><tr>\(head(table.columns))</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      \(notes.joined(separator: "\n"))
      """
  }

  private static func head(_ columns: [Table.Column]) -> String {
    columns.map { column in
      let side = column.alignment == .trailing ? " class=\"number\"" : ""
      return "<th scope=\"col\"\(side)>\(HTMLRenderer.escaped(column.title))</th>"
    }.joined()
  }

  /// A row; one that holds its first cell only is a heading of those that follow.
  private static func row(_ cells: [Cell], _ columns: [Table.Column]) -> String {
    let isHeading = cells.count > 1 && cells.dropFirst().allSatisfy { $0.text.isEmpty }
    if isHeading, let first = cells.first {
      return "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(columns.count)\">"
        + "\(HTMLRenderer.escaped(first.text))</th></tr>"
    }
    let texts = zip(cells, columns).enumerated().map { index, pair in
      cell(pair.0, pair.1, isFirst: index == 0)
    }
    return "<tr>" + texts.joined() + "</tr>"
  }

  private static func cell(_ cell: Cell, _ column: Table.Column, isFirst: Bool) -> String {
    var kinds: [String] = []
    if column.alignment == .trailing { kinds.append("number") }
    if column.isTied, let number = cell.number, number != 0 {
      kinds.append(number > 0 ? "up" : "down")
    }
    if isFirst, cell.text.hasPrefix("  ") { kinds.append("inner") }
    let kind = kinds.isEmpty ? "" : " class=\"\(kinds.joined(separator: " "))\""
    let value = cell.number.map { " data-value=\"\(NumberText.significant($0))\"" } ?? ""
    let text = HTMLRenderer.escaped(String(cell.text.drop { $0 == " " }))
    return isFirst
      ? "<th scope=\"row\"\(kind)\(value)>\(text)</th>" : "<td\(kind)\(value)>\(text)</td>"
  }
}
