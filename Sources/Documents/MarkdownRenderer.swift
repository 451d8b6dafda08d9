/// Writes documents as Markdown with pipe tables, everything escaped.
enum MarkdownRenderer {
  static func text(_ document: Document) -> String {
    var parts: [String] = document.title.isEmpty ? [] : ["# \(escaped(document.title))"]
    for block in document.blocks {
      switch block {
      case .text(let lines): parts.append(lines.map { escaped($0) }.joined(separator: "  \n"))
      case .table(let table): parts.append(text(table))
      }
    }
    if let attachment = document.attachment { parts.append("```yaml\n" + attachment + "```") }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func text(_ table: Table) -> String {
    var lines = table.title.isEmpty ? [] : ["## \(escaped(table.title))", ""]
    lines.append(row(table.columns.map { escaped($0.title) }))
    lines.append(row(table.columns.map { $0.alignment == .leading ? ":--" : "--:" }))
    lines += table.rows.map { cells in row(cells.map { escaped($0.text) }) }
    if !table.notes.isEmpty { lines += [""] + table.notes.map { escaped($0) + "  " } }
    return lines.joined(separator: "\n")
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// Text that Markdown shows as it is, on one line.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case _ where character.isNewline: result += " "
      case "\\", "|", "`", "*", "_", "[", "]", "#": result += "\\\(character)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default: result.append(character)
      }
    }
    return result
  }
}
