extension SVGRenderer {
  mutating func draw(_ scatter: Scatter) {
    if scatter.series.count > 1 {
      legend(
        scatter.series.enumerated().map { (.dot(.series($0.offset + 1)), $0.element) })
    }
    axisTitle(scatter.yAxis.title)
    let rows = ValueScale(holding: scatter.points.map(\.y), mostTicks: 8, hasZero: true)
    let numbers = numberWidth(rows, scatter.yAxis)
    let plot = Box(
      x: left + numbers + 8, y: y + 8, width: innerWidth - numbers - 40, height: 440)
    let columns = ValueScale.fitting(
      scatter.points.map(\.x), length: plot.width, axis: scatter.xAxis, hasZero: true)
    leftAxis(rows, scatter.yAxis, plot)
    bottomAxis(columns, scatter.xAxis, plot)
    let places = scatter.points.map { point in
      (
        x: columns.position(point.x, from: plot.x, to: plot.right),
        y: rows.position(point.y, from: plot.bottom, to: plot.y)
      )
    }
    for (point, place) in zip(scatter.points, places) {
      marker(
        point.series + 3, place.x, place.y, .series(point.series + 1), detail: point.detail)
    }
    nameSome(scatter.points, places, plot)
    let title = TextStyle.axis.fitted(scatter.xAxis.title, innerWidth)
    canvas.text(title, plot.x + plot.width / 2, plot.bottom + 32, .axis, .middle)
    y = plot.bottom + 38
  }

  /// Names points in order as long as a name covers neither a point nor another name.
  private mutating func nameSome(
    _ points: [Scatter.Point], _ places: [(x: Double, y: Double)], _ plot: Box
  ) {
    let style = TextStyle(size: 10)
    var taken = places.map { Box(x: $0.x - 5, y: $0.y - 5, width: 10, height: 10) }
    for (point, place) in zip(points, places) {
      let width = style.width(point.label)
      let offsets = [
        (7.0, -6.0), (-7 - width, -6.0), (-width / 2, -19.0), (-width / 2, 7.0), (7.0, -17.0),
        (7.0, 5.0), (-7 - width, -17.0), (-7 - width, 5.0),
      ]
      for (dx, dy) in offsets {
        let box = Box(x: place.x + dx, y: place.y + dy, width: width, height: 12)
        if !plot.contains(box) || taken.contains(where: { $0.overlaps(box) }) { continue }
        canvas.text(point.label, box.x, box.y + 9.5, style)
        taken.append(box)
        break
      }
    }
  }
}
