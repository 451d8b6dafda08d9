/// Writes delimited text (RFC 4180, line feeds).
public enum CSVText {
  /// A table: its header and rows, numbers with 12 significant digits.
  public static func text(_ table: Table) -> String {
    var lines = [table.columns.map { escaped($0.title) }.joined(separator: ",")]
    for row in table.rows {
      lines.append(
        row.map { cell in
          cell.number.map { NumberText.significant($0) } ?? escaped(cell.text)
        }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A cell, quoted where it must be.
  public static func escaped(_ text: String) -> String {
    let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n", ";", "\t"]
    guard text.contains(where: { special.contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A table of what was written: the first line holds the titles.
  ///
  /// - Parameters:
  ///   - text: Lines of cells.
  ///   - title: The table's title.
  ///   - names: Titles of columns that hold names, even where they look like numbers.
  /// - Returns: The table.
  public static func table(_ text: String, title: String, names: Set<String>) -> Table {
    let rows = text.split(separator: "\n").map { cells(of: $0) }
    let titles = rows.first ?? []
    let columns = titles.map { Table.Column($0, names.contains($0) ? .leading : .trailing) }
    return Table(
      title: title, columns: columns,
      rows: rows.dropFirst().map { row in
        zip(titles, row).map { title, text in
          if names.contains(title) { return Cell(text) }
          return Double(text).map { Cell($0, text: text) } ?? Cell(text)
        }
      })
  }

  /// The cells of a line, quotes taken off.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == "," && !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
