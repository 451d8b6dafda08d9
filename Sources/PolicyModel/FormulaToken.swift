/// A word of a formula.
struct FormulaToken {
  enum Kind {
    case number(Double)
    case name
    case symbol
  }

  let kind: Kind
  let text: String
  let column: Int

  /// Cuts a text into words.
  static func tokens(of text: String) throws(FormulaFault) -> [FormulaToken] {
    var tokens: [FormulaToken] = []
    let characters = Array(text)
    var position = 0
    while position < characters.count {
      if characters[position].isWhitespace {
        position += 1
        continue
      }
      let token = try token(in: characters, at: position)
      tokens.append(token)
      position += token.text.count
      try refuseLength(tokens)
    }
    return tokens
  }

  /// A chain of operators is as deep a tree as it is long, so its length is bounded too.
  private static let mostWords = 2_000

  private static func refuseLength(_ tokens: [FormulaToken]) throws(FormulaFault) {
    guard tokens.count > mostWords, let last = tokens.last else { return }
    throw FormulaFault(
      column: last.column,
      wording: Wording(
        "the formula has more than 2,000 words; split it into derived indicators",
        "公式超过2000个词；请拆分为多个派生指标"))
  }

  private static func token(
    in characters: [Character], at start: Int
  ) throws(FormulaFault) -> FormulaToken {
    let first = characters[start]
    if isDigit(first) || first == "." { return try number(in: characters, at: start) }
    if isNameStart(first) {
      let name = characters[start...].prefix { isNameStart($0) || $0.isNumber }
      return FormulaToken(kind: .name, text: String(name), column: start + 1)
    }
    for symbol in ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "^", "(", ")", ","]
    where characters[start...].starts(with: symbol) {
      return FormulaToken(kind: .symbol, text: symbol, column: start + 1)
    }
    throw FormulaFault(
      column: start + 1,
      wording: Wording(
        "the character \"\(first)\" has no meaning in a formula", "公式中不能使用字符“\(first)”"))
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isNameStart(_ character: Character) -> Bool {
    character.isLetter || character == "_"
  }

  private static func number(
    in characters: [Character], at start: Int
  ) throws(FormulaFault) -> FormulaToken {
    var end = start
    func skipDigits() { while end < characters.count, isDigit(characters[end]) { end += 1 } }
    skipDigits()
    if end < characters.count, characters[end] == "." {
      end += 1
      skipDigits()
    }
    if end < characters.count, characters[end] == "e" || characters[end] == "E" {
      var probe = end + 1
      if probe < characters.count, characters[probe] == "-" || characters[probe] == "+" {
        probe += 1
      }
      if probe < characters.count, isDigit(characters[probe]) {
        end = probe
        skipDigits()
      }
    }
    let text = String(characters[start..<end])
    guard let value = Double(text), value.isFinite else {
      throw FormulaFault(
        column: start + 1,
        wording: Wording("\"\(text)\" is not a finite number", "“\(text)”不是有限的数"))
    }
    return FormulaToken(kind: .number(value), text: text, column: start + 1)
  }
}
