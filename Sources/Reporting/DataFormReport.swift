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

  /// The columns that the rules read, a table for each sheet.
  public var document: Document {
    var blocks: [Document.Block] = [.text([head] + provenance)]
    if !form.flags.isEmpty {
      blocks.append(.table(table(language.words("Sheet counties", "工作表counties"), flagNeeds)))
    }
    blocks.append(.table(table(language.words("Sheet indicators", "工作表indicators"), needs)))
    return Document(
      title: language.words("Data that the rules read", "规则所需数据"), blocks: blocks)
  }

  private func table(_ title: String, _ rows: [[String]]) -> Table {
    Table(
      title: title, columns: needTitles.map { Table.Column($0, .leading) },
      rows: rows.map { $0.map { Cell($0) } })
  }

  /// Titles of what is said of each column.
  var needTitles: [String] {
    [
      language.words("column", "列名"), language.words("title", "标题"),
      language.words("unit", "单位"), language.words("left empty", "留空时"),
      language.words("read by", "使用处"),
    ]
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

  /// A row for each 0/1 column: name, title, unit, what an empty cell does, readers.
  var flagNeeds: [[String]] {
    form.flags.map { flag in
      [flag.name, title(ofFlag: flag), "0/1", language.words("error", "报错（必填）"), readers(flag)]
    }
  }

  /// A row for each indicator, as for the 0/1 columns.
  var needs: [[String]] {
    form.columns.map { column in
      [
        column.need.name, column.description.title.text(in: language), column.description.unit,
        emptiness(column.need.necessity), readers(column.need),
      ]
    }
  }

  /// A flag has the title of the first group that it makes.
  func title(ofFlag flag: DataNeeds.Column) -> String {
    let name = flag.readers.first.map { String($0.dropFirst("groups.".count)) }
    return form.scenario.groups.first { $0.name == name }?.title.text(in: language) ?? flag.name
  }

  private func emptiness(_ necessity: DataNeeds.Necessity) -> String {
    let first = form.scenario.years.lowerBound
    switch necessity {
    case .everyYear: return language.words("error: \(first) or before", "报错：\(first)年或以前必填")
    case .start: return language.words("error: \(first), the start", "报错：\(first)年（起点）必填")
    case .optional(let meaning):
      return meaning.text(in: language)
    }
  }

  private func readers(_ column: DataNeeds.Column) -> String {
    column.readers.prefix(2).joined(separator: ", ") + (column.readers.count > 2 ? ", …" : "")
  }
}
