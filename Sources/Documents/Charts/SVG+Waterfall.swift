extension SVGRenderer {
  mutating func draw(_ waterfall: Waterfall) {
    legend([
      (.area(.total), waterfall.totalTitle), (.area(.gain), waterfall.gainTitle),
      (.area(.lossArea), waterfall.lossTitle),
    ])
    let spans = spans(waterfall)
    let (panels, scale) = rowPanels(
      waterfall.steps.map { ($0.label, $0.text) },
      values: spans.flatMap { [$0.start, $0.end] }, axis: waterfall.axis, hasZero: true)
    for (column, range) in panels.columns.enumerated() {
      let plot = panels.plots[column]
      for row in range {
        let middle = panels.middle(row, column: column)
        let places = [spans[row].start, spans[row].end].map {
          scale.position($0, from: plot.x, to: plot.right)
        }
        let step = waterfall.steps[row]
        let fill: Paint = step.isTotal ? .total : (step.value < 0 ? .lossArea : .gain)
        bar(
          from: places[0], to: places[1], middle: middle, height: panels.rowHeight * 0.66,
          fill: fill, detail: step.detail)
        if row + 1 < range.upperBound {
          canvas.line(
            places[1], middle + panels.rowHeight * 0.33, places[1],
            middle + panels.rowHeight * 0.67, .ink)
        }
      }
    }
  }

  /// From where to where each row goes.
  private func spans(_ waterfall: Waterfall) -> [(start: Double, end: Double)] {
    var level = 0.0
    return waterfall.steps.map { step in
      let start = step.isTotal ? 0 : level
      level = step.isTotal ? step.value : level + step.value
      return (start, level)
    }
  }
}
