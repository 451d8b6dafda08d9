import PolicyModel

/// A table of data, wherever it stands: a header and rows of cells.
///
/// What a table means does not depend on whether it came as text or in a workbook, so its readers
/// know no more of it than this.
protocol DataTable: Sendable {
  /// The file as the user would name it.
  var file: String { get }
  /// The names of the columns.
  var header: [String] { get }
  /// The number of rows below the header.
  var rowCount: Int { get }
  /// The table as a whole.
  var location: SourceLocation { get }
  /// The row of names.
  var headerLocation: SourceLocation { get }

  /// Where a row stands.
  func location(row: Int) -> SourceLocation
  /// Where a cell stands, as near as the file allows.
  func location(row: Int, column: Int) -> SourceLocation
  /// The row in words: "line 3", "row 3".
  func place(row: Int) -> Wording
  /// The text of a cell without surrounding spaces.
  func text(row: Int, column: Int) -> String
  /// The number of a cell, NaN where it is empty.
  ///
  /// - Throws: `DecimalFault` for anything that formats.md refuses.
  func number(row: Int, column: Int) throws(DecimalFault) -> Double
  /// Why nothing can be read from a cell, whatever it is read as.
  func fault(row: Int, column: Int) -> Wording?
  /// The cells that have a fault.
  var faultyCells: [(row: Int, column: Int)] { get }
}

extension DataTable {
  /// A problem of one cell: its own fault, where it has one, else what its reader says.
  func problem(row: Int, column: Int, _ wording: Wording) -> Problem {
    Problem(
      location(row: row, column: column), path: header[column],
      fault(row: row, column: column) ?? wording)
  }

  /// The problems of the cells from which nothing can be read.
  func faults(in columns: Set<Int>? = nil, atMost limit: Int) -> [Problem] {
    faultyCells.lazy.filter { columns?.contains($0.column) ?? true }.prefix(limit).map {
      problem(row: $0.row, column: $0.column, Wording(same: ""))
    }
  }

  /// The problem of a header that lacks a column.
  func missingColumn(_ name: String, hint: Wording = Wording(same: "")) -> Problem {
    Problem(headerLocation, path: name, Wording("the column is missing", "缺少该列") + hint)
  }
}
