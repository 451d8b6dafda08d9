import Documents
import PolicyModel
import Simulation

/// What the data of a scenario must hold: as a document, and as a workbook to fill in.
public struct DataFormReport: Sendable {
  let form: DataForm
  let language: Language

  /// Prepares a report.
  public init(_ form: DataForm, language: Language) {
    self.form = form
    self.language = language
  }

  // MARK: Document

  /// The columns that the rules read.
  public var document: Document {
    let columns = [
      Table.Column(language.words("sheet", "工作表"), .leading),
      Table.Column(language.words("column", "列名"), .leading),
      Table.Column(language.words("title", "标题"), .leading),
      Table.Column(language.words("unit", "单位"), .leading),
      Table.Column(language.words("must be filled in", "是否必填"), .leading),
      Table.Column(language.words("read by", "使用处"), .leading),
    ]
    return Document(
      title: language.words("Data that the rules read", "规则所需数据"),
      blocks: [
        .text([head] + provenance),
        .table(Table(title: "", columns: columns, rows: needs.map { $0.map { Cell($0) } })),
      ])
  }

  private var head: String {
    let scenario = form.scenario
    return "\(scenario.name): \(scenario.title.text(in: language)), "
      + "\(scenario.years.lowerBound)–\(scenario.years.upperBound)"
  }

  /// What must be said of the values that are filled in.
  var provenance: [String] {
    if form.values == nil { return [] }
    return DataProvenance(columns: form.columns.map { ($0.need.name, $0.description.status) })
      .lines(language)
  }

  /// A row for each column: sheet, name, title, unit, whether it must be filled in, readers.
  var needs: [[String]] {
    let flags = form.flags.map { flag in
      ["counties", flag.name, title(ofFlag: flag), "0/1", must(flag.necessity), readers(flag)]
    }
    return flags
      + form.columns.map { column in
        [
          "indicators", column.need.name, column.description.title.text(in: language),
          column.description.unit, must(column.need.necessity), readers(column.need),
        ]
      }
  }

  /// A flag has the title of the first group that it makes.
  func title(ofFlag flag: DataNeeds.Column) -> String {
    let name = flag.readers.first.map { String($0.dropFirst("groups.".count)) }
    return form.scenario.groups.first { $0.name == name }?.title.text(in: language) ?? flag.name
  }

  private func must(_ necessity: DataNeeds.Necessity) -> String {
    let first = form.scenario.years.lowerBound
    switch necessity {
    case .everyYear: return language.words("yes, \(first) or before", "必填，\(first)年或以前")
    case .start: return language.words("yes, \(first) or before (start)", "必填，\(first)年或以前（起点）")
    case .optional(let meaning):
      return language.words("no; empty: \(meaning.english)", "选填；留空：\(meaning.chinese)")
    }
  }

  private func readers(_ column: DataNeeds.Column) -> String {
    column.readers.prefix(2).joined(separator: ", ") + (column.readers.count > 2 ? ", …" : "")
  }
}
