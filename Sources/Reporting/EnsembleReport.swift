import Comparison
import Documents
import PolicyModel
import Simulation

/// What an ensemble shows: medians and intervals, differences from the baseline draw by draw, and
/// how likely each county is to lose.
public struct EnsembleReport: Sendable {
  let ledgers: [Ledger]
  let result: EnsembleResult
  let seed: UInt64
  let language: Language
  let format: FigureFormat

  /// Prepares a report; the first ledger is the baseline.
  ///
  /// - Precondition: There is at least one ledger.
  public init(ledgers: [Ledger], result: EnsembleResult, seed: UInt64, language: Language) {
    precondition(!ledgers.isEmpty, "a comparison has a baseline")
    self.ledgers = ledgers
    self.result = result
    self.seed = seed
    self.language = language
    format = FigureFormat(ledgers[0].plan.scenario, language)
  }

  private var scenarios: [Scenario] { ledgers.map(\.plan.scenario) }

  /// The document: the last year unless others are asked for.
  public func document(_ options: ComparisonOptions) -> Document {
    let years: [Int]
    switch options.years {
    case .summary: years = [scenarios[0].years.upperBound]
    case .blocks(let wanted): years = wanted
    }
    var blocks: [Document.Block] = [.text(legend)]
    for year in years {
      blocks.append(.table(metricTable(year)))
      for index in ledgers.indices.dropFirst() where scenarios[index].years.contains(year) {
        blocks.append(.table(differenceTable(index, year)))
        blocks.append(.table(lossTable(index, year, count: options.top ?? 10)))
      }
    }
    return Document(title: title, blocks: blocks)
  }

  private var title: String {
    language.words(
      "Ensemble of \(draws) draws, \(ledgers.count) scenarios",
      "\(ledgers.count)个情景的\(draws)次抽样")
  }

  private var draws: String { NumberText.grouped(Double(result.drawCount), decimals: 0) }

  /// The scenarios, what is uncertain in each, and whether their data are made up.
  private var legend: [String] {
    var lines = scenarios.enumerated().map { index, scenario in
      let role = index == 0 ? language.words(" (baseline)", "（基准）") : ""
      return "\(scenario.name)\(role): \(scenario.title.text(in: language))"
    }
    var known: Set<String> = []
    for ledger in ledgers { known.formUnion(ledger.plan.uncertainParameters) }
    for ledger in ledgers {
      let own = ledger.plan.uncertainParameters
      if !own.isEmpty {
        let list = own.joined(separator: ", ")
        lines.append(
          language.words(
            "Uncertain in \(ledger.plan.scenario.name): \(list)",
            "\(ledger.plan.scenario.name) 的不确定参数：\(list)"))
      }
      let fixed = known.subtracting(own).sorted()
      if !fixed.isEmpty {
        let list = fixed.joined(separator: ", ")
        lines.append(
          language.words(
            "Fixed in \(ledger.plan.scenario.name), uncertain elsewhere: \(list)",
            "\(ledger.plan.scenario.name) 中固定、其他情景中不确定：\(list)"))
      }
    }
    return lines + DataProvenance(ledgers).lines(language)
  }

  // MARK: Tables

  private func metricTable(_ year: Int) -> Table {
    var columns = [Table.Column(language.words("figure", "项目"), .leading)]
    for scenario in scenarios {
      columns.append(Table.Column(scenario.name))
      columns.append(Table.Column("[5–95 %]", isTied: true))
    }
    let rows = Metric.allCases.enumerated().map { position, metric in
      [Cell(label(metric))]
        + ledgers.indices.flatMap { index in
          interval(
            figure(index, year) { result.layout.metric(index, yearIndex: $0, position) }, metric)
        }
    }
    return Table(
      title: language.words(
        "\(year): median and interval of 90 % over draws", "\(year)年：各次抽样的中位数和90%区间"),
      columns: columns, rows: rows, notes: notes)
  }

  private func label(_ metric: Metric) -> String {
    let title = metric.title.text(in: language)
    if metric.kind != .money { return title }
    return title + language.words(", \(format.moneyUnit)", "（\(format.moneyUnit)）")
  }

  /// The figure of a year; nil where it is undefined or not of the run.
  private func figure(
    _ scenario: Int, _ year: Int, _ series: (Int) -> Int?
  ) -> EnsembleResult.Figure? {
    let years = result.layout.shapes[scenario].years
    guard years.contains(year), let index = series(year - years.lowerBound) else { return nil }
    return result.figures[index]
  }

  private func interval(_ figure: EnsembleResult.Figure?, _ metric: Metric) -> [Cell] {
    guard let figure else { return [Cell("–"), .empty] }
    let texts = [figure.quantiles[0], figure.quantiles[4]].map { format.cell($0, metric.kind).text }
    return [
      format.cell(figure.quantiles[2], metric.kind), Cell("[\(texts[0]) – \(texts[1])]"),
    ]
  }

  private func differenceTable(_ index: Int, _ year: Int) -> Table {
    let columns = [
      Table.Column(language.words("figure", "项目"), .leading),
      Table.Column(language.words("median", "中位数")), Table.Column("5 %"),
      Table.Column("95 %"), Table.Column(language.words("above 0", "大于0的概率")),
      Table.Column(language.words("s.e. of mean", "均值标准误")),
    ]
    let rows = Metric.allCases.enumerated().compactMap { position, metric -> [Cell]? in
      if [.poolMoved, .winners, .losers].contains(metric) { return nil }
      let found = figure(index, year) {
        result.layout.difference(index, yearIndex: $0, position)
      }
      guard let found else {
        return [Cell(label(metric))] + columns.dropFirst().map { _ in Cell("–") }
      }
      return [Cell(label(metric))]
        + [2, 0, 4].map { signed(found.quantiles[$0], metric) }
        + [share(found.hitShare), signed(found.standardError ?? 0, metric, isSize: true)]
    }
    let name = scenarios[index].name
    return Table(
      title: language.words(
        "\(year): \(name) less \(scenarios[0].name), draw by draw",
        "\(year)年：\(name) 减 \(scenarios[0].name)（逐次抽样）"),
      columns: columns, rows: rows, notes: notes)
  }

  /// A signed figure, or the size of an error.
  private func signed(_ value: Double, _ metric: Metric, isSize: Bool = false) -> Cell {
    let shown =
      isSize ? format.cell(value, metric.kind) : format.difference(value, 0, metric.kind)
    return shown.text == "=" ? Cell(0, text: "0") : shown
  }

  private func share(_ value: Double) -> Cell {
    Cell(value, text: NumberText.fixed(value * 100, decimals: 1) + " %")
  }

  private func lossTable(_ index: Int, _ year: Int, count: Int) -> Table {
    let columns = [
      Table.Column(language.words("county", "县市区"), .leading),
      Table.Column(language.words("gets less", "减少的概率")),
      Table.Column(language.words("median", "中位数")),
      Table.Column("[5–95 %]", isTied: true),
      Table.Column(language.words("baseline", "基准")),
    ]
    let name = scenarios[index].name
    return Table(
      title: language.words(
        "\(year): counties most likely to get less under \(name), \(format.moneyUnit)",
        "\(year)年：\(name) 下最可能减少的县市区（\(format.moneyUnit)）"),
      columns: columns, rows: lossRows(index, year, count), notes: notes)
  }

  /// The part of the draws in which a county gets less than in the baseline; nil where either does
  /// not run the year or the county, or no draw of both has an outcome.
  func lossShare(_ index: Int, _ year: Int, _ position: Int) -> Double? {
    let code = ledgers[index].plan.counties.counties[position].code
    let own = figure(index, year) { result.layout.county(index, yearIndex: $0, position) }
    guard let own, scenarios[0].years.contains(year),
      ledgers[0].plan.counties.indexOfCode[code] != nil
    else { return nil }
    if index == 0 { return 0 }
    let pairs = Metric.allCases.indices.compactMap { metric in
      figure(index, year) { result.layout.difference(index, yearIndex: $0, metric) }?.count
    }.max()
    return pairs.map { Double(own.hits) / Double($0) }
  }

  private func lossRows(_ index: Int, _ year: Int, _ count: Int) -> [[Cell]] {
    let counties = ledgers[index].plan.counties.counties
    let baseline = ledgers[0].plan.counties.indexOfCode
    let found = counties.indices.compactMap { county in
      figure(index, year) { result.layout.county(index, yearIndex: $0, county) }
        .map { (county: county, figure: $0) }
    }
    let ranked = found.sorted {
      $0.figure.hits == $1.figure.hits ? $0.county < $1.county : $0.figure.hits > $1.figure.hits
    }
    return ranked.prefix(count).map { entry in
      let county = counties[entry.county]
      let bounds = [entry.figure.quantiles[0], entry.figure.quantiles[4]].map {
        format.cell($0, .money).text
      }
      let base = baseline[county.code].flatMap { position in
        figure(0, year) { result.layout.county(0, yearIndex: $0, position) }
      }
      return [
        Cell("\(county.code) \(county.name.text(in: language))"),
        lossShare(index, year, entry.county).map { share($0) } ?? Cell("–"),
        format.cell(entry.figure.quantiles[2], .money), Cell("[\(bounds[0]) – \(bounds[1])]"),
        base.map { format.cell($0.quantiles[2], .money) } ?? Cell("–"),
      ]
    }
  }

  // MARK: Notes

  /// How many draws there are, how many failed, and how far chance may be off.
  private var notes: [String] {
    // The scenario with the fewest draws left has the largest error.
    let failed = result.failures.map(\.count).max() ?? 0
    let n = Double(max(1, result.drawCount - failed))
    let mean = NumberText.fixed(1 / n.squareRoot(), decimals: 4)
    let chance = NumberText.fixed(50 / n.squareRoot(), decimals: 2)
    var lines = [
      language.words(
        "\(draws) draws, seed \(seed). Monte Carlo error (one standard error): of a mean \(mean) "
          + "standard deviations, of a probability at most \(chance) percentage points.",
        "\(draws)次抽样，种子\(seed)。蒙特卡洛误差（一个标准误）：均值为\(mean)个标准差，概率至多\(chance)个百分点。"),
      failureNote,
    ]
    if !result.isExact {
      lines.append(
        language.words(
          "Quantiles are within 1/4,096 of their size (more values than are kept one by one).",
          "分位数误差不超过其数值的1/4096（数值过多，未逐一保留）。"))
    }
    return lines
  }

  private var failureNote: String {
    let failing = zip(scenarios, result.failures).filter { $1.count > 0 }
    if failing.isEmpty { return language.words("Failed draws: none.", "失败的抽样：无。") }
    let list = failing.map { scenario, failures in
      let first = failures.first.map { "\($0)" } ?? "–"
      return language.words(
        "\(scenario.name) \(failures.count) (first: draw \(first))",
        "\(scenario.name) \(failures.count)次（首次为第\(first)次）")
    }.joined(separator: language.words(", ", "、"))
    return language.words(
      "Failed draws, left out of the scenario's figures: \(list).", "失败的抽样（未计入该情景的数字）：\(list)。")
  }
}
