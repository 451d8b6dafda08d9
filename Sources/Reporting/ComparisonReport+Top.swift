import Comparison
import Documents
import PolicyModel
import Simulation

extension ComparisonReport {
  /// The counties that gain and lose most in one reform.
  func topTable(_ index: Int, count: Int, year: Int) -> Table {
    let changes = changes(index, year: year)
    let gains = changes.filter { $0.change > 0 }.sorted { $0.change > $1.change }.prefix(count)
    let losses = changes.filter { $0.change < 0 }.sorted { $0.change < $1.change }.prefix(count)
    let name = ledgers[index].plan.scenario.name
    let unit = format.moneyUnit
    return Table(
      title: language.words(
        "Largest winners and losers of \(name) in \(year), \(unit)",
        "\(name)：\(year)年增减最多的县（\(unit)）"),
      columns: [
        Table.Column(language.words("county", "县市区"), .leading),
        Table.Column(language.words("prefecture", "地州市"), .leading),
        Table.Column(language.words("baseline", "基准")), Table.Column(name),
        Table.Column(language.words("vs baseline", "较基准"), isTied: true),
      ],
      rows: (gains + losses.reversed()).map { row($0) },
      notes: [
        language.words(
          "\(changes.count { $0.change > 0 }) counties gain, "
            + "\(changes.count { $0.change < 0 }) lose.",
          "\(changes.count { $0.change > 0 })县增加，\(changes.count { $0.change < 0 })县减少。")
      ])
  }

  private struct CountyChange {
    let county: County
    let base: Double
    let amount: Double

    var change: Double { amount - base }
  }

  private func changes(_ index: Int, year: Int) -> [CountyChange] {
    let ledger = ledgers[index]
    return baseline.plan.counties.counties.enumerated().compactMap { position, county in
      guard let base = amount(baseline, year: year, where: { $0 == position }) else { return nil }
      let own = ledger.plan.counties.indexOfCode[county.code]
      let amount = amount(ledger, year: year) { $0 == own } ?? 0
      return CountyChange(county: county, base: base, amount: amount)
    }
  }

  private func row(_ change: CountyChange) -> [Cell] {
    [
      Cell("\(change.county.code) \(change.county.name.text(in: language))"),
      Cell(change.county.prefectureName.text(in: language)),
      format.cell(change.base, .money), format.cell(change.amount, .money),
      format.difference(change.amount, change.base, .money),
    ]
  }
}
