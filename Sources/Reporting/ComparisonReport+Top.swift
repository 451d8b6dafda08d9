import Comparison
import Documents
import PolicyModel
import Simulation

extension ComparisonReport {
  /// The counties that gain and lose most in one reform.
  func topTable(_ index: Int, count: Int, year: Int) -> Table {
    let changes = countyChanges(index, year: year)
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

  private func row(_ change: CountyChange) -> [Cell] {
    [
      Cell("\(change.county.code) \(change.county.name.text(in: language))"),
      Cell(change.county.prefectureName.text(in: language)),
      format.cell(change.base, .money), format.cell(change.amount, .money),
      format.difference(change.amount, change.base, .money),
    ]
  }
}
