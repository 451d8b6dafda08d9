extension SVGRenderer {
  /// Side of the square.
  private static let side = 420.0

  mutating func draw(_ curves: LorenzCurves) {
    legend(
      curves.curves.enumerated().map { index, curve in
        (.line(.series(index), dashes: Paint.dashes(index), marker: nil), curve.label)
      } + [(.line(.axis, dashes: "3 3", marker: nil), curves.equalityTitle)])
    axisTitle(curves.amountAxis.title)
    let scale = ValueScale(holding: [0, 100], mostTicks: 7, hasZero: true)
    let numbers = numberWidth(scale, curves.amountAxis)
    let plot = Box(
      x: left + numbers + 8 + (innerWidth - numbers - Self.side) / 2, y: y + 6, width: Self.side,
      height: Self.side)
    leftAxis(scale, curves.amountAxis, plot)
    bottomAxis(scale, curves.peopleAxis, plot)
    canvas.line(plot.x, plot.bottom, plot.right, plot.y, .axis, width: 1.4, dashes: "3 3")
    for (index, curve) in curves.curves.enumerated() {
      let points = zip(curve.people, curve.amounts).map {
        (x: plot.x + $0 * plot.width, y: plot.bottom - $1 * plot.height)
      }
      canvas.polyline(
        points, .series(index), width: 2.2, dashes: Paint.dashes(index), detail: curve.label)
    }
    let title = TextStyle.axis.fitted(curves.peopleAxis.title, innerWidth)
    canvas.text(title, plot.x + plot.width / 2, plot.bottom + 32, .axis, .middle)
    y = plot.bottom + 38
  }
}
