/// A dense matrix of doubles, stored by columns as LAPACK does.
public struct Matrix: Sendable, Hashable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns.
  public let columnCount: Int
  /// Entries by columns, flat.
  ///
  /// Shape: [column][row].
  public var values: [Double]

  /// Makes a matrix of its entries by columns.
  ///
  /// - Precondition: `values` holds `rowCount × columnCount` entries.
  public init(rowCount: Int, columnCount: Int, values: [Double]) {
    precondition(values.count == rowCount * columnCount, "a matrix needs all its entries")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// Makes a matrix of its rows.
  ///
  /// - Precondition: All rows are of the same length.
  public init(rows: [[Double]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columnCount }, "rows differ in length")
    self.init(
      rowCount: rows.count, columnCount: columnCount,
      values: (0..<columnCount).flatMap { column in rows.map { $0[column] } })
  }

  /// One entry.
  public subscript(row: Int, column: Int) -> Double {
    get { values[column * rowCount + row] }
    set { values[column * rowCount + row] = newValue }
  }
}
