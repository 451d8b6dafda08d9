import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// The region as tiles, coloured by the change in percent.
  func map(_ choice: Choice) throws(ChartGap) -> Chart {
    let (ledger, year) = try reform(choice)
    let all = try changes(ledger, year: year)
    let points = Self.places(ledger)
    let shown = all.filter { points[$0.index] != nil }
    if shown.isEmpty { throw .noCoordinates }
    if shown.count > TileArrangement.mostPoints { throw .tooManyTiles(shown.count) }
    var notes = [
      words(
        "One tile a county, placed as near as can be to where it lies; thick lines are borders of "
          + "prefectures. No boundary is drawn.",
        "每格为一个县市区，按地理位置就近排列；粗线为地州市界。本图不含行政区划边界。")
    ]
    if shown.count < all.count {
      let count = all.count - shown.count
      notes.append(
        words(
          "\(count) counties without coordinates are not shown.", "\(count)个县市区没有坐标，未显示。"))
    }
    return Chart(
      title: words("Change of amounts on the map, \(year)", "\(year)年资金变动格网图"),
      subtitle: against(ledger), marks: marks, summary: changeSummary(all), notes: notes,
      source: source([baseline, ledger]), languageTag: languageTag,
      content: .tileMap(tileMap(shown, points, ledger)))
  }

  private func tileMap(_ changes: [Change], _ points: [GeoPoint?], _ ledger: Ledger) -> TileMap {
    let table = ledger.plan.counties
    let places = changes.compactMap { points[$0.index] }
    let middle = places.reduce(0) { $0 + $1.latitude } / Double(places.count)
    let cells = TileArrangement.cells(
      x: places.map { $0.longitude * Self.cosine(degrees: middle) }, y: places.map(\.latitude))
    let names = ShortNames.of(changes.map { $0.county.name.text(in: language) }, language)
    let prefectures = table.prefectures.indices.filter { prefecture in
      changes.contains { table.prefectureOfCounty[$0.index] == prefecture }
    }
    let tiles = changes.indices.map { position in
      let change = changes[position]
      let fraction = change.old > 0 ? change.fen / change.old : nil
      let text = fraction.map { NumberText.signed($0 * 100, decimals: 1) }
      return TileMap.Tile(
        label: names[position], detail: "\(place(change.county)): \(amounts(change))",
        value: fraction.map { $0 * 100 }, text: text ?? words("new", "新增"),
        group: prefectures.firstIndex(of: table.prefectureOfCounty[change.index]) ?? 0,
        cell: cells[position])
    }
    let titles = prefectures.map { prefecture in
      table.counties.first { $0.prefecture == table.prefectures[prefecture] }
        .map { $0.prefectureName.text(in: language) } ?? ""
    }
    return TileMap(
      tiles: tiles, groups: titles,
      axis: Chart.Axis(
        words(
          "On each tile the change of the final amount, % of the baseline; figures bottom left: "
            + "prefecture",
          "格内数字：最终资金较基准变动（%）；左下角数字：地州市序号"), suffix: " %", isSigned: true),
      emptyTitle: words("nothing in the baseline", "基准中无资金"))
  }

  /// Where the counties of a run lie: columns of the counties, else indicators.
  static func places(_ ledger: Ledger) -> [GeoPoint?] {
    let table = ledger.plan.counties
    if table.places.contains(where: { $0 != nil }) { return table.places }
    let panel = ledger.plan.panel
    func latest(_ names: [String]) -> [Double]? {
      guard let column = names.lazy.compactMap({ panel.column(named: $0) }).first else {
        return nil
      }
      return (0..<table.count).map { county in
        panel.years.indices.reversed().map { column.values[$0 * table.count + county] }
          .first { !$0.isNaN } ?? .nan
      }
    }
    guard let east = latest(["lon", "longitude"]), let north = latest(["lat", "latitude"]) else {
      return table.places
    }
    return zip(east, north).map { east, north in
      east.isNaN || north.isNaN ? nil : GeoPoint(longitude: east, latitude: north)
    }
  }

  /// The cosine by its series: + − × ÷ only, so that a map is the same on every machine.
  static func cosine(degrees: Double) -> Double {
    let angle = min(abs(degrees), 90) * 3.141592653589793 / 180
    let square = angle * angle
    return 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
  }
}
