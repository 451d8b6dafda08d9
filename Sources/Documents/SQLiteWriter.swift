/// Why a database cannot be made.
public enum DatabaseError: Error, Sendable, Equatable {
  /// SQLite refuses a step, such as a row whose key is there already.
  case refused(table: String, reason: String)
}

/// Makes a SQLite file of tables.
///
/// The bytes depend on the tables and the version of SQLite alone: pages of 4,096 bytes, rows in the
/// given order, nothing ever deleted.
public enum SQLiteWriter {
  /// The bytes of a database.
  ///
  /// - Throws: `DatabaseError.refused` if a key comes twice or a cell is not of its column's type.
  public static func bytes(_ database: Database) throws(DatabaseError) -> [UInt8] {
    let file = try SQLiteCalls()
    try file.run("PRAGMA page_size = 4096", of: "")
    try file.run("BEGIN", of: "")
    for table in database.tables {
      try file.run(table.definition, of: table.name)
      let statement = try file.prepare(table.insertion, of: table.name)
      for index in 0..<table.rows.count {
        for (column, cell) in table.rows[index].enumerated() {
          try bind(cell, table, column, statement)
        }
        try statement.step()
      }
    }
    try file.run("COMMIT", of: "")
    return try file.bytes()
  }

  private static func bind(
    _ cell: String, _ table: Database.Table, _ column: Int, _ statement: borrowing SQLiteStatement
  ) throws(DatabaseError) {
    if cell.isEmpty {
      if column < table.keyLength { statement.bind("", column) } else { statement.bindNull(column) }
      return
    }
    switch table.columns[column].type {
    case .text: statement.bind(cell, column)
    case .whole:
      guard let number = Int64(cell) else { throw refused(cell, table, column) }
      statement.bind(number, column)
    case .number:
      guard let number = Double(cell) else { throw refused(cell, table, column) }
      statement.bind(number, column)
    }
  }

  private static func refused(
    _ cell: String, _ table: Database.Table, _ column: Int
  ) -> DatabaseError {
    .refused(table: table.name, reason: "\(table.columns[column].name) = \(cell)")
  }
}
