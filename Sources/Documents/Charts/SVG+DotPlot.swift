extension SVGRenderer {
  mutating func draw(_ plot: DotPlot) {
    var entries: [(Sign, String)] = [
      (.dot(.gain), plot.middleTitle),
      (.line(.gain, dashes: nil, marker: nil), plot.intervalTitle),
    ]
    if plot.reference != nil {
      entries.append((.line(.ink, dashes: "5 3", marker: nil), plot.referenceTitle))
    }
    legend(entries)
    paragraph(plot.textTitle, .axis, leading: 1.5)
    let values = plot.rows.flatMap { [$0.interval.lowerBound, $0.interval.upperBound, $0.middle] }
    let (panels, scale) = rowPanels(
      plot.rows.map { ($0.label, $0.text) }, values: values + [plot.reference ?? .nan],
      axis: plot.axis, hasZero: false)
    for (column, range) in panels.columns.enumerated() {
      let box = panels.plots[column]
      if let reference = plot.reference {
        let x = scale.position(reference, from: box.x, to: box.right)
        canvas.line(x, box.y, x, box.bottom, .ink, width: 1.2, dashes: "5 3")
      }
      for row in range {
        draw(plot.rows[row], panels.middle(row, column: column), box, scale)
      }
    }
  }

  private mutating func draw(
    _ row: DotPlot.Row, _ middle: Double, _ plot: Box, _ scale: ValueScale
  ) {
    let places = [row.interval.lowerBound, row.middle, row.interval.upperBound].map {
      scale.position($0, from: plot.x, to: plot.right)
    }
    interval(from: places[0], to: places[2], middle, .gain)
    canvas.circle(places[1], middle, radius: 3.2, fill: .gain, stroke: .gain, detail: row.detail)
  }

  /// A line between two places with a stroke at each end.
  mutating func interval(from start: Double, to end: Double, _ middle: Double, _ paint: Paint) {
    canvas.line(start, middle, end, middle, paint, width: 1.6)
    for x in [start, end] { canvas.line(x, middle - 3, x, middle + 3, paint, width: 1.6) }
  }
}
