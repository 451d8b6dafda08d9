import PolicyModel

/// Reads `counties.csv`.
enum CountyReader {
  private static let required = ["code", "name", "prefecture"]
  /// A table that is wrong throughout is not listed cell by cell.
  private static let mostProblems = 200
  private static let texts = [
    "code", "name", "name_zh", "prefecture", "prefecture_name", "prefecture_name_zh",
  ]

  static func read(_ table: CSVTable) throws(ProblemList) -> CountyTable {
    var problems = missingColumns(table)
    if !problems.isEmpty { throw ProblemList(problems) }
    let positions = texts.map { name in table.header.firstIndex(of: name) }
    var counties: [County] = []
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let county = county(table, row: row, positions)
      let faults = check(county, table, row: row, seen: &seen)
      if problems.count < mostProblems { problems += faults }
      counties.append(county)
    }
    if table.rowCount == 0 {
      problems.append(
        Problem(
          SourceLocation(file: table.file), Wording("the table has no counties", "表中没有县市区")))
    }
    let flags = readFlags(table, &problems)
    let places = PlaceColumns(table).read(table, &problems)
    if !problems.isEmpty { throw ProblemList(problems) }
    return CountyTable(counties: counties, flags: flags, places: places)
  }

  private static func missingColumns(_ table: CSVTable) -> [Problem] {
    required.filter { !table.header.contains($0) }.map { name in
      Problem(
        SourceLocation(file: table.file, line: 1), path: name,
        Wording("the column is missing", "缺少该列") + nearestHint(name, among: table.header))
    }
  }

  private static func county(_ table: CSVTable, row: Int, _ positions: [Int?]) -> County {
    let cells = positions.map { position in position.map { table.text(row: row, column: $0) } ?? ""
    }
    let english = cells[1].isEmpty ? cells[0] : cells[1]
    let prefecture = cells[4].isEmpty ? cells[3] : cells[4]
    return County(
      code: cells[0], name: Wording(english, cells[2].isEmpty ? english : cells[2]),
      prefecture: cells[3],
      prefectureName: Wording(prefecture, cells[5].isEmpty ? prefecture : cells[5]))
  }

  private static func check(
    _ county: County, _ table: CSVTable, row: Int, seen: inout [String: Int]
  ) -> [Problem] {
    if county.code.isEmpty {
      return [
        Problem(
          table.location(row: row), path: "code", Wording("the code is missing", "缺少代码"))
      ]
    }
    if let first = seen[county.code] {
      return [
        Problem(
          table.location(row: row), path: "code",
          Wording(
            "the county \(county.code) stands twice, first in line \(first); keep one row",
            "县市区\(county.code)重复，首次出现在第\(first)行；请只保留一行"))
      ]
    }
    seen[county.code] = table.lines[row]
    return []
  }

  private static func readFlags(
    _ table: CSVTable, _ problems: inout [Problem]
  ) -> [String: [Bool]] {
    var flags: [String: [Bool]] = [:]
    for (column, name) in table.header.enumerated()
    where !texts.contains(name) && !PlaceColumns.names.contains(name) {
      flags[name] = (0..<table.rowCount).map { row in
        let value = try? CellNumber.read(table.cell(row: row, column: column))
        if value == 0 || value == 1 { return value == 1 }
        if problems.count >= mostProblems { return false }
        problems.append(
          Problem(
            table.location(row: row), path: name,
            Wording(
              "\"\(table.text(row: row, column: column).prefix(40))\" is not 0 or 1; "
                + "further columns of counties are flags",
              "“\(table.text(row: row, column: column).prefix(40))”不是0或1；县市区表的其他列只能是0/1标志")))
        return false
      }
    }
    return flags
  }
}
