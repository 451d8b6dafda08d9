extension SVGRenderer {
  mutating func draw(_ tornado: Tornado) {
    legend([
      (.area(.gain), tornado.highTitle), (.area(.lossArea), tornado.lowTitle),
      (.line(.ink, dashes: nil, marker: nil), tornado.intervalTitle),
    ])
    let values = tornado.rows.flatMap { row in
      [row.low, row.high] + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let (panels, scale) = rowPanels(
      tornado.rows.map { ($0.label, $0.text) }, values: values + [tornado.base],
      axis: tornado.axis, hasZero: false)
    for (column, range) in panels.columns.enumerated() {
      let plot = panels.plots[column]
      let base = scale.position(tornado.base, from: plot.x, to: plot.right)
      for row in range {
        draw(tornado.rows[row], base, panels.middle(row, column: column), panels, plot, scale)
      }
      canvas.line(base, plot.y, base, plot.bottom, .ink)
    }
  }

  private mutating func draw(
    _ row: Tornado.Row, _ base: Double, _ middle: Double, _ panels: RowPanels, _ plot: Box,
    _ scale: ValueScale
  ) {
    func place(_ value: Double) -> Double { scale.position(value, from: plot.x, to: plot.right) }
    let height = panels.rowHeight * 0.66
    bar(
      from: base, to: place(row.high), middle: middle, height: height, fill: .gain,
      detail: row.detail)
    let low = place(row.low)
    if low != base {
      bar(
        from: base, to: low, middle: middle, height: height, fill: .lossArea, detail: row.detail)
    }
    if let known = row.interval {
      interval(from: place(known.lowerBound), to: place(known.upperBound), middle, .ink)
    }
  }
}
