/// A text broken at spaces and between Chinese characters so that each line fits a width.
///
/// - Parameters:
///   - text: The text.
///   - width: Columns of a line, as `displayWidth` counts them.
///   - indent: Spaces before every line but the first.
/// - Returns: The lines; a word longer than a line stands alone.
func wrappedLines(_ text: String, to width: Int, indent: Int = 0) -> [String] {
  var lines: [String] = []
  var line = ""
  for piece in pieces(text) {
    if displayWidth(line + piece) > width && !line.isEmpty {
      lines.append(trimmedEnd(line))
      line = String(repeating: " ", count: indent) + piece.drop { $0 == " " }
    } else {
      line += piece
    }
  }
  return lines + [line]
}

/// The text without spaces at its end.
func trimmedEnd(_ line: String) -> String {
  var text = line[...]
  while text.last == " " { text.removeLast() }
  return String(text)
}

/// What a line break may not part: words with the space before them, and wide characters with
/// the punctuation behind them.
private func pieces(_ note: String) -> [String] {
  var pieces: [String] = []
  var isAfterWide = false
  for character in note {
    let isWide = displayWidth(String(character)) > 1
    let opens = character == " " || isWide || isAfterWide
    if opens && !"，。；：、！？）”》〕】".contains(character) || pieces.isEmpty {
      pieces.append("")
    }
    pieces[pieces.count - 1].append(character)
    isAfterWide = isWide
  }
  return pieces
}
