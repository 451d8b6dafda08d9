import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  private struct Part {
    let label: String
    var fen: Double
    var details: [String]
  }

  /// How one county's amount came about: the steps of one stream, or of all streams together.
  func waterfall(_ choice: Choice) throws(ChartGap) -> Chart {
    let ledger = ledgers[scenario(choice)]
    let year = choice.year ?? ledger.plan.scenario.years.upperBound
    let yearIndex = try yearIndex(year, ledger)
    let county = try county(choice, ledger, year)
    let streams = choice.stream.map { [$0] } ?? Array(ledger.plan.scenario.streams.indices)
    let explanations = streams.map {
      AmountExplanation(ledger, county: county, stream: $0, yearIndex: yearIndex)
    }.filter(\.isEligible)
    let place = ledger.plan.counties.counties[county]
    if explanations.isEmpty { throw .noAmount(place.code, year) }
    let steps = steps(explanations)
    let placeName = place.name.text(in: language)
    let stream =
      choice.stream.map { ledger.plan.scenario.streams[$0].title.text(in: language) }
      ?? words("all streams", "全部任务方向")
    return Chart(
      title: words(
        "\(place.code) \(placeName), \(year): how the amount came about",
        "\(placeName)（\(place.code)）\(year)年资金的形成"),
      subtitle: words("\(name(ledger)); \(stream)", "\(name(ledger))；\(stream)"), marks: marks,
      summary: steps.map { "\($0.label) \($0.text)" }.joined(separator: words("; ", "；")),
      notes: [
        words(
          "Steps in the order of the rules; they sum to the final amount exactly. karez explain shows "
            + "the parameter behind each.",
          "按规则顺序排列，各步之和等于最终资金；各步对应的参数见 karez explain。")
      ], source: source([ledger]), languageTag: languageTag,
      content: .waterfall(
        Waterfall(
          axis: Chart.Axis(title(words("Amount", "资金"), unit: format.moneyUnit)), steps: steps,
          gainTitle: words("adds", "增加"), lossTitle: words("takes away", "减少"),
          totalTitle: words("amount", "资金"))))
  }

  /// The parts in order, then their sum.
  private func steps(_ explanations: [AmountExplanation]) -> [Waterfall.Step] {
    let total = explanations.reduce(Money.zero) { $0 + $1.final }.asDouble
    let parts = parts(explanations)
    let end = format.money(fen: total, decimals: 2)
    return parts.map { part in
      let cell = format.signedMoney(fen: part.fen, decimals: 2)
      return Waterfall.Step(
        label: part.label, value: cell.number ?? 0, isTotal: false, text: cell.text,
        detail: "\(part.label): \(cell.text) \(format.moneyUnit)"
          + (part.details.isEmpty ? "" : " (" + part.details.joined(separator: "; ") + ")"))
    } + [
      Waterfall.Step(
        label: words("Final amount", "最终资金"), value: end.number ?? 0, isTotal: true,
        text: end.text, detail: "\(words("Final amount", "最终资金")): \(end.text)")
    ]
  }

  /// The county asked for, or the one whose amount differs most from the baseline's (of the
  /// baseline itself: the one with the largest amount).
  private func county(
    _ choice: Choice, _ ledger: Ledger, _ year: Int
  ) throws(ChartGap) -> Int {
    if let code = choice.county {
      guard let index = ledger.plan.counties.indexOfCode[code] else { throw .noAmount(code, year) }
      return index
    }
    let isBaseline = scenario(choice) == 0 || !baseline.plan.scenario.years.contains(year)
    let yearIndex = try yearIndex(year, ledger)
    let sizes: [(index: Int, size: Double)] =
      isBaseline
      ? (0..<ledger.plan.countyCount).map {
        ($0, ledger.finalAmount(yearIndex: yearIndex, county: $0).asDouble)
      } : try changes(ledger, year: year).map { ($0.index, abs($0.fen)) }
    return sizes.max { ($0.size, $1.index) < ($1.size, $0.index) }?.index ?? 0
  }

  /// The steps of all streams together: factors of one title and rules of one kind add up; what is
  /// zero is left out.
  private func parts(_ explanations: [AmountExplanation]) -> [Part] {
    var factors: [Part] = []
    var rules: [Part] = []
    let kinds: [AmountExplanation.Step.Kind] = [
      .coefficients, .guarantees, .bounds, .floor, .cap, .rounding, .deduction, .reward, .held,
    ]
    for explanation in explanations {
      let stream = explanation.stream.title.text(in: language)
      for step in explanation.steps where step.kind == .factor {
        add(step, stream, explanations.count, to: &factors)
      }
    }
    for kind in kinds {
      for explanation in explanations {
        let stream = explanation.stream.title.text(in: language)
        for step in explanation.steps where step.kind == kind {
          add(step, stream, explanations.count, to: &rules)
        }
      }
    }
    return (factors + rules).filter { $0.fen != 0 }
  }

  private func add(
    _ step: AmountExplanation.Step, _ stream: String, _ count: Int, to parts: inout [Part]
  ) {
    let label = step.title(language)
    let amount = step.amount.asDouble
    let detail =
      count > 1 && amount != 0
      ? ["\(stream) \(format.signedMoney(fen: amount, decimals: 2).text)"] : []
    if let index = parts.firstIndex(where: { $0.label == label }) {
      parts[index].fen += amount
      parts[index].details += detail
    } else {
      parts.append(Part(label: label, fen: amount, details: detail))
    }
  }
}
