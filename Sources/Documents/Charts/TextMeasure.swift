/// How wide texts are when drawn, whatever font of the usual kind draws them.
///
/// Wide characters take one em. Others take the width of their class in Noto Sans and Arial,
/// whichever is larger, so that a text never turns out wider than measured by more than a hair.
enum TextMeasure {
  /// Width of a line.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - size: Font size. Pixels.
  ///   - isBold: Whether it is set in bold, some 7 % wider.
  /// - Returns: Pixels.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let sum = text.unicodeScalars.reduce(0.0) { $0 + ems($1) }
    return sum * size * (isBold ? 1.07 : 1)
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    let columns = displayWidth(String(Character(scalar)))
    if columns != 1 { return Double(columns) / 2 }
    switch scalar {
    case " ", "i", "j", "l", "I", ".", ",", ":", ";", "|", "'", "!": return 0.29
    case "f", "t", "r", "(", ")", "[", "]", "/", "-", "\u{201C}", "\u{201D}", "·": return 0.39
    case "m", "w", "W", "M", "%", "@", "—", "…": return 0.95
    case "A"..."Z", "+", "−", "=", "<", ">", "→", "↑", "↓", "≥", "≤": return 0.70
    default: return 0.57
    }
  }

  /// The line, shortened with `…` where it is too wide.
  static func fitted(_ text: String, size: Double, width limit: Double, isBold: Bool = false)
    -> String
  {
    if width(text, size: size, isBold: isBold) <= limit { return text }
    var kept = text
    while !kept.isEmpty {
      kept.removeLast()
      while kept.last == " " { kept.removeLast() }
      if width(kept + "…", size: size, isBold: isBold) <= limit { return kept + "…" }
    }
    return ""
  }

  /// The text broken into lines that fit.
  static func wrapped(_ text: String, size: Double, width limit: Double, isBold: Bool = false)
    -> [String]
  {
    var lines: [String] = []
    var line = ""
    for piece in lineBreakPieces(text) {
      if width(line + piece, size: size, isBold: isBold) > limit && !line.isEmpty {
        lines.append(line)
        line = String(piece.drop { $0 == " " })
      } else {
        line += piece
      }
    }
    return (lines + [line]).filter { !$0.isEmpty }
      .map { fitted($0, size: size, width: limit, isBold: isBold) }
  }
}
