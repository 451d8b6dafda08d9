import Comparison
import PolicyModel
import Simulation
import TestFixtures
import Testing

@testable import Documents
@testable import Reporting
@testable import ScenarioRunner

/// The pictures of the Xinjiang example: 96 counties, both languages.
@Suite struct ChartGalleryTests {
  private static let run = Result {
    try ShippedScenario.run(["xinjiang/baseline-2024.yaml", "xinjiang/performance-30.yaml"])
  }

  /// Made-up draws of the size of real ones: medians off the ledger by up to 12 %.
  private static func ensemble(_ run: LoadedRun) -> EnsembleFigures {
    var figures = EnsembleFigures(drawCount: 1_000)
    var random = SplitMix64(seed: 4)
    for (ledger, metrics) in zip(run.ledgers, run.metrics) {
      let name = ledger.plan.scenario.name
      func figure(_ value: Double) -> EnsembleFigures.Figure {
        let median = value * (1 + (random.fraction() - 0.5) / 8)
        let edges = [median * 0.9, median * (1 + random.fraction() / 4)].sorted()
        return EnsembleFigures.Figure(
          interval: edges[0]...edges[1], median: median, chanceOfLess: random.fraction())
      }
      for (index, year) in ledger.plan.scenario.years.enumerated() {
        for (position, county) in ledger.plan.counties.counties.enumerated() {
          let amount = ledger.finalAmount(yearIndex: index, county: position).asDouble / 100
          figures.set(figure(amount), scenario: name, year: year, county: county.code)
        }
        for metric in Metric.allCases {
          guard let value = metrics.value(metric, year: year) else { continue }
          figures.set(figure(value), scenario: name, year: year, metric: metric.rawValue)
        }
      }
    }
    return figures
  }

  private func gallery(_ language: Language) throws -> ChartGallery {
    let run = try Self.run.get()
    return ChartGallery(
      ledgers: run.ledgers, metrics: run.metrics, ensemble: Self.ensemble(run), language: language)
  }

  private static let cases = ChartGallery.Kind.allCases.flatMap { kind in
    Language.allCases.map { (kind, $0) }
  }

  @Test(arguments: cases) func `no text covers another or leaves the sheet`(
    kind: ChartGallery.Kind, language: Language
  ) throws {
    let document = try SVGDocument(try gallery(language).chart(kind).svg())
    let boxes = document.textBoxes { TextMeasure.width($0, size: $1, isBold: $2) }
    #expect(boxes.count > 10)
    #expect(SVGDocument.overlap(boxes) == nil)
    let root = document.elements[0]
    for box in boxes {
      #expect(box.across.lowerBound >= 0 && box.across.upperBound <= root.number("width"), "\(box)")
      #expect(box.down.lowerBound >= 0 && box.down.upperBound <= root.number("height"), "\(box)")
    }
  }

  @Test(arguments: cases) func `every text and every mark can be told from what is behind it`(
    kind: ChartGallery.Kind, language: Language
  ) throws {
    let document = try SVGDocument(try gallery(language).chart(kind).svg())
    for (index, element) in document.elements.enumerated() {
      if element.name == "text" {
        for ground in document.grounds(of: index) {
          #expect(contrast(element.attributes["fill"] ?? "", ground) >= 4.5, "\(element.text)")
        }
      } else if let label = element.attributes["data-label"] {
        let paints = ["fill", "stroke"].compactMap { element.attributes[$0] }
          .flatMap { document.colors($0) }.filter { $0.hasPrefix("#") }
        #expect(paints.contains { contrast($0, "#FFFFFF") >= 3 }, "\(label)")
      }
    }
  }

  @Test(arguments: cases) func `every picture says what is made up, names its rules and its years`(
    kind: ChartGallery.Kind, language: Language
  ) throws {
    let chart = try gallery(language).chart(kind)
    let texts = try SVGDocument(chart.svg()).texts.map(\.text).joined(separator: "\n")
    #expect(texts.contains(language.words("SYNTHETIC DATA: 34", "合成数据：34")))
    #expect(texts.contains("新财振〔2024〕1号"))
    #expect(texts.contains("2028"))
    #expect(chart.languageTag == language.words("en", "zh-Hans"))
    let isPlain = chart.summary.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    #expect(language == .english ? !isPlain : !chart.summary.isEmpty)
  }

  @Test func `bars are the changes of the ledgers, sorted`() throws {
    let run = try Self.run.get()
    guard case .divergingBars(let bars) = try gallery(.english).chart(.changeByCounty).content
    else {
      Issue.record("no bars")
      return
    }
    #expect(bars.rows.count == 96)
    #expect(zip(bars.rows, bars.rows.dropFirst()).allSatisfy { $0.value >= $1.value })
    let totals = run.ledgers.map { ledger in
      ledger.plan.counties.counties.indices.reduce(0) {
        $0 + ledger.finalAmount(yearIndex: 4, county: $1).asDouble
      }
    }
    let sum = bars.rows.reduce(0) { $0 + $1.value }
    #expect(abs(sum - (totals[1] - totals[0]) / 1e6) < 1e-6)
    #expect(bars.rows[95].label == "Shache (Yarkant) County")
    #expect(bars.rows[95].text == "−8,820 (−10.0 %)")
  }

  @Test func `the map has every county once, near its neighbours`() throws {
    let run = try Self.run.get()
    guard case .tileMap(let map) = try gallery(.chinese).chart(.map).content else {
      Issue.record("no map")
      return
    }
    #expect(map.tiles.count == 96 && Set(map.tiles.map(\.cell)).count == 96)
    #expect(map.groups.count == 14 && map.groups[0] == "乌鲁木齐市")
    #expect(Set(map.tiles.map(\.label)).count == 96)
    func tile(_ name: String) -> GridCell? { map.tiles.first { $0.label == name }?.cell }
    let (kashgar, hami, altay) = (tile("喀什"), tile("伊州"), tile("阿勒泰"))
    #expect((kashgar?.column ?? 9) < (altay?.column ?? 0))
    #expect((altay?.column ?? 9) < (hami?.column ?? 0))
    #expect((altay?.row ?? 9) < (kashgar?.row ?? 0))
    let table = run.ledgers[0].plan.counties
    #expect(table.places.count { $0 != nil } == 106)
  }

  @Test func `the steps of a waterfall add up to the amount`() throws {
    let run = try Self.run.get()
    var choice = ChartGallery.Choice()
    choice.county = "653101"
    choice.year = 2026
    guard case .waterfall(let fall) = try gallery(.english).chart(.waterfall, choice).content,
      let county = run.ledgers[1].plan.counties.indexOfCode["653101"]
    else {
      Issue.record("no waterfall")
      return
    }
    let amount = run.ledgers[1].finalAmount(yearIndex: 2, county: county).asDouble / 1e6
    let sum = fall.steps.dropLast().reduce(0) { $0 + $1.value }
    #expect(abs(sum - amount) < 1e-6)
    #expect(fall.steps.last?.value == amount)
    #expect(fall.steps.allSatisfy { $0.value != 0 })
  }

  @Test func `a Lorenz curve encloses the area of its Gini`() throws {
    let run = try Self.run.get()
    guard case .lorenzCurves(let lorenz) = try gallery(.english).chart(.lorenz).content else {
      Issue.record("no curves")
      return
    }
    for (curve, metrics) in zip(lorenz.curves, run.metrics) {
      let corners = Array(zip(curve.people, curve.amounts))
      let area = zip(corners, corners.dropFirst()).reduce(0) { sum, pair in
        sum + (pair.1.0 - pair.0.0) * (pair.0.1 + pair.1.1) / 2
      }
      let gini = try #require(metrics.value(.giniAmount, year: 2028))
      #expect(abs(1 - 2 * area - gini) < 1e-12)
    }
  }

  @Test func `flows leave and join every grade in its number`() throws {
    guard case .flows(let flows) = try gallery(.english).chart(.gradeFlows).content else {
      Issue.record("no flows")
      return
    }
    #expect(flows.columns == ["2023 (data)", "2024", "2025", "2026", "2027", "2028"])
    for (column, list) in flows.flows.enumerated() {
      for rank in flows.classes.indices {
        let left = list.filter { $0.from == rank }.reduce(0) { $0 + $1.count }
        let joined = list.filter { $0.to == rank }.reduce(0) { $0 + $1.count }
        #expect(left == flows.counts[column][rank])
        #expect(joined == flows.counts[column + 1][rank])
      }
    }
  }

  @Test func `names of tiles are short and differ`() {
    #expect(
      ShortNames.of(["喀什市", "和田市", "和田县", "塔什库尔干塔吉克自治县", "泽普县"], .chinese)
        == ["喀什", "和田市", "和田县", "塔什库尔干", "泽普"])
    #expect(
      ShortNames.of(
        [
          "Hotan City", "Hotan County", "Mori Kazakh Autonomous County",
          "Zhaosu (Mongolküre) County",
        ],
        .english) == ["Hotan City", "Hotan Co.", "Mori", "Zhaosu"])
    #expect(
      ShortNames.abbreviated("Hoboksar Mongol Autonomous County") == "Hoboksar Mongol Aut. Co.")
  }

  @Test(arguments: [0.0, 30, 43.5, 60, 90]) func `the cosine is right`(degrees: Double) {
    let known = [0: 1, 30: 0.75.squareRoot(), 43.5: 0.725374371012288, 60: 0.5, 90: 0.0]
    #expect(abs(ChartGallery.cosine(degrees: degrees) - (known[degrees] ?? 9)) < 3e-5)
  }

  @Test(arguments: [
    (
      ChartGap.noReform,
      "a change needs a baseline and a reform; run both: karez run BASELINE REFORM --out DIR",
      "变动图需要基准和改革两个情景；请运行：karez run 基准 改革 --out 文件夹"
    ),
    (
      .noSuchYear(2030, "x"), "x has no year 2030; choose another with --year",
      "情景 x 不含2030年；请用 --year 指定其他年份"
    ),
    (
      .noCoordinates, "no county has coordinates; add the columns lon and lat to counties.csv",
      "县市区表没有坐标；请在counties.csv中加入经度列lon和纬度列lat"
    ),
    (
      .tooManyTiles(900),
      "900 counties are more than the 400 that a map of tiles can show; use change-by-county",
      "共900个县市区，超过格网图可容纳的400个；请用 change-by-county"
    ),
    (
      .noGrades("x"), "no county has a grade in x; its file needs an assessment",
      "情景 x 中没有考核等级；情景文件需要assessment部分"
    ),
    (
      .noNeed("x"), "x names no need that any county with rural population has; set \"need:\"",
      "情景 x 未指定需求指标，或各县均无该指标；请设置“need:”"
    ),
    (
      .noDistribution(2024), "no county has both rural population and the amount or income in 2024",
      "2024年没有任何县同时具有农村人口和资金（或收入）数据"
    ),
    (
      .noEnsemble, "intervals need draws; name a folder that karez compare --out wrote",
      "区间图需要多次抽样；请指定由 karez compare --out 写出的文件夹"
    ),
    (.noMetric("gini"), "gini is undefined in every year of the run", "指标 gini 在各年度均无定义"),
    (.noAmount("1", 2024), "county 1 gets nothing in 2024", "县市区1在2024年没有资金"),
  ])
  func `what a picture lacks is said in both languages`(
    gap: ChartGap, english: String, chinese: String
  ) {
    #expect(gap.wording.english == english)
    #expect(gap.wording.chinese == chinese)
  }

  @Test func `what a run lacks, a picture of it says`() throws {
    let run = try ShippedScenario.run(["worked/baseline.yaml"])
    let gallery = ChartGallery(
      ledgers: run.ledgers, metrics: run.metrics, ensemble: nil, language: .english)
    func gap(_ kind: ChartGallery.Kind, _ choice: ChartGallery.Choice = .init()) -> ChartGap? {
      do throws(ChartGap) {
        _ = try gallery.chart(kind, choice)
        return nil
      } catch {
        return error
      }
    }
    #expect(gap(.changeByCounty) == .noReform)
    #expect(gap(.map) == .noReform)
    #expect(gap(.dots) == .noEnsemble)
    var choice = ChartGallery.Choice()
    choice.year = 1999
    #expect(gap(.lorenz, choice) == .noSuchYear(1999, "worked-baseline"))
    #expect(gap(.needScatter, choice) == .noSuchYear(1999, "worked-baseline"))
    choice = ChartGallery.Choice()
    choice.county = "nowhere"
    #expect(gap(.waterfall, choice) == .noAmount("nowhere", 2026))
    #expect(gap(.trajectories, choice) == .noAmount("nowhere", 2026))
    for kind in [ChartGallery.Kind.trajectories, .lorenz, .gradeFlows, .waterfall, .needScatter] {
      #expect(gap(kind) == nil, "\(kind)")
    }
  }
}
