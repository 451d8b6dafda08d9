extension SVGRenderer {
  private static let tileHeight = 40.0

  mutating func draw(_ map: TileMap) {
    let classes = SignedClasses(map.tiles.compactMap(\.value))
    legend(entries(map, classes))
    axisTitle(map.axis.title)
    let columns = (map.tiles.map(\.cell.column).max() ?? 0) + 1
    let rows = (map.tiles.map(\.cell.row).max() ?? 0) + 1
    let width = min(84, (innerWidth / Double(columns)).rounded(.down))
    let start = left + (innerWidth - width * Double(columns)) / 2
    let top = y + 4
    func box(_ cell: GridCell) -> Box {
      Box(
        x: start + Double(cell.column) * width, y: top + Double(cell.row) * Self.tileHeight,
        width: width, height: Self.tileHeight)
    }
    for tile in map.tiles { draw(tile, box(tile.cell), classes, map) }
    borders(map, box)
    y = top + Double(rows) * Self.tileHeight + 8
    groupNames(map.groups)
  }

  private mutating func draw(
    _ tile: TileMap.Tile, _ box: Box, _ classes: SignedClasses, _ map: TileMap
  ) {
    let paint = tile.value.map { Paint.tint(classes.step($0)) } ?? .paper
    canvas.rect(box, fill: paint, stroke: .axis, strokeWidth: 0.7, detail: tile.detail)
    let name = TextStyle(size: 10)
    let small = TextStyle(size: 8.5)
    let number = TextStyle(size: 10, isBold: true)
    canvas.text(
      name.fitted(tile.label, box.width - 4), box.x + box.width / 2, box.y + 16, name, .middle)
    if map.groups.count > 1 {
      canvas.text("\(tile.group + 1)", box.x + 3, box.bottom - 6, small)
    }
    let room = box.width - 20
    canvas.text(number.fitted(tile.text, room), box.right - 4, box.bottom - 6, number, .end)
  }

  /// A thick line wherever a group ends.
  private mutating func borders(_ map: TileMap, _ box: (GridCell) -> Box) {
    let groups = Dictionary(
      map.tiles.map { ($0.cell, $0.group) }, uniquingKeysWith: { first, _ in first })
    for tile in map.tiles {
      let cell = tile.cell
      let own = box(cell)
      let sides = [
        (GridCell(column: cell.column - 1, row: cell.row), own.x, own.y, own.x, own.bottom),
        (GridCell(column: cell.column, row: cell.row - 1), own.x, own.y, own.right, own.y),
        (GridCell(column: cell.column + 1, row: cell.row), own.right, own.y, own.right, own.bottom),
        (
          GridCell(column: cell.column, row: cell.row + 1), own.x, own.bottom, own.right, own.bottom
        ),
      ]
      for (index, side) in sides.enumerated() {
        let other = groups[side.0]
        if other == tile.group || (other != nil && index > 1) { continue }
        canvas.line(side.1, side.2, side.3, side.4, .ink, width: 2)
      }
    }
  }

  private func entries(_ map: TileMap, _ classes: SignedClasses) -> [(sign: Sign, text: String)] {
    var entries: [(Sign, String)] = classes.steps.map { step in
      (.area(.tint(step)), classes.text(step, map.axis))
    }
    if map.tiles.contains(where: { $0.value == nil }) {
      entries.append((.outline(.axis), map.emptyTitle))
    }
    return entries
  }

  /// The numbers of the groups with their names.
  private mutating func groupNames(_ groups: [String]) {
    if groups.count < 2 { return }
    let texts = groups.enumerated().map { "\($0.offset + 1) \($0.element)" }
    let style = TextStyle.label
    let column = min(innerWidth, (texts.map { style.width($0) }.max() ?? 0) + 18)
    let perRow = max(1, Int(innerWidth / column))
    for (index, text) in texts.enumerated() {
      if index % perRow == 0 { y += 16 }
      canvas.text(style.fitted(text, column - 8), left + Double(index % perRow) * column, y, style)
    }
    y += 6
  }
}
