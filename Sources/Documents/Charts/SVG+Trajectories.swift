extension SVGRenderer {
  mutating func draw(_ lines: Trajectories) {
    axisTitle(lines.axis.title)
    let values = lines.series.flatMap { series in
      series.values.compactMap { $0 }
        + series.fan.flatMap { $0.map { [$0.lowerBound, $0.upperBound] } ?? [] }
    }
    let scale = ValueScale(holding: values, mostTicks: 8, hasZero: false)
    let names = lines.series.map { TextStyle.label.fitted($0.label, 190) }
    let nameWidth = (names.map { TextStyle.label.width($0) }.max() ?? 0).rounded(.up)
    let numbers = numberWidth(scale, lines.axis)
    let height = max(330, Double(lines.series.count) * 16)
    let plot = Box(
      x: left + numbers + 8, y: y + 8, width: innerWidth - numbers - nameWidth - 64,
      height: height)
    leftAxis(scale, lines.axis, plot)
    yearAxis(lines, plot)
    for index in lines.series.indices { fan(lines, index, plot, scale) }
    for index in lines.series.indices { line(lines, index, plot, scale) }
    nameEnds(lines, names, plot, scale)
    y = plot.bottom + 38
  }

  private func x(_ year: Int, _ lines: Trajectories, _ plot: Box) -> Double {
    let steps = max(1, lines.years.count - 1)
    return plot.x + 10 + (plot.width - 20) * Double(year) / Double(steps)
  }

  private mutating func yearAxis(_ lines: Trajectories, _ plot: Box) {
    let step = lines.years.count / 12 + 1
    for year in lines.years.indices where year % step == 0 {
      let x = x(year, lines, plot)
      canvas.line(x, plot.bottom, x, plot.bottom + 4, .axis)
      canvas.text("\(lines.years[year])", x, plot.bottom + 16, .axis, .middle)
    }
    canvas.text(lines.yearTitle, plot.x + plot.width / 2, plot.bottom + 32, .axis, .middle)
  }

  private func points(
    _ values: [Double?], _ lines: Trajectories, _ plot: Box, _ scale: ValueScale
  ) -> [(x: Double, y: Double)] {
    values.enumerated().compactMap { year, value in
      value.map { (x(year, lines, plot), scale.position($0, from: plot.bottom, to: plot.y)) }
    }
  }

  private mutating func fan(
    _ lines: Trajectories, _ index: Int, _ plot: Box, _ scale: ValueScale
  ) {
    let fan = lines.series[index].fan
    let upper = points(fan.map { $0?.upperBound }, lines, plot, scale)
    let lower = points(fan.map { $0?.lowerBound }, lines, plot, scale)
    if upper.isEmpty { return }
    let outline = (upper + lower.reversed()).map {
      SVGCanvas.text($0.x) + " " + SVGCanvas.text($0.y)
    }
    let paint = Paint.series(index)
    canvas.area("M" + outline.joined(separator: " L") + " Z", fill: paint, opacity: 0.13)
    for edge in [upper, lower] {
      canvas.polyline(edge, paint, width: 0.8, dashes: Paint.dashes(index))
    }
  }

  private mutating func line(
    _ lines: Trajectories, _ index: Int, _ plot: Box, _ scale: ValueScale
  ) {
    let series = lines.series[index]
    let paint = Paint.series(index)
    canvas.polyline(
      points(series.values, lines, plot, scale), paint, width: 2.2, dashes: Paint.dashes(index),
      detail: series.label)
    for (year, value) in series.values.enumerated() {
      guard let value else { continue }
      marker(
        index, x(year, lines, plot), scale.position(value, from: plot.bottom, to: plot.y), paint,
        detail: "\(series.label), \(lines.years[year]): \(series.texts[year])")
    }
  }

  /// Every line's name at its end, moved apart where lines end together.
  private mutating func nameEnds(
    _ lines: Trajectories, _ names: [String], _ plot: Box, _ scale: ValueScale
  ) {
    let ends = lines.series.map { series -> (year: Int, value: Double)? in
      series.values.enumerated().reversed().lazy
        .compactMap { year, value in value.map { (year, $0) } }.first
    }
    let shown = ends.indices.filter { ends[$0] != nil }
    let wanted = shown.compactMap { index in
      ends[index].map { scale.position($0.value, from: plot.bottom, to: plot.y) }
    }
    let places = Self.spread(wanted, gap: 15, within: plot.y...plot.bottom)
    for (position, index) in shown.enumerated() {
      guard let end = ends[index] else { continue }
      let x = x(end.year, lines, plot) + 7
      let nameStart = plot.right + 20
      canvas.line(x, wanted[position], nameStart - 4, places[position], .series(index), width: 0.8)
      marker(index, nameStart + 4, places[position], .series(index))
      canvas.text(names[index], nameStart + 13, places[position] + 4, .label)
    }
  }
}
