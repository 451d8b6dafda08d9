import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG text taken apart by the system's XML reader, in the order of drawing.
public final class SVGDocument: NSObject, XMLParserDelegate {
  /// One element.
  public struct Element {
    /// Its name.
    public let name: String
    /// Its attributes.
    public let attributes: [String: String]
    /// Names of the elements around it.
    public let parents: [String]
    /// Its text.
    public var text = ""

    /// A number of an attribute; 0 where there is none.
    public func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? 0 }
  }

  /// Every element.
  public private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Reads a text.
  public init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  /// Elements of a name.
  public func named(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Texts in the picture, not those that tell what a mark is.
  public var texts: [Element] { named("text") }

  /// Opens an element.
  public func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(
      Element(
        name: name, attributes: attributes, parents: open.dropLast().map { elements[$0].name })
    )
  }

  /// Closes an element.
  public func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  /// Adds to an element's text.
  public func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }
}

extension SVGDocument {
  /// A text with the rectangle that it fills, from its attributes alone.
  public struct TextBox {
    /// The text.
    public let text: String
    /// Its left and right edges.
    public let across: Range<Double>
    /// Its upper and lower edges.
    public let down: Range<Double>
  }

  /// Where each text stands.
  ///
  /// - Parameter width: Of a text, its size and whether it is bold.
  /// - Returns: A box for each text.
  public func textBoxes(width: (String, Double, Bool) -> Double) -> [TextBox] {
    texts.map { element in
      let size = element.number("font-size")
      let isBold = element.attributes["font-weight"] == "bold"
      let length = width(element.text, size, isBold)
      let shift = ["middle": 0.5, "end": 1][element.attributes["text-anchor"] ?? "", default: 0.0]
      let start = element.number("x") - length * shift
      let base = element.number("y")
      return TextBox(
        text: element.text, across: start..<(start + length),
        down: (base - size * 0.8)..<(base + size * 0.2))
    }
  }

  /// The first two texts that share a place; nil if none do.
  public static func overlap(_ boxes: [TextBox]) -> String? {
    for (index, first) in boxes.enumerated() {
      for second in boxes[(index + 1)...]
      where first.across.overlaps(second.across) && first.down.overlaps(second.down) {
        return "\(first.text) | \(second.text)"
      }
    }
    return nil
  }

  /// The colours on which a text stands: of the last rectangle drawn under it, else the sheet's.
  public func grounds(of text: Int) -> [String] {
    let element = elements[text]
    let under = elements[..<text].last { rect in
      rect.name == "rect" && !rect.parents.contains("pattern")
        && rect.number("x") <= element.number("x")
        && element.number("x") <= rect.number("x") + rect.number("width")
        && rect.number("y") <= element.number("y")
        && element.number("y") <= rect.number("y") + rect.number("height")
    }
    return colors(under?.attributes["fill"] ?? "#FFFFFF")
  }

  /// The colours of a fill: its own, or those of the hatching that it names.
  public func colors(_ fill: String) -> [String] {
    guard fill.hasPrefix("url(#") else { return [fill] }
    let name = String(fill.dropFirst(5).dropLast())
    guard let start = elements.firstIndex(where: { $0.attributes["id"] == name }) else { return [] }
    return elements[(start + 1)...].prefix { $0.parents.contains("pattern") }
      .compactMap { $0.attributes[$0.name == "rect" ? "fill" : "stroke"] }
  }
}

/// The contrast of two colours `#rrggbb`: from 1 to 21.
///
/// Source: WCAG 2.2, relative luminance and contrast ratio.
public func contrast(_ first: String, _ second: String) -> Double {
  func luminance(_ color: String) -> Double {
    let digits = Array(color.dropFirst())
    let parts = stride(from: 0, to: 6, by: 2).map { start -> Double in
      let value = Double(Int(String(digits[start...start + 1]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
  let pair = [luminance(first), luminance(second)].sorted()
  return (pair[1] + 0.05) / (pair[0] + 0.05)
}
