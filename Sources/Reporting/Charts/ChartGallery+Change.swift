import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// More counties than this are cut down to the largest changes.
  private static let mostBars = 200

  /// Change of amounts by county, the largest rise first.
  func changeByCounty(_ choice: Choice) throws(ChartGap) -> Chart {
    let (ledger, year) = try reform(choice)
    let all = try changes(ledger, year: year).sorted {
      ($1.fen, $0.county.code) < ($0.fen, $1.county.code)
    }
    if all.isEmpty { throw .noDistribution(year) }
    let shown = ChartGallery.ends(all)
    let rows = shown.map { change -> DivergingBars.Row in
      let text = changeText(change)
      return DivergingBars.Row(
        label: ShortNames.abbreviated(change.county.name.text(in: language)),
        value: format.signedMoney(fen: change.fen).number ?? 0, text: text,
        detail: "\(place(change.county)): \(amounts(change))")
    }
    var notes = [
      words(
        "Sorted by change; in brackets the change in percent of the baseline's amount.",
        "按变动额排序；括号内为占基准资金的百分比。")
    ]
    if shown.count < all.count {
      notes.append(
        words(
          "The \(shown.count) counties with the largest rises and falls, of \(all.count).",
          "共\(all.count)个县市区，只显示增减最大的\(shown.count)个。"))
    }
    return Chart(
      title: words("Change of amounts by county, \(year)", "\(year)年各县市区资金变动"),
      subtitle: against(ledger), marks: marks, summary: changeSummary(all), notes: notes,
      source: source([baseline, ledger]), languageTag: languageTag,
      content: .divergingBars(
        DivergingBars(
          axis: Chart.Axis(
            title(words("Change of the final amount", "最终资金变动"), unit: format.moneyUnit),
            isSigned: true),
          rows: rows, gainTitle: words("more than in the baseline", "比基准增加"),
          lossTitle: words("less than in the baseline", "比基准减少"))))
  }

  /// Which reform is set against which baseline.
  func against(_ ledger: Ledger) -> String {
    words(
      "\(name(ledger)) against \(name(baseline))", "\(name(ledger)) 与基准 \(name(baseline)) 相比")
  }

  private static func ends(_ changes: [Change]) -> [Change] {
    if changes.count <= mostBars { return changes }
    return Array(changes.prefix(mostBars / 2) + changes.suffix(mostBars / 2))
  }

  /// The change with its percent; `0` where there is none.
  func changeText(_ change: Change) -> String {
    let text = format.difference(change.new / 100, change.old / 100, .money).text
    return text == "=" ? "0" : text
  }

  /// Both amounts and what lies between.
  func amounts(_ change: Change) -> String {
    let texts = [change.old, change.new].map { format.money(fen: $0).text }
    return "\(texts[0]) → \(texts[1]) \(format.moneyUnit) (\(changeText(change)))"
  }

  /// Rises, falls and the largest of both, in a sentence.
  func changeSummary(_ changes: [Change]) -> String {
    let more = changes.filter { $0.fen > 0 }
    let less = changes.filter { $0.fen < 0 }
    let same = changes.count - more.count - less.count
    func largest(_ list: [Change]) -> String {
      guard let first = list.max(by: { abs($0.fen) < abs($1.fen) }) else { return "–" }
      return "\(first.county.name.text(in: language)) \(changeText(first))"
    }
    return words(
      "\(more.count) counties get more, \(less.count) less, \(same) the same; largest rise: "
        + "\(largest(more)), largest fall: \(largest(less)) (\(format.moneyUnit)).",
      "\(more.count)个县市区增加，\(less.count)个减少，\(same)个不变；增加最多：\(largest(more))，"
        + "减少最多：\(largest(less))（\(format.moneyUnit)）。")
  }
}
