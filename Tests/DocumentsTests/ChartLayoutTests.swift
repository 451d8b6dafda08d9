import TestFixtures
import Testing

@testable import Documents

/// What charts are laid out with: text widths, marks of axes, places, tiles.
struct ChartLayoutTests {
  /// Source: Noto Sans CJK SC 2.004, regular and bold, measured by FreeType.
  @Test(arguments: [
    ("Hoboksar Mongol Aut. Co.", 12.049, 12.707), ("+4,507 (+18.9 %)", 7.596, 8.133),
    ("2028年各县市区资金变动", 11.22, 11.36), ("WWW @ MMM", 6.464, 6.765),
    ("−0.5 … −5 %", 5.646, 5.919),
  ])
  func `texts are not measured narrower than they are drawn`(
    text: String, regular: Double, bold: Double
  ) {
    let widths = [
      TextMeasure.width(text, size: 10), TextMeasure.width(text, size: 10, isBold: true),
    ]
    #expect(widths[0] >= regular * 10 && widths[0] <= regular * 10.6)
    #expect(widths[1] >= bold * 10 && widths[1] <= bold * 11.2)
  }

  @Test func `a text that does not fit ends with dots, or is nothing`() {
    let name = "塔什库尔干塔吉克自治县"
    #expect(TextMeasure.fitted(name, size: 10, width: 110) == name)
    #expect(TextMeasure.fitted(name, size: 10, width: 65) == "塔什库尔干…")
    #expect(TextMeasure.fitted(name, size: 10, width: 5) == "")
    #expect(TextMeasure.fitted("two words", size: 10, width: 38) == "two…")
  }

  @Test func `long texts are broken at words and between characters`() {
    #expect(TextMeasure.wrapped("aa bb cc", size: 10, width: 28) == ["aa bb", "cc"])
    #expect(TextMeasure.wrapped("资金变动，归因", size: 10, width: 50) == ["资金变动，", "归因"])
    #expect(TextMeasure.wrapped("", size: 10, width: 50) == [])
  }

  @Test(arguments: 0..<300) func `marks of an axis are round and hold the numbers`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let size = [1e-6, 0.01, 1, 50, 3e4, 2e9][random.whole(0...5)]
    let values = (0...random.whole(1...9)).map { _ in (random.fraction() - 0.4) * size }
    let most = random.whole(3...10)
    for hasZero in [true, false] {
      let scale = ValueScale(holding: values, mostTicks: most, hasZero: hasZero)
      #expect(values.allSatisfy { scale.range.contains($0) })
      #expect(scale.ticks.count <= most + 1 && scale.ticks.count >= 2)
      #expect(!hasZero || scale.range.contains(0))
      let texts = scale.ticks.map { scale.text($0, Chart.Axis("")) }
      #expect(Set(texts).count == texts.count, "\(texts)")
      let tight = ValueScale(holding: values, mostTicks: most, hasZero: hasZero, isTight: true)
      #expect(values.allSatisfy { tight.range.contains($0) })
      #expect(tight.ticks.allSatisfy { tight.range.contains($0) })
    }
  }

  @Test func `marks of an axis by hand`() {
    func texts(_ values: [Double], _ most: Int, _ axis: Chart.Axis, zero: Bool) -> [String] {
      let scale = ValueScale(holding: values, mostTicks: most, hasZero: zero)
      return scale.ticks.map { scale.text($0, axis) }
    }
    #expect(
      texts([-1_200, 3_900], 8, Chart.Axis("", isSigned: true), zero: true)
        == ["−2,000", "−1,000", "0", "+1,000", "+2,000", "+3,000", "+4,000"])
    #expect(
      texts([0.1, 0.148], 8, Chart.Axis(""), zero: false)
        == ["0.10", "0.11", "0.12", "0.13", "0.14", "0.15"])
    #expect(texts([0, 0], 5, Chart.Axis("", suffix: " %"), zero: true) == ["−1 %", "0 %", "1 %"])
  }

  @Test(arguments: 0..<200) func `labels are moved apart, in order, and stay within`(
    seed: UInt64
  ) {
    var random = SplitMix64(seed: seed)
    let wanted = (0...random.whole(1...15)).map { _ in 100 + random.fraction() * 200 }
    let places = SVGRenderer.spread(wanted, gap: 12, within: 100...320)
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    for (first, next) in zip(order, order.dropFirst()) {
      #expect(places[next] - places[first] >= 12 - 1e-9)
    }
    #expect(places.allSatisfy { (100 - 1e-9...320 + 1e-9).contains($0) })
  }

  @Test func `labels that have room stay where they are`() {
    let places = SVGRenderer.spread([10, 50, 30], gap: 12, within: 0...100)
    #expect(places == [10, 50, 30])
  }

  @Test(arguments: 0..<60) func `no other assignment costs less`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let rows = random.whole(1...5)
    let columns = rows + random.whole(0...2)
    let costs = (0..<rows).map { _ in (0..<columns).map { _ in Double(random.whole(0...20)) } }
    let chosen = LinearAssignment.columns(costs)
    #expect(Set(chosen).count == rows)
    let cost = chosen.enumerated().reduce(0) { $0 + costs[$1.offset][$1.element] }
    #expect(cost == cheapest(costs, from: 0, without: []))
  }

  /// Every assignment there is.
  private func cheapest(_ costs: [[Double]], from row: Int, without taken: Set<Int>) -> Double {
    if row == costs.count { return 0 }
    return costs[row].indices.filter { !taken.contains($0) }
      .map { costs[row][$0] + cheapest(costs, from: row + 1, without: taken.union([$0])) }
      .min() ?? .infinity
  }

  @Test(arguments: 1..<40) func `every point has a cell of its own`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let x = (0..<count).map { _ in random.fraction() * 20 + 75 }
    let y = (0..<count).map { _ in random.fraction() * 14 + 35 }
    let cells = TileArrangement.cells(x: x, y: y)
    #expect(Set(cells).count == count)
    #expect(cells.map(\.column).min() == 0 && cells.map(\.row).min() == 0)
  }

  @Test func `points on a lattice keep their neighbours`() {
    let places = (0..<4).flatMap { row in (0..<6).map { (x: Double($0), y: Double(3 - row)) } }
    let cells = TileArrangement.cells(x: places.map(\.x), y: places.map(\.y))
    for (first, a) in places.enumerated() {
      for (second, b) in places.enumerated() {
        if a.x < b.x && a.y == b.y { #expect(cells[first].column < cells[second].column) }
        if a.y > b.y && a.x == b.x { #expect(cells[first].row < cells[second].row) }
      }
    }
  }

  @Test func `points at one place get cells too`() {
    let cells = TileArrangement.cells(x: [5, 5, 5], y: [1, 1, 1])
    #expect(Set(cells).count == 3)
    #expect(TileArrangement.cells(x: [], y: []) == [])
  }

  @Test func `classes of signed numbers have round borders and are the same on both sides`() {
    let classes = SignedClasses([-19.6, -8, -4, -2, 0, 0.3, 3, 5, 9, 12, 30])
    let texts = classes.steps.map { classes.text($0, Chart.Axis("", suffix: " %")) }
    #expect(
      texts == [
        "< −10 %", "−5 … −10 %", "−0.5 … −5 %", "±0.5 %", "+0.5 … +5 %", "+5 … +10 %", "> +10 %",
      ])
    for value in [0.1, 0.5, 0.6, 5, 7, 10, 11] {
      #expect(classes.step(value) == -classes.step(-value))
    }
    #expect([0.5, 5, 10, 11].map { classes.step($0) } == [0, 1, 2, 3])
    #expect(SignedClasses([0, 0]).steps == [0])
  }
}
