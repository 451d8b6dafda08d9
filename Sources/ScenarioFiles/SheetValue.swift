/// What a cell of a sheet holds.
enum SheetValue: Sendable, Equatable {
  case empty
  /// A finite number.
  case number(Double)
  /// A text without surrounding spaces, not empty.
  case text(String)
  /// Nothing that can be read; the sheet says why.
  case faulty

  /// A text of a sheet; spaces around it do not count.
  init(text: String) {
    let trimmed = SheetValue.trimmed(text)
    self = trimmed.isEmpty ? .empty : .text(trimmed)
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
    guard let first = text.utf8.first, let last = text.utf8.last, isBlank(first) || isBlank(last)
    else { return text }
    let body = Array(text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    return String(decoding: body, as: UTF8.self)
  }

  /// The value as text: of a number the fewest digits that give it back.
  var shown: String {
    switch self {
    case .empty, .faulty: ""
    case .text(let text): text
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
  }
}

/// The place of a cell in its sheet, both from 1.
struct CellPlace: Hashable, Sendable {
  var row: Int
  var column: Int

  /// Reads `C12`, with or without dollar signs; nil if it is none of a sheet's 1,048,576 rows and
  /// 16,384 columns.
  init?(_ text: some StringProtocol) {
    var row = 0
    var column = 0
    for byte in text.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case 65...90 where row == 0: column = column * 26 + Int(byte) - 64
      case 48...57 where column > 0: row = row * 10 + Int(byte) - 48
      default: return nil
      }
      if row > CellPlace.mostRows || column > CellPlace.mostColumns { return nil }
    }
    if row == 0 || column == 0 { return nil }
    self.init(row: row, column: column)
  }

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Rows of the largest sheet.
  ///
  /// Source: Microsoft, Excel specifications and limits.
  static let mostRows = 1_048_576
  /// Columns of the largest sheet.
  static let mostColumns = 16_384
}

/// Cells that were made one.
struct MergedCells: Sendable {
  let rows: ClosedRange<Int>
  let columns: ClosedRange<Int>

  /// Reads `A1:B3`.
  init?(_ text: String) {
    let ends = text.split(separator: ":").compactMap { CellPlace($0) }
    guard let first = ends.first, let last = ends.last, first.row <= last.row,
      first.column <= last.column
    else { return nil }
    rows = first.row...last.row
    columns = first.column...last.column
  }
}
