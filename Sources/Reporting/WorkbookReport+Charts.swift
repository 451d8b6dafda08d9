import Comparison
import Documents
import PolicyModel
import Simulation

/// The charts, drawn by the spreadsheet from the cells of the other sheets.
extension WorkbookReport {
  /// More series or bars than this are not told apart.
  private static let mostSeries = 10
  private static let mostPrefectures = 40
  private static let mostLists = 6

  var charts: WorkbookSheet {
    var sheet = sheet(.charts, language.words("Charts", "图表"))
    sheet.charts = [prefectureChart].compactMap { $0 } + winnerCharts + trendCharts
    sheet.hasFilter = false
    sheet.frozenColumns = 0
    sheet.marks = leftOut
    return sheet
  }

  /// What the charts leave out.
  private var leftOut: [String] {
    var lines: [String] = []
    if ledgers.count > WorkbookReport.mostSeries {
      lines.append(
        language.words(
          "Charts show the first \(WorkbookReport.mostSeries) of \(ledgers.count) scenarios.",
          "图表只列\(ledgers.count)个情景中的前\(WorkbookReport.mostSeries)个。"))
    }
    if prefectureCodes.count > WorkbookReport.mostPrefectures {
      lines.append(
        language.words(
          "No chart by prefecture: there are \(prefectureCodes.count).",
          "地州市共\(prefectureCodes.count)个，未作分地州市图。"))
    }
    if largestChanges.count > WorkbookReport.mostLists {
      lines.append(
        language.words(
          "Winners and losers of the first \(WorkbookReport.mostLists) reforms.",
          "增减最多的县只列前\(WorkbookReport.mostLists)个改革情景。"))
    }
    return lines
  }

  private var shown: Range<Int> { 0..<min(ledgers.count, WorkbookReport.mostSeries) }

  private func range(_ name: Name, _ column: Int, _ rows: Range<Int>) -> WorkbookChart.Range {
    WorkbookChart.Range(sheet: self.name(name), column: column, rows: rows)
  }

  /// Changes by prefecture, or amounts where there is nothing to compare.
  private var prefectureChart: WorkbookChart? {
    let rows = lastPrefectureRows
    if rows.isEmpty || prefectureCodes.count > WorkbookReport.mostPrefectures { return nil }
    let isComparison = ledgers.count > 1
    let series = shown.dropFirst(isComparison ? 1 : 0).map { index in
      WorkbookChart.Series(
        name: scenarios[index].name, categories: range(.prefectures, 2, rows),
        values: range(.prefectures, index == 0 ? 3 : 5 + (index - 1) * 3, rows))
    }
    let title =
      isComparison
      ? language.words(
        "Change against the baseline by prefecture, \(lastYear)", "\(lastYear)年分地州市较基准变动")
      : language.words("Final amount by prefecture, \(lastYear)", "\(lastYear)年分地州市最终资金")
    return WorkbookChart(
      .columns, title: title, categoryTitle: language.words("prefecture", "地州市"),
      valueTitle: format.moneyUnit, style: .whole, series: series)
  }

  /// One list of bars a reform.
  private var winnerCharts: [WorkbookChart] {
    var start = 0
    var charts: [WorkbookChart] = []
    for (index, changes) in largestChanges {
      let rows = start..<start + changes.count
      start = rows.upperBound
      if rows.isEmpty { continue }
      let name = scenarios[index].name
      charts.append(
        WorkbookChart(
          .bars,
          title: language.words(
            "\(name): largest changes in \(lastYear)", "\(name)：\(lastYear)年增减最多的县"),
          categoryTitle: "", valueTitle: format.moneyUnit, style: .whole,
          series: [
            WorkbookChart.Series(
              name: name, categories: range(.winners, 2, rows), values: range(.winners, 6, rows))
          ]))
    }
    return Array(charts.prefix(WorkbookReport.mostLists))
  }

  /// Metrics over the years, where there is more than one.
  private var trendCharts: [WorkbookChart] {
    if years.count == 1 { return [] }
    return [Metric.giniAmount, .execution, .needAlignment, .carried].map { metric in
      let rows = metricRows(metric)
      let series = shown.map { index in
        WorkbookChart.Series(
          name: scenarios[index].name, categories: range(.metrics, 3, rows),
          values: range(.metrics, 4 + index, rows))
      }
      let unit = report.baseline.plan.scenario.currency.unitName.text(in: language)
      let millions = language.words("million \(unit)", "百万\(unit)")
      return WorkbookChart(
        .lines, title: metric.title.text(in: language),
        categoryTitle: language.words("year", "年度"),
        valueTitle: metric.kind == .money ? millions : "",
        style: metric.kind == .share
          ? .percent(0) : metric.kind == .money ? .millions : .decimals(3),
        series: series)
    }
  }
}
