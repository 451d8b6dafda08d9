import Documents
import Foundation
import PolicyModel
import Reporting
import Simulation

extension OutputFile {
  /// `tables.xlsx`: the comparison and every table behind it.
  ///
  /// - Throws: `RunFailure.cannotWrite` if the system's folder for temporary files has no room.
  init(workbook report: ComparisonReport, _ tables: RunTables) throws(RunFailure) {
    let workbook = WorkbookReport(report, tables, version: karezVersion).workbook
    do throws(WorkbookError) {
      self.init(name: "tables.xlsx", bytes: try WorkbookWriter.bytes(workbook))
    } catch {
      throw error.failure
    }
  }

  /// `results.sqlite`: the same tables for people who query.
  ///
  /// - Throws: `RunFailure.badInput` if two names of the scenarios differ by capitals only.
  init(database ledgers: [Ledger], _ tables: RunTables) throws(RunFailure) {
    let database = DatabaseReport(ledgers, tables, version: karezVersion).database
    do throws(DatabaseError) {
      self.init(name: "results.sqlite", bytes: try SQLiteWriter.bytes(database))
    } catch {
      throw error.failure
    }
  }
}

extension WorkbookError {
  /// What the user is told.
  var failure: RunFailure {
    switch self {
    case .temporaryFolder(let path, let reason):
      .cannotWrite(
        Problem(
          SourceLocation(file: path),
          Wording(
            "tables.xlsx cannot be made in the folder for temporary files (\(reason)); make room, or "
              + "name another folder in TMPDIR",
            "无法在临时文件夹中生成 tables.xlsx（\(reason)）；请清理磁盘空间，或用环境变量 TMPDIR 指定其他文件夹")))
    }
  }
}

extension DatabaseError {
  /// What the user is told.
  var failure: RunFailure {
    switch self {
    case .refused(let table, let reason):
      .badInput([
        Problem(
          nil,
          Wording(
            "results.sqlite: SQLite refuses table \(table) (\(reason)); names that differ by capitals "
              + "only are the same to SQLite: rename one, or leave --sqlite out",
            "results.sqlite：SQLite拒绝表 \(table)（\(reason)）；SQLite不区分列名大小写，请改名，或不使用 --sqlite"))
      ])
    }
  }
}
