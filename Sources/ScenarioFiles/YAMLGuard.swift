import PolicyModel

/// Refuses anchors, aliases and deep brackets before the YAML parser builds anything of them,
/// so that a small file cannot grow large in memory.
struct YAMLGuard {
  private var line = 1
  private var column = 0
  private var depth = 0
  private var quote: Character?
  /// Whether a new value may start here: after `: `, `- `, `[`, `{`, `,`, `? ` or at a line's start.
  private var isValueStart = true
  private var previous: Character = "\n"
  private let file: String

  static func check(_ text: String, file: String) throws(Problem) {
    var guardian = YAMLGuard(file: file)
    var isComment = false
    for character in text {
      if character.isNewline {
        isComment = false
        guardian.startLine()
        continue
      }
      guardian.column += 1
      if isComment { continue }
      isComment = try guardian.take(character)
      guardian.previous = character
    }
  }

  private init(file: String) { self.file = file }

  private mutating func startLine() {
    line += 1
    column = 0
    previous = "\n"
    isValueStart = quote == nil
  }

  private var place: SourceLocation { SourceLocation(file: file, line: line, column: column) }

  /// Takes one character; says whether a comment starts with it.
  private mutating func take(_ character: Character) throws(Problem) -> Bool {
    if let open = quote {
      if character == open && previous != "\\" { quote = nil }
      return false
    }
    switch character {
    case "\"", "'":
      if isValueStart { quote = character }
      isValueStart = false
    case "#":
      if previous == "\n" || previous.isWhitespace { return true }
    case "[", "{":
      if isValueStart || depth > 0 { try open() }
      isValueStart = true
    case "]", "}": depth = max(0, depth - 1)
    case ",": isValueStart = depth > 0
    case "&", "*":
      if isValueStart { throw YAMLGuard.anchorProblem(place) }
    case ":", "-", "?": break
    default: takeOther(character)
    }
    return false
  }

  private mutating func open() throws(Problem) {
    depth += 1
    if depth > 50 {
      throw Problem(place, Wording("nested more than 50 deep", "嵌套超过50层"))
    }
  }

  private mutating func takeOther(_ character: Character) {
    if character.isWhitespace {
      if [":", "-", "?"].contains(previous) { isValueStart = true }
    } else {
      isValueStart = false
    }
  }

  static func anchorProblem(_ place: SourceLocation) -> Problem {
    Problem(
      place,
      Wording(
        "anchors and aliases are not allowed; write the value out",
        "不允许使用锚点和别名；请直接写出内容"))
  }
}
