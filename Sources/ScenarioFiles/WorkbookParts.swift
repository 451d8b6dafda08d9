import PolicyModel

/// The links of a part to others: `…/_rels/….rels`.
///
/// Source: ECMA-376-2, Open Packaging Conventions, 9.3.
final class PartLinks: XMLHandler {
  /// A link.
  struct Link {
    let id: String
    /// The last word of its type, such as `worksheet`; the same in both editions of the standard.
    let kind: String
    /// The part, from the top of the archive.
    let part: String
  }

  private(set) var links: [Link] = []
  private let folder: String

  /// - Parameter folder: The folder of the part whose links these are.
  init(folder: String) { self.folder = folder }

  let wantsText = false
  let stop: Problem? = nil

  func start(_ element: String, _ attributes: [String: String]) {
    guard element == "Relationship", attributes["TargetMode"] != "External",
      let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    let kind = type.split(separator: "/").last.map(String.init) ?? ""
    let whole = target.hasPrefix("/") ? target : "/" + folder + "/" + target
    links.append(
      Link(id: id, kind: kind, part: String(resolve(whole, besideFile: "").dropFirst())))
  }

  func end(_ element: String) {}
  func text(_ text: String) {}
}

/// The list of sheets: `xl/workbook.xml`.
final class SheetList: XMLHandler {
  private(set) var sheets: [(name: String, link: String)] = []
  /// Whether the program that wrote the workbook left its formulas for another to work out.
  private(set) var isUncalculated = false

  let wantsText = false
  let stop: Problem? = nil

  func start(_ element: String, _ attributes: [String: String]) {
    if element == "sheet", let name = attributes["name"] {
      let link = attributes.first { $0.key.hasSuffix(":id") }?.value ?? ""
      sheets.append((name, link))
    }
    if element == "calcPr" {
      isUncalculated = ["1", "true"].contains(attributes["fullCalcOnLoad"])
    }
  }

  func end(_ element: String) {}
  func text(_ text: String) {}
}

/// The texts that cells share: `xl/sharedStrings.xml`.
final class SharedStrings: XMLHandler {
  private(set) var texts: [String] = []
  private var content = TextContent()

  var wantsText: Bool { content.wantsText }
  let stop: Problem? = nil

  func start(_ element: String, _ attributes: [String: String]) { content.start(element) }

  func end(_ element: String) {
    content.end(element)
    if element == "si" { texts.append(content.take()) }
  }

  func text(_ text: String) { content.add(text) }
}

/// Collects the text of a string: its runs, without what only tells how to pronounce it.
struct TextContent {
  private var text = ""
  private var isInText = false
  private var isPhonetic = false

  var wantsText: Bool { isInText && !isPhonetic }

  mutating func start(_ element: String) {
    if element == "t" { isInText = true }
    if element == "rPh" { isPhonetic = true }
  }

  mutating func end(_ element: String) {
    if element == "t" { isInText = false }
    if element == "rPh" { isPhonetic = false }
  }

  mutating func add(_ part: String) { text += part }

  /// The whole text; the next begins empty.
  mutating func take() -> String {
    defer { text = "" }
    return text.contains("_x") ? TextContent.unescaped(text) : text
  }

  /// Characters that XML cannot hold stand as `_xHHHH_`.
  ///
  /// Source: ECMA-376-1, 22.9.2.19, ST_Xstring.
  private static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "_x")?.lowerBound {
      result += rest[..<start]
      let code = rest[start...].dropFirst(2).prefix(4)
      let end = rest[start...].dropFirst(6)
      if code.utf8.count == 4, code.allSatisfy(\.isHexDigit), end.first == "_",
        let value = UInt32(code, radix: 16), let scalar = UnicodeScalar(value)
      {
        result.unicodeScalars.append(scalar)
        rest = end.dropFirst()
      } else {
        result += "_x"
        rest = rest[start...].dropFirst(2)
      }
    }
    return result + rest
  }
}
