import Foundation
import FoundationXML
import PolicyModel

/// What takes the elements of an XML part in the order in which they stand.
protocol XMLHandler: AnyObject {
  /// Whether the text that comes now is wanted.
  var wantsText: Bool { get }
  /// An element begins; names are without prefix, attributes as they were written.
  func start(_ element: String, _ attributes: [String: String])
  /// An element ends.
  func end(_ element: String)
  /// Text within the last element that began.
  func text(_ text: String)
  /// Why reading should stop; nil to go on.
  var stop: Problem? { get }
}

/// Reads one XML part of a workbook as a stream.
///
/// A part is UTF-8, has no document type (so no entities that could grow or read other files) and is
/// not nested deeper than any sheet. Source: ECMA-376-2, Open Packaging Conventions, 8.1.4.
enum XMLPart {
  /// The deepest nesting; a sheet with all its extensions stays below 20.
  static let deepest = 64

  /// Hands the elements of a part to a handler.
  ///
  /// - Throws: `Problem` if the part is not well-formed, holds what is refused, or the handler stops.
  static func read(
    _ bytes: [UInt8], part: String, file: String, into handler: some XMLHandler
  ) throws(Problem) {
    try check(bytes, part, file)
    let stream = XMLStream(handler)
    // By a stream, piece by piece: libxml2 refuses more than 10 MB that it is handed at once.
    let parser = XMLParser(stream: InputStream(data: Data(bytes)))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = stream
    // Its answer is no proof: on Linux it is true for an element that is never closed.
    _ = parser.parse()
    if let stop = handler.stop { throw stop }
    if stream.isTooDeep { throw tooDeep(part, file) }
    if let line = stream.firstErrorLine { throw broken(part, file, line: line) }
    if !stream.isWhole { throw broken(part, file, line: parser.lineNumber) }
  }

  /// Refuses document types and other encodings before the parser sees them.
  private static func check(_ bytes: [UInt8], _ part: String, _ file: String) throws(Problem) {
    let prolog = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    let declared = prolog.split(separator: "encoding=", maxSplits: 1).dropFirst().first
    let isForeign = declared.map { !["\"utf-8\"", "'utf-8'"].contains(String($0.prefix(7))) }
    if isForeign ?? false || bytes.contains(0) { throw encoding(part, file) }
    var position = bytes.startIndex
    while let next = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = next + 1
      guard position < bytes.count else { return }
      if bytes[position] == UInt8(ascii: "!") && !isHarmless(bytes[position...]) {
        throw documentType(part, file)
      }
    }
  }

  /// Whether a comment or a character section begins.
  private static func isHarmless(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: "!--".utf8) || bytes.starts(with: "![CDATA[".utf8)
  }

  private static func encoding(_ part: String, _ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "\(part) in the workbook is not in UTF-8; open it in Excel or WPS and save it again",
        "工作簿内的\(part)不是UTF-8编码；请用Excel或WPS打开后重新保存"))
  }

  private static func documentType(_ part: String, _ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "\(part) in the workbook holds a document type or entities, which no spreadsheet program "
          + "writes; take the file from its source again, or save the table as CSV",
        "工作簿内的\(part)含有文档类型或实体声明，疑为恶意文件；请重新获取文件，或将表格另存为CSV"))
  }

  private static func tooDeep(_ part: String, _ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "\(part) in the workbook is nested more than \(deepest) deep; open it in Excel or WPS and "
          + "save it again",
        "工作簿内的\(part)嵌套超过\(deepest)层；请用Excel或WPS打开后重新保存"))
  }

  private static func broken(_ part: String, _ file: String, line: Int) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "\(part) in the workbook is damaged (line \(line)); open it in Excel or WPS and save it again",
        "工作簿内的\(part)已损坏（第\(line)行）；请用Excel或WPS打开后重新保存"))
  }
}

/// Passes the parser's events on and counts the depth.
private final class XMLStream: NSObject, XMLParserDelegate {
  private let handler: any XMLHandler
  private var depth = 0
  private var elementCount = 0
  private(set) var isTooDeep = false
  /// Where the part is first not well-formed.
  private(set) var firstErrorLine: Int?

  /// Whether there was an element and all are closed.
  var isWhole: Bool { depth == 0 && elementCount > 0 }

  init(_ handler: any XMLHandler) { self.handler = handler }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String]
  ) {
    depth += 1
    elementCount += 1
    isTooDeep = isTooDeep || depth > XMLPart.deepest
    handler.start(elementName, attributeDict)
    if isTooDeep || handler.stop != nil { parser.abortParsing() }
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?
  ) {
    depth -= 1
    handler.end(elementName)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if handler.wantsText { handler.text(string) }
  }

  func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
    if handler.wantsText { handler.text(String(decoding: CDATABlock, as: UTF8.self)) }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
    firstErrorLine = firstErrorLine ?? parser.lineNumber
  }
}
