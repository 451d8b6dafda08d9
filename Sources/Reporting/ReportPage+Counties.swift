import Comparison
import Documents
import PolicyModel
import Simulation

extension ReportPage {
  var countyBlocks: [Page.Block] {
    let year = report.lastYear
    let reforms = ledgers.indices.dropFirst().filter {
      ledgers[$0].plan.scenario.years.contains(year)
    }
    let changes = reforms.map { report.changes($0, year: year) }
    let base = report.changes(0, year: year)
    let shown = shownCounties(base, changes)
    let table = Table(
      title: words(
        "Final amounts of \(year), \(report.format.moneyUnit)",
        "\(year)年最终资金（\(report.format.moneyUnit)）"),
      columns: countyColumns(reforms),
      rows: shown.rows.map { countyRow($0, base, changes) }, notes: shown.notes)
    return [.heading(words("Counties", "县市区"), anchor: "counties")]
      + table.split(fixed: 3, most: 5).map { .table($0, isSortable: true) }
  }

  private func countyColumns(_ reforms: [Int]) -> [Table.Column] {
    [
      Table.Column(words("county", "县市区"), .leading),
      Table.Column(words("prefecture", "地州市"), .leading),
      Table.Column(words("baseline", "基准")),
    ] + reforms.map { Table.Column(ledgers[$0].plan.scenario.name, isTied: false) }
  }

  private func countyRow(
    _ county: Int, _ base: [ComparisonReport.CountyChange],
    _ changes: [[ComparisonReport.CountyChange]]
  ) -> [Cell] {
    let record = base[county].county
    return [
      Cell("\(record.code) \(record.name.text(in: language))"),
      Cell(record.prefectureName.text(in: language)), report.format.cell(base[county].base, .money),
    ]
      + changes.map { column in
        report.format.difference(column[county].amount, column[county].base, .money)
      }
  }

  /// Counties that get money in any scenario; of very many those that change most.
  private func shownCounties(
    _ base: [ComparisonReport.CountyChange], _ changes: [[ComparisonReport.CountyChange]]
  ) -> (rows: [Int], notes: [String]) {
    let paid = base.indices.filter { county in
      base[county].base != 0 || changes.contains { $0[county].amount != 0 }
    }
    if paid.count <= ReportPage.mostCounties { return (paid, []) }
    func size(_ county: Int) -> Double {
      let moves = changes.map { abs($0[county].amount - $0[county].base) }
      return moves.max() ?? base[county].base
    }
    let sizes = paid.map { (county: $0, size: size($0)) }
    let largest = sizes.sorted { $0.size == $1.size ? $0.county < $1.county : $0.size > $1.size }
    let count = NumberText.grouped(Double(paid.count), decimals: 0)
    let note =
      changes.isEmpty
      ? words(
        "The \(ReportPage.mostCounties) largest of \(count) counties; ledger.csv and tables.xlsx hold all.",
        "仅列\(count)个县市区中资金最多的\(ReportPage.mostCounties)个；全部见 ledger.csv 和 tables.xlsx。")
      : words(
        "The \(ReportPage.mostCounties) of \(count) counties that change most; ledger.csv and "
          + "tables.xlsx hold all.",
        "仅列\(count)个县市区中变动最大的\(ReportPage.mostCounties)个；全部见 ledger.csv 和 tables.xlsx。")
    return (largest.prefix(ReportPage.mostCounties).map(\.county), [note])
  }
}
