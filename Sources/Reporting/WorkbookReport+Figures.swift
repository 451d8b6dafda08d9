import Comparison
import Documents
import PolicyModel
import Simulation

/// What an analyst reads first, and every metric by year.
extension WorkbookReport {
  // MARK: Summary

  var summary: WorkbookSheet {
    var sheet = sheet(.summary, report.title)
    sheet.columns =
      [WorkbookSheet.Column(language.words("figure", "项目"))]
      + scenarios.enumerated().flatMap { index, scenario -> [WorkbookSheet.Column] in
        let value = WorkbookSheet.Column(scenario.name, .decimals(format.moneyDecimals))
        let title = scenario.name + "\n" + language.words("vs baseline", "较基准")
        return index == 0
          ? [value] : [value, WorkbookSheet.Column(title, .signed(format.moneyDecimals))]
      }
    sheet.rows = RowSource(report.summaryLines.map { row($0, columns: sheet.columns.count) })
    sheet.notes =
      [report.summaryNote, changeNote] + report.scenarioLines
    sheet.hasFilter = false
    return sheet
  }

  private var changeNote: String {
    language.words(
      "Differences and sums are formulas: they follow when a cell is changed.",
      "差额与合计均为公式，修改单元格后自动更新。")
  }

  private func row(_ line: ComparisonReport.Line, columns: Int) -> WorkbookRow {
    switch line {
    case .heading(let text):
      let rest = Array(repeating: WorkbookCell.empty, count: columns - 1)
      return WorkbookRow([WorkbookCell(text)] + rest, role: .heading)
    case .figures(let row):
      return WorkbookRow([WorkbookCell(row.label)] + cells(row))
    }
  }

  private func cells(_ row: ComparisonReport.Row) -> [WorkbookCell] {
    let values = row.values.map { $0.map { shown($0, row.kind) } }
    let scale = row.kind == .share ? 100.0 : 1
    return values.enumerated().flatMap { index, value -> [WorkbookCell] in
      let own = WorkbookCell(value, style(row.kind))
      if index == 0 { return [own] }
      guard let value, let base = values[0] else { return [own, .empty] }
      return [
        own,
        WorkbookCell(
          .formula(
            .difference(of: index * 2, less: 1, times: scale), value: (value - base) * scale),
          differenceStyle(row.kind)),
      ]
    }
  }

  /// A figure as a number of the sheet: money in the unit of tables.
  private func shown(_ value: Double, _ kind: Metric.Kind) -> Double {
    kind == .money ? format.units(fen: value * 100) : value
  }

  private func style(_ kind: Metric.Kind) -> NumberStyle {
    switch kind {
    case .money: .decimals(format.moneyDecimals)
    case .share: .percent(1)
    case .index: .decimals(4)
    case .counties: .whole
    }
  }

  private func differenceStyle(_ kind: Metric.Kind) -> NumberStyle {
    switch kind {
    case .money: .signed(format.moneyDecimals)
    case .share: .signedUnit(2, language.words(" pp", " 百分点"))
    case .index: .signed(4)
    case .counties: .signed(0)
    }
  }

  // MARK: Metrics

  /// Every metric by year, one column a scenario; the numbers are those of `metrics.csv`.
  var metricsSheet: WorkbookSheet {
    var sheet = sheet(.metrics, language.words("Metrics by year", "各年指标"))
    sheet.columns =
      [
        WorkbookSheet.Column(language.words("title", "名称")),
        WorkbookSheet.Column(language.words("metric", "指标"), key: "metric"),
        WorkbookSheet.Column(language.words("unit", "单位")),
        WorkbookSheet.Column(language.words("year", "年度"), key: "year", .plain),
      ]
      + scenarios.map { WorkbookSheet.Column($0.title.text(in: language), key: $0.name, .general) }
    let values = metricValues
    sheet.rows = RowSource(
      metricYears.map { metric, year in
        let cells = scenarios.map { scenario in
          WorkbookCell(values["\(scenario.name),\(year),\(metric.rawValue)"], fileStyle(metric))
        }
        return WorkbookRow(
          [
            WorkbookCell(metric.title.text(in: language)), WorkbookCell(metric.rawValue),
            WorkbookCell(unit(metric)), WorkbookCell(Double(year)),
          ] + cells)
      })
    sheet.frozenColumns = 4
    return sheet
  }

  /// The rows of that sheet: every year of a metric, then the next metric.
  private var metricYears: [(Metric, Int)] {
    let first = scenarios.map(\.years.lowerBound).min() ?? years.lowerBound
    let last = scenarios.map(\.years.upperBound).max() ?? years.upperBound
    return Metric.allCases.flatMap { metric in (first...last).map { (metric, $0) } }
  }

  /// The rows of a metric in that sheet.
  func metricRows(_ metric: Metric) -> Range<Int> {
    let rows = metricYears
    let start = rows.firstIndex { $0.0 == metric } ?? 0
    return start..<start + rows.count { $0.0 == metric }
  }

  /// The numbers of `metrics.csv` by the line's first cells.
  private var metricValues: [String: Double] {
    guard let table = tables.table("metrics") else { return [:] }
    var values: [String: Double] = [:]
    for index in 0..<table.rows.count {
      let cells = table.rows[index]
      values[cells.dropLast().joined(separator: ",")] = cells.last.flatMap { Double($0) }
    }
    return values
  }

  /// How a metric of the files is shown: money in currency units.
  func fileStyle(_ metric: Metric) -> NumberStyle {
    switch metric.kind {
    case .money: .decimals(2)
    case .share: .percent(2)
    case .index: .decimals(4)
    case .counties: .decimals(0)
    }
  }

  private func unit(_ metric: Metric) -> String {
    switch metric.kind {
    case .money: report.baseline.plan.scenario.currency.unitName.text(in: language)
    case .share: "%"
    case .index: ""
    case .counties: language.words("counties", "县")
    }
  }
}
