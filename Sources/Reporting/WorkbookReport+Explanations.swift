import Comparison
import Documents
import FundAllocation
import PolicyModel
import Simulation

/// How the largest changes came about: the steps of baseline and reform side by side.
extension WorkbookReport {
  var explanations: WorkbookSheet {
    var sheet = sheet(
      .explanations,
      language.words(
        "How the largest changes of \(lastYear) came about", "\(lastYear)年最大变动的形成"))
    let unit = report.baseline.plan.scenario.currency.unitName.text(in: language)
    func column(_ english: String, _ chinese: String, _ style: NumberStyle = .text)
      -> WorkbookSheet.Column
    {
      WorkbookSheet.Column(language.words(english, chinese), style)
    }
    sheet.columns = [
      column("reform", "改革情景"), column("county", "县市区"), column("stream", "任务方向"),
      column("step", "步骤"), column("baseline\n(\(unit))", "基准\n（\(unit)）", .decimals(2)),
      column("reform\n(\(unit))", "改革\n（\(unit)）", .decimals(2)),
      column("change\n(\(unit))", "变动\n（\(unit)）", .signed(2)),
      column("parameters of the baseline", "基准参数"), column("parameters of the reform", "改革参数"),
    ]
    sheet.rows = RowSource(explained.flatMap { rows($0.scenario, county: $0.county) })
    sheet.frozenColumns = 4
    sheet.notes = [
      language.words(
        "Per reform the \(explainedCount) counties whose amount changes most. The steps of an amount "
          + "sum to it; any other amount: karez explain.",
        "每个改革情景列变动最大的\(explainedCount)个县；各步骤之和等于最终资金。其他县用 karez explain 查询。")
    ]
    return sheet
  }

  /// Fewer counties where there are many reforms.
  private var explainedCount: Int { ledgers.count > 4 ? 3 : (ledgers.count > 2 ? 5 : 10) }

  /// Which county of which reform: the largest changes either way.
  private var explained: [(scenario: Int, county: County)] {
    ledgers.indices.dropFirst().filter { scenarios[$0].years.contains(lastYear) }
      .flatMap { index in
        report.changes(index, year: lastYear).filter { $0.change != 0 }
          .sorted { abs($0.change) > abs($1.change) }
          .prefix(explainedCount).map { (index, $0.county) }
      }
  }

  private struct Side {
    let ledger: Ledger
    let explanation: AmountExplanation?

    /// The county's amount of a stream in the last year; nil where the run has none of them.
    init(_ ledger: Ledger, county: String, stream: String, year: Int) {
      self.ledger = ledger
      guard let county = ledger.plan.counties.indexOfCode[county],
        let stream = ledger.plan.scenario.streams.firstIndex(where: { $0.key == stream }),
        let yearIndex = ledger.years.firstIndex(where: { $0.year == year })
      else {
        explanation = nil
        return
      }
      explanation = AmountExplanation(
        ledger, county: county, stream: stream, yearIndex: yearIndex)
    }

    func steps(_ key: StepKey) -> [AmountExplanation.Step] {
      explanation?.steps.filter { StepKey($0) == key } ?? []
    }
  }

  /// What makes two steps the same.
  private struct StepKey: Hashable {
    let kind: AmountExplanation.Step.Kind
    let factor: String?

    init(_ step: AmountExplanation.Step) {
      kind = step.kind
      factor = step.factor?.key
    }

    /// The order in which an amount comes about.
    var rank: Int {
      let order: [AmountExplanation.Step.Kind] = [
        .factor, .coefficients, .guarantees, .bounds, .floor, .cap, .rounding, .deduction, .reward,
        .held,
      ]
      return order.firstIndex(of: kind) ?? order.count
    }
  }

  private func rows(_ scenario: Int, county: County) -> [WorkbookRow] {
    var streams: [String] = []
    for ledger in [report.baseline, ledgers[scenario]] {
      streams += ledger.plan.scenario.streams.map(\.key).filter { !streams.contains($0) }
    }
    return streams.flatMap { stream -> [WorkbookRow] in
      let sides = [report.baseline, ledgers[scenario]].map {
        Side($0, county: county.code, stream: stream, year: lastYear)
      }
      return rows(scenario, county, stream, sides)
    }
  }

  private func rows(
    _ scenario: Int, _ county: County, _ stream: String, _ sides: [Side]
  ) -> [WorkbookRow] {
    var keys: [StepKey] = []
    for side in sides {
      for step in side.explanation?.steps ?? [] where !keys.contains(StepKey(step)) {
        keys.append(StepKey(step))
      }
    }
    // Stable by rank: factors keep the order of the file.
    let ordered = keys.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
    let title = sides.lazy.compactMap { $0.explanation?.stream.title.text(in: language) }.first
    let head = [
      WorkbookCell(scenarios[scenario].name),
      WorkbookCell("\(county.code) \(county.name.text(in: language))"),
      WorkbookCell(title ?? stream),
    ]
    let isNothing = sides.allSatisfy { side in
      side.explanation?.steps.allSatisfy { $0.amount == .zero } ?? true
    }
    if isNothing { return [] }
    let steps = ordered.map { key in WorkbookRow(head + cells(key, sides)) }
    return steps + [total(head, sides, steps.count)]
  }

  private func cells(_ key: StepKey, _ sides: [Side]) -> [WorkbookCell] {
    let steps = sides.map { $0.steps(key) }
    let amounts = steps.map { $0.reduce(Money.zero) { $0 + $1.amount } }
    let label = zip(sides, steps).lazy.compactMap { side, steps in
      steps.first.map { ExplanationReport(side.ledger, language: language).label($0) }
    }.first
    return [WorkbookCell(label ?? "")] + amounts.map { WorkbookCell($0.asDouble / 100) }
      + [change(amounts)] + zip(sides, steps).map { WorkbookCell(parameters($0, $1)) }
  }

  private func change(_ amounts: [Money]) -> WorkbookCell {
    WorkbookCell(
      .formula(
        .difference(of: 5, less: 4, times: 1),
        value: amounts[1].asDouble / 100 - amounts[0].asDouble / 100))
  }

  private func parameters(_ side: Side, _ steps: [AmountExplanation.Step]) -> String {
    guard let stream = side.explanation?.stream.key else { return "" }
    let report = ExplanationReport(side.ledger, language: language)
    var texts: [String] = []
    for parameter in steps.flatMap(\.parameters) {
      let text = report.text(parameter, without: "streams.\(stream).")
      if !texts.contains(text) { texts.append(text) }
    }
    return texts.joined(separator: language.words("; ", "；"))
  }

  /// The final amount as the sum of its steps.
  private func total(_ head: [WorkbookCell], _ sides: [Side], _ count: Int) -> WorkbookRow {
    let amounts = sides.map { $0.explanation?.final ?? .zero }
    let sums = amounts.map {
      WorkbookCell(.formula(.sumAbove(count), value: $0.asDouble / 100))
    }
    let label = WorkbookCell(language.words("Final amount", "最终资金"))
    return WorkbookRow(
      head + [label] + sums + [change(amounts), .empty, .empty], role: .total)
  }
}
