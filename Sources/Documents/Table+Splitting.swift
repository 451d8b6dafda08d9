extension Table {
  /// The table in parts narrow enough for paper, each with the first columns again.
  ///
  /// Tied columns stay with the one that they belong to.
  ///
  /// - Parameters:
  ///   - fixed: How many of the first columns stand in every part.
  ///   - most: How many other columns a part holds at most.
  /// - Returns: The parts in order; the table itself if it is narrow enough.
  public func split(fixed: Int, most: Int) -> [Table] {
    if columns.count <= fixed + most { return [self] }
    var parts: [[Int]] = []
    for column in fixed..<columns.count {
      let isTied = columns[column].isTied
      let hasRoom = (parts.last?.count ?? most) + (isNextTied(column) ? 2 : 1) <= most
      if isTied || hasRoom, !parts.isEmpty {
        parts[parts.count - 1].append(column)
      } else {
        parts.append([column])
      }
    }
    return parts.enumerated().map { index, part in
      let own = Array(0..<fixed) + part
      return Table(
        title: parts.count > 1 ? "\(title) (\(index + 1)/\(parts.count))" : title,
        columns: own.map { columns[$0] }, rows: rows.map { row in own.map { row[$0] } },
        notes: index == parts.count - 1 ? notes : [])
    }
  }

  private func isNextTied(_ column: Int) -> Bool {
    column + 1 < columns.count && columns[column + 1].isTied
  }
}
