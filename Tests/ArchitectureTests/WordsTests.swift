import Foundation
import TestFixtures
import Testing

/// Every text for people stands in both languages: the pairs of `Wording` and `words` all over the
/// sources are the catalogue, and this reads each of them.
struct WordsTests {
  private struct Pair {
    let file: String
    let line: Int
    let english: String
    let chinese: String
  }

  /// The literal parts of the two arguments of every `Wording(…)` and `words(…)` that are texts.
  private func pairs() throws -> [Pair] {
    let root = ReferenceFile.url("../../Sources").standardizedFileURL
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    return try names.filter { $0.hasSuffix(".swift") }.flatMap { name -> [Pair] in
      let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
      return pairs(in: Array(text), file: name)
    }
  }

  private func pairs(in text: [Character], file: String) -> [Pair] {
    var found: [Pair] = []
    var line = 1
    for place in text.indices {
      if text[place].isNewline { line += 1 }
      for opening in ["Wording(", "words("] where starts(text, place, opening) {
        var scanner = LiteralScanner(text: text, place: place + opening.count)
        let arguments = scanner.arguments()
        guard arguments.count == 2, let english = arguments[0], let chinese = arguments[1] else {
          continue
        }
        found.append(Pair(file: file, line: line, english: english, chinese: chinese))
      }
    }
    return found
  }

  private func starts(_ text: [Character], _ place: Int, _ opening: String) -> Bool {
    guard place + opening.count < text.count,
      place == 0 || !(text[place - 1].isLetter || text[place - 1].isNumber)
    else { return false }
    return text[place..<(place + opening.count)].elementsEqual(opening)
  }

  private func isChinese(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func `every text stands in both languages`() throws {
    let pairs = try pairs()
    #expect(pairs.count > 1_000)
    for pair in pairs {
      // Latin letters in the English text alone: the Chinese one must have Chinese characters.
      let words = pair.english.split { !$0.isLetter }.filter { $0.count > 2 }
      if words.isEmpty { continue }
      #expect(
        pair.chinese.contains(where: isChinese), "\(pair.file):\(pair.line): \(pair.english)")
    }
  }

  @Test func `terms of public finance are the standard ones`() throws {
    let terms: [(english: String, chinese: [String])] = [
      ("carried over", ["结转"]), ("recovered", ["收回"]), ("rewards", ["奖励"]),
      ("deductions", ["扣减"]), ("execution rate", ["执行率"]),
    ]
    for pair in try pairs() {
      for term in terms where pair.english.lowercased().contains(term.english) {
        #expect(
          term.chinese.contains { pair.chinese.contains($0) },
          "\(pair.file):\(pair.line): \(pair.english) → \(pair.chinese)")
      }
    }
  }

  @Test func `the reader of literals sees what is missing`() {
    let text = Array("Wording(\"Amount \\(unit)\", \"Amount\") words(\"a\" + \"b\",\n \"甲\")")
    let pairs = pairs(in: text, file: "x")
    #expect(pairs.map(\.english) == ["Amount ", "ab"])
    #expect(pairs.map(\.chinese) == ["Amount", "甲"])
  }
}

/// Reads the arguments of a call as far as they are literals; nil for one that is none.
private struct LiteralScanner {
  let text: [Character]
  var place: Int

  mutating func arguments() -> [String?] {
    var arguments: [String?] = []
    var literal: String?
    var isOther = false
    var depth = 0
    while place < text.count {
      let character = text[place]
      place += 1
      switch character {
      case "\"" where depth == 0: literal = (literal ?? "") + string()
      case "\"": _ = string()
      case "(", "[", "{":
        depth += 1
        isOther = true
      case ")" where depth == 0, "," where depth == 0:
        arguments.append(isOther ? nil : literal)
        (literal, isOther) = (nil, false)
        if character == ")" { return arguments }
      case ")", "]", "}": depth -= 1
      case "+", " ", "\n": break
      default: if depth == 0 { isOther = true }
      }
    }
    return []
  }

  /// The rest of a string literal without its interpolations.
  private mutating func string() -> String {
    var result = ""
    while place < text.count, text[place] != "\"" {
      if text[place] == "\\", place + 1 < text.count {
        place += 1
        if text[place] == "(" { skipInterpolation() } else { place += 1 }
        continue
      }
      result.append(text[place])
      place += 1
    }
    place += 1
    return result
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while place < text.count {
      if text[place] == "\"" {
        place += 1
        _ = string()
        continue
      }
      if text[place] == "(" { depth += 1 }
      if text[place] == ")" { depth -= 1 }
      place += 1
      if depth == 0 { return }
    }
  }
}
