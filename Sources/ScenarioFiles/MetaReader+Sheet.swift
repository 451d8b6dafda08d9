import PolicyModel

extension MetaReader {
  /// Reads the sheet `columns` of a workbook: a row for each column, named in `column`.
  ///
  /// - Throws: `ProblemList` with every unknown or missing column, name that stands twice and status
  ///   that is none.
  static func read(_ table: any DataTable) throws(ProblemList) -> [String: ColumnDescription] {
    var problems = table.faults(atMost: 200) + unknownColumns(table)
    guard let names = table.header.firstIndex(of: "column") else {
      throw ProblemList(problems + [table.missingColumn("column")])
    }
    var result: [String: ColumnDescription] = [:]
    var firstRow: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let name = table.text(row: row, column: names)
      if name.isEmpty {
        problems.append(
          table.problem(
            row: row, column: names,
            Wording("name the column that the row describes", "请填写该行所说明的列名")))
      } else if let first = firstRow[name].map({ table.place(row: $0) }) {
        problems.append(
          table.problem(
            row: row, column: names,
            Wording(
              "\"\(name)\" stands twice, first in \(first.english); keep one row",
              "“\(name)”重复，首次出现在\(first.chinese)；请只保留一行")))
      }
      firstRow[name] = firstRow[name] ?? row
      result[name] = description(table, row, name, &problems)
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return result
  }

  private static func unknownColumns(_ table: any DataTable) -> [Problem] {
    let known = ["column"] + keys
    return table.header.filter { !known.contains($0) }.map { name in
      Problem(
        table.headerLocation, path: name,
        Wording("unknown key", "未知的键") + nearestHint(name, among: known))
    }
  }

  private static func description(
    _ table: any DataTable, _ row: Int, _ name: String, _ problems: inout [Problem]
  ) -> ColumnDescription {
    func text(_ column: String) -> String {
      table.header.firstIndex(of: column).map { table.text(row: row, column: $0) } ?? ""
    }
    let title = text("title").isEmpty ? name : text("title")
    let written = text("status")
    let status = ColumnDescription.Status(rawValue: written)
    if status == nil, !written.isEmpty, let column = table.header.firstIndex(of: "status") {
      problems.append(table.problem(row: row, column: column, unknownStatus(written)))
    }
    return ColumnDescription(
      title: Wording(title, text("title_zh").isEmpty ? title : text("title_zh")),
      unit: text("unit"), source: text("source"), status: status)
  }
}
