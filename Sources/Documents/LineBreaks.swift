/// What a line break may not part: words with the space before them, and wide characters with the
/// punctuation behind them.
func lineBreakPieces(_ text: String) -> [String] {
  var pieces: [String] = []
  var isAfterWide = false
  for character in text {
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
