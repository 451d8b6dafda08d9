import Documents
import Foundation
import TestFixtures
import Testing

/// Databases, opened with the shell of SQLite itself.
@Suite struct SQLiteTests {
  private func table(_ rows: [[String]]) -> Database.Table {
    Database.Table(
      "t",
      [
        Database.Column("name", .text), Database.Column("year", .whole),
        Database.Column("value", .number),
      ], keyLength: 2, rows: RowSource(rows))
  }

  private func ask(_ bytes: [UInt8], _ question: String) throws -> String {
    let folder = try TemporaryFolder([:])
    try folder.write("r.sqlite", bytes)
    let answer = try XLSXReader.output(
      of: "/usr/bin/sqlite3", ["-readonly", folder / "r.sqlite", question])
    return String(decoding: answer, as: UTF8.self)
  }

  @Test func `rows come back typed, in the order of the key`() throws {
    let bytes = try SQLiteWriter.bytes(
      Database(
        tables: [
          table([["乙", "2025", "1234.50"], ["a\"'b", "2024", "1e-7"], ["", "2024", ""]])
        ]))
    #expect(
      try ask(bytes, "SELECT quote(name), year, ifnull(value, 'none') FROM t")
        == "''|2024|none\n'a\"''b'|2024|1.0e-07\n'乙'|2025|1234.5\n")
    #expect(try ask(bytes, "SELECT DISTINCT typeof(name), typeof(year) FROM t") == "text|integer\n")
    #expect(try ask(bytes, "PRAGMA integrity_check") == "ok\n")
    #expect(try ask(bytes, "PRAGMA page_size") == "4096\n")
    #expect(try ask(bytes, "PRAGMA journal_mode") == "delete\n")
    #expect(try ask(bytes, "PRAGMA freelist_count") == "0\n")
  }

  @Test func `the same tables are the same bytes`() throws {
    let rows = (0..<2_000).map { ["n\($0)", "\(2024 + $0 % 5)", "\(Double($0) / 7)"] }
    let first = try SQLiteWriter.bytes(Database(tables: [table(rows)]))
    #expect(try SQLiteWriter.bytes(Database(tables: [table(rows)])) == first)
    #expect(try ask(first, "SELECT count(*), sum(year) FROM t") == "2000|4052000\n")
  }

  @Test func `a key that comes twice is refused`() {
    let twice = Database(tables: [table([["a", "2024", "1"], ["a", "2024", "2"]])])
    #expect(
      throws: DatabaseError.refused(table: "t", reason: "UNIQUE constraint failed: t.name, t.year")
    ) { try SQLiteWriter.bytes(twice) }
  }

  @Test func `a cell of another type is refused`() {
    #expect(throws: DatabaseError.refused(table: "t", reason: "year = soon")) {
      try SQLiteWriter.bytes(Database(tables: [table([["a", "soon", "1"]])]))
    }
    #expect(throws: DatabaseError.refused(table: "t", reason: "value = x")) {
      try SQLiteWriter.bytes(Database(tables: [table([["a", "2024", "x"]])]))
    }
  }
}
