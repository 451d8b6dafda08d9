extension SVGRenderer {
  private static let nodeWidth = 46.0

  mutating func draw(_ flows: Flows) {
    let total = flows.counts.map { $0.reduce(0, +) }.max() ?? 1
    let height = 380.0
    let gap = 10.0
    let space = gap * Double(flows.classes.count - 1)
    let unit = (height - space) / Double(max(1, total))
    let step =
      (innerWidth - Self.nodeWidth) / Double(max(1, flows.columns.count - 1))
    let top = y + 40
    let boxes = flows.counts.enumerated().map { column, counts in
      self.boxes(counts, x: left + Double(column) * step, top: top, unit: unit, gap: gap)
    }
    for (column, title) in flows.columns.enumerated() {
      let limit = min(step, innerWidth) - 6
      let anchor: TextAnchor =
        column == 0 ? .start : (column == flows.columns.count - 1 ? .end : .middle)
      let x =
        left + Double(column) * step
        + [TextAnchor.start: 0, .end: Self.nodeWidth][
          anchor, default: Self.nodeWidth / 2]
      canvas.text(TextStyle.label.fitted(title, limit), x, y + 14, .label, anchor)
      if column + 1 < flows.columns.count {
        let middle = left + Self.nodeWidth + Double(column) * step + (step - Self.nodeWidth) / 2
        let text = TextStyle.small.fitted(flows.gapTitles[column], step - 8)
        canvas.text(text, middle, y + 32, .small, .middle)
      }
    }
    for (column, list) in flows.flows.enumerated() {
      bands(list, boxes[column], boxes[column + 1], unit: unit)
    }
    for (column, list) in boxes.enumerated() { nodes(flows, column, list) }
    y = top + height + 10
    legend(
      flows.classes.enumerated().map { (.area(.rank($0.offset)), $0.element) })
  }

  private func boxes(
    _ counts: [Int], x: Double, top: Double, unit: Double, gap: Double
  ) -> [Box] {
    var y = top
    return counts.map { count in
      let box = Box(x: x, y: y, width: Self.nodeWidth, height: Double(count) * unit)
      y += box.height + gap
      return box
    }
  }

  private mutating func bands(
    _ list: [Flows.Flow], _ from: [Box], _ to: [Box], unit: Double
  ) {
    var starts = from.map(\.y)
    var ends = to.map(\.y)
    for flow in list.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) where flow.count > 0 {
      let width = Double(flow.count) * unit
      let corners = (
        x1: from[flow.from].right, y1: starts[flow.from], x2: to[flow.to].x, y2: ends[flow.to]
      )
      starts[flow.from] += width
      ends[flow.to] += width
      let stays = flow.from == flow.to
      canvas.area(
        path(corners, width), fill: stays ? .grid : Paint("flow", "#8C8C8C"),
        opacity: stays ? 0.7 : 0.55, stroke: .axis, detail: flow.detail)
    }
  }

  private func path(
    _ corners: (x1: Double, y1: Double, x2: Double, y2: Double), _ width: Double
  ) -> String {
    func text(_ values: Double...) -> String {
      values.map { SVGCanvas.text($0) }.joined(separator: " ")
    }
    let (x1, y1, x2, y2) = corners
    let middle = (x1 + x2) / 2
    return "M\(text(x1, y1)) C\(text(middle, y1, middle, y2, x2, y2)) L\(text(x2, y2 + width)) "
      + "C\(text(middle, y2 + width, middle, y1 + width, x1, y1 + width)) Z"
  }

  private mutating func nodes(_ flows: Flows, _ column: Int, _ boxes: [Box]) {
    for (rank, box) in boxes.enumerated() where box.height > 0 {
      let text = "\(flows.counts[column][rank])"
      canvas.rect(
        box, fill: .rank(rank), stroke: .ink, strokeWidth: 0.8,
        detail: "\(flows.columns[column]), \(flows.classes[rank]): \(text)")
      let base = box.y + box.height / 2 + 4
      if box.height >= 14 {
        canvas.text(text, box.x + box.width / 2, base, .label, .middle)
      }
    }
  }
}
