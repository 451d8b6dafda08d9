/// How wide texts are when drawn, whatever font of the usual kind draws them.
///
/// Wide characters take one em, others their width in Noto Sans CJK and a little more, as Arial,
/// Segoe and YaHei differ from it by a few per cent.
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
    if (32..<127).contains(scalar.value) {
      return Double(advances[Int(scalar.value) - 32]) / 1000 * margin
    }
    switch displayWidth(String(Character(scalar))) {
    case 0: return 0
    case 1: return isNarrow(scalar) ? 0.64 * margin : 1
    default: return 1
    }
  }

  /// Letters of Europe and signs of arithmetic; all else may be as wide as high.
  private static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "−" || scalar == "–" || scalar == "×" || scalar == "±"
      || ((0xC0...0x24F).contains(scalar.value) && scalar != "Æ" && scalar != "Œ")
      || (0x390...0x3C9).contains(scalar.value)
  }

  /// What other fonts are wider than Noto Sans CJK by.
  private static let margin = 1.03

  /// Widths of the characters from space to tilde.
  ///
  /// Thousandths of an em. Source: Noto Sans CJK SC Regular 2.004.
  private static let advances = [
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555,
    555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638,
    688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721,
    575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564,
    607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521,
    475, 338, 270, 338, 555,
  ]

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
