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
      columns.append(column(name, at: position, keys, years))
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
    let range = IndicatorReader.allowedRange(name)
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

  /// What the model refuses of columns that it knows by name (model, sections 1, 2 and 8).
  private static func allowedRange(_ name: String) -> ClosedRange<Double> {
    let notNegative = 0...Double.greatestFiniteMagnitude
    switch name {
    case "score": return 0...100
    case "staff", "effort", "goal_share", "execution", "execution_rate": return 0...1
    case "asset_stock", "spent", "rural_population", "monitored": return notNegative
    default: break
    }
    if name.hasPrefix("level_") { return 0...1 }
    if name.hasPrefix("previous_") || name.hasPrefix("pipeline_") { return notNegative }
    return -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
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
