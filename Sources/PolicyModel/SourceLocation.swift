/// A place in a file: where a value or a mistake stands.
public struct SourceLocation: Sendable, Hashable {
  /// The file as the user would name it.
  public let file: String
  /// Line, from 1; 0 where the whole file is meant.
  public let line: Int
  /// Column in characters, from 1; 0 where the whole line is meant.
  public let column: Int

  /// Makes a location.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, without the parts that are not known.
  public var text: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}

/// A mistake in what the user wrote: where it is, what it is and what to do.
public struct Problem: Error, Sendable, Hashable {
  /// Where it stands, if it stands in a file.
  public let location: SourceLocation?
  /// The key it concerns, such as `streams.consolidation.floor`; empty if none.
  public let path: String
  /// What is wrong and how to mend it.
  public let wording: Wording

  /// Makes a problem.
  public init(_ location: SourceLocation?, path: String = "", _ wording: Wording) {
    self.location = location
    self.path = path
    self.wording = wording
  }

  /// The whole line that a user reads: place, key, words.
  public func text(in language: Language) -> String {
    let parts = [location?.text ?? "", path, wording.text(in: language)]
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
