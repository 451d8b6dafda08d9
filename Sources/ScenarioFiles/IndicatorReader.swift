import PolicyModel

/// Reads the table of indicators.
struct IndicatorReader {
  /// A table that is wrong throughout is not listed cell by cell.
  private static let mostProblems = 200

  private let table: any DataTable
  private let counties: CountyTable
  private var problems: [Problem] = []

  static func read(
    _ table: any DataTable, counties: CountyTable, descriptions: [String: ColumnDescription]
  ) throws(ProblemList) -> Panel {
    var reader = IndicatorReader(table: table, counties: counties)
    return try reader.read(descriptions)
  }

  private init(table: any DataTable, counties: CountyTable) {
    self.table = table
    self.counties = counties
  }

  private mutating func read(
    _ descriptions: [String: ColumnDescription]
  ) throws(ProblemList) -> Panel {
    problems = table.faults(atMost: IndicatorReader.mostProblems)
    guard let code = table.header.firstIndex(of: "code"),
      let year = table.header.firstIndex(of: "year")
    else {
      let missing = ["code", "year"].filter { !table.header.contains($0) }
      throw ProblemList(missing.map { table.missingColumn($0) })
    }
    let keys = readKeys(codeColumn: code, yearColumn: year)
    let years = Set(keys.compactMap { $0?.year }).sorted()
    checkDuplicates(keys, codeColumn: code)
    var columns: [Panel.Column] = []
    for (position, name) in table.header.enumerated() where position != code && position != year {
      if IndicatorReader.names.contains(name) {
        checkNames(at: position, keys)
      } else {
        columns.append(column(name, at: position, keys, years))
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return Panel(years: years, columns: columns, descriptions: descriptions)
  }

  /// County and year of each row, nil where they cannot be read.
  private mutating func readKeys(
    codeColumn: Int, yearColumn: Int
  ) -> [(county: Int, year: Int)?] {
    (0..<table.rowCount).map { row in
      let code = table.text(row: row, column: codeColumn)
      let year = year(row, yearColumn)
      guard let county = counties.indexOfCode[code] else {
        report(
          row, codeColumn,
          Wording(
            "unknown county \"\(code)\"; it is not in the table of counties",
            "未知的县市区“\(code)”；县市区表中没有该代码"))
        return nil
      }
      return year.map { (county, $0) }
    }
  }

  private mutating func year(_ row: Int, _ column: Int) -> Int? {
    let value = try? table.number(row: row, column: column)
    if let value, value == value.rounded(), (1900...2200).contains(value) { return Int(value) }
    report(
      row, column,
      Wording(
        "\"\(table.text(row: row, column: column).prefix(40))\" is not a year from 1900 to 2200",
        "“\(table.text(row: row, column: column).prefix(40))”不是1900–2200之间的年份"))
    return nil
  }

  /// Columns that tell people which county a row is of; a name of another county is a row that
  /// slipped.
  private static let names: Set = ["name", "name_zh"]

  private mutating func checkNames(at column: Int, _ keys: [(county: Int, year: Int)?]) {
    for (row, key) in keys.enumerated() {
      let shown = table.text(row: row, column: column)
      guard let county = key.map({ counties.counties[$0.county] }), !shown.isEmpty,
        shown != county.name.english, shown != county.name.chinese
      else { continue }
      report(
        row, column,
        Wording(
          "\"\(shown.prefix(40))\" is not the name of \(county.code), which is "
            + "\"\(county.name.english)\"; check code and row",
          "“\(shown.prefix(40))”不是\(county.code)的名称（应为“\(county.name.chinese)”）；请核对代码和行"))
    }
  }

  private mutating func checkDuplicates(
    _ keys: [(county: Int, year: Int)?], codeColumn: Int
  ) {
    var seen: [Int: Int] = [:]
    for (row, key) in keys.enumerated() {
      guard let key else { continue }
      let id = key.county * 10_000 + key.year
      if let first = seen[id].map({ table.place(row: $0) }) {
        let code = counties.counties[key.county].code
        report(
          row, codeColumn,
          Wording(
            "county \(code) in \(key.year) stands twice, first in \(first.english); keep one row",
            "\(code) 的\(key.year)年数据重复，首次出现在\(first.chinese)；请只保留一行"))
      } else {
        seen[id] = row
      }
    }
  }

  private mutating func column(
    _ name: String, at position: Int, _ keys: [(county: Int, year: Int)?], _ years: [Int]
  ) -> Panel.Column {
    let indexOfYear = Dictionary(uniqueKeysWithValues: years.enumerated().map { ($1, $0) })
    let range = ColumnRange.allowed(name)
    var values = [Double](repeating: .nan, count: years.count * counties.count)
    for row in 0..<table.rowCount {
      let value = number(row, position)
      if !value.isNaN && !range.contains(value) { reportRange(row, position, value, range) }
      guard let key = keys[row], let year = indexOfYear[key.year] else { continue }
      values[year * counties.count + key.county] = value
    }
    return Panel.Column(name: name, values: values)
  }

  private mutating func number(_ row: Int, _ column: Int) -> Double {
    do throws(DecimalFault) {
      return try table.number(row: row, column: column)
    } catch {
      report(
        row, column, CellNumber.wording(error, cell: table.text(row: row, column: column)))
      return .nan
    }
  }

  private mutating func reportRange(
    _ row: Int, _ column: Int, _ value: Double, _ range: ClosedRange<Double>
  ) {
    if range.upperBound > 100 {
      report(row, column, Wording("\(value) is negative; it must be 0 or more", "\(value)为负；须不小于0"))
      return
    }
    let bounds = "\(Int(range.lowerBound))–\(Int(range.upperBound))"
    report(
      row, column,
      Wording("\(value) is outside \(bounds)", "\(value)超出\(bounds)的范围"))
  }

  private mutating func report(_ row: Int, _ column: Int, _ wording: Wording) {
    if problems.count < IndicatorReader.mostProblems {
      problems.append(table.problem(row: row, column: column, wording))
    }
  }
}
