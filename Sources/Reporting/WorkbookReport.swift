import Comparison
import Documents
import FundAllocation
import PolicyModel
import Simulation

/// A comparison as an Excel workbook: what people read first, then every table behind it.
public struct WorkbookReport: Sendable {
  let report: ComparisonReport
  let tables: RunTables
  let version: String
  /// Final amounts by county, in fen; nil for a year that a run lacks.
  ///
  /// Shape: [scenario][year of the baseline][county of the scenario].
  let amounts: [[[Double]?]]

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - report: The comparison.
  ///   - tables: Its tables as files.
  ///   - version: The version of Karez.
  public init(_ report: ComparisonReport, _ tables: RunTables, version: String) {
    self.report = report
    self.tables = tables
    self.version = version
    amounts = report.ledgers.map { ledger in
      report.baseline.plan.scenario.years.map { year in
        report.totals(ledger, year: year)?.map { $0 * 100 }
      }
    }
  }

  var ledgers: [Ledger] { report.ledgers }
  var language: Language { report.language }
  var format: FigureFormat { report.format }
  var years: ClosedRange<Int> { report.baseline.plan.scenario.years }
  var lastYear: Int { report.lastYear }
  var scenarios: [Scenario] { ledgers.map(\.plan.scenario) }

  /// The workbook.
  public var workbook: Workbook {
    var sheets = [summary, charts, counties, prefectures]
    if ledgers.count > 1 { sheets += [winners, explanations] }
    sheets += [metricsSheet] + dataSheets + [provenance]
    return Workbook(title: report.title, sheets: sheets.map { finished($0) })
  }

  // MARK: Names

  /// The sheets by what they show.
  enum Name {
    case summary, charts, counties, prefectures, winners, explanations, metrics, ledger, pools
    case ensemble, differences, ensembleCounties, provenance

    /// What stands on the tab: at most 31 characters, none that Excel refuses.
    var wording: Wording {
      switch self {
      case .summary: Wording("Summary", "概要")
      case .charts: Wording("Charts", "图表")
      case .counties: Wording("Counties", "分县资金")
      case .prefectures: Wording("Prefectures", "分地州市资金")
      case .winners: Wording("Winners and losers", "增减最多的县")
      case .explanations: Wording("Largest changes explained", "最大变动说明")
      case .metrics: Wording("Metrics", "指标")
      case .ledger: Wording("Ledger", "资金台账")
      case .pools: Wording("Pools", "资金总额")
      case .ensemble: Wording("Ensemble", "抽样结果")
      case .differences: Wording("Ensemble differences", "抽样差异")
      case .ensembleCounties: Wording("Ensemble counties", "抽样分县")
      case .provenance: Wording("Data sources", "数据来源")
      }
    }
  }

  func name(_ name: Name) -> String { name.wording.text(in: language) }

  func sheet(_ name: Name, _ title: String) -> WorkbookSheet {
    WorkbookSheet(name: self.name(name), title: title)
  }

  /// The sheet with the mark of synthetic data on top and at the foot of every page.
  private func finished(_ sheet: WorkbookSheet) -> WorkbookSheet {
    let provenance = DataProvenance(ledgers)
    var sheet = sheet
    sheet.marks = provenance.lines(language) + sheet.marks
    let isSynthetic = !provenance.synthetic.isEmpty
    let mark = isSynthetic ? language.words("SYNTHETIC DATA · ", "合成数据 · ") : ""
    sheet.footer = (left: mark + sheet.title, right: "\(sheet.name) · Karez \(version)")
    let language = language
    sheet.cutMark = { shown, all in
      let counts = [shown, all].map { NumberText.grouped(Double($0), decimals: 0) }
      return language.words(
        "CUT: the first \(counts[0]) of \(counts[1]) rows; a sheet has no room for more. "
          + "All rows stand in the CSV file.",
        "未完整列出：共\(counts[1])行，只列前\(counts[0])行（超出工作表容量）；全部数据见CSV文件。")
    }
    return sheet
  }

  /// What stands before a sum of what a filter leaves.
  var sumLabel: String { language.words("Sum of the rows shown", "所列各行合计") }

  // MARK: Comparison columns

  /// Columns of values side by side: the baseline, then each reform with its difference.
  var comparisonColumns: [WorkbookSheet.Column] {
    scenarios.enumerated().flatMap { index, scenario -> [WorkbookSheet.Column] in
      let decimals = format.moneyDecimals
      let unit = format.moneyUnit
      func title(_ english: String, _ chinese: String, _ unit: String) -> String {
        let second = language.words("\(english)(\(unit))", "\(chinese)（\(unit)）")
        return scenario.name + "\n" + second
      }
      let value = WorkbookSheet.Column(
        title("", "", unit), .decimals(decimals), isSummed: true)
      if index == 0 { return [value] }
      let difference = WorkbookSheet.Column(
        title("vs baseline ", "较基准", unit), .signed(decimals), isSummed: true)
      let percent = WorkbookSheet.Column(title("vs baseline ", "较基准", "%"), .signedPercent(1))
      return [value, difference, percent]
    }
  }

  /// The cells of those columns.
  ///
  /// - Parameters:
  ///   - fen: The value of each scenario in fen; nil where there is none.
  ///   - start: The column of the baseline.
  /// - Returns: The cells.
  func comparisonCells(_ fen: [Double?], start: Int) -> [WorkbookCell] {
    let values = fen.map { $0.map { format.units(fen: $0) } }
    return values.enumerated().flatMap { index, value -> [WorkbookCell] in
      let own = start + 1 + (index - 1) * 3
      if index == 0 { return [WorkbookCell(value)] }
      guard let value, let base = values[0] else { return [WorkbookCell(value), .empty, .empty] }
      let change = value - base
      return [
        WorkbookCell(value),
        WorkbookCell(
          .formula(.difference(of: own, less: start, times: 1), value: change)),
        WorkbookCell(
          .formula(
            .ratio(of: own + 1, to: start), value: base == 0 ? nil : change / abs(base))),
      ]
    }
  }
}
