/// A place in a file: where a value or a mistake stands.
public struct SourceLocation: Sendable, Hashable {
  /// The file as the user would name it.
  public let file: String
  /// Sheet of a workbook; empty in a text.
  public let sheet: String
  /// Line of a text or row of a sheet, from 1; 0 where the whole file or sheet is meant.
  public let line: Int
  /// Column, from 1: in characters of a text, in cells of a sheet; 0 where the whole line is meant.
  public let column: Int

  /// Makes a location.
  public init(file: String, sheet: String = "", line: Int = 0, column: Int = 0) {
    self.file = file
    self.sheet = sheet
    self.line = line
    self.column = column
  }

  /// `file:line:column` in a text, `file:sheet!C12` in a workbook, without the parts that are not
  /// known.
  public var text: String {
    if !sheet.isEmpty { return "\(file):\(sheet)\(cellText)" }
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }

  /// `!C12`, or `!12:12` for a row, as spreadsheet programs write it.
  private var cellText: String {
    if line == 0 { return "" }
    return "!" + (column == 0 ? "\(line):\(line)" : SourceLocation.letters(column) + "\(line)")
  }

  /// The letters by which a sheet calls a column, such as `C` or `AA`.
  ///
  /// - Parameter column: Its number, from 1.
  /// - Returns: Its letters.
  public static func letters(_ column: Int) -> String {
    precondition(column > 0, "columns are counted from 1")
    var rest = column
    var letters = ""
    while rest > 0 {
      let letter = UInt8(ascii: "A") + UInt8((rest - 1) % 26)
      letters = String(UnicodeScalar(letter)) + letters
      rest = (rest - 1) / 26
    }
    return letters
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
