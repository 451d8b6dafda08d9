/// Writes JSON (RFC 8259).
public enum JSONText {
  /// A value.
  public indirect enum Value: Sendable {
    /// A text.
    case text(String)
    /// A number; `null` where it is not finite.
    case number(Double)
    /// A number as it is to be written, such as a 64-bit seed.
    case literal(String)
    /// Nothing.
    case null
    /// A list.
    case list([Value])
    /// An object, its keys in order.
    case object([(key: String, value: Value)])
  }

  /// A document: its tables with columns, rows and notes.
  static func text(_ document: Document) -> String {
    let tables = document.tables.map { table in
      Value.object([
        ("title", .text(table.title)),
        ("columns", .list(table.columns.map { .text($0.title) })),
        ("rows", .list(table.rows.map { .list($0.map(value)) })),
        ("notes", .list(table.notes.map { .text($0) })),
      ])
    }
    let lines = document.blocks.flatMap { block -> [String] in
      if case .text(let lines) = block { lines } else { [] }
    }
    var entries: [(String, Value)] = [
      ("title", .text(document.title)), ("text", .list(lines.map { .text($0) })),
      ("tables", .list(tables)),
    ]
    if let attachment = document.attachment { entries.append(("attachment", .text(attachment))) }
    return text(Value.object(entries)) + "\n"
  }

  private static func value(_ cell: Cell) -> Value {
    if let number = cell.number { return .number(number) }
    return cell.text.isEmpty ? .null : .text(cell.text)
  }

  /// A value, indented by two spaces a level; lists of plain values on one line.
  public static func text(_ value: Value, indent: Int = 0) -> String {
    let pad = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch value {
    case .text(let text): return quoted(text)
    case .number(let number):
      return number.isFinite ? NumberText.significant(number, digits: 15) : "null"
    case .literal(let text): return text
    case .null: return "null"
    case .list(let values):
      if values.isEmpty { return "[]" }
      if values.allSatisfy(\.isPlain) {
        return "[" + values.map { text($0) }.joined(separator: ", ") + "]"
      }
      let items = values.map { pad + text($0, indent: indent + 2) }
      return "[\n" + items.joined(separator: ",\n") + end + "]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let items = entries.map { pad + quoted($0.key) + ": " + text($0.value, indent: indent + 2) }
      return "{\n" + items.joined(separator: ",\n") + end + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 32 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension JSONText.Value {
  fileprivate var isPlain: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }
}
