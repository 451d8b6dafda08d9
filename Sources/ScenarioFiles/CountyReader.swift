import PolicyModel

/// Reads the table of counties.
enum CountyReader {
  private static let required = ["code", "name", "prefecture"]
  /// A table that is wrong throughout is not listed cell by cell.
  private static let mostProblems = 200
  private static let texts = [
    "code", "name", "name_zh", "prefecture", "prefecture_name", "prefecture_name_zh",
  ]

  static func read(_ table: any DataTable) throws(ProblemList) -> CountyTable {
    let missing = missingColumns(table)
    if !missing.isEmpty { throw ProblemList(missing) }
    var problems = table.faults(atMost: mostProblems)
    let positions = texts.map { name in table.header.firstIndex(of: name) }
    var counties: [County] = []
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let county = county(table, row: row, positions)
      if let fault = check(county, table, row: row, seen: &seen), problems.count < mostProblems {
        problems.append(fault)
      }
      counties.append(county)
    }
    if table.rowCount == 0 {
      problems.append(
        Problem(table.location, Wording("the table has no counties", "表中没有县市区")))
    }
    let flags = readFlags(table, &problems)
    let places = PlaceColumns(table).read(table, &problems)
    if !problems.isEmpty { throw ProblemList(problems) }
    return CountyTable(counties: counties, flags: flags, places: places)
  }

  private static func missingColumns(_ table: any DataTable) -> [Problem] {
    required.filter { !table.header.contains($0) }.map { name in
      table.missingColumn(name, hint: nearestHint(name, among: table.header))
    }
  }

  private static func county(_ table: any DataTable, row: Int, _ positions: [Int?]) -> County {
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
    _ county: County, _ table: any DataTable, row: Int, seen: inout [String: Int]
  ) -> Problem? {
    let column = table.header.firstIndex(of: "code") ?? 0
    if county.code.isEmpty {
      return table.problem(
        row: row, column: column, Wording("the code is missing", "缺少代码"))
    }
    if let first = seen[county.code].map({ table.place(row: $0) }) {
      return table.problem(
        row: row, column: column,
        Wording(
          "the county \(county.code) stands twice, first in \(first.english); keep one row",
          "县市区\(county.code)重复，首次出现在\(first.chinese)；请只保留一行"))
    }
    seen[county.code] = row
    return nil
  }

  private static func readFlags(
    _ table: any DataTable, _ problems: inout [Problem]
  ) -> [String: [Bool]] {
    var flags: [String: [Bool]] = [:]
    for (column, name) in table.header.enumerated()
    where !texts.contains(name) && !PlaceColumns.names.contains(name) {
      flags[name] = (0..<table.rowCount).map { row in
        let value = try? table.number(row: row, column: column)
        if value == 0 || value == 1 { return value == 1 }
        if problems.count >= mostProblems { return false }
        problems.append(
          table.problem(
            row: row, column: column,
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
