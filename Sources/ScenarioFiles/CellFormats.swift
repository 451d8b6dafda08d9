import PolicyModel

/// What the number format of a cell says about its value.
enum CellFormat: Sendable, Equatable {
  /// An ordinary number or text.
  case plain
  /// A day or a time.
  case date
  /// Shown a hundred times as large, with a percent sign.
  case percent
  /// Only zeros, as in `000000`: a code with so many digits.
  case digits(Int)

  /// The format of a code such as `#,##0.00`, `yyyy"年"m"月"`, `0.0%` or `000000`.
  ///
  /// Source: ECMA-376-1, 18.8.31, numFmts.
  init(code: String) {
    let bare = CellFormat.bare(code)
    let positive = bare.prefix { $0 != ";" }
    let zeros = code.prefix { $0 != ";" }
    if zeros.count > 1 && zeros.allSatisfy({ $0 == "0" }) {
      self = .digits(zeros.count)
    } else if positive.contains("%") {
      self = .percent
    } else if positive.lowercased() != "general"
      && positive.contains(where: { "yYmMdDhHsS".contains($0) })
    {
      self = .date
    } else {
      self = .plain
    }
  }

  /// The format of a number that needs no code; those of days and times in East Asian editions too.
  ///
  /// Source: ECMA-376-1, 18.8.30, numFmt.
  init(builtIn id: Int) {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: self = .date
    case 9, 10: self = .percent
    default: self = .plain
    }
  }

  /// A code without texts, colours, conditions and fillers; a bracket of elapsed time stays.
  private static func bare(_ code: String) -> String {
    var result = ""
    var rest = code[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": _ = rest.popFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        if let first = inner.first, inner.allSatisfy({ $0 == first }), "hHmMsS".contains(first) {
          result += inner
        }
      default: result.append(character)
      }
    }
    return result
  }
}

/// The number format of each style: `xl/styles.xml`.
final class CellFormats: XMLHandler {
  /// The format of each cell style.
  private(set) var formats: [CellFormat] = []
  private var custom: [Int: CellFormat] = [:]
  private var isInCellStyles = false

  let wantsText = false
  let stop: Problem? = nil

  func start(_ element: String, _ attributes: [String: String]) {
    let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
    switch element {
    case "numFmt": custom[id] = CellFormat(code: attributes["formatCode"] ?? "")
    case "cellXfs": isInCellStyles = true
    case "xf" where isInCellStyles: formats.append(custom[id] ?? CellFormat(builtIn: id))
    default: break
    }
  }

  func end(_ element: String) {
    if element == "cellXfs" { isInCellStyles = false }
  }

  func text(_ text: String) {}

  /// The format of a style.
  func format(_ style: Int) -> CellFormat {
    formats.indices.contains(style) ? formats[style] : .plain
  }
}
