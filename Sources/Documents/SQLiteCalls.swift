import CSQLite

/// The only place where Karez calls SQLite, and the unsafe code of writing databases.
///
/// The database stands in memory until its bytes are asked for. Pointers live as long as the value
/// that holds them; a text is copied when it is bound.
@safe struct SQLiteCalls: ~Copyable {
  private let database: OpaquePointer

  /// Starts an empty database in memory.
  ///
  /// - Throws: `DatabaseError.refused` if there is no memory for it.
  init() throws(DatabaseError) {
    var made: OpaquePointer?
    let status = unsafe sqlite3_open_v2(
      ":memory:", &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard status == SQLITE_OK, let database = unsafe made else {
      throw .refused(table: "", reason: unsafe String(cString: sqlite3_errstr(status)))
    }
    unsafe self.database = database
  }

  deinit { unsafe sqlite3_close_v2(database) }

  fileprivate static func failure(_ table: String, _ database: OpaquePointer?) -> DatabaseError {
    .refused(table: table, reason: unsafe String(cString: sqlite3_errmsg(database)))
  }

  /// Runs a statement that concerns a table.
  func run(_ statement: String, of table: String) throws(DatabaseError) {
    if unsafe sqlite3_exec(database, statement, nil, nil, nil) != SQLITE_OK {
      throw unsafe SQLiteCalls.failure(table, database)
    }
  }

  /// Makes a statement that is run many times.
  func prepare(_ text: String, of table: String) throws(DatabaseError) -> SQLiteStatement {
    var made: OpaquePointer?
    let status = unsafe sqlite3_prepare_v2(database, text, -1, &made, nil)
    guard status == SQLITE_OK, let statement = unsafe made else {
      throw unsafe SQLiteCalls.failure(table, database)
    }
    return unsafe SQLiteStatement(statement: statement, database: database, table: table)
  }

  /// The bytes of the file.
  func bytes() throws(DatabaseError) -> [UInt8] {
    var size: sqlite3_int64 = 0
    guard let start = unsafe sqlite3_serialize(database, "main", &size, 0) else {
      throw .refused(table: "", reason: unsafe String(cString: sqlite3_errstr(SQLITE_NOMEM)))
    }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: Int(size)))
    unsafe sqlite3_free(start)
    return bytes
  }
}

/// A statement with places for values, which are numbered from 0.
@safe struct SQLiteStatement: ~Copyable {
  fileprivate let statement: OpaquePointer
  /// The database, which outlives its statements.
  fileprivate let database: OpaquePointer
  fileprivate let table: String

  deinit { unsafe sqlite3_finalize(statement) }

  /// Says that SQLite must copy a text before the call ends (SQLITE_TRANSIENT).
  private static var copies: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func check(_ status: Int32) {
    precondition(status == SQLITE_OK, "SQLite refused a value: \(status)")
  }

  /// Sets a text.
  func bind(_ text: String, _ place: Int) {
    check(
      unsafe sqlite3_bind_text(
        statement, Int32(place + 1), text, Int32(text.utf8.count), SQLiteStatement.copies))
  }

  /// Sets a whole number.
  func bind(_ number: Int64, _ place: Int) {
    check(unsafe sqlite3_bind_int64(statement, Int32(place + 1), number))
  }

  /// Sets a number.
  func bind(_ number: Double, _ place: Int) {
    check(unsafe sqlite3_bind_double(statement, Int32(place + 1), number))
  }

  /// Sets nothing.
  func bindNull(_ place: Int) { check(unsafe sqlite3_bind_null(statement, Int32(place + 1))) }

  /// Runs the statement with its values and makes it ready for the next.
  ///
  /// - Throws: `DatabaseError.refused` if a row has a key that is there already.
  func step() throws(DatabaseError) {
    if unsafe sqlite3_step(statement) != SQLITE_DONE {
      throw unsafe SQLiteCalls.failure(table, database)
    }
    check(unsafe sqlite3_reset(statement))
  }
}
