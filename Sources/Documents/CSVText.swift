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
}
