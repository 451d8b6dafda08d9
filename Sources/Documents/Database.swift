/// Tables for people who query, as plain values; `SQLiteWriter` makes a file of them.
public struct Database: Sendable {
  /// What a column holds.
  public enum ColumnType: String, Sendable {
    /// A text.
    case text = "TEXT"
    /// A whole number.
    case whole = "INTEGER"
    /// A number.
    case number = "REAL"
  }

  /// A column of a table.
  public struct Column: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// What it holds.
    public let type: ColumnType

    /// Makes a column.
    public init(_ name: String, _ type: ColumnType) {
      self.name = name
      self.type = type
    }
  }

  /// One table.
  public struct Table: Sendable {
    /// Its name.
    public let name: String
    /// Its columns.
    public let columns: [Column]
    /// How many of the first columns name a row.
    public let keyLength: Int
    /// Cells as in a CSV file; an empty one is NULL, in a key an empty text.
    public let rows: RowSource<[String]>

    /// Makes a table.
    ///
    /// - Precondition: The key has at least one column.
    public init(
      _ name: String, _ columns: [Column], keyLength: Int, rows: RowSource<[String]>
    ) {
      precondition((1...columns.count).contains(keyLength), "a row has a key")
      self.name = name
      self.columns = columns
      self.keyLength = keyLength
      self.rows = rows
    }

    /// The statement that makes it; names are quoted, since a column may be named as any word.
    var definition: String {
      let lines = columns.enumerated().map { index, column in
        "  \(quoted(column.name)) \(column.type.rawValue)" + (index < keyLength ? " NOT NULL" : "")
      }
      let key = columns.prefix(keyLength).map { quoted($0.name) }.joined(separator: ", ")
      return "CREATE TABLE \(quoted(name)) (\n" + lines.joined(separator: ",\n")
        + ",\n  PRIMARY KEY (\(key))\n) STRICT, WITHOUT ROWID"
    }

    /// The statement that adds a row.
    var insertion: String {
      let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
      return "INSERT INTO \(quoted(name)) VALUES (\(places))"
    }

    private func quoted(_ name: String) -> String {
      "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }
  }

  /// The tables in order.
  public let tables: [Table]

  /// Makes a database.
  public init(tables: [Table]) { self.tables = tables }
}
