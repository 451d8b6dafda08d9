import Comparison
import Documents
import PolicyModel
import Simulation

/// The files as sheets, and where the data come from.
extension WorkbookReport {
  /// Ledger, pools, and the ensemble if there is one.
  var dataSheets: [WorkbookSheet] {
    var sheets = [
      dataSheet(
        .ledger, "ledger", language.words("Ledger (ledger.csv)", "资金台账（ledger.csv）"),
        hasNames: false),
      dataSheet(.pools, "pools", language.words("Pools (pools.csv)", "资金总额（pools.csv）")),
      dataSheet(
        .ensemble, "ensemble", language.words("Ensemble (ensemble.csv)", "抽样结果（ensemble.csv）")),
      dataSheet(
        .differences, "ensemble_differences",
        language.words(
          "Differences from the baseline, draw by draw (ensemble_differences.csv)",
          "逐次抽样与基准之差（ensemble_differences.csv）")),
      dataSheet(
        .ensembleCounties, "ensemble_counties",
        language.words(
          "Final amounts by county over draws (ensemble_counties.csv)",
          "各次抽样的分县最终资金（ensemble_counties.csv）")),
    ].compactMap { $0 }
    for index in sheets.indices where index > 1 { sheets[index].total = nil }
    return sheets
  }

  /// One file as a sheet: its columns, its numbers.
  ///
  /// - Parameters:
  ///   - name: The sheet.
  ///   - file: The table.
  ///   - title: The title.
  ///   - hasNames: Whether codes are followed by what they name.
  /// - Returns: The sheet; nil if there is no such table.
  private func dataSheet(
    _ name: Name, _ file: String, _ title: String, hasNames: Bool = true
  ) -> WorkbookSheet? {
    guard let table = tables.table(file) else { return nil }
    var sheet = sheet(name, title)
    let unit = report.baseline.plan.scenario.currency.unitName.text(in: language)
    let columns = table.columns
    let isMoney = file == "ensemble_counties"
    sheet.columns = columns.flatMap { column -> [WorkbookSheet.Column] in
      var shown = column.column(language, unit: unit)
      if isMoney && column.kind == .metric {
        shown = WorkbookSheet.Column(
          language.titled(shown.title, unit: unit), key: column.key,
          .decimals(2))
      }
      return hasNames && names[column.key] != nil
        ? [shown, WorkbookSheet.Column(language.words("name", "名称"))] : [shown]
    }
    let named = hasNames ? names : [:]
    let source = name == .ledger ? ledgerRows(table, &sheet) : table.rows.source
    sheet.rows = source.map { cells in
      row(cells, columns, names: named)
    }
    sheet.total = WorkbookSheet.Total(sumLabel, .above)
    sheet.frozenColumns = table.keyLength
    return sheet
  }

  /// A ledger of more rows than this leaves those without any money to the CSV file: they are four in
  /// ten of a workbook that would be too large to send.
  private static let mostWholeRows = 30_000

  /// The ledger's rows that the sheet shows; if some are left out, the sheet says so.
  private func ledgerRows(
    _ table: RunTables.Table, _ sheet: inout WorkbookSheet
  ) -> RowSource<[String]> {
    let source = table.rows.source
    if source.count <= WorkbookReport.mostWholeRows { return source }
    // Money stands behind the names, the eligibility and the share.
    let first = table.keyLength + 2
    let kept = (0..<source.count).filter { row in
      source[row].dropFirst(first).contains { $0 != "0" && $0 != "0.00" }
    }
    sheet.marks.append(
      language.words(
        "\(source.count - kept.count) rows without any money are left out here; ledger.csv holds them.",
        "此表略去\(source.count - kept.count)行无任何资金的记录；全部记录见 ledger.csv。"))
    return RowSource(count: kept.count) { source[kept[$0]] }
  }

  /// What codes name, by column and code.
  private var names: [String: [String: String]] {
    let counties = ledgers.flatMap(\.plan.counties.counties)
    let streams = scenarios.flatMap(\.streams)
    func first(_ pairs: [(String, String)]) -> [String: String] {
      Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
    return [
      "county": first(counties.map { ($0.code, $0.name.text(in: language)) }),
      "stream": first(streams.map { ($0.key, $0.title.text(in: language)) }),
      "metric": first(Metric.allCases.map { ($0.rawValue, $0.title.text(in: language)) }),
    ]
  }

  private func row(
    _ texts: [String], _ columns: [TableColumn], names: [String: [String: String]]
  ) -> WorkbookRow {
    let metric = columns.firstIndex { $0.key == "metric" }.flatMap {
      Metric(rawValue: texts[$0])
    }
    return WorkbookRow(
      zip(texts, columns).flatMap { text, column -> [WorkbookCell] in
        if column.kind == .text {
          let cell = text.isEmpty ? WorkbookCell.empty : WorkbookCell(text)
          return names[column.key].map { [cell, WorkbookCell($0[text] ?? text)] } ?? [cell]
        }
        let style = column.kind == .metric ? metric.map { fileStyle($0) } : nil
        return [WorkbookCell(Double(text), style)]
      })
  }

  // MARK: Provenance

  /// Every column of the data and every formula: what it is, where it comes from, which scenarios
  /// read it.
  var provenance: WorkbookSheet {
    var sheet = sheet(.provenance, language.words("Where the data come from", "数据来源"))
    sheet.columns = [
      WorkbookSheet.Column(language.words("column", "列名")),
      WorkbookSheet.Column(language.words("title", "名称")),
      WorkbookSheet.Column(language.words("status", "性质")),
      WorkbookSheet.Column(language.words("unit", "单位")),
      WorkbookSheet.Column(language.words("source", "来源")),
      WorkbookSheet.Column(language.words("scenarios", "情景")),
    ]
    sheet.rows = RowSource(sources.map { source in WorkbookRow(cells(source)) })
    sheet.notes =
      report.scenarioLines
      + scenarios.map { scenario in
        language.words(
          "\(scenario.name): years \(scenario.years.lowerBound)–\(scenario.years.upperBound), "
            + "seed \(scenario.seed)",
          "\(scenario.name)：\(scenario.years.lowerBound)–\(scenario.years.upperBound)年，"
            + "种子\(scenario.seed)")
      }
    return sheet
  }

  private struct Source: Hashable {
    let name: String
    let title: String
    let status: String
    let unit: String
    let source: String
  }

  /// Columns and formulas with the scenarios that have them just so, in order of first appearance.
  private var sources: [(source: Source, scenarios: [String])] {
    var order: [Source] = []
    var users: [Source: [String]] = [:]
    for ledger in ledgers {
      for source in columns(ledger.plan.panel) + formulas(ledger.plan.scenario) {
        if users[source] == nil { order.append(source) }
        users[source, default: []].append(ledger.plan.scenario.name)
      }
    }
    return order.map { ($0, users[$0] ?? []) }
  }

  private func columns(_ panel: Panel) -> [Source] {
    panel.columns.map { column in
      let described = panel.descriptions[column.name]
      let status =
        switch described?.status {
        case .observed: language.words("observed", "实测")
        case .synthetic: language.words("SYNTHETIC", "合成（虚构）")
        case nil: language.words("not said", "未标明")
        }
      return Source(
        name: column.name, title: panel.title(of: column.name).text(in: language), status: status,
        unit: described?.unit ?? "", source: described?.source ?? "")
    }
  }

  private func formulas(_ scenario: Scenario) -> [Source] {
    scenario.derived.map {
      Source(
        name: $0.name, title: "", status: language.words("formula", "公式"), unit: "",
        source: $0.text)
    }
  }

  private func cells(_ entry: (source: Source, scenarios: [String])) -> [WorkbookCell] {
    let source = entry.source
    let users =
      entry.scenarios.count == ledgers.count
      ? language.words("all", "全部") : entry.scenarios.joined(separator: language.words(", ", "、"))
    return [source.name, source.title, source.status, source.unit, source.source, users].map {
      $0.isEmpty ? WorkbookCell.empty : WorkbookCell($0)
    }
  }
}
