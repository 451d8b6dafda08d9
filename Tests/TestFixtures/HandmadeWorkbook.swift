/// A workbook written part by part, so that a test can hold what no program would write.
public struct HandmadeWorkbook: Sendable {
  /// A cell.
  public enum Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral
  {
    /// No cell.
    case none
    /// A text in place.
    case text(String)
    /// A number.
    case number(Double)
    /// A number in one of the workbook's formats.
    case formatted(Double, Int)
    /// Attributes and content of the element `c`.
    case raw(String, String)

    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
  }

  /// The parts by name.
  public var parts: [(name: String, content: String)]

  /// The head of every part.
  public static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// Makes a workbook.
  ///
  /// - Parameters:
  ///   - sheets: The rows of each sheet.
  ///   - formats: Codes of number formats; the first is format 1.
  ///   - merges: Merged cells by sheet.
  ///   - calculation: Attributes of `calcPr`.
  public init(
    _ sheets: [(name: String, rows: [[Cell]])], formats: [String] = [],
    merges: [String: [String]] = [:], calculation: String = ""
  ) {
    let numbers = sheets.indices.map { $0 + 1 }
    let list = zip(numbers, sheets).map { number, sheet in
      "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(number)\" r:id=\"rId\(number)\"/>"
    }
    let targets = numbers.map { number in
      "<Relationship Id=\"rId\(number)\" Type=\"\(HandmadeWorkbook.links)/worksheet\""
        + " Target=\"worksheets/sheet\(number).xml\"/>"
    }
    parts = [
      (
        "_rels/.rels",
        HandmadeWorkbook.relationships(
          "<Relationship Id=\"rId1\" Type=\"\(HandmadeWorkbook.links)/officeDocument\""
            + " Target=\"xl/workbook.xml\"/>")
      ),
      (
        "xl/workbook.xml",
        HandmadeWorkbook.head
          + "<workbook xmlns=\"\(HandmadeWorkbook.main)\" xmlns:r=\"\(HandmadeWorkbook.links)\">"
          + "<sheets>\(list.joined())</sheets><calcPr \(calculation)/></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        HandmadeWorkbook.relationships(
          targets.joined()
            + "<Relationship Id=\"rId99\" Type=\"\(HandmadeWorkbook.links)/styles\""
            + " Target=\"/xl/styles.xml\"/>")
      ),
      ("xl/styles.xml", HandmadeWorkbook.styles(formats)),
    ]
    for (number, sheet) in zip(numbers, sheets) {
      parts.append(
        (
          "xl/worksheets/sheet\(number).xml",
          HandmadeWorkbook.sheet(sheet.rows, merges: merges[sheet.name] ?? [])
        ))
    }
  }

  /// Its bytes.
  public var bytes: [UInt8] {
    StoredZip(parts.map { StoredZip.Entry($0.name, Array($0.content.utf8)) }).bytes
  }

  /// The same with some text of a part replaced.
  public func replacing(_ old: String, with new: String, in part: String) -> HandmadeWorkbook {
    var copy = self
    for index in parts.indices where parts[index].name == part {
      let pieces = parts[index].content.split(
        separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      precondition(pieces.count == 2, "\(part) has no \"\(old)\"")
      copy.parts[index].content = pieces.joined(separator: new)
    }
    return copy
  }

  private static func relationships(_ list: String) -> String {
    head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + list + "</Relationships>"
  }

  private static func styles(_ formats: [String]) -> String {
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\(escaped($1))\"/>"
    }
    let styles = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\" xfId=\"0\"/>" }
    return head + "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes.joined())</numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs><xf numFmtId=\"0\" xfId=\"0\"/>\(styles.joined())</cellXfs></styleSheet>"
  }

  private static func sheet(_ rows: [[Cell]], merges: [String]) -> String {
    var text = head + "<worksheet xmlns=\"\(main)\"><sheetData>"
    for (row, cells) in rows.enumerated() where !cells.isEmpty {
      text += "<row r=\"\(row + 1)\">"
      for (column, cell) in cells.enumerated() {
        text += HandmadeWorkbook.cell(cell, at: letters(column) + "\(row + 1)")
      }
      text += "</row>"
    }
    let merged = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    return text + "</sheetData><mergeCells>\(merged)</mergeCells></worksheet>"
  }

  private static func cell(_ cell: Cell, at place: String) -> String {
    switch cell {
    case .none: ""
    case .text(let text):
      "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
    case .number(let number): "<c r=\"\(place)\"><v>\(number)</v></c>"
    case .formatted(let number, let format):
      "<c r=\"\(place)\" s=\"\(format)\"><v>\(number)</v></c>"
    case .raw(let attributes, let content): "<c r=\"\(place)\" \(attributes)>\(content)</c>"
    }
  }

  private static func letters(_ column: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? letter : letters(column / 26 - 1) + letter
  }
}

private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
