import Comparison
import Documents
import PolicyModel
import Simulation

/// The comparison as one page for people: the answer first, then what it rests on.
public struct ReportPage: Sendable {
  /// How the results came about, for whoever wants to make them again.
  public struct Origin: Sendable {
    /// What was typed, files by their names.
    public let command: [String]
    /// The version of Karez.
    public let version: String
    /// Every file read, by its name, with its SHA-256.
    public let inputs: [(name: String, digest: String)]
    /// What each reform changes of the baseline; empty where that is not known.
    public let changes: [Table]
    /// Warnings of plans and runs.
    public let warnings: [String]

    /// Makes an origin.
    public init(
      command: [String], version: String, inputs: [(name: String, digest: String)],
      changes: [Table], warnings: [String]
    ) {
      self.command = command
      self.version = version
      self.inputs = inputs
      self.changes = changes
      self.warnings = warnings
    }
  }

  let report: ComparisonReport
  let ledgers: [Ledger]
  let metrics: [MetricTable]
  let language: Language
  private let ensemble: EnsembleReport?
  private let origin: Origin

  /// Rows of the county table at most; the workbook and the CSV files hold all.
  static let mostCounties = 500

  /// Prepares a page; the first ledger is the baseline.
  ///
  /// - Parameters:
  ///   - ledgers: The runs; at least one.
  ///   - metrics: Their metrics.
  ///   - ensemble: What draws came to; nil without an ensemble.
  ///   - origin: How it all came about.
  ///   - language: The language.
  public init(
    ledgers: [Ledger], metrics: [MetricTable], ensemble: EnsembleReport?, origin: Origin,
    language: Language
  ) {
    report = ComparisonReport(ledgers: ledgers, metrics: metrics, language: language)
    self.ledgers = ledgers
    self.metrics = metrics
    self.ensemble = ensemble
    self.origin = origin
    self.language = language
  }

  var baseline: Ledger { ledgers[0] }

  func words(_ english: String, _ chinese: String) -> String { language.words(english, chinese) }

  /// The page.
  public var page: Page {
    Page(
      title: baseline.plan.scenario.title.text(in: language), subtitle: report.title,
      languageTag: language == .chinese ? "zh-CN" : "en",
      words: Page.Words(
        contents: words("Contents", "目录"), skip: words("Skip to the report", "跳到正文"),
        sortBy: words("Sort by ", "排序：")), mark: mark,
      blocks: answerBlocks + comparisonBlocks + ensembleBlocks + pictureBlocks + countyBlocks
        + assumptionBlocks + dataBlocks + originBlocks)
  }

  /// What stands on every printed page where data are made up.
  private var mark: String {
    DataProvenance(ledgers).synthetic.isEmpty
      ? "" : words("SYNTHETIC DATA, for demonstration only", "合成数据，仅供演示")
  }

  // MARK: Sections

  private var answerBlocks: [Page.Block] {
    [.heading(words("The answer", "结论"), anchor: "answer")]
      + AnswerText(self).blocks
  }

  private var comparisonBlocks: [Page.Block] {
    var summary = report.summary
    summary.notes = [report.summaryNote]
    let tables = summary.split(fixed: 2, most: 6)
    return [.heading(words("Comparison", "情景对比"), anchor: "comparison")]
      + tables.map { .table($0, isSortable: false) }
  }

  private var ensembleBlocks: [Page.Block] {
    guard let ensemble else { return [] }
    return [.heading(words("Uncertainty", "不确定性"), anchor: "uncertainty")]
      + ensemble.document(ComparisonOptions(top: 10)).blocks.flatMap { block -> [Page.Block] in
        switch block {
        case .text(let lines): [.list(lines)]
        case .table(let table):
          table.split(fixed: 1, most: 6).map { .table($0, isSortable: false) }
        }
      }
  }

  /// Every picture for which the run has what it needs; of reforms, the first.
  private var pictureBlocks: [Page.Block] {
    let gallery = ChartGallery(
      ledgers: ledgers, metrics: metrics, ensemble: ensemble?.figures, language: language)
    let pictures = ChartGallery.Kind.allCases.compactMap { kind -> Page.Block? in
      guard let chart = try? gallery.chart(kind) else { return nil }
      return .figure(svg: chart.svg(prefix: kind.rawValue), caption: chart.summary)
    }
    if pictures.isEmpty { return [] }
    let more =
      ledgers.count > 2
      ? [
        Page.Block.paragraph(
          words(
            "Pictures of one reform are of \(ledgers[1].plan.scenario.name); karez chart makes those of "
              + "the others.",
            "单个改革的图示为 \(ledgers[1].plan.scenario.name)；其他情景的图可用 karez chart 生成。"))
      ] : []
    return [.heading(words("Pictures", "图示"), anchor: "pictures")] + more + pictures
  }

  private var originBlocks: [Page.Block] {
    let files = Table(
      title: words("Files read", "输入文件"),
      columns: [
        Table.Column(words("file", "文件"), .leading), Table.Column("SHA-256", .leading),
      ], rows: origin.inputs.map { [Cell($0.name), Cell($0.digest)] })
    return [
      .heading(words("How to make it again", "如何重现"), anchor: "again"), .code(origin.command),
      .paragraph(
        words(
          "Karez \(origin.version), seed \(baseline.plan.scenario.seed). The same files give the same "
            + "bytes; karez verify compares them with run.json.",
          "Karez \(origin.version)，种子\(baseline.plan.scenario.seed)。相同文件得到逐字节相同的结果；"
            + "可用 karez verify 与 run.json 核对。")), .table(files, isSortable: false),
    ]
  }

  private var assumptionBlocks: [Page.Block] {
    var blocks: [Page.Block] = [
      .heading(words("Rules and assumptions", "规则与假设"), anchor: "assumptions"),
      .definitions(ledgers.map { definition($0.plan.scenario) }), .list(assumptionLines),
    ]
    for table in origin.changes { blocks.append(.table(table, isSortable: false)) }
    if !origin.warnings.isEmpty { blocks.append(.warning(origin.warnings)) }
    return blocks
  }

  private func definition(_ scenario: Scenario) -> (term: String, text: String) {
    let title = scenario.title.text(in: language)
    let source = scenario.source.isEmpty ? "" : words(" Rules: ", "规则来源：") + scenario.source
    return (scenario.name, title + (source.isEmpty ? "" : words(".", "。") + source))
  }

  private var assumptionLines: [String] {
    let quantum = NumberText.grouped(
      baseline.plan.scenario.quantum.asDouble / 100, decimals: 0)
    let unit = baseline.plan.scenario.currency.unitName.text(in: language)
    let behaves = ledgers.contains { $0.plan.scenario.behaviour != nil }
    return [
      words(
        "Amounts are whole multiples of \(quantum) \(unit); every pool adds up exactly.",
        "分配金额均为\(quantum)\(unit)的整数倍，各资金池分毫不差。"),
      behaves
        ? words(
          "How counties spend, try harder and earn is assumption, not law: the behaviour part of the "
            + "scenarios, without random shocks here.",
          "县市区的支出、努力和增收属于假设而非规定：见情景的 behaviour 部分，此处不含随机冲击。")
        : words("No response of counties is assumed.", "未假设县市区的行为反应。"),
    ]
  }

  private var dataBlocks: [Page.Block] {
    [
      .heading(words("Data", "数据来源"), anchor: "data"),
      .table(DataTable(ledgers, language).table, isSortable: true),
    ]
  }
}
