/// A rectangle in pixels, y downwards.
struct Box: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  /// Whether two share any place.
  func overlaps(_ other: Box) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  /// Whether another lies within.
  func contains(_ other: Box) -> Bool {
    x <= other.x && other.right <= right && y <= other.y && other.bottom <= bottom
  }
}

/// Which point of a text its place names.
enum TextAnchor: String, Sendable {
  case start
  case middle
  case end
}

/// A font size with its weight.
struct TextStyle: Sendable {
  var size: Double
  var isBold = false
  var paint = Paint.ink

  static let title = TextStyle(size: 17, isBold: true)
  static let subtitle = TextStyle(size: 12.5, paint: .muted)
  static let label = TextStyle(size: 11)
  static let small = TextStyle(size: 10, paint: .muted)
  static let axis = TextStyle(size: 11, paint: .muted)
  static let badge = TextStyle(size: 11, isBold: true)

  func width(_ text: String) -> Double {
    TextMeasure.width(text, size: size, isBold: isBold)
  }

  func fitted(_ text: String, _ width: Double) -> String {
    TextMeasure.fitted(text, size: size, width: width, isBold: isBold)
  }
}

/// Where SVG elements are put one after another.
struct SVGCanvas {
  private let prefix: String
  private let colors: ColorMode
  private var body: [String] = []
  private var hatchings: [Paint] = []

  init(prefix: String, colors: ColorMode) {
    self.prefix = prefix
    self.colors = colors
  }

  // MARK: Elements

  /// A rectangle; `detail` makes it a mark that tells what it is.
  mutating func rect(
    _ box: Box, fill: Paint, stroke: Paint? = nil, strokeWidth: Double = 1, detail: String? = nil
  ) {
    var attributes = [
      ("x", Self.text(box.x)), ("y", Self.text(box.y)), ("width", Self.text(max(0, box.width))),
      ("height", Self.text(max(0, box.height))), ("fill", fillText(fill)),
    ]
    if let stroke {
      attributes += [("stroke", color(stroke)), ("stroke-width", Self.text(strokeWidth))]
    }
    add("rect", attributes, detail: detail)
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ paint: Paint, width: Double = 1,
    dashes: String? = nil, detail: String? = nil
  ) {
    var attributes = [
      ("x1", Self.text(x1)), ("y1", Self.text(y1)), ("x2", Self.text(x2)), ("y2", Self.text(y2)),
      ("stroke", color(paint)), ("stroke-width", Self.text(width)),
    ]
    if let dashes { attributes.append(("stroke-dasharray", dashes)) }
    add("line", attributes, detail: detail)
  }

  mutating func polyline(
    _ points: [(x: Double, y: Double)], _ paint: Paint, width: Double, dashes: String? = nil,
    detail: String? = nil
  ) {
    let list = points.map { "\(Self.text($0.x)),\(Self.text($0.y))" }.joined(separator: " ")
    var attributes = [
      ("points", list), ("fill", "none"), ("stroke", color(paint)),
      ("stroke-width", Self.text(width)), ("stroke-linejoin", "round"),
    ]
    if let dashes { attributes.append(("stroke-dasharray", dashes)) }
    add("polyline", attributes, detail: detail)
  }

  /// An area within a path of SVG commands.
  mutating func area(
    _ path: String, fill: Paint, opacity: Double = 1, stroke: Paint? = nil,
    detail: String? = nil
  ) {
    var attributes = [("d", path), ("fill", fillText(fill))]
    if opacity < 1 { attributes.append(("fill-opacity", Self.text(opacity, decimals: 2))) }
    if let stroke { attributes += [("stroke", color(stroke)), ("stroke-width", "1")] }
    add("path", attributes, detail: detail)
  }

  mutating func circle(
    _ x: Double, _ y: Double, radius: Double, fill: Paint, stroke: Paint, detail: String? = nil
  ) {
    add(
      "circle",
      [
        ("cx", Self.text(x)), ("cy", Self.text(y)), ("r", Self.text(radius)),
        ("fill", fillText(fill)), ("stroke", color(stroke)), ("stroke-width", "1.5"),
      ], detail: detail)
  }

  /// A line of text; its place is on the base line.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: TextStyle, _ anchor: TextAnchor = .start
  ) {
    if text.isEmpty { return }
    var attributes = [
      ("x", Self.text(x)), ("y", Self.text(y)), ("font-size", Self.text(style.size)),
      ("fill", color(style.paint)),
    ]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if style.isBold { attributes.append(("font-weight", "bold")) }
    body.append("<text\(Self.list(attributes))>\(Self.escaped(text))</text>")
  }

  private mutating func add(
    _ name: String, _ attributes: [(String, String)], detail: String?
  ) {
    guard let detail else {
      body.append("<\(name)\(Self.list(attributes))/>")
      return
    }
    let text = Self.escaped(detail)
    body.append(
      "<\(name)\(Self.list(attributes)) data-label=\"\(text)\"><title>\(text)</title></\(name)>")
  }

  // MARK: Colours

  private func color(_ paint: Paint) -> String { color(paint.name, paint.color) }

  private func color(_ name: String, _ value: String) -> String {
    switch colors {
    case .plain: value
    case .named: "var(--karez-\(name), \(value))"
    }
  }

  private mutating func fillText(_ paint: Paint) -> String {
    if paint.strokes == nil { return color(paint) }
    if !hatchings.contains(paint) { hatchings.append(paint) }
    return "url(#\(id(paint)))"
  }

  private func id(_ paint: Paint) -> String { "\(prefix)-hatch-\(paint.name)" }

  private func definition(_ paint: Paint) -> String {
    let strokes = color("\(paint.name)-strokes", paint.strokes ?? paint.color)
    return "<pattern id=\"\(id(paint))\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
      + "<rect width=\"6\" height=\"6\" fill=\"\(color(paint))\"/>"
      + "<path d=\"M-1.5 1.5 L1.5 -1.5 M0 6 L6 0 M4.5 7.5 L7.5 4.5\" stroke=\"\(strokes)\" "
      + "stroke-width=\"1.3\"/></pattern>"
  }

  // MARK: The whole

  /// The fonts of Chinese text on the usual systems, then whatever there is.
  private static let fonts =
    "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'Source Han Sans SC', sans-serif"

  /// The `svg` element around everything.
  func document(
    width: Double, height: Double, title: String, summary: String, languageTag: String
  ) -> String {
    let size = "\(Self.text(width)) \(Self.text(height))"
    let names = "\(prefix)-title \(prefix)-desc"
    let attributes = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("width", Self.text(width)),
      ("height", Self.text(height)), ("viewBox", "0 0 \(size)"), ("role", "img"),
      ("aria-labelledby", names), ("xml:lang", languageTag), ("lang", languageTag),
      ("font-family", Self.fonts),
    ]
    var lines = ["<svg\(Self.list(attributes))>"]
    lines.append("<title id=\"\(prefix)-title\">\(Self.escaped(title))</title>")
    lines.append("<desc id=\"\(prefix)-desc\">\(Self.escaped(summary))</desc>")
    if !hatchings.isEmpty {
      lines.append("<defs>" + hatchings.map { definition($0) }.joined() + "</defs>")
    }
    let sheet = [
      ("width", Self.text(width)), ("height", Self.text(height)), ("fill", color(.paper)),
    ]
    lines.append("<rect\(Self.list(sheet))/>")
    return (lines + body + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static func list(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\($0.1)\"" }.joined()
  }

  /// A number of pixels: one decimal is finer than any screen or printer shows.
  static func text(_ value: Double, decimals: Int = 1) -> String {
    var text = NumberText.fixed(value, decimals: decimals)[...]
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text == "-0" ? "0" : String(text)
  }

  /// Text in which markup is text, and which holds no character that XML forbids.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in withoutControls(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case _ where turnsText(scalar): break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
