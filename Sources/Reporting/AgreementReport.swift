import Comparison
import Documents
import PolicyModel
import Simulation

/// Computed against official amounts, as a document.
public struct AgreementReport: Sendable {
  private let ledger: Ledger
  private let agreements: [PublishedAgreement]
  private let language: Language

  /// Prepares a report.
  public init(_ ledger: Ledger, _ agreements: [PublishedAgreement], language: Language) {
    self.ledger = ledger
    self.agreements = agreements
    self.language = language
  }

  private func words(_ english: String, _ chinese: String) -> String {
    language == .chinese ? chinese : english
  }

  /// The document.
  public var document: Document {
    let scenario = ledger.plan.scenario
    let head = ["\(scenario.name): \(scenario.title.text(in: language))"]
    let worst = agreements.filter { !$0.worst.isEmpty }.map { Document.Block.table(worstTable($0)) }
    return Document(
      title: words("Agreement with published amounts", "与官方公布金额的一致性"),
      blocks: [.text(head + DataProvenance([ledger]).lines(language)), .table(summary)] + worst)
  }

  private var quantum: String {
    let text = NumberText.grouped(ledger.plan.scenario.quantum.asDouble / 100, decimals: 0)
    return text + " " + ledger.plan.scenario.currency.unitName.text(in: language)
  }

  private var summary: Table {
    Table(
      title: words("By stream and year", "分任务方向、年度"),
      columns: [
        Table.Column(words("stream", "任务方向"), .leading), Table.Column(words("year", "年度")),
        Table.Column(words("counties", "县数")), Table.Column(words("equal", "相等")),
        Table.Column(words("≤ 1 quantum", "≤1个单位")), Table.Column(words("≤ 2 quanta", "≤2个单位")),
        Table.Column(words("≤ 1 %", "≤1 %")), Table.Column("R²"),
        Table.Column(words("sum official", "官方合计")),
        Table.Column(words("sum computed", "计算合计")), Table.Column(words("point value", "单位分值")),
      ], rows: agreements.map { row($0) },
      notes: [
        words(
          "Counts are counties; one quantum is \(quantum); sums in currency units. "
            + "The point value is λ per unit of the only factor.",
          "计数单位为县；最小分配单位为\(quantum)；合计以货币单位计。单位分值为λ除以唯一因素的合计。")
      ])
  }

  private func row(_ agreement: PublishedAgreement) -> [Cell] {
    func part(_ count: Int) -> Cell {
      let share = Double(count) / Double(agreement.countyCount)
      return Cell(share, text: NumberText.fixed(share * 100, decimals: 2) + " %")
    }
    func sum(_ money: Money) -> Cell {
      Cell(money.asDouble / 100, text: NumberText.grouped(money.asDouble / 100, decimals: 0))
    }
    return [
      Cell(agreement.title.text(in: language)),
      Cell(Double(agreement.year), text: "\(agreement.year)"),
      Cell(Double(agreement.countyCount), text: "\(agreement.countyCount)"),
      part(agreement.equalCount), part(agreement.withinQuantum), part(agreement.withinTwoQuanta),
      part(agreement.withinPercent),
      agreement.rSquared.map { Cell($0, text: NumberText.fixed($0, decimals: 8)) } ?? Cell("–"),
      sum(agreement.officialSum), sum(agreement.computedSum),
      agreement.pointValue.map { Cell($0, text: NumberText.significant($0, digits: 7)) }
        ?? Cell("–"),
    ]
  }

  private func worstTable(_ agreement: PublishedAgreement) -> Table {
    let title = agreement.title.text(in: language)
    return Table(
      title: words(
        "Largest differences: \(title), \(agreement.year)", "差异最大：\(title)，\(agreement.year)年"),
      columns: [
        Table.Column(words("county", "县市区"), .leading),
        Table.Column(words("official", "官方")), Table.Column(words("computed", "计算")),
        Table.Column(words("difference", "差异")),
      ],
      rows: agreement.worst.map { difference in
        [
          Cell("\(difference.county.code) \(difference.county.name.text(in: language))"),
          units(difference.official), units(difference.computed),
          Cell(
            difference.error.asDouble / 100,
            text: NumberText.signed(difference.error.asDouble / 100, decimals: 2)),
        ]
      })
  }

  private func units(_ money: Money) -> Cell {
    Cell(money.asDouble / 100, text: NumberText.grouped(money.asDouble / 100, decimals: 2))
  }
}
