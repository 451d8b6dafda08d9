import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// A metric of every scenario with intervals, or the amounts of all counties against the
  /// baseline's.
  func dots(_ choice: Choice) throws(ChartGap) -> Chart {
    guard let ensemble else { throw .noEnsemble }
    if let metric = choice.metric { return try metricDots(metric, choice, ensemble) }
    let ledger = ledgers[scenario(choice)]
    let year = choice.year ?? ledger.plan.scenario.years.upperBound
    for checked in [ledger, baseline] { _ = try yearIndex(year, checked) }
    var rows = ledger.plan.counties.counties.compactMap { row($0, ledger, year, ensemble) }
    if rows.isEmpty { throw .noDistribution(year) }
    rows.sort { $0.middle > $1.middle }
    let draws = NumberText.grouped(Double(ensemble.drawCount), decimals: 0)
    let less = rows.count { $0.interval.upperBound < 100 }
    let more = rows.count { $0.interval.lowerBound > 100 }
    return Chart(
      title: words("Amounts with intervals by county, \(year)", "\(year)年各县市区资金及区间"),
      subtitle: scenario(choice) == 0 ? name(ledger) : against(ledger), marks: marks,
      summary: words(
        "\(more) counties lie wholly above the baseline's median, \(less) wholly below.",
        "\(more)个县市区的区间全部高于基准中位数，\(less)个全部低于基准中位数。"),
      notes: [
        words(
          "\(draws) draws; amounts in percent of the same county's median in the baseline.",
          "\(draws)次抽样；以同县基准情景的中位数为100%。")
      ], source: source([baseline, ledger]), languageTag: languageTag,
      content: .dotPlot(
        DotPlot(
          axis: Chart.Axis(
            words("Final amount, % of the baseline's median", "最终资金（占基准中位数的%）"),
            suffix: " %"), rows: rows, reference: 100, middleTitle: words("median", "中位数"),
          intervalTitle: words("5 % to 95 % of draws", "5%–95%分位数"),
          referenceTitle: words("the baseline's median", "基准中位数"),
          textTitle: words(
            "At the right: median, and the part of draws with less than in the baseline",
            "右侧：中位数，以及低于基准的概率"))))
  }

  private func row(
    _ county: County, _ ledger: Ledger, _ year: Int, _ ensemble: EnsembleFigures
  ) -> DotPlot.Row? {
    let names = [ledger, baseline].map(\.plan.scenario.name)
    guard let own = ensemble.figure(scenario: names[0], year: year, county: county.code),
      let base = ensemble.figure(scenario: names[1], year: year, county: county.code),
      base.median > 0
    else { return nil }
    func percent(_ value: Double) -> Double { value / base.median * 100 }
    let chance = own.chanceOfLess.map { NumberText.fixed($0 * 100, decimals: 0) + " %" } ?? "–"
    let median = NumberText.fixed(percent(own.median), decimals: 1) + " %"
    let texts = [own.interval.lowerBound, own.median, own.interval.upperBound].map {
      format.money(fen: $0 * 100).text
    }
    return DotPlot.Row(
      label: ShortNames.abbreviated(county.name.text(in: language)), middle: percent(own.median),
      interval: percent(own.interval.lowerBound)...percent(own.interval.upperBound),
      text: "\(median) | \(chance)",
      detail: "\(place(county)): \(texts[1]) [\(texts[0]) – \(texts[2])] \(format.moneyUnit)")
  }

  private func metricDots(
    _ metric: Metric, _ choice: Choice, _ ensemble: EnsembleFigures
  ) throws(ChartGap) -> Chart {
    let year = choice.year ?? ledgers[scenario(choice)].plan.scenario.years.upperBound
    let found = ledgers.compactMap { ledger -> (Ledger, EnsembleFigures.Figure)? in
      ensemble.figure(scenario: ledger.plan.scenario.name, year: year, metric: metric)
        .map { (ledger, $0) }
    }
    if found.isEmpty { throw .noMetric(metric.rawValue) }
    let rows = found.map { ledger, figure in
      let texts = [figure.median, figure.interval.lowerBound, figure.interval.upperBound].map {
        format.cell($0, metric.kind).text
      }
      let text = "\(texts[0]) [\(texts[1]) – \(texts[2])]"
      return DotPlot.Row(
        label: ledger.plan.scenario.name, middle: shown(figure.median, metric),
        interval: shown(
          figure.interval.lowerBound, metric)...shown(
            figure.interval.upperBound, metric), text: text,
        detail: "\(name(ledger)): \(text)")
    }
    let draws = NumberText.grouped(Double(ensemble.drawCount), decimals: 0)
    return Chart(
      title: words("\(title(metric)), \(year)", "\(year)年\(title(metric))"),
      subtitle: words("\(rows.count) scenarios, \(draws) draws", "\(rows.count)个情景，\(draws)次抽样"),
      marks: marks, summary: rows.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
      source: source(found.map(\.0)), languageTag: languageTag,
      content: .dotPlot(
        DotPlot(
          axis: axis(metric), rows: rows, reference: rows.first?.middle,
          middleTitle: words("median", "中位数"),
          intervalTitle: words("5 % to 95 % of draws", "5%–95%分位数"),
          referenceTitle: words("median of the first scenario", "第一个情景的中位数"),
          textTitle: words("At the right: median [5 % – 95 %]", "右侧：中位数[5% – 95%]"))))
  }
}
