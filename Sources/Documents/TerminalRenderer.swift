/// Shows documents in a terminal; tables wider than it are folded, the first column repeated.
struct TerminalRenderer {
  let width: Int

  func text(_ document: Document) -> String {
    var lines: [String] = []
    if !document.title.isEmpty { lines += [document.title, ""] }
    for block in document.blocks {
      switch block {
      case .text(let paragraph):
        lines += paragraph.flatMap { wrappedLines($0, to: width, indent: 2) }
      case .table(let table): lines += self.lines(table)
      }
      lines.append("")
    }
    return withoutControls(lines.joined(separator: "\n"))
  }

  private func lines(_ table: Table) -> [String] {
    let widths = table.columns.indices.map { column in
      table.rows.reduce(displayWidth(table.columns[column].title)) {
        max($0, displayWidth($1[column].text))
      }
    }
    var lines = table.title.isEmpty ? [] : [table.title]
    for (position, columns) in folds(widths, table).enumerated() {
      if position > 0 { lines.append("") }
      lines += self.lines(table, columns, widths)
    }
    return lines + table.notes.flatMap { wrappedLines($0, to: width, indent: 2) }
  }

  /// The columns of each fold; the first column leads every one, tied columns stay together.
  private func folds(_ widths: [Int], _ table: Table) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var folds: [[Int]] = []
    var current = [0]
    var used = first
    for column in widths.indices.dropFirst() {
      if table.columns[column].isTied && current.count > 1 {
        current.append(column)
        used += 2 + widths[column]
        continue
      }
      let tied = widths.indices.dropFirst(column + 1).prefix { table.columns[$0].isTied }
      let wanted = 2 + widths[column] + tied.reduce(0) { $0 + 2 + widths[$1] }
      if used + wanted > width && current.count > 1 {
        folds.append(current)
        current = [0]
        used = first
      }
      current.append(column)
      used += 2 + widths[column]
    }
    return folds + [current]
  }

  private func lines(_ table: Table, _ columns: [Int], _ widths: [Int]) -> [String] {
    let header = columns.map {
      padded(table.columns[$0].title, to: widths[$0], table.columns[$0].alignment)
    }
    let rule = columns.map { String(repeating: "─", count: widths[$0]) }
    let rows = table.rows.map { row in
      columns.map { padded(row[$0].text, to: widths[$0], table.columns[$0].alignment) }
    }
    return ([header, rule] + rows).map { trimmedEnd($0.joined(separator: "  ")) }
  }
}
