import PolicyModel

/// Reads the cells of one sheet: `xl/worksheets/sheet….xml`.
///
/// Source: ECMA-376-1, 18.3.1, worksheets; 18.18.11, ST_CellType.
final class SheetReader: XMLHandler {
  /// A cell that is not empty.
  struct Cell {
    let place: CellPlace
    let value: SheetValue
  }

  /// Cells by row, within a row by column; those that cannot be read too.
  private(set) var cells: [Cell] = []
  /// Why some cells cannot be read.
  private(set) var faults: [CellPlace: Wording] = [:]
  /// Numbers that are shown as percentages.
  private(set) var percentages: Set<CellPlace> = []
  private(set) var merges: [MergedCells] = []
  private(set) var stop: Problem?

  private let place: SourceLocation
  private let strings: [String]
  private let formats: CellFormats
  private let isUncalculated: Bool

  private var current = CellPlace(row: 0, column: 0)
  private var type = ""
  private var style = 0
  private var hasFormula = false
  private var value = ""
  private var inline = TextContent()
  private var isInValue = false
  private var isInCell = false

  /// The most cells of a sheet: a county table of 30,000 rows and 150 columns stays below.
  static let mostCells = 5_000_000

  /// - Parameters:
  ///   - place: The sheet.
  ///   - strings: The texts that cells share.
  ///   - formats: The number format of each style.
  ///   - isUncalculated: Whether values of 0 beside formulas were never worked out.
  init(
    _ place: SourceLocation, strings: [String], formats: CellFormats, isUncalculated: Bool
  ) {
    self.place = place
    self.strings = strings
    self.formats = formats
    self.isUncalculated = isUncalculated
  }

  var wantsText: Bool { isInValue || inline.wantsText }

  func start(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "c": startCell(attributes)
    case "v": isInValue = isInCell
    case "f": hasFormula = true
    case "row": startRow(attributes["r"])
    case "mergeCell": attributes["ref"].flatMap { MergedCells($0) }.map { merges.append($0) }
    default: if isInCell { inline.start(element) }
    }
  }

  func end(_ element: String) {
    switch element {
    case "c": endCell()
    case "v": isInValue = false
    default: if isInCell { inline.end(element) }
    }
  }

  func text(_ text: String) {
    if isInValue { value += text } else { inline.add(text) }
  }

  // MARK: Places

  /// A row or cell without a place follows the one before it.
  private func startRow(_ text: String?) {
    let row = text.map { Int($0) ?? 0 } ?? current.row + 1
    if row <= current.row || row > CellPlace.mostRows { refuse(SheetReader.disorder(place)) }
    current = CellPlace(row: row, column: 0)
  }

  private func startCell(_ attributes: [String: String]) {
    var next = CellPlace(row: current.row, column: current.column + 1)
    if let text = attributes["r"] { next = CellPlace(text) ?? CellPlace(row: 0, column: 0) }
    if next.row != current.row || next.column <= current.column
      || next.column > CellPlace.mostColumns
    {
      refuse(SheetReader.disorder(place))
    }
    current = next
    type = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    hasFormula = false
    value = ""
    isInCell = true
  }

  private func refuse(_ problem: Problem) { stop = stop ?? problem }

  // MARK: Values

  private func endCell() {
    isInCell = false
    switch type {
    case "n": endNumber()
    case "s": keepShared()
    case "str": keep(SheetValue(text: value))
    case "inlineStr": keep(SheetValue(text: inline.take()))
    case "b": keepTruth()
    case "e": keep(fault: CellFault.error(value))
    case "d": keep(fault: CellFault.date)
    default: keep(fault: CellFault.damaged)
    }
  }

  private func keep(fault: Wording) {
    faults[current] = fault
    keep(.faulty)
  }

  private func keep(_ value: SheetValue) {
    if value == .empty { return }
    cells.append(Cell(place: current, value: value))
    if cells.count > SheetReader.mostCells { refuse(SheetReader.tooManyCells(place)) }
  }

  private func endNumber() {
    if value.isEmpty {
      if hasFormula { keep(fault: CellFault.formula) }
      return
    }
    guard let number = Double(value), number.isFinite else {
      keep(fault: CellFault.damaged)
      return
    }
    // Programs that cannot work out a formula write 0 and ask the next to do it.
    if hasFormula && isUncalculated && number == 0 {
      keep(fault: CellFault.formula)
      return
    }
    keepNumber(number)
  }

  private func keepNumber(_ number: Double) {
    switch formats.format(style) {
    case .plain: keep(.number(number))
    case .date: keep(fault: CellFault.date)
    case .percent:
      percentages.insert(current)
      keep(.number(number))
    case .digits(let count): keep(SheetReader.padded(number, to: count))
    }
  }

  /// The number as its format of zeros shows it.
  private static func padded(_ number: Double, to count: Int) -> SheetValue {
    let plain = SheetValue.number(number)
    guard number >= 0, number == number.rounded(), number < 1e15 else { return plain }
    let digits = plain.shown
    return .text(String(repeating: "0", count: max(0, count - digits.count)) + digits)
  }

  private func keepShared() {
    guard let index = Int(value), strings.indices.contains(index) else {
      keep(fault: CellFault.damaged)
      return
    }
    keep(SheetValue(text: strings[index]))
  }

  /// A truth value counts as it does in a sum of the spreadsheet: 1 or 0.
  private func keepTruth() {
    switch value {
    case "1", "true": keep(.number(1))
    case "0", "false": keep(.number(0))
    default: keep(fault: CellFault.damaged)
    }
  }

  // MARK: Refusals

  private static func disorder(_ place: SourceLocation) -> Problem {
    Problem(
      place,
      Wording(
        "rows or cells of the sheet stand twice or out of order; open the workbook in Excel or WPS "
          + "and save it again",
        "工作表的行或单元格重复或顺序错乱；请用Excel或WPS打开后重新保存"))
  }

  static func tooManyCells(_ place: SourceLocation) -> Problem {
    Problem(
      place,
      Wording(
        "the sheet has more than 5,000,000 cells; save it as CSV, or delete what is not needed",
        "工作表超过500万个单元格；请另存为CSV，或删除不需要的内容"))
  }
}
