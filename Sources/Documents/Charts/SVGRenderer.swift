/// Draws a chart from top to bottom: title, marks, picture, notes.
///
/// 840 pixels wide: on the 16 cm of a page's text its 11-pixel labels are six points high at the
/// least, and in the two columns of a screen they need no zoom.
struct SVGRenderer {
  static let width = 840.0
  static let margin = 22.0

  private let chart: Chart
  private let prefix: String
  var canvas: SVGCanvas
  /// Where the next thing goes.
  var y = SVGRenderer.margin

  var left: Double { Self.margin }
  var right: Double { Self.width - Self.margin }
  var innerWidth: Double { right - left }

  init(_ chart: Chart, prefix: String, colors: ColorMode) {
    self.chart = chart
    self.prefix = prefix
    canvas = SVGCanvas(prefix: prefix, colors: colors)
  }

  mutating func render() -> String {
    drawHead()
    drawContent()
    drawFoot()
    return canvas.document(
      width: Self.width, height: (y + Self.margin).rounded(.up),
      title: chart.title + (chart.subtitle.isEmpty ? "" : " – " + chart.subtitle),
      summary: ([chart.summary] + chart.marks).joined(separator: " "),
      languageTag: chart.languageTag)
  }

  private mutating func drawContent() {
    switch chart.content {
    case .divergingBars(let bars): draw(bars)
    case .tileMap(let map): draw(map)
    case .trajectories(let lines): draw(lines)
    case .lorenzCurves(let curves): draw(curves)
    case .flows(let flows): draw(flows)
    case .waterfall(let waterfall): draw(waterfall)
    case .scatter(let scatter): draw(scatter)
    case .dotPlot(let plot): draw(plot)
    case .tornado(let tornado): draw(tornado)
    }
  }

  // MARK: Head and foot

  private mutating func drawHead() {
    paragraph(chart.title, .title, leading: 1.3)
    paragraph(chart.subtitle, .subtitle, leading: 1.4)
    y += 9
    for mark in chart.marks { badge(mark) }
    y += 4
  }

  /// What must not be overlooked, on a ground of its own.
  private mutating func badge(_ text: String) {
    let style = TextStyle.badge
    let lines = TextMeasure.wrapped(
      text, size: style.size, width: innerWidth - 16, isBold: style.isBold)
    let box = Box(x: left, y: y, width: innerWidth, height: Double(lines.count) * 16 + 8)
    canvas.rect(box, fill: .badge, stroke: .axis)
    for (index, line) in lines.enumerated() {
      canvas.text(line, left + 8, y + 16 + Double(index) * 16, style)
    }
    y += box.height + 6
  }

  private mutating func drawFoot() {
    y += 6
    for note in chart.notes + [chart.source] { paragraph(note, .small, leading: 1.5) }
  }

  mutating func paragraph(_ text: String, _ style: TextStyle, leading: Double) {
    let lines = TextMeasure.wrapped(
      text, size: style.size, width: innerWidth, isBold: style.isBold)
    for line in lines {
      y += style.size * leading
      canvas.text(line, left, y, style)
    }
  }

  // MARK: Legends

  /// How a legend's sign is drawn.
  enum Sign {
    case area(Paint)
    case outline(Paint)
    case line(Paint, dashes: String?, marker: Int?)
    case dot(Paint)
  }

  /// A row of signs with words, broken where it is full.
  mutating func legend(_ entries: [(sign: Sign, text: String)]) {
    let shown = entries.filter { !$0.text.isEmpty }
    if shown.isEmpty { return }
    var x = left
    y += 16
    for entry in shown {
      let text = TextStyle.label.fitted(entry.text, innerWidth - 30)
      let width = 30 + TextStyle.label.width(text)
      if x > left && x + width > right {
        x = left
        y += 18
      }
      draw(entry.sign, x, y - 4)
      canvas.text(text, x + 28, y, .label)
      x += width + 18
    }
    y += 8
  }

  private mutating func draw(_ sign: Sign, _ x: Double, _ middle: Double) {
    switch sign {
    case .area(let paint):
      canvas.rect(
        Box(x: x, y: middle - 6, width: 22, height: 12), fill: paint, stroke: .axis)
    case .outline(let paint):
      canvas.rect(Box(x: x, y: middle - 6, width: 22, height: 12), fill: .paper, stroke: paint)
    case .line(let paint, let dashes, let marker):
      canvas.line(x, middle, x + 22, middle, paint, width: 2, dashes: dashes)
      if let marker { self.marker(marker, x + 11, middle, paint) }
    case .dot(let paint):
      canvas.circle(x + 11, middle, radius: 4, fill: paint, stroke: paint)
    }
  }

  /// A small shape that tells a series without colour; six of them.
  mutating func marker(
    _ shape: Int, _ x: Double, _ y: Double, _ paint: Paint, detail: String? = nil
  ) {
    func place(_ dx: Double, _ dy: Double) -> String {
      SVGCanvas.text(x + dx) + " " + SVGCanvas.text(y + dy)
    }
    func path(_ corners: [(Double, Double)]) -> String {
      "M" + corners.map { place($0.0, $0.1) }.joined(separator: " L") + " Z"
    }
    switch shape % 6 {
    case 0: canvas.circle(x, y, radius: 3.5, fill: paint, stroke: paint, detail: detail)
    case 1:
      let corners = [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]
      canvas.area(path(corners), fill: paint, stroke: paint, detail: detail)
    case 2:
      let corners = [(0, -4.5), (4.2, 3.2), (-4.2, 3.2)]
      canvas.area(path(corners), fill: paint, stroke: paint, detail: detail)
    case 3: canvas.circle(x, y, radius: 3.5, fill: .paper, stroke: paint, detail: detail)
    case 4:
      let corners = [(0, -4.8), (4.8, 0), (0, 4.8), (-4.8, 0)]
      canvas.area(path(corners), fill: paint, stroke: paint, detail: detail)
    default:
      let corners = [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]
      canvas.area(path(corners), fill: .paper, stroke: paint, detail: detail)
    }
  }

  // MARK: Axes

  /// Marks, lines and numbers of an axis to the right, below a plot.
  mutating func bottomAxis(_ scale: ValueScale, _ axis: Chart.Axis, _ plot: Box) {
    for tick in scale.ticks {
      let x = scale.position(tick, from: plot.x, to: plot.right)
      canvas.line(x, plot.y, x, plot.bottom, tick == 0 ? .axis : .grid)
      canvas.text(scale.text(tick, axis), x, plot.bottom + 15, .axis, .middle)
    }
  }

  /// Marks, lines and numbers of an axis upwards, left of a plot.
  mutating func leftAxis(_ scale: ValueScale, _ axis: Chart.Axis, _ plot: Box) {
    for tick in scale.ticks {
      let place = scale.position(tick, from: plot.bottom, to: plot.y)
      canvas.line(plot.x, place, plot.right, place, tick == 0 ? .axis : .grid)
      canvas.text(scale.text(tick, axis), plot.x - 6, place + 4, .axis, .end)
    }
  }

  /// The widest number of an axis in pixels.
  func numberWidth(_ scale: ValueScale, _ axis: Chart.Axis) -> Double {
    scale.ticks.map { TextStyle.axis.width(scale.text($0, axis)) }.max() ?? 0
  }

  /// The title of an axis on a line of its own.
  mutating func axisTitle(_ title: String) {
    paragraph(title, .axis, leading: 1.5)
    y += 4
  }

  /// Places on a line, moved apart as little as needed so that each has `gap`, within limits.
  ///
  /// Source: pool adjacent violators, as for isotonic regression, on places less their ranks.
  static func spread(_ wanted: [Double], gap: Double, within limits: ClosedRange<Double>)
    -> [Double]
  {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var blocks: [(sum: Double, count: Double)] = []
    for (rank, index) in order.enumerated() {
      blocks.append((wanted[index] - Double(rank) * gap, 1))
      while blocks.count > 1,
        let last = blocks.last,
        blocks[blocks.count - 2].sum / blocks[blocks.count - 2].count
          > last.sum / last.count
      {
        blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    let highest = max(limits.lowerBound, limits.upperBound - Double(max(0, wanted.count - 1)) * gap)
    let starts = blocks.flatMap { block in
      Array(repeating: block.sum / block.count, count: Int(block.count))
    }
    var places = [Double](repeating: 0, count: wanted.count)
    for (rank, index) in order.enumerated() {
      places[index] =
        min(max(starts[rank], limits.lowerBound), highest) + Double(rank) * gap
    }
    return places
  }
}
