import Comparison
import Documents
import PolicyModel
import Simulation

/// What a comparison shows.
public struct ComparisonOptions: Sendable {
  /// Which years.
  public enum Years: Sendable, Equatable {
    /// The last year's figures and the sums of all years.
    case summary
    /// A block for each of these years.
    case blocks([Int])
  }

  /// What the amounts are broken down by.
  public enum Breakdown: String, Sendable, CaseIterable {
    /// Counties.
    case county
    /// Prefectures.
    case prefecture
    /// The scenario's groups.
    case group
    /// Streams.
    case stream
  }

  /// Which years.
  public var years: Years
  /// What the amounts are broken down by, if anything.
  public var breakdown: Breakdown?
  /// How many of the largest winners and losers to show.
  public var top: Int?

  /// Makes options.
  public init(years: Years = .summary, breakdown: Breakdown? = nil, top: Int? = nil) {
    self.years = years
    self.breakdown = breakdown
    self.top = top
  }
}

/// Baseline and reforms side by side, as a document.
public struct ComparisonReport: Sendable {
  let ledgers: [Ledger]
  let metrics: [MetricTable]
  let language: Language
  let format: FigureFormat

  /// Prepares a report; the first ledger is the baseline.
  ///
  /// - Precondition: There is at least one ledger.
  public init(ledgers: [Ledger], metrics: [MetricTable], language: Language) {
    precondition(!ledgers.isEmpty, "a comparison has a baseline")
    self.ledgers = ledgers
    self.metrics = metrics
    self.language = language
    format = FigureFormat(ledgers[0].plan.scenario, language)
  }

  var baseline: Ledger { ledgers[0] }

  var lastYear: Int { baseline.plan.scenario.years.upperBound }

  /// The document for one set of options.
  public func document(_ options: ComparisonOptions) -> Document {
    var blocks: [Document.Block] = [.text(legend)]
    let years: [Int]
    switch options.years {
    case .summary:
      years = [lastYear]
      if options.breakdown == nil {
        blocks.append(.table(summary))
      }
    case .blocks(let wanted):
      years = wanted
      if options.breakdown == nil { blocks += wanted.map { .table(metricBlock($0)) } }
    }
    if let breakdown = options.breakdown {
      blocks += years.map { .table(breakdownTable(breakdown, year: $0)) }
    }
    if let top = options.top {
      blocks += ledgers.indices.dropFirst().flatMap { index in
        years.map { .table(topTable(index, count: top, year: $0)) }
      }
    }
    return Document(title: title, blocks: blocks)
  }

  /// What the document is called.
  var title: String {
    let years = baseline.plan.scenario.years
    let span = "\(years.lowerBound)–\(years.upperBound)"
    if ledgers.count == 1 { return language.words("One scenario, \(span)", "1个情景，\(span)年") }
    return language.words(
      "Comparison of \(ledgers.count) scenarios, \(span)", "\(ledgers.count)个情景对比，\(span)年")
  }

  /// The scenarios by name and title, and whether their data are made up.
  private var legend: [String] { scenarioLines + DataProvenance(ledgers).lines(language) }

  /// The scenarios by name and title, and where the rules come from.
  var scenarioLines: [String] {
    var lines = ledgers.enumerated().map { index, ledger in
      let role = index == 0 ? language.words(" (baseline)", "（基准）") : ""
      let title = ledger.plan.scenario.title.text(in: language)
      return "\(ledger.plan.scenario.name)\(role): \(title)"
    }
    if let source = ledgers.map(\.plan.scenario.source).first(where: { !$0.isEmpty }) {
      lines.append(language.words("Rules: \(source)", "规则来源：\(source)"))
    }
    return lines
  }

  // MARK: Tables

  struct Row {
    let label: String
    let kind: Metric.Kind
    let values: [Double?]
  }

  enum Line {
    case heading(String)
    case figures(Row)
  }

  func table(title: String, _ lines: [Line], notes: [String] = []) -> Table {
    let rows = lines.map { line -> [Cell] in
      switch line {
      case .heading(let text):
        return [Cell(text)] + columns.dropFirst().map { _ in Cell.empty }
      case .figures(let row): return cells(row)
      }
    }
    return Table(title: title, columns: columns, rows: rows, notes: notes)
  }

  private var columns: [Table.Column] {
    var columns = [Table.Column(language.words("figure", "项目"), .leading)]
    for (index, ledger) in ledgers.enumerated() {
      columns.append(Table.Column(ledger.plan.scenario.name))
      if index > 0 {
        columns.append(Table.Column(language.words("vs baseline", "较基准"), isTied: true))
      }
    }
    return columns
  }

  private func cells(_ row: Row) -> [Cell] {
    var cells = [Cell(row.label)]
    for (index, value) in row.values.enumerated() {
      cells.append(format.cell(value, row.kind))
      if index > 0 { cells.append(format.difference(value, row.values[0], row.kind)) }
    }
    return cells
  }
}
