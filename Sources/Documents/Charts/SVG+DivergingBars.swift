extension SVGRenderer {
  mutating func draw(_ bars: DivergingBars) {
    legend([(.area(.gain), bars.gainTitle), (.area(.lossArea), bars.lossTitle)])
    let (panels, scale) = rowPanels(
      bars.rows.map { ($0.label, $0.text) }, values: bars.rows.map(\.value), axis: bars.axis,
      hasZero: true)
    for (column, range) in panels.columns.enumerated() {
      let plot = panels.plots[column]
      let zero = scale.position(0, from: plot.x, to: plot.right)
      for row in range {
        let end = scale.position(bars.rows[row].value, from: plot.x, to: plot.right)
        bar(
          from: zero, to: end, middle: panels.middle(row, column: column),
          height: panels.rowHeight * 0.66, fill: bars.rows[row].value < 0 ? .lossArea : .gain,
          detail: bars.rows[row].detail)
      }
      canvas.line(zero, plot.y, zero, plot.bottom, .ink)
    }
  }

  /// A bar between two places; a bar of no length is a stroke, so that it can be found.
  mutating func bar(
    from start: Double, to end: Double, middle: Double, height: Double, fill: Paint,
    detail: String
  ) {
    let width = max(abs(end - start), 0.8)
    let box = Box(x: min(start, end), y: middle - height / 2, width: width, height: height)
    let edge = fill.strokes == nil ? nil : Paint(fill.name, fill.color)
    canvas.rect(box, fill: fill, stroke: edge, strokeWidth: 0.8, detail: detail)
  }
}
