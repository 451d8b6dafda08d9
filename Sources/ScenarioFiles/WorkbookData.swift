import PolicyModel

/// The data of a scenario in one workbook: its sheets `counties` and `indicators`.
struct WorkbookData {
  let counties: CountyTable
  let panel: Panel

  /// Reads both sheets.
  ///
  /// - Parameters:
  ///   - workbook: The workbook.
  ///   - descriptions: What its columns are.
  /// - Throws: `ProblemList` if a sheet is missing or holds what the data may not; where the counties
  ///   cannot be read, nothing is said of the indicators but what stands for itself.
  init(
    _ workbook: WorkbookFile, descriptions: [String: ColumnDescription]
  ) throws(ProblemList) {
    let sheets = try WorkbookData.tables(workbook)
    counties = try CountyReader.read(sheets.counties)
    panel = try IndicatorReader.read(
      sheets.indicators, counties: counties, descriptions: descriptions)
  }

  /// Both tables; the problems of both are told at once.
  private static func tables(
    _ workbook: WorkbookFile
  ) throws(ProblemList) -> (counties: SheetTable, indicators: SheetTable) {
    var tables: [SheetTable] = []
    var problems: [Problem] = []
    for name in ["counties", "indicators"] {
      do throws(ProblemList) {
        tables.append(try workbook.table(name, key: "code"))
      } catch {
        problems += error.problems
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return (tables[0], tables[1])
  }
}
