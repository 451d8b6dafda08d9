import Comparison
import Documents
import PolicyModel
import Simulation

/// How one county's amounts came about, as a document: a table of signed steps and sentences.
public struct ExplanationReport: Sendable {
  private let ledger: Ledger
  private let language: Language
  private let currency: Currency

  /// Prepares a report on one run.
  public init(_ ledger: Ledger, language: Language) {
    self.ledger = ledger
    self.language = language
    currency = ledger.plan.scenario.currency
  }

  /// The document for one county and year, over some streams.
  public func document(county: Int, yearIndex: Int, streams: [Int]) -> Document {
    let explanations = streams.map {
      AmountExplanation(ledger, county: county, stream: $0, yearIndex: yearIndex)
    }
    let place = ledger.plan.counties.counties[county]
    let year = ledger.years[yearIndex].year
    var blocks: [Document.Block] = [.text(head)]
    for explanation in explanations {
      blocks.append(.table(table(explanation)))
    }
    if explanations.count > 1 { blocks.append(.table(totals(explanations))) }
    let name = place.name.text(in: language)
    return Document(
      title: language.words(
        "\(place.code) \(name), \(year): how the amount came about",
        "\(name)（\(place.code)）\(year)年资金的形成"), blocks: blocks)
  }

  private var head: [String] {
    let scenario = ledger.plan.scenario
    return ["\(scenario.name): \(scenario.title.text(in: language))"]
      + DataProvenance([ledger]).lines(language)
  }

  private func units(_ money: Money) -> Cell {
    Cell(money.asDouble / 100, text: NumberText.grouped(money.asDouble / 100, decimals: 2))
  }

  private func signed(_ money: Money) -> Cell {
    Cell(money.asDouble / 100, text: NumberText.signed(money.asDouble / 100, decimals: 2))
  }

  // MARK: One stream

  private func table(_ explanation: AmountExplanation) -> Table {
    let unit = currency.unitName.text(in: language)
    let stepRows = explanation.steps.flatMap { rows($0, explanation) }
    let total = [
      Cell(language.words("Final amount", "最终资金")), units(explanation.final), Cell.empty,
      Cell.empty,
    ]
    return Table(
      title: "\(explanation.stream.title.text(in: language)) (\(explanation.stream.key))",
      columns: [
        Table.Column(language.words("step", "步骤"), .leading),
        Table.Column(language.words("amount, \(unit)", "金额（\(unit)）")),
        Table.Column(language.words("parameter and value", "参数与取值"), .leading),
        Table.Column(language.words("where it is written", "出处"), .leading),
      ], rows: stepRows + [total], notes: sentences(explanation))
  }

  /// A step's row; further parameters follow in rows of their own.
  private func rows(
    _ step: AmountExplanation.Step, _ explanation: AmountExplanation
  ) -> [[Cell]] {
    let prefix = "streams.\(explanation.stream.key)."
    let parameters = step.parameters.map { parameter in
      [
        Cell(text(parameter, without: prefix)),
        Cell(parameter.location.map { place($0) } ?? language.words("default", "默认值")),
      ]
    }
    let first = parameters.first ?? [Cell.empty, Cell.empty]
    return [[Cell(label(step)), signed(step.amount)] + first]
      + parameters.dropFirst().map { [Cell.empty, Cell.empty] + $0 }
  }

  /// File and line, without the folders.
  private func place(_ location: SourceLocation) -> String {
    let name = location.file.split(separator: "/").last.map(String.init) ?? location.file
    return "\(name):\(location.line)"
  }

  /// What a step is called.
  func label(_ step: AmountExplanation.Step) -> String {
    switch step.kind {
    case .factor:
      let title = step.factor?.title.text(in: language) ?? ""
      return title
    case .coefficients: return language.words("Coefficients", "调节系数")
    case .guarantees: return language.words("Guaranteed shares", "保障比例")
    case .bounds: return language.words("Floors and caps of others", "其他县上下限的影响")
    case .floor: return language.words("Own floor", "本县保底")
    case .cap: return language.words("Own cap", "本县上限")
    case .rounding: return language.words("Rounding to the quantum", "取整")
    case .deduction: return language.words("Deduction", "扣减资金")
    case .reward: return language.words("Reward", "奖励资金")
    case .held: return language.words("Held by the region", "暂由自治区保留")
    }
  }

  /// A parameter with its value, its key shortened.
  func text(
    _ parameter: AmountExplanation.ParameterValue, without prefix: String
  ) -> String {
    let value =
      parameter.isMoney
      ? NumberText.grouped(parameter.value / 100, decimals: 2)
      : NumberText.significant(parameter.value, digits: 6)
    let path =
      parameter.path.hasPrefix(prefix)
      ? parameter.path.dropFirst(prefix.count) : parameter.path[...]
    return "\(path) = \(value)"
  }

  // MARK: Sentences

  private func sentences(_ explanation: AmountExplanation) -> [String] {
    if !explanation.isEligible {
      return [language.words("The county is not eligible this year.", "该县本年不符合条件。")]
    }
    var lines = [poolSentence(explanation)]
    lines += explanation.steps.compactMap { $0.factor }.map { factorSentence($0) }
    if let share = explanation.prefectureShare {
      let text = percent(share)
      lines.append(
        language.words(
          "Its prefecture has \(text) of the base pool.", "所在地州市占基础资金的\(text)。"))
    }
    if let reference = explanation.reference {
      let amount = units(reference).text
      lines.append(
        language.words(
          "Floor and cap are measured from last time's base amount, \(amount).",
          "上下限以上次基础资金 \(amount) 为基准。"))
    }
    if let grade = explanation.grade {
      lines.append(
        language.words("The grade that counts is \(grade.letter).", "本年适用的考核等级为\(grade.letter)。"))
    }
    return lines
  }

  private func poolSentence(_ explanation: AmountExplanation) -> String {
    let pool = units(explanation.pool).text
    let base = units(explanation.basePool).text
    let share = percent(explanation.share)
    return language.words(
      "The pool is \(pool), \(base) after the reserve; the county's share is \(share).",
      "资金总额 \(pool)，扣除奖励预留后为 \(base)；该县份额为\(share)。")
  }

  private func factorSentence(_ factor: AmountExplanation.FactorDetail) -> String {
    let value = factor.indicatorValue.map { NumberText.significant($0, digits: 8) } ?? "–"
    let own = NumberText.significant(factor.value, digits: 8)
    let share = percent(factor.share)
    let weight = NumberText.significant(factor.weight, digits: 6)
    let title = factor.title.text(in: language)
    return language.words(
      "\(title): indicator \(factor.indicator) = \(value), factor value \(own), "
        + "\(share) of all, weight \(weight).",
      "\(title)：指标 \(factor.indicator) = \(value)，因素值 \(own)，占合计\(share)，权重\(weight)。")
  }

  private func percent(_ fraction: Double) -> String {
    NumberText.fixed(fraction * 100, decimals: 4) + " %"
  }

  // MARK: All streams

  private func totals(_ explanations: [AmountExplanation]) -> Table {
    let unit = currency.unitName.text(in: language)
    let total = explanations.reduce(Money.zero) { $0 + $1.final }
    var rows = explanations.map {
      [Cell($0.stream.title.text(in: language)), units($0.final)]
    }
    rows.append([Cell(language.words("all streams", "合计")), units(total)])
    return Table(
      title: language.words("All streams", "全部任务方向"),
      columns: [
        Table.Column(language.words("stream", "任务方向"), .leading),
        Table.Column(language.words("final amount, \(unit)", "最终资金（\(unit)）")),
      ], rows: rows)
  }
}
