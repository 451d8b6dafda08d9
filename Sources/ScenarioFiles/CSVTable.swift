import PolicyModel

/// A table of delimited text: a header and rows of the same width.
///
/// Separators are commas, tabs or semicolons, whichever the header has most of; cells may be
/// quoted and then hold separators, quotes (doubled) and line breaks.
/// Source: RFC 4180.
struct CSVTable: DataTable {
  let file: String
  let header: [String]
  /// Line in the file of each row.
  ///
  /// Shape: [row].
  private(set) var lines: [Int] = []
  private let bytes: [UInt8]
  /// Bounds of each cell in `bytes`.
  ///
  /// Shape: [row][column], flat.
  private var cells: [Range<Int>] = []
  /// Whether any cell is quoted, so that quotes must be looked for.
  private var hasQuotes = false

  /// The number of rows.
  var rowCount: Int { lines.count }

  /// Reads a text; with a corner the first column, of row names, needs no name of its own.
  ///
  /// - Throws: `ProblemList` with every row that has too few or too many cells.
  init(_ text: String, file: String, hasCorner: Bool = false) throws(ProblemList) {
    self.file = file
    bytes = Array(text.utf8)
    var scanner = CSVScanner(bytes: bytes)
    let headerCells = scanner.nextRow() ?? []
    let source = bytes
    header = headerCells.map { CSVTable.text(of: source[$0]) }
    try CSVTable.checkHeader(hasCorner ? Array(header.dropFirst()) : header, file: file)
    var problems: [Problem] = []
    while true {
      let line = scanner.line
      guard let row = scanner.nextRow() else { break }
      if row.allSatisfy({ CSVTable.isBlank(source[$0]) }) { continue }
      if row.count != header.count {
        problems.append(CSVTable.widthProblem(row.count, header.count, file, line))
        if problems.count >= 50 { break }
        continue
      }
      lines.append(line)
      cells.append(contentsOf: row)
    }
    if let open = scanner.openQuoteLine {
      problems.append(
        Problem(
          SourceLocation(file: file, line: open),
          Wording("a quoted cell is never closed; add the closing quote", "引号未闭合；请补上引号")))
    }
    hasQuotes = bytes.contains(UInt8(ascii: "\""))
    if !problems.isEmpty { throw ProblemList(problems) }
  }

  /// The bytes of a cell without surrounding spaces.
  func cell(row: Int, column: Int) -> ArraySlice<UInt8> {
    CSVTable.trimmed(bytes[cells[row * header.count + column]])
  }

  /// The text of a cell.
  func text(row: Int, column: Int) -> String {
    CSVTable.text(of: bytes[cells[row * header.count + column]])
  }

  /// The number of a cell, NaN where it is empty.
  func number(row: Int, column: Int) throws(DecimalFault) -> Double {
    try CellNumber.read(cell(row: row, column: column))
  }

  var location: SourceLocation { SourceLocation(file: file) }

  var headerLocation: SourceLocation { SourceLocation(file: file, line: 1) }

  func location(row: Int) -> SourceLocation { SourceLocation(file: file, line: lines[row]) }

  func location(row: Int, column: Int) -> SourceLocation { location(row: row) }

  func place(row: Int) -> Wording { Wording("line \(lines[row])", "第\(lines[row])行") }

  func fault(row: Int, column: Int) -> Wording? { nil }

  var faultyCells: [(row: Int, column: Int)] { [] }

  private static func checkHeader(_ header: [String], file: String) throws(ProblemList) {
    let place = SourceLocation(file: file, line: 1)
    var problems: [Problem] = []
    var seen: Set<String> = []
    if header.allSatisfy({ $0.isEmpty }) {
      problems.append(
        Problem(place, Wording("the table has no header", "表格没有表头")))
    } else {
      for name in header {
        if name.isEmpty {
          problems.append(
            Problem(place, Wording("a column has no name; name or remove it", "有一列没有列名；请命名或删除")))
        } else if !seen.insert(name).inserted {
          problems.append(
            Problem(
              place, path: name,
              Wording("the column stands twice; keep one of them", "该列重复；请只保留一列")))
        }
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
  }

  private static func widthProblem(
    _ count: Int, _ wanted: Int, _ file: String, _ line: Int
  ) -> Problem {
    let what = count < wanted ? Wording("too few", "过少") : Wording("too many", "过多")
    return Problem(
      SourceLocation(file: file, line: line),
      Wording(
        "\(what.english) cells: \(count), the header has \(wanted); "
          + "quote cells that hold the separator",
        "单元格\(what.chinese)：\(count)个，表头有\(wanted)个；含分隔符的单元格请加引号"))
  }

  private static func isBlank(_ slice: ArraySlice<UInt8>) -> Bool { trimmed(slice).isEmpty }

  private static func trimmed(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = slice
    while let first = part.first, first == 32 || first == 9 { part.removeFirst() }
    while let last = part.last, last == 32 || last == 9 { part.removeLast() }
    return part
  }

  private static func text(of slice: ArraySlice<UInt8>) -> String {
    let quote = UInt8(ascii: "\"")
    let part = trimmed(slice)
    guard part.count >= 2, part.first == quote, part.last == quote else {
      return String(decoding: part, as: UTF8.self)
    }
    var inner: [UInt8] = []
    var isSecond = false
    for byte in part.dropFirst().dropLast() {
      if byte == quote && !isSecond {
        isSecond = true
        continue
      }
      isSecond = false
      inner.append(byte)
    }
    return String(decoding: trimmed(inner[...]), as: UTF8.self)
  }
}

/// Cuts bytes into rows of cells.
private struct CSVScanner {
  let bytes: [UInt8]
  let separator: UInt8
  var position = 0
  var line = 1
  var openQuoteLine: Int?

  init(bytes: [UInt8]) {
    self.bytes = bytes
    separator = CSVScanner.separator(in: bytes)
  }

  private static func separator(in bytes: [UInt8]) -> UInt8 {
    let header = bytes.prefix { $0 != 10 && $0 != 13 }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    let counts = candidates.map { candidate in header.count { $0 == candidate } }
    let most = counts.max() ?? 0
    return zip(candidates, counts).first { $0.1 == most }?.0 ?? candidates[0]
  }

  mutating func nextRow() -> [Range<Int>]? {
    if position >= bytes.count { return nil }
    var cells: [Range<Int>] = []
    while true {
      cells.append(nextCell())
      if position >= bytes.count { return cells }
      let end = bytes[position]
      position += 1
      if end == separator { continue }
      if end == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
      line += 1
      return cells
    }
  }

  /// The bounds of the next cell; stops at the separator, the line's end or the end of all.
  private mutating func nextCell() -> Range<Int> {
    let start = position
    let quote = UInt8(ascii: "\"")
    var probe = position
    while probe < bytes.count, bytes[probe] == 32 { probe += 1 }
    if probe < bytes.count, bytes[probe] == quote { skipQuoted(from: probe) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == 10 || byte == 13 { break }
      position += 1
    }
    return start..<position
  }

  private mutating func skipQuoted(from start: Int) {
    let quote = UInt8(ascii: "\"")
    let startLine = line
    position = start + 1
    while position < bytes.count {
      if bytes[position] == quote {
        if position + 1 < bytes.count, bytes[position + 1] == quote {
          position += 1
        } else {
          position += 1
          return
        }
      } else if bytes[position] == 10 {
        line += 1
      }
      position += 1
    }
    openQuoteLine = startLine
  }
}
