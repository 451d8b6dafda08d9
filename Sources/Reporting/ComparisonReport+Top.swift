import Comparison
import Documents
import PolicyModel
import Simulation

extension ComparisonReport {
  /// The counties that gain and lose most in one reform.
  func topTable(_ index: Int, count: Int, year: Int) -> Table {
    let changes = changes(index, year: year)
    let shown = largest(changes, count: count)
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
      rows: shown.map { row($0) },
      notes: [
        language.words(
          "\(changes.count { $0.change > 0 }) counties gain, "
            + "\(changes.count { $0.change < 0 }) lose.",
          "\(changes.count { $0.change > 0 })县增加，\(changes.count { $0.change < 0 })县减少。")
      ])
  }

  /// One county's amounts in currency units.
  struct CountyChange {
    let county: County
    let base: Double
    let amount: Double

    var change: Double { amount - base }
  }

  /// The counties of the baseline with their amounts of a year in one reform.
  func changes(_ index: Int, year: Int) -> [CountyChange] {
    guard let base = totals(baseline, year: year) else { return [] }
    let ledger = ledgers[index]
    let amounts = totals(ledger, year: year)
    return baseline.plan.counties.counties.enumerated().map { position, county in
      let own = ledger.plan.counties.indexOfCode[county.code]
      return CountyChange(
        county: county, base: base[position],
        amount: own.flatMap { amounts?[$0] } ?? 0)
    }
  }

  /// Final amounts of a year by county in currency units; nil if the run lacks the year.
  func totals(_ ledger: Ledger, year: Int) -> [Double]? {
    guard let record = ledger.years.first(where: { $0.year == year }) else { return nil }
    var sums = [Double](repeating: 0, count: ledger.plan.countyCount)
    for stream in record.streams {
      for county in sums.indices { sums[county] += stream.final[county] }
    }
    return sums.map { $0 / 100 }
  }

  /// The largest gains, the largest first, then the largest losses, the largest last.
  func largest(_ changes: [CountyChange], count: Int) -> [CountyChange] {
    let gains = changes.filter { $0.change > 0 }.sorted { $0.change > $1.change }.prefix(count)
    let losses = changes.filter { $0.change < 0 }.sorted { $0.change < $1.change }.prefix(count)
    return gains + losses.reversed()
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
