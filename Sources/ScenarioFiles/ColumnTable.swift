import Foundation
import PolicyModel

/// A table of named columns that is no scenario's data: any columns, whatever their order.
///
/// Columns `code`, `year` and `name` have a meaning where they are there; none must be. All else
/// follows the rules of the data of a scenario: UTF-8 or GB18030, comma, tab or semicolon, or a sheet of
/// an `.xlsx` workbook, and a meta file beside it (formats, Data).
public struct ColumnTable: Sendable {
  /// The file as it was read.
  public let input: InputFile
  /// The meta file beside it, if there is one.
  public let metaInput: InputFile?
  /// What the meta file says, by column.
  public let descriptions: [String: ColumnDescription]
  private let table: any DataTable
  /// Sheets that could have been named and were not.
  private let otherSheets: [String]
  /// Which rows of the file are kept.
  ///
  /// Shape: [row].
  private var kept: [Int]

  /// More problems than this of one table are not listed.
  private static let mostProblems = 200

  /// Reads a table and the meta file beside it.
  ///
  /// - Parameters:
  ///   - path: The path as the user gave it.
  ///   - sheet: The sheet of a workbook; nil for its first one.
  /// - Returns: The table with all its rows.
  /// - Throws: `ProblemList` if a file cannot be read, there is no such sheet, a row is too short or
  ///   too long, or there is no row.
  public static func read(path: String, sheet: String? = nil) throws(ProblemList) -> ColumnTable {
    let input = try ColumnTable.input(path)
    let found = try ColumnTable.found(in: input, sheet)
    if found.table.rowCount == 0 {
      throw ProblemList([
        Problem(
          found.table.location,
          Wording("the table has a header but no rows", "表格只有表头，没有数据行"))
      ])
    }
    var descriptions = found.descriptions
    var metaInput: InputFile?
    if descriptions == nil, let meta = try ColumnTable.meta(beside: path) {
      descriptions = meta.descriptions
      metaInput = meta.input
    }
    return ColumnTable(
      input: input, metaInput: metaInput, descriptions: descriptions ?? [:],
      table: found.table, otherSheets: found.otherSheets,
      kept: Array(0..<found.table.rowCount))
  }

  /// The table, and what a workbook itself says of its columns.
  private static func found(
    in input: InputFile, _ sheet: String?
  ) throws(ProblemList) -> (
    table: any DataTable, descriptions: [String: ColumnDescription]?, otherSheets: [String]
  ) {
    if !OfficeFile.isWorkbook(input) {
      if sheet == nil { return (try CSVTable(try text(of: input), file: input.path), nil, []) }
      throw ProblemList([
        Problem(
          SourceLocation(file: input.path),
          Wording(
            "a text has no sheets; leave out --sheet", "文本文件没有工作表；请去掉 --sheet"))
      ])
    }
    let workbook = try WorkbookFile.opened(input)
    let others = sheet == nil ? Array(workbook.sheetNames.dropFirst()) : []
    return (try workbook.table(sheet, key: "code"), try workbook.descriptions(), others)
  }

  /// Reads another table that may stand in the same folder.
  ///
  /// - Parameters:
  ///   - name: The name of its file.
  ///   - path: The path of the file beside which it stands.
  /// - Returns: The table; nil where there is no such file.
  /// - Throws: `ProblemList` as `read(path:)` does.
  public static func readIfThere(
    _ name: String, beside path: String
  ) throws(ProblemList) -> ColumnTable? {
    let other = resolve(name, besideFile: path)
    return FileManager.default.fileExists(atPath: other) ? try read(path: other) : nil
  }

  private static func input(_ path: String) throws(ProblemList) -> InputFile {
    do throws(Problem) {
      return try InputFile(path: path)
    } catch {
      throw ProblemList([error])
    }
  }

  private static func text(of input: InputFile) throws(ProblemList) -> String {
    do throws(Problem) {
      return try input.text()
    } catch {
      throw ProblemList([error])
    }
  }

  /// `x.meta.yaml` beside `x.csv` or `x.xlsx`, else `indicators.meta.yaml` in the same folder.
  private static func meta(
    beside path: String
  ) throws(ProblemList) -> (input: InputFile, descriptions: [String: ColumnDescription])? {
    guard
      let meta = MetaReader.candidates(beside: path).first(where: {
        FileManager.default.fileExists(atPath: $0)
      })
    else { return nil }
    let input = try ColumnTable.input(meta)
    let text = try ColumnTable.text(of: input)
    var problems: [Problem] = []
    do throws(Problem) {
      let tree = try YAMLReader.read(text, file: meta)
      let descriptions = MetaReader.read(ScenarioTree.withoutNulls(tree), into: &problems)
      if problems.isEmpty { return (input, descriptions) }
    } catch {
      problems.append(error)
    }
    throw ProblemList(problems)
  }

  /// The names of the columns in the order of the file.
  public var header: [String] { table.header }

  /// How many rows are kept.
  public var rowCount: Int { kept.count }

  /// Where a row stands.
  public func location(row: Int) -> SourceLocation { table.location(row: kept[row]) }

  /// Where a cell stands: its row in a text, its cell in a workbook.
  public func location(row: Int, column: String) -> SourceLocation {
    guard let position = header.firstIndex(of: column) else { return location(row: row) }
    return table.location(row: kept[row], column: position)
  }

  /// Whether there is a column with a name.
  public func has(_ column: String) -> Bool { header.contains(column) }

  private func unknown(_ column: String) -> Problem {
    Problem(
      table.headerLocation, path: column,
      Wording("the table has no such column", "表格没有该列")
        + nearestHint(column, among: header) + sheetHint)
  }

  private var sheetHint: Wording {
    if otherSheets.isEmpty { return Wording(same: "") }
    let names = otherSheets.prefix(10)
    return Wording(
      "; other sheets can be named by --sheet: \(names.joined(separator: ", "))",
      "；可用 --sheet 指定其他工作表：\(names.joined(separator: "、"))")
  }

  private func position(_ column: String) throws(ProblemList) -> Int {
    guard let position = header.firstIndex(of: column) else {
      throw ProblemList([unknown(column)])
    }
    return position
  }

  // MARK: Cells

  /// The texts of a column.
  ///
  /// - Returns: The texts, without surrounding spaces. Shape: [row].
  /// - Throws: `ProblemList` if there is no such column, or a cell of it cannot be read.
  public func texts(_ column: String) throws(ProblemList) -> [String] {
    let position = try position(column)
    let faults = table.faults(in: [position], atMost: ColumnTable.mostProblems)
    if !faults.isEmpty { throw ProblemList(faults) }
    return kept.map { table.text(row: $0, column: position) }
  }

  /// The numbers of one column.
  ///
  /// - Parameters:
  ///   - column: Its name.
  ///   - allowsMissing: Whether a cell may be empty.
  /// - Returns: The numbers, NaN where a cell is empty. Shape: [row].
  /// - Throws: `ProblemList` with every cell that is no number, and the missing ones if these are
  ///   not allowed.
  public func numbers(_ column: String, allowsMissing: Bool) throws(ProblemList) -> [Double] {
    try numbers([column], allowsMissing: allowsMissing)[0]
  }

  /// The numbers of several columns; all problems of all of them are reported at once.
  ///
  /// - Parameters:
  ///   - columns: Their names.
  ///   - allowsMissing: Whether a cell may be empty.
  /// - Returns: The numbers, NaN where a cell is empty. Shape: [column][row].
  /// - Throws: `ProblemList` with every unknown column and every cell that cannot be used.
  public func numbers(
    _ columns: [String], allowsMissing: Bool
  ) throws(ProblemList) -> [[Double]] {
    var problems: [Problem] = []
    var numbers: [[Double]] = []
    for column in columns {
      guard let position = header.firstIndex(of: column) else {
        problems.append(unknown(column))
        continue
      }
      numbers.append(
        kept.map { number($0, position, allowsMissing: allowsMissing, &problems) })
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return numbers
  }

  private func number(
    _ row: Int, _ column: Int, allowsMissing: Bool, _ problems: inout [Problem]
  ) -> Double {
    var wording = Wording(
      "the cell is empty; fill it in, or leave the row out", "单元格为空；请补上数值，或删去该行")
    do throws(DecimalFault) {
      let value = try table.number(row: row, column: column)
      if allowsMissing || !value.isNaN { return value }
    } catch {
      wording = CellNumber.wording(error, cell: table.text(row: row, column: column))
    }
    if problems.count < ColumnTable.mostProblems {
      problems.append(table.problem(row: row, column: column, wording))
    }
    return .nan
  }

  // MARK: Years and units

  /// The year of each row; nil where the table has no column `year`.
  ///
  /// - Returns: The years. Shape: [row].
  /// - Throws: `ProblemList` with every cell that is no year from 1900 to 2200.
  public func years() throws(ProblemList) -> [Int]? {
    guard let column = header.firstIndex(of: "year") else { return nil }
    var problems: [Problem] = []
    var years: [Int] = []
    for row in kept {
      let value = try? table.number(row: row, column: column)
      if let value, value == value.rounded(), (1900...2200).contains(value) {
        years.append(Int(value))
      } else if problems.count < ColumnTable.mostProblems {
        let shown = table.text(row: row, column: column).prefix(40)
        problems.append(
          table.problem(
            row: row, column: column,
            Wording(
              "\"\(shown)\" is not a year from 1900 to 2200", "“\(shown)”不是1900–2200之间的年份")))
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return years
  }

  /// The rows of one year.
  ///
  /// - Parameter year: The year; nil for the last one, or for every row where the table has no
  ///   column `year`.
  /// - Returns: The rows and their year.
  /// - Throws: `ProblemList` if the year is not there, or a cell of `year` is no year.
  public func rows(
    ofYear year: Int?
  ) throws(ProblemList) -> (table: ColumnTable, year: Int?) {
    guard let years = try years() else {
      if year == nil { return (self, nil) }
      throw ProblemList([unknown("year")])
    }
    let known = Set(years).sorted()
    let wanted = year ?? known.last ?? 0
    if !known.contains(wanted) {
      let listed = known.map(String.init)
      throw ProblemList([
        Problem(
          table.location,
          Wording(
            "there are no rows of \(wanted); the table has \(listed.joined(separator: ", "))",
            "没有\(wanted)年的数据；表中有\(listed.joined(separator: "、"))年"))
      ])
    }
    var part = self
    part.kept = zip(kept, years).filter { $0.1 == wanted }.map(\.0)
    return (part, wanted)
  }

  /// Refuses a unit that stands twice: the same `code`, in the same `year` where there is one.
  ///
  /// - Throws: `ProblemList` with every row that repeats an earlier one.
  public func checkUnits() throws(ProblemList) {
    guard let column = header.firstIndex(of: "code") else { return }
    let years = try years()
    var problems = table.faults(in: [column], atMost: ColumnTable.mostProblems)
    var first: [String: Int] = [:]
    for (position, row) in kept.enumerated() {
      let code = table.text(row: row, column: column)
      let key = code + "\n" + (years.map { String($0[position]) } ?? "")
      if let earlier = first[key].map({ table.place(row: $0) }) {
        let when = years.map { Wording(" in \($0[position])", "（\($0[position])年）") }
        problems.append(
          table.problem(
            row: row, column: column,
            Wording(
              "\(code)\(when?.english ?? "") stands twice, first in \(earlier.english); keep one row",
              "\(code)\(when?.chinese ?? "")重复，首次出现在\(earlier.chinese)；请只保留一行")))
      } else {
        first[key] = row
      }
    }
    if !problems.isEmpty { throw ProblemList(Array(problems.prefix(ColumnTable.mostProblems))) }
  }
}
