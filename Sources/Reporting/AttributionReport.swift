import Comparison
import Documents
import PolicyModel
import Simulation

/// Which provision causes what, as documents and files.
public struct AttributionReport: Sendable {
  private let attribution: Attribution
  private let language: Language
  private let format: FigureFormat

  /// Prepares a report.
  public init(_ attribution: Attribution, language: Language) {
    self.attribution = attribution
    self.language = language
    format = FigureFormat(attribution.baseline.plan.scenario, language)
  }

  private var counties: CountyTable { attribution.baseline.plan.counties }

  /// The document for one year: groups, metrics, and the counties whose amount changes most, or one
  /// county.
  public func document(yearIndex: Int, county: Int?) -> Document {
    let year = attribution.baseline.years[yearIndex].year
    var blocks: [Document.Block] = [.text(head)]
    if let county {
      blocks.append(.table(countyTable(county, yearIndex, year)))
    } else {
      blocks.append(.table(groupTable(yearIndex, year)))
      blocks.append(.table(metricTable(yearIndex, year)))
      blocks.append(.table(topTable(yearIndex, year)))
    }
    return Document(title: language.words("Why did it change", "变动归因"), blocks: blocks)
  }

  private var head: [String] {
    let base = attribution.baseline.plan.scenario
    let method =
      attribution.standardError.map { error in
        let shown = format.money(fen: error).text
        return language.words(
          "Sampled Shapley values from \(attribution.runCount) runs; largest standard error of a "
            + "county's part: \(shown) (\(format.moneyUnit)).",
          "抽样Shapley值，共\(attribution.runCount)次运行；县级分项最大标准误：\(shown)（\(format.moneyUnit)）。")
      }
      ?? language.words(
        "Exact Shapley values over all \(attribution.runCount) subsets of provisions: parts sum to "
          + "the change, whatever the order.",
        "对全部\(attribution.runCount)个条款组合精确计算Shapley值：各项之和等于总变动，与顺序无关。")
    return [
      "\(base.name) → \(attribution.reformName): \(attribution.reformTitle.text(in: language))",
      method,
    ] + DataProvenance([attribution.baseline, attribution.reform]).lines(language)
  }

  // MARK: Sums

  private struct Sum {
    var amount = 0.0
    var first = 0.0
    var last = 0.0
  }

  private func sum(_ provision: Int, _ yearIndex: Int, where isInside: (Int) -> Bool) -> Sum {
    var sum = Sum()
    for stream in attribution.amounts[provision][yearIndex] {
      for county in stream.indices where isInside(county) {
        sum.amount += stream[county].amount
        sum.first += stream[county].first
        sum.last += stream[county].last
      }
    }
    return sum
  }

  private func signed(fen: Double) -> Cell {
    let cell = format.difference(fen / 100, 0, .money)
    return Cell(cell.number ?? 0, text: cell.text == "=" ? "0" : cell.text)
  }

  // MARK: Tables

  private func groupTable(_ yearIndex: Int, _ year: Int) -> Table {
    let groups = attribution.baseline.plan.scenario.groups
    let inside = attribution.baseline.years[yearIndex].observation.groups
    let all = (language.words("all counties", "全部县市区"), { (_: Int) in true })
    let columns =
      [all]
      + groups.enumerated().map { index, group in
        (group.title.text(in: language), { county in inside[index][county] > 0 })
      }
    let rows = attribution.provisions.indices.map { provision in
      [Cell("[\(provision + 1)] \(attribution.provisions[provision])")]
        + columns.map { signed(fen: sum(provision, yearIndex, where: $0.1).amount) }
    }
    let total =
      [Cell(language.words("whole change", "总变动"))]
      + columns.map { column in
        signed(
          fen: attribution.provisions.indices.reduce(0) {
            $0 + sum($1, yearIndex, where: column.1).amount
          })
      }
    let unit = format.moneyUnit
    return Table(
      title: language.words(
        "Part of each provision in the change of final amounts, \(year), \(unit)",
        "各条款对\(year)年最终资金变动的贡献（\(unit)）"),
      columns: [Table.Column(language.words("provision", "条款"), .leading)]
        + columns.map { Table.Column($0.0) }, rows: rows + [total])
  }

  private func metricTable(_ yearIndex: Int, _ year: Int) -> Table {
    let metrics = Metric.allCases.enumerated().filter { position, _ in
      attribution.provisions.indices.contains {
        attribution.metrics[$0][yearIndex][position].map { $0.amount != 0 } ?? false
      }
    }
    let rows = metrics.map { position, metric in
      [Cell(metric.title.text(in: language))]
        + attribution.provisions.indices.map { provision -> Cell in
          let effect = attribution.metrics[provision][yearIndex][position]
          return effect.map { change($0.amount, metric.kind) } ?? Cell("–")
        }
    }
    return Table(
      title: language.words(
        "Part of each provision in the change of each metric, \(year)", "各条款对\(year)年各指标变动的贡献"),
      columns: [Table.Column(language.words("metric", "指标"), .leading)]
        + attribution.provisions.indices.map { Table.Column("[\($0 + 1)]") },
      rows: rows,
      notes: [language.words("Money in \(format.moneyUnit).", "金额单位：\(format.moneyUnit)。")])
  }

  private func change(_ value: Double, _ kind: Metric.Kind) -> Cell {
    switch kind {
    case .money: return signed(fen: value * 100)
    case .share: return Cell(value, text: NumberText.signed(value * 100, decimals: 2) + " pp")
    case .index: return Cell(value, text: NumberText.signed(value, decimals: 4))
    case .counties: return Cell(value, text: NumberText.signed(value, decimals: 2))
    }
  }

  private func topTable(_ yearIndex: Int, _ year: Int) -> Table {
    let changes = counties.counties.indices.map { county in
      attribution.provisions.indices.map {
        sum($0, yearIndex) { $0 == county }.amount
      }
    }
    let totals = changes.map { $0.reduce(0, +) }
    let order = totals.indices.filter { totals[$0] != 0 }
      .sorted { abs(totals[$0]) > abs(totals[$1]) }.prefix(10)
    let rows = order.map { county in
      [
        Cell(
          "\(counties.counties[county].code) \(counties.counties[county].name.text(in: language))"),
        signed(fen: totals[county]),
      ] + changes[county].map { signed(fen: $0) }
    }
    let unit = format.moneyUnit
    return Table(
      title: language.words(
        "Largest changes and their causes, \(year), \(unit)", "\(year)年变动最大的县及原因（\(unit)）"),
      columns: [
        Table.Column(language.words("county", "县市区"), .leading),
        Table.Column(language.words("change", "变动")),
      ] + attribution.provisions.indices.map { Table.Column("[\($0 + 1)]") }, rows: rows)
  }

  /// The waterfall of one county: from the baseline's amount to the reform's.
  private func countyTable(_ county: Int, _ yearIndex: Int, _ year: Int) -> Table {
    func units(_ fen: Double) -> Cell {
      Cell(fen / 100, text: NumberText.grouped(fen / 100, decimals: 2))
    }
    func step(_ fen: Double) -> Cell {
      Cell(fen / 100, text: NumberText.signed(fen / 100, decimals: 2))
    }
    let parts = attribution.provisions.indices.map { provision in
      sum(provision, yearIndex) { $0 == county }
    }
    let base = attribution.baseline.finalAmount(yearIndex: yearIndex, county: county).asDouble
    let end = attribution.reform.finalAmount(yearIndex: yearIndex, county: county).asDouble
    let rows = zip(attribution.provisions, parts).map { name, part in
      [Cell(name), step(part.amount), step(part.first), step(part.last)]
    }
    let first = [Cell(language.words("baseline", "基准")), units(base), Cell.empty, Cell.empty]
    let last = [Cell(language.words("reform", "改革")), units(end), Cell.empty, Cell.empty]
    let place = counties.counties[county]
    let unit = attribution.baseline.plan.scenario.currency.unitName.text(in: language)
    return Table(
      title: "\(place.code) \(place.name.text(in: language)), \(year)",
      columns: [
        Table.Column(language.words("provision", "条款"), .leading),
        Table.Column(language.words("part, \(unit)", "贡献（\(unit)）")),
        Table.Column(language.words("alone", "单独实施")), Table.Column(language.words("last", "最后加入")),
      ], rows: [first] + rows + [last],
      notes: [
        language.words(
          "alone: on top of the baseline; last: on top of all others. Where the two differ, "
            + "provisions interact.",
          "单独实施：只在基准上加入；最后加入：在其他条款之上加入。两者不同即存在交互作用。")
      ])
  }

  // MARK: Files

  /// `attribution.csv`: provision × year × stream × county, rows without any effect left out.
  public var csv: String {
    var text = "provision,year,stream,county,amount,first,last\n"
    for (provision, name) in attribution.provisions.enumerated() {
      for (yearIndex, year) in attribution.baseline.years.enumerated() {
        for (stream, key) in attribution.streams.enumerated() {
          for (county, effect) in attribution.amounts[provision][yearIndex][stream].enumerated()
          where effect.amount != 0 || effect.first != 0 || effect.last != 0 {
            let head = "\(CSVText.escaped(name)),\(year.year),\(CSVText.escaped(key)),"
            text += head + CSVText.escaped(counties.counties[county].code) + ","
            text += [effect.amount, effect.first, effect.last].map { LedgerFiles.fen($0) }
              .joined(separator: ",")
            text += "\n"
          }
        }
      }
    }
    return text
  }

  /// `attribution_metrics.csv`: provision × year × metric.
  public var metricCSV: String {
    var text = "provision,year,metric,amount,first,last\n"
    for (provision, name) in attribution.provisions.enumerated() {
      for (yearIndex, year) in attribution.baseline.years.enumerated() {
        for (position, metric) in Metric.allCases.enumerated() {
          let effect = attribution.metrics[provision][yearIndex][position]
          let values = effect.map { [$0.amount, $0.first, $0.last] } ?? [.nan, .nan, .nan]
          let shown = values.map {
            metric.kind == .money ? LedgerFiles.money($0) : LedgerFiles.number($0)
          }
          text += "\(CSVText.escaped(name)),\(year.year),\(metric.rawValue),"
          text += shown.joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }
}
