import PolicyModel

/// A table in a sheet of a workbook: a row of names and the rows below it.
///
/// Rows above the names may say what the columns are; they are not read. Empty rows, and columns
/// without a name and without a cell, are passed over.
struct SheetTable: DataTable {
  let file: String
  let header: [String]
  let location: SourceLocation
  let headerLocation: SourceLocation
  private let sheet: String
  /// Column of the sheet of each column.
  private let columns: [Int]
  /// Row of the sheet of each row.
  private var rows: [Int] = []
  /// Shape: [row][column], flat.
  private var values: [SheetValue] = []
  /// Why cells cannot be read, by their index in `values`.
  private var faults: [Int: Wording] = [:]

  /// The names stand within so many rows from the top.
  private static let mostLabelRows = 10
  /// A table that is wrong throughout is not listed cell by cell.
  private static let mostProblems = 50
  /// Columns that hold codes, which are texts.
  private static let codeColumns: Set = ["code", "prefecture"]

  var rowCount: Int { rows.count }

  /// Finds the table in the cells of a sheet.
  ///
  /// - Parameters:
  ///   - cells: The cells of the sheet.
  ///   - location: The sheet.
  ///   - key: The name by which the row of names is known; the first row with a cell is taken where
  ///     no row has it.
  /// - Throws: `ProblemList` if there are no names, a name stands twice, a cell has no name above it,
  ///   or cells are merged.
  init(_ cells: SheetReader, location: SourceLocation, key: String) throws(ProblemList) {
    let grid = SheetGrid(cells)
    guard let top = grid.header(key, within: SheetTable.mostLabelRows) else {
      throw ProblemList([
        Problem(location, Wording("the sheet is empty; fill in the table", "工作表为空；请填写表格"))
      ])
    }
    columns = top.cells.map(\.place.column)
    header = top.cells.map(\.value.shown)
    file = location.file
    sheet = location.sheet
    self.location = location
    headerLocation = SourceLocation(file: file, sheet: sheet, line: top.number)
    let body = grid.rows.filter { $0.number > top.number }
    rows = body.map(\.number)
    if rows.count * columns.count > SheetReader.mostCells {
      throw ProblemList([SheetReader.tooManyCells(location)])
    }
    try check(top, body, cells)
    fill(body, cells.faults)
    markMixedPercentages(cells.percentages)
    markCodes()
  }

  private mutating func fill(_ body: [SheetGrid.Row], _ faults: [CellPlace: Wording]) {
    let indexOfColumn = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    values = Array(repeating: .empty, count: rows.count * columns.count)
    for (row, part) in body.enumerated() {
      for cell in part.cells {
        guard let column = indexOfColumn[cell.place.column] else { continue }
        let index = row * columns.count + column
        values[index] = cell.value
        if cell.value == .faulty { self.faults[index] = faults[cell.place] }
      }
    }
  }

  // MARK: Reading

  func location(row: Int) -> SourceLocation {
    SourceLocation(file: file, sheet: sheet, line: rows[row])
  }

  func location(row: Int, column: Int) -> SourceLocation {
    SourceLocation(file: file, sheet: sheet, line: rows[row], column: columns[column])
  }

  func place(row: Int) -> Wording { Wording("row \(rows[row])", "第\(rows[row])行") }

  func text(row: Int, column: Int) -> String { values[row * columns.count + column].shown }

  func number(row: Int, column: Int) throws(DecimalFault) -> Double {
    let index = row * columns.count + column
    if faults[index] != nil { throw .notANumber }
    switch values[index] {
    case .empty, .faulty: return .nan
    case .number(let value): return value
    case .text(let text):
      if text.hasPrefix("\"") { throw .notANumber }
      return try CellNumber.read(Array(text.utf8)[...])
    }
  }

  func fault(row: Int, column: Int) -> Wording? { faults[row * columns.count + column] }

  var faultyCells: [(row: Int, column: Int)] {
    faults.keys.sorted().map { ($0 / columns.count, $0 % columns.count) }
  }

  // MARK: Checks

  private func check(
    _ top: SheetGrid.Row, _ body: [SheetGrid.Row], _ cells: SheetReader
  ) throws(ProblemList) {
    var problems = top.cells.compactMap { cell in
      cells.faults[cell.place].map { Problem(location(of: cell.place), $0) }
    }
    problems += repeatedNames(top) + unnamedColumns(top, body) + merged(cells.merges, top)
    if !problems.isEmpty { throw ProblemList(Array(problems.prefix(SheetTable.mostProblems))) }
  }

  private func location(of place: CellPlace) -> SourceLocation {
    SourceLocation(file: file, sheet: sheet, line: place.row, column: place.column)
  }

  private func repeatedNames(_ top: SheetGrid.Row) -> [Problem] {
    var seen: Set<String> = []
    return top.cells.filter { $0.value != .faulty && !seen.insert($0.value.shown).inserted }
      .map { cell in
        Problem(
          location(of: cell.place), path: cell.value.shown,
          Wording("the column stands twice; keep one of them", "该列重复；请只保留一列"))
      }
  }

  /// Cells below no name: the first of each such column.
  private func unnamedColumns(_ top: SheetGrid.Row, _ body: [SheetGrid.Row]) -> [Problem] {
    let named = Set(columns)
    var seen: Set<Int> = []
    var found: [CellPlace] = []
    for cell in body.lazy.flatMap(\.cells) where !named.contains(cell.place.column) {
      if seen.insert(cell.place.column).inserted { found.append(cell.place) }
    }
    return found.sorted { $0.column < $1.column }.map { place in
      Problem(
        location(of: place),
        Wording(
          "the cell stands in a column without a name; name the column in row \(top.number), or "
            + "clear it",
          "该单元格所在列没有列名；请在第\(top.number)行填写列名，或清除该列内容"))
    }
  }

  /// Merged cells of the table: only one of them has a value.
  private func merged(_ merges: [MergedCells], _ top: SheetGrid.Row) -> [Problem] {
    let span = top.number...(rows.last ?? top.number)
    return merges.filter { merge in
      merge.rows.overlaps(span) && columns.contains(where: merge.columns.contains)
    }.map { merge in
      let end =
        SourceLocation.letters(merge.columns.upperBound) + "\(merge.rows.upperBound)"
      return Problem(
        location(
          of: CellPlace(row: merge.rows.lowerBound, column: merge.columns.lowerBound)),
        Wording(
          "the cells up to \(end) are merged, so only the first has a value; unmerge them and fill in "
            + "each",
          "到\(end)为止的单元格已合并，只有第一个有值；请取消合并并逐格填写"))
    }
  }

  /// A column holds percentages or it does not; where both stand, somebody typed 20 for 20 %.
  private mutating func markMixedPercentages(_ percentages: Set<CellPlace>) {
    if percentages.isEmpty { return }
    for column in columns.indices {
      var first: (place: CellPlace, isPercent: Bool)?
      for row in rows.indices {
        let index = row * columns.count + column
        guard case .number = values[index] else { continue }
        let place = CellPlace(row: rows[row], column: columns[column])
        let isPercent = percentages.contains(place)
        if let first, first.isPercent != isPercent {
          let other = SourceLocation.letters(first.place.column) + "\(first.place.row)"
          faults[index] = CellFault.mixedPercent(isPercent: isPercent, other: other)
        }
        first = first ?? (place, isPercent)
      }
    }
  }

  /// Codes that came as numbers are whole and of at most 15 digits, which is what a number keeps.
  private mutating func markCodes() {
    for column in columns.indices where SheetTable.codeColumns.contains(header[column]) {
      for row in rows.indices {
        let index = row * columns.count + column
        guard case .number(let value) = values[index] else { continue }
        if value != value.rounded() || abs(value) >= 1e15 { faults[index] = CellFault.code }
      }
    }
  }
}
