/// How rows of bars or dots are put: in one column, or in two where there are many, with labels on
/// the left and numbers on the right of each.
struct RowPanels {
  /// More rows than this stand in two columns.
  static let mostInOneColumn = 40
  private static let columnGap = 26.0

  let rowHeight: Double
  /// Indices of the rows of each column.
  let columns: [Range<Int>]
  /// Where each column's picture stands.
  let plots: [Box]
  private let textWidth: Double
  private let labelWidth: Double
  private let panelWidth: Double

  /// Lays rows out.
  ///
  /// - Parameters:
  ///   - labels: Of the rows.
  ///   - texts: Numbers of the rows.
  ///   - left: Where the first column starts. Pixels.
  ///   - top: Where the pictures start. Pixels.
  ///   - width: For all columns. Pixels.
  init(labels: [String], texts: [String], left: Double, top: Double, width: Double) {
    let columnCount = labels.count > Self.mostInOneColumn ? 2 : 1
    let perColumn = (labels.count + columnCount - 1) / columnCount
    rowHeight = columnCount == 1 ? (labels.count > 25 ? 17 : 21) : 15
    panelWidth = (width - Self.columnGap * Double(columnCount - 1)) / Double(columnCount)
    let style = TextStyle.label
    labelWidth = min(
      labels.map { style.width($0) }.max() ?? 0, panelWidth * (columnCount == 1 ? 0.46 : 0.38)
    ).rounded(.up)
    textWidth = min(texts.map { style.width($0) }.max() ?? 0, panelWidth * 0.3).rounded(.up)
    let step = panelWidth + Self.columnGap
    let space = labelWidth + textWidth + 24
    let height = rowHeight
    columns = (0..<columnCount).map { column in
      min(labels.count, column * perColumn)..<min(labels.count, (column + 1) * perColumn)
    }
    let (first, all, label) = (left, panelWidth, labelWidth)
    plots = columns.enumerated().map { index, rows in
      Box(
        x: first + Double(index) * step + label + 12, y: top, width: all - space,
        height: Double(rows.count) * height)
    }
  }

  /// Where the middle of a row stands.
  func middle(_ row: Int, column: Int) -> Double {
    plots[column].y + (Double(row - columns[column].lowerBound) + 0.5) * rowHeight
  }

  /// Where numbers beside a column end.
  func textEnd(column: Int) -> Double { plots[column].right + textWidth + 12 }

  /// The label as it fits.
  func label(_ text: String) -> String { TextStyle.label.fitted(text, labelWidth + 0.1) }

  /// The number as it fits.
  func text(_ text: String) -> String { TextStyle.label.fitted(text, textWidth + 0.1) }

  /// The height of the tallest column.
  var height: Double { plots.map(\.height).max() ?? 0 }
}

extension SVGRenderer {
  /// Draws grounds, axes, labels and numbers of rows; the caller draws what stands between.
  ///
  /// - Parameters:
  ///   - rows: Label and number of each.
  ///   - values: What the axis must hold.
  ///   - axis: The axis.
  ///   - hasZero: Whether zero must be on it.
  /// - Returns: The panels and the scale.
  mutating func rowPanels(
    _ rows: [(label: String, text: String)], values: [Double], axis: Chart.Axis, hasZero: Bool
  ) -> (panels: RowPanels, scale: ValueScale) {
    axisTitle(axis.title)
    let panels = RowPanels(
      labels: rows.map(\.label), texts: rows.map(\.text), left: left, top: y + 18,
      width: innerWidth)
    let length = panels.plots.first?.width ?? innerWidth
    let scale = ValueScale.fitting(
      values, length: length, axis: axis, hasZero: hasZero,
      isTight: true)
    for (column, range) in panels.columns.enumerated() {
      let plot = panels.plots[column]
      for row in range where (row - range.lowerBound) % 2 == 1 {
        let top = panels.middle(row, column: column) - panels.rowHeight / 2
        canvas.rect(
          Box(x: plot.x, y: top, width: plot.width, height: panels.rowHeight), fill: .band)
      }
      bottomAxis(scale, axis, plot)
      for tick in scale.ticks {
        let x = scale.position(tick, from: plot.x, to: plot.right)
        canvas.text(scale.text(tick, axis), x, plot.y - 6, .axis, .middle)
      }
      for row in range {
        let base = panels.middle(row, column: column) + 4
        canvas.text(panels.label(rows[row].label), plot.x - 12, base, .label, .end)
        canvas.text(
          panels.text(rows[row].text), panels.textEnd(column: column), base, .label, .end)
      }
    }
    y = (panels.plots.map(\.bottom).max() ?? y) + 22
    return (panels, scale)
  }
}
