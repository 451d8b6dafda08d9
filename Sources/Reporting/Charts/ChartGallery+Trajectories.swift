import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// A metric of every scenario by year, or the amount of one county.
  func trajectories(_ choice: Choice) throws(ChartGap) -> Chart {
    let years = ledgers.map(\.plan.scenario.years)
    let first = years.map(\.lowerBound).min() ?? 0
    let last = years.map(\.upperBound).max() ?? 0
    let span = Array(first...last)
    if let code = choice.county { return try amountTrajectories(code, span) }
    let metric = choice.metric ?? .giniAmount
    let series = ledgers.indices.map { index in
      line(index, span) { year in
        metrics[index].value(metric, year: year)
      } fan: { name, year in
        ensemble?.figure(scenario: name, year: year, metric: metric)
      } shown: {
        shown($0, metric)
      } text: {
        format.cell($0, metric.kind).text
      }
    }
    if series.allSatisfy({ $0.values.allSatisfy { $0 == nil } }) {
      throw .noMetric(metric.rawValue)
    }
    return trajectories(
      title(metric),
      Trajectories(
        yearTitle: words("year", "年度"), years: span, axis: axis(metric), series: series))
  }

  private func amountTrajectories(_ code: String, _ span: [Int]) throws(ChartGap) -> Chart {
    let series = ledgers.indices.map { index -> Trajectories.Series in
      let ledger = ledgers[index]
      let county = ledger.plan.counties.indexOfCode[code]
      return line(index, span) { year in
        guard let county, let position = ledger.years.firstIndex(where: { $0.year == year }) else {
          return nil
        }
        return ledger.finalAmount(yearIndex: position, county: county).asDouble / 100
      } fan: { name, year in
        ensemble?.figure(scenario: name, year: year, county: code)
      } shown: {
        format.money(fen: $0 * 100).number ?? 0
      } text: {
        format.money(fen: $0 * 100).text
      }
    }
    let county = ledgers.lazy.compactMap { ledger in
      ledger.plan.counties.indexOfCode[code].map { ledger.plan.counties.counties[$0] }
    }.first
    if series.allSatisfy({ $0.values.allSatisfy { $0 == nil || $0 == 0 } }) {
      throw .noAmount(code, span.last ?? 0)
    }
    let name = county.map { $0.name.text(in: language) } ?? code
    return trajectories(
      words("Final amount of \(name) (\(code))", "\(name)（\(code)）最终资金"),
      Trajectories(
        yearTitle: words("year", "年度"), years: span,
        axis: Chart.Axis(title(words("Final amount", "最终资金"), unit: format.moneyUnit)),
        series: series))
  }

  private func line(
    _ index: Int, _ span: [Int], value: (Int) -> Double?,
    fan: (String, Int) -> EnsembleFigures.Figure?, shown: (Double) -> Double,
    text: (Double) -> String
  ) -> Trajectories.Series {
    let scenario = ledgers[index].plan.scenario.name
    let figures = span.map { fan(scenario, $0) }
    let values = zip(span, figures).map { year, figure in figure?.median ?? value(year) }
    return Trajectories.Series(
      label: scenario, values: values.map { $0.map { shown($0) } },
      fan: figures.map { figure in
        figure.map { shown($0.interval.lowerBound)...shown($0.interval.upperBound) }
      }, texts: values.map { $0.map { text($0) } ?? "–" })
  }

  private func trajectories(_ title: String, _ lines: Trajectories) -> Chart {
    let hasFan = lines.series.contains { $0.fan.contains { $0 != nil } }
    let span = "\(lines.years.first ?? 0)–\(lines.years.last ?? 0)"
    let ends = lines.series.map { series in
      "\(series.label): \(series.texts.first ?? "–") → \(series.texts.last ?? "–")"
    }
    var notes =
      ledgers.count > 1
      ? [ledgers.map { name($0) }.joined(separator: words("; ", "；"))] : []
    if hasFan {
      let draws = NumberText.grouped(Double(ensemble?.drawCount ?? 0), decimals: 0)
      notes.insert(
        words(
          "Lines: medians of \(draws) draws; fans: from the 5 % to the 95 % quantile.",
          "线为\(draws)次抽样的中位数；阴影为5%至95%分位数。"), at: 0)
    }
    let lowest = lines.series.flatMap { $0.values.compactMap { $0 } }.min() ?? 0
    if lowest > 0 {
      notes.append(
        words("The vertical axis need not start at zero.", "纵轴不一定从零开始。"))
    }
    return Chart(
      title: words("\(title), \(span)", "\(span)年\(title)"),
      subtitle: ledgers.count > 1
        ? words("\(ledgers.count) scenarios", "\(ledgers.count)个情景") : name(baseline),
      marks: marks, summary: ends.joined(separator: "; "), notes: notes, source: source(ledgers),
      languageTag: languageTag, content: .trajectories(lines))
  }
}
