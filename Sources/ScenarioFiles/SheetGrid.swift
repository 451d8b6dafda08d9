/// The cells of a sheet by row.
struct SheetGrid {
  /// A row that has a cell.
  struct Row {
    /// Its number, from 1.
    let number: Int
    /// Its cells by column.
    let cells: ArraySlice<SheetReader.Cell>
  }

  /// The rows from the top.
  private(set) var rows: [Row] = []

  init(_ sheet: SheetReader) {
    let cells = sheet.cells
    var start = 0
    while start < cells.count {
      let number = cells[start].place.row
      var end = start + 1
      while end < cells.count, cells[end].place.row == number { end += 1 }
      rows.append(Row(number: number, cells: cells[start..<end]))
      start = end
    }
  }

  /// The first row that holds a name, among the first rows; else the first row.
  func header(_ name: String, within limit: Int) -> Row? {
    rows.prefix(limit).first { row in row.cells.contains { $0.value == .text(name) } }
      ?? rows.first
  }
}
