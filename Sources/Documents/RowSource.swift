/// The rows of a table, made one at a time, so that a long table takes no memory.
public struct RowSource<Row: Sendable>: Sendable {
  /// How many rows there are.
  public let count: Int
  private let make: @Sendable (Int) -> Row

  /// Makes a source of a rule.
  ///
  /// - Parameters:
  ///   - count: How many rows there are.
  ///   - make: The row at an index; called as often as the row is read.
  public init(count: Int, _ make: @escaping @Sendable (Int) -> Row) {
    self.count = count
    self.make = make
  }

  /// Makes a source of rows that are there.
  public init(_ rows: [Row]) {
    self.init(count: rows.count) { rows[$0] }
  }

  /// One row.
  ///
  /// - Precondition: The index is one of a row.
  public subscript(index: Int) -> Row {
    precondition((0..<count).contains(index), "a row stands within its table")
    return make(index)
  }

  /// The first rows.
  public func prefix(_ length: Int) -> RowSource {
    RowSource(count: min(count, length), make)
  }

  /// The rows changed one by one.
  public func map<Other: Sendable>(
    _ change: @escaping @Sendable (Row) -> Other
  ) -> RowSource<Other> {
    RowSource<Other>(count: count) { [make] in change(make($0)) }
  }
}
