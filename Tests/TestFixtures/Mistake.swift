/// A mistake made in the sound scenario and all that Karez says of it.
///
/// Read from a text of blocks: a line `# ` with a title; for each file changed a line `@ ` with
/// its name, lines `- ` that are there and lines `+ ` that take their place; then the expected
/// lines `en ` and `zh `. For `- @all` the whole file is replaced, for `- @key` that block of a
/// scenario.
public struct Mistake: Sendable, CustomStringConvertible {
  /// What is wrong.
  public let title: String
  /// The lines expected in English.
  public let english: [String]
  /// The lines expected in Chinese.
  public let chinese: [String]
  private let edits: [(file: String, old: String, new: String)]

  /// The title.
  public var description: String { title }

  /// Reads all blocks of a text.
  public static func all(in text: String) -> [Mistake] {
    text.split(separator: "\n\n").map { block in
      Mistake(block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  private init(_ lines: [String]) {
    func texts(_ mark: String, _ lines: some Sequence<String>) -> [String] {
      lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    }
    title = texts("# ", lines).first ?? ""
    english = texts("en ", lines)
    chinese = texts("zh ", lines)
    var edits: [(file: String, old: String, new: String)] = []
    for part in lines.joined(separator: "\n").split(separator: "\n@ ").dropFirst() {
      let own = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      edits.append(
        (
          own[0], texts("- ", own).joined(separator: "\n"),
          texts("+ ", own).joined(separator: "\n")
        ))
    }
    self.edits = edits
  }

  /// The files with the mistake.
  public var files: [String: String] {
    var files = SoundScenario.files
    for edit in edits {
      files[edit.file] = Mistake.edited(files[edit.file] ?? "", edit.old, edit.new)
    }
    return files
  }

  private static func edited(_ text: String, _ old: String, _ new: String) -> String {
    if old == "@all" { return new }
    if old.hasPrefix("@") { return withoutBlock(text, String(old.dropFirst())) + new }
    let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "the sound scenario has no \"\(old)\"")
    return parts.joined(separator: new)
  }

  /// The scenario without a key of its first level.
  private static func withoutBlock(_ text: String, _ key: String) -> String {
    var isInside = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.first != " " { isInside = line.hasPrefix(key + ":") }
      return !isInside
    }.joined(separator: "\n")
  }
}
