import PolicyModel

/// Takes a goal's text apart, and knows where it is.
struct GoalScanner: Sendable {
  /// A part of the text and where it starts.
  struct Word: Sendable {
    let text: String
    let position: Int
  }

  private let text: String
  private let characters: [Character]
  private var start = 0
  /// Index of the next character that is no space.
  private(set) var position = 0

  init(_ text: String) {
    self.text = text
    characters = text.map { GoalScanner.narrow[$0] ?? $0 }
    skipSpaces()
  }

  /// Signs of Chinese text and what they stand for.
  private static let narrow: [Character: Character] = [
    "（": "(", "）": ")", "：": ":", "，": ",", "％": "%", "＜": "<", "＞": ">", "＝": "=", "＠": "@",
    "≤": "≤", "≥": "≥", "\u{3000}": " ",
  ]

  private var current: Character? { position < characters.count ? characters[position] : nil }

  /// Whether everything was read.
  var isAtEnd: Bool { current == nil }

  /// What was not read yet.
  var rest: String { String(characters[position...]) }

  /// The goal as written, without its label.
  var textWithoutLabel: String {
    var part = Array(text)[start...]
    while part.first?.isWhitespace ?? false { part = part.dropFirst() }
    while part.last?.isWhitespace ?? false { part = part.dropLast() }
    return String(part)
  }

  /// A problem at a place of the text.
  func problem(at index: Int, _ wording: Wording) -> Problem {
    Problem(
      nil, path: "--goal",
      Wording("\"\(text)\", character \(index + 1): ", "“\(text)”第\(index + 1)个字符：") + wording)
  }

  private mutating func skipSpaces() {
    while current?.isWhitespace ?? false { position += 1 }
  }

  /// What stands before a colon; nil without one.
  mutating func label() -> String? {
    guard let colon = characters.firstIndex(of: ":") else { return nil }
    let label = String(Array(text)[..<colon]).split(separator: " ").joined(separator: " ")
    start = colon + 1
    position = start
    skipSpaces()
    return label.isEmpty ? nil : label
  }

  /// Letters, digits and `_`.
  mutating func name() -> Word {
    let first = position
    while let character = current, character.isLetter || character.isNumber || character == "_" {
      position += 1
    }
    let word = Word(text: String(characters[first..<position]), position: first)
    skipSpaces()
    return word
  }

  /// What stands in brackets, parted by commas; nil without brackets.
  mutating func arguments() throws(Problem) -> [Word]? {
    guard current == "(" else { return nil }
    let open = position
    guard let close = characters[open...].firstIndex(of: ")") else {
      throw problem(at: open, Wording("the bracket is not closed", "括号未闭合"))
    }
    var words: [Word] = []
    var from = open + 1
    for index in from...close where characters[index] == "," || index == close {
      var first = from
      var last = index
      while first < last, characters[first].isWhitespace { first += 1 }
      while last > first, characters[last - 1].isWhitespace { last -= 1 }
      words.append(Word(text: String(characters[first..<last]), position: first))
      from = index + 1
    }
    position = close + 1
    skipSpaces()
    return words
  }

  private static let relations: [(sign: String, relation: Goal.Relation)] = [
    ("<=", .atMost), (">=", .atLeast), ("==", .equal), ("≤", .atMost), ("≥", .atLeast),
    ("<", .below), (">", .above),
  ]

  mutating func relation() -> Goal.Relation? {
    for entry in GoalScanner.relations where skip(anyOf: [entry.sign]) != nil {
      return entry.relation
    }
    return nil
  }

  /// Steps over one of some signs; returns where it stood.
  mutating func skip(anyOf signs: [String]) -> Int? {
    for sign in signs where characters[position...].starts(with: Array(sign)) {
      let first = position
      position += sign.count
      skipSpaces()
      return first
    }
    return nil
  }

  /// A number's sign, digits, points, commas and power of ten.
  mutating func digits() -> String {
    let first = position
    while let character = current, isFigure(character, at: position, from: first) { position += 1 }
    let digits = String(characters[first..<position])
    skipSpaces()
    return digits
  }

  private func isFigure(_ character: Character, at index: Int, from first: Int) -> Bool {
    if ("0"..."9").contains(character) || ("０"..."９").contains(character) { return true }
    if ".．,".contains(character) { return true }
    if "+-−".contains(character) { return index == first || "eE".contains(characters[index - 1]) }
    return "eE".contains(character) && index + 1 < characters.count
      && (characters[index + 1].isNumber || "+-".contains(characters[index + 1]))
  }

  /// A unit: what stands before a tolerance, a year or the end.
  mutating func unit() -> String {
    let first = position
    while let character = current, character != "±", character != "@",
      !(character == "+" && characters[position...].starts(with: ["+", "-"]))
    {
      position += 1
    }
    return String(characters[first..<position]).split(separator: " ").joined(separator: " ")
  }
}
