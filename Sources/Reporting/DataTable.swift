import Documents
import PolicyModel
import Simulation

/// Every column of the data with its unit, its source and whether it was observed.
struct DataTable {
  private let ledgers: [Ledger]
  private let language: Language

  init(_ ledgers: [Ledger], _ language: Language) {
    self.ledgers = ledgers
    self.language = language
  }

  var table: Table {
    Table(
      title: language.words("Columns of the data", "数据各列"),
      columns: [
        Table.Column(language.words("column", "列"), .leading),
        Table.Column(language.words("title", "名称"), .leading),
        Table.Column(language.words("unit", "单位"), .leading),
        Table.Column(language.words("status", "状态"), .leading),
        Table.Column(language.words("source", "来源"), .leading),
      ], rows: rows)
  }

  private var rows: [[Cell]] {
    var seen: Set<String> = []
    var rows: [[Cell]] = []
    for ledger in ledgers {
      for column in ledger.plan.panel.columns where seen.insert(column.name).inserted {
        rows.append(row(column.name, ledger.plan.panel.descriptions[column.name]))
      }
    }
    return rows
  }

  private func row(_ name: String, _ description: ColumnDescription?) -> [Cell] {
    [
      Cell(name), Cell(description?.title.text(in: language) ?? ""),
      Cell(description?.unit ?? ""), Cell(status(description?.status)),
      Cell(description?.source ?? ""),
    ]
  }

  private func status(_ status: ColumnDescription.Status?) -> String {
    switch status {
    case .observed: language.words("observed", "实测")
    case .synthetic: language.words("SYNTHETIC", "合成")
    case nil: language.words("not said", "未注明")
    }
  }
}
