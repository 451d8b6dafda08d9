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

  /// The document.
  public var document: Document {
    let scenario = ledger.plan.scenario
    let head = ["\(scenario.name): \(scenario.title.text(in: language))"]
    let worst = agreements.filter { !$0.worst.isEmpty }.map { Document.Block.table(worstTable($0)) }
    return Document(
      title: language.words("Agreement with published amounts", "与官方公布金额的一致性"),
      blocks: [
        .text(head + DataProvenance([ledger]).lines(language)), .table(summary), .table(errors),
      ] + bias + worst)
  }

  private var quantum: String {
    let text = NumberText.grouped(ledger.plan.scenario.quantum.asDouble / 100, decimals: 0)
    return text + " " + ledger.plan.scenario.currency.unitName.text(in: language)
  }

  private var summary: Table {
    Table(
      title: language.words("By stream and year", "分任务方向、年度"),
      columns: [
        Table.Column(language.words("stream", "任务方向"), .leading),
        Table.Column(language.words("year", "年度")),
        Table.Column(language.words("counties", "县数")), Table.Column(language.words("equal", "相等")),
        Table.Column(language.words("≤ 1 quantum", "≤1个单位")),
        Table.Column(language.words("≤ 2 quanta", "≤2个单位")),
        Table.Column(language.words("≤ 1 %", "≤1 %")), Table.Column("R²"),
        Table.Column(language.words("sum official", "官方合计")),
        Table.Column(language.words("sum computed", "计算合计")),
        Table.Column(language.words("point value", "单位分值")),
      ], rows: agreements.map { row($0) } + [totals],
      notes: [
        language.words(
          "Counts are counties; one quantum is \(quantum); sums in currency units. "
            + "The point value is λ per unit of the only factor.",
          "计数单位为县；最小分配单位为\(quantum)；合计以货币单位计。单位分值为λ除以唯一因素的合计。")
      ])
  }

  private func part(_ count: Int, of all: Int) -> Cell {
    let share = Double(count) / Double(max(1, all))
    return Cell(share, text: NumberText.fixed(share * 100, decimals: 2) + " %")
  }

  private func sum(_ money: Money) -> Cell {
    Cell(money.asDouble / 100, text: NumberText.grouped(money.asDouble / 100, decimals: 0))
  }

  /// All streams and years together, every amount counted by itself.
  private var totals: [Cell] {
    func total(_ count: (PublishedAgreement) -> Int) -> Int {
      agreements.reduce(0) { $0 + count($1) }
    }
    let all = total { $0.countyCount }
    return [
      Cell(language.words("all amounts", "全部金额")), .empty, Cell(Double(all), text: "\(all)"),
      part(total { $0.equalCount }, of: all), part(total { $0.withinQuantum }, of: all),
      part(total { $0.withinTwoQuanta }, of: all), part(total { $0.withinPercent }, of: all),
      .empty, sum(agreements.reduce(.zero) { $0 + $1.officialSum }),
      sum(agreements.reduce(.zero) { $0 + $1.computedSum }), .empty,
    ]
  }

  private func row(_ agreement: PublishedAgreement) -> [Cell] {
    func part(_ count: Int) -> Cell { self.part(count, of: agreement.countyCount) }
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

  // MARK: Errors

  /// Sizes and quantiles of the errors, and what they look like.
  private var errors: Table {
    let quantiles = PublishedAgreement.quantiles.map { fraction in
      Table.Column("p" + NumberText.fixed(fraction * 100, decimals: 0))
    }
    let rows = agreements.map { agreement in
      [
        Cell(agreement.title.text(in: language)),
        units(agreement.absoluteError),
        money(agreement.euclideanError),
      ] + agreement.errorQuantiles.map { money($0) } + [Cell(verdict(agreement.pattern))]
    }
    return Table(
      title: language.words("Errors: computed less official", "误差：计算值减官方值"),
      columns: [
        Table.Column(language.words("stream", "任务方向"), .leading), Table.Column("L1"),
        Table.Column("L2"),
      ] + quantiles + [Table.Column(language.words("what is left", "剩余误差"), .leading)],
      rows: rows,
      notes: [
        language.words(
          "Rounding: at most 1 % of the counties differ by over two quanta. Bounds: at least half "
            + "of those have an official amount at the computed floor or cap. Missing factor: a "
            + "column's rank correlation with the error is 0.3 or more in size.",
          "取整：差异超过两个单位的县不足1%。上下限：其中半数以上的官方金额等于计算的上限或下限。"
            + "缺少因素：某列与误差的秩相关系数绝对值不小于0.3。")
      ])
  }

  private func money(_ fen: Double) -> Cell {
    Cell(fen / 100, text: NumberText.grouped(fen / 100, decimals: 2))
  }

  private func verdict(_ pattern: ErrorPattern) -> String {
    let count = pattern.misfitCount
    switch pattern.verdict {
    case .rounding:
      return language.words("rounding (\(count) over two quanta)", "取整（\(count)县超过两个单位）")
    case .bounds:
      return language.words(
        "bounds (\(pattern.atBoundCount) of \(count) at a bound)",
        "上下限（\(count)县中\(pattern.atBoundCount)县处于上下限）")
    case .missingFactor(let column, let correlation):
      let shown = NumberText.fixed(correlation, decimals: 2)
      return language.words(
        "missing factor? \(column) (ρ \(shown))", "可能缺少因素：\(column)（ρ \(shown)）")
    case .none:
      return language.words("no pattern (\(count) over two quanta)", "无规律（\(count)县超过两个单位）")
    }
  }

  /// Mean error by group, where the scenario has groups.
  private var bias: [Document.Block] {
    agreements.filter { !$0.groupBias.isEmpty }.map { agreement in
      let rows = agreement.groupBias.map { entry in
        [
          Cell(entry.group.text(in: language)),
          Cell(Double(entry.countyCount), text: "\(entry.countyCount)"), money(entry.meanError),
        ]
      }
      let title = agreement.title.text(in: language)
      return .table(
        Table(
          title: language.words("Mean error by group: \(title)", "分组平均误差：\(title)"),
          columns: [
            Table.Column(language.words("group", "分组"), .leading),
            Table.Column(language.words("counties", "县数")),
            Table.Column(language.words("mean error", "平均误差")),
          ], rows: rows))
    }
  }

  private func worstTable(_ agreement: PublishedAgreement) -> Table {
    let title = agreement.title.text(in: language)
    return Table(
      title: language.words(
        "Largest differences: \(title), \(agreement.year)", "差异最大：\(title)，\(agreement.year)年"),
      columns: [
        Table.Column(language.words("county", "县市区"), .leading),
        Table.Column(language.words("official", "官方")),
        Table.Column(language.words("computed", "计算")),
        Table.Column(language.words("difference", "差异")),
        Table.Column(language.words("computed as", "计算方式"), .leading),
      ],
      rows: agreement.worst.map { difference in
        [
          Cell("\(difference.county.code) \(difference.county.name.text(in: language))"),
          units(difference.official), units(difference.computed),
          Cell(
            difference.error.asDouble / 100,
            text: NumberText.signed(difference.error.asDouble / 100, decimals: 2)),
          Cell(explanation(difference, agreement)),
        ]
      })
  }

  /// How the computed amount came about, in a few words.
  private func explanation(
    _ difference: PublishedAgreement.Difference, _ agreement: PublishedAgreement
  ) -> String {
    guard let county = ledger.plan.counties.indexOfCode[difference.county.code],
      let stream = ledger.plan.scenario.streams.firstIndex(where: { $0.key == agreement.stream }),
      let yearIndex = ledger.years.firstIndex(where: { $0.year == agreement.year })
    else { return "" }
    let steps = AmountExplanation(ledger, county: county, stream: stream, yearIndex: yearIndex)
      .steps
    let reference = ledger.years[yearIndex].streams[stream].year.reference[county]
    let last = NumberText.grouped(reference / 100, decimals: 0)
    if steps.contains(where: { $0.kind == .floor }) {
      return language.words("floor of last year's \(last)", "上年 \(last) 的保底")
    }
    if steps.contains(where: { $0.kind == .cap }) {
      return language.words("cap of last year's \(last)", "上年 \(last) 的上限")
    }
    return reference > 0
      ? language.words("by share; last year \(last)", "按份额；上年 \(last)")
      : language.words("by share; nothing last year", "按份额；上年无")
  }

  private func units(_ money: Money) -> Cell {
    Cell(money.asDouble / 100, text: NumberText.grouped(money.asDouble / 100, decimals: 2))
  }
}
