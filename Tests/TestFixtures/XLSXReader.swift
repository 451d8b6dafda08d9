import Foundation
import FoundationXML

/// A second, slow reader of workbooks: unzips and walks the XML, knowing nothing of the writer.
public struct XLSXReader {
  /// One cell as it stands in the file.
  public struct Cell: Equatable {
    /// Its text or the digits of its number; empty if it has none.
    public var value = ""
    /// Whether the value is a number.
    public var isNumber = false
    /// Its formula; nil if it has none.
    public var formula: String?
  }

  /// One sheet.
  public struct Sheet {
    /// Its name.
    public let name: String
    /// Cells by name, such as `B7`.
    public let cells: [String: Cell]
    /// Attributes by `element.attribute`, of elements outside the cells; the last one counts.
    public let attributes: [String: String]
    /// Names of the elements outside the cells.
    public let elements: Set<String>

    /// The cells of a row from column A on, as many as are asked for.
    public func row(_ number: Int, count: Int) -> [Cell] {
      (0..<count).map { cells[XLSXReader.letters($0) + "\(number)"] ?? Cell() }
    }
  }

  /// The sheets in order.
  public let sheets: [Sheet]

  /// Reads a workbook.
  public init(_ bytes: [UInt8]) throws {
    let folder = try TemporaryFolder([:])
    try folder.write("book.xlsx", bytes)
    let path = folder / "book.xlsx"
    let book = Walker(try XLSXReader.part("xl/workbook.xml", of: path))
    let hasTexts = try XLSXReader.names(in: path).contains("xl/sharedStrings.xml")
    let texts = hasTexts ? Walker(try XLSXReader.part("xl/sharedStrings.xml", of: path)).texts : []
    sheets = try book.sheetNames.enumerated().map { index, name in
      let walker = Walker(try XLSXReader.part("xl/worksheets/sheet\(index + 1).xml", of: path))
      return Sheet(
        name: name, cells: walker.cells(texts), attributes: walker.attributes,
        elements: walker.elements)
    }
  }

  /// The sheet of a name.
  public func sheet(_ name: String) -> Sheet? { sheets.first { $0.name == name } }

  /// A column's letters, by counting.
  static func letters(_ column: Int) -> String {
    var text = ""
    var rest = column + 1
    while rest > 0 {
      text = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + text
      rest = (rest - 1) / 26
    }
    return text
  }

  /// What a program prints.
  public static func output(of program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw CocoaError(.fileReadCorruptFile) }
    return data
  }

  /// The bytes of a part of a workbook.
  public static func part(_ name: String, of path: String) throws -> Data {
    let pattern = name.replacingOccurrences(of: "[", with: "\\[")
    return try output(of: "/usr/bin/unzip", ["-p", path, pattern])
  }

  /// The names of the parts of a workbook.
  public static func names(in path: String) throws -> [String] {
    let list = try output(of: "/usr/bin/unzip", ["-Z1", path])
    return String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// Collects what the parts of a workbook hold.
private final class Walker: NSObject, XMLParserDelegate {
  private(set) var sheetNames: [String] = []
  private(set) var texts: [String] = []
  private(set) var attributes: [String: String] = [:]
  private(set) var elements: Set<String> = []
  private var found: [(name: String, type: String, cell: XLSXReader.Cell)] = []
  private var text = ""
  private var item = ""

  init(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    _ = parser.parse()
  }

  func cells(_ texts: [String]) -> [String: XLSXReader.Cell] {
    var cells: [String: XLSXReader.Cell] = [:]
    for (name, type, cell) in found {
      var cell = cell
      if type == "s" { cell.value = Int(cell.value).map { texts[$0] } ?? "" }
      cell.isNumber = type.isEmpty && !cell.value.isEmpty
      cells[name] = cell
    }
    return cells
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes own: [String: String]
  ) {
    text = ""
    switch element {
    case "sheet": sheetNames.append(own["name"] ?? "")
    case "si": item = ""
    case "c": found.append((own["r"] ?? "", own["t"] ?? "", XLSXReader.Cell()))
    case "row", "v", "f", "is", "t": break
    default:
      elements.insert(element)
      for (name, value) in own { attributes["\(element).\(name)"] = value }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    switch element {
    case "t":
      item += text
      if found.last?.type == "inlineStr" { found[found.count - 1].cell.value += text }
    case "si": texts.append(item)
    case "v": found[found.count - 1].cell.value = text
    case "f": found[found.count - 1].cell.formula = text
    case "oddFooter": attributes["oddFooter"] = text
    default: break
    }
  }
}
