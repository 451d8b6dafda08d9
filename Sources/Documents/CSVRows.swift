/// The lines of a delimited text (RFC 4180) as rows of cells.
///
/// What leaves as a file for programs leaves as a sheet or a database from the same text, so that
/// the forms of one table cannot disagree.
public struct CSVRows: Sendable {
  /// The names in the first line.
  public let header: [String]
  private let bytes: [UInt8]
  /// Where each line after the first starts, and the end.
  private let starts: [Int]

  /// Splits a text into lines; a quoted cell may hold line ends.
  ///
  /// - Parameter text: Lines of as many cells as the first, each ended by a line feed.
  public init(_ text: String) {
    let bytes = Array(text.utf8)
    var starts: [Int] = []
    var isQuoted = false
    for (position, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n") && !isQuoted { starts.append(position + 1) }
    }
    if let end = starts.last, end < bytes.count { starts.append(bytes.count) }
    self.bytes = bytes
    self.starts = starts
    header = CSVRows.cells(bytes[..<(starts.first ?? 0)])
  }

  /// How many rows there are, the header not counted.
  public var count: Int { max(0, starts.count - 1) }

  /// The cells of a row.
  public subscript(row: Int) -> [String] {
    CSVRows.cells(bytes[starts[row]..<starts[row + 1]])
  }

  /// The rows, made one at a time.
  public var source: RowSource<[String]> { RowSource(count: count) { self[$0] } }

  /// The cells of a line, quotes taken off.
  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var start = line.startIndex
    var isQuoted = false
    for position in line.indices {
      switch line[position] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        cells.append(cell(line[start..<position]))
        start = position + 1
      default: break
      }
    }
    if start < line.endIndex { cells.append(cell(line[start...])) }
    return cells
  }

  private static func cell(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.first == UInt8(ascii: "\"") else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
      .split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}
