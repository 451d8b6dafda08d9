import Documents
import PolicyModel
import Simulation

/// What `karez validate` found: the scenarios that can be run.
public struct ValidationReport: Sendable {
  private let plans: [Plan]

  /// Reads and compiles scenarios without running them.
  ///
  /// - Throws: `RunFailure.badInput` with every problem of every file.
  public init(_ files: [String]) throws(RunFailure) {
    plans = try LoadedRun.plans(files).plans
  }

  /// What the user should know though every scenario can be run.
  public func warnings(_ language: Language) -> [String] {
    plans.flatMap(\.warnings).map { $0.text(in: language) }
  }

  /// The scenarios as a table.
  public func document(_ language: Language) -> Document {
    let rows = plans.map { plan in
      let years = plan.scenario.years
      return [
        Cell(plan.scenario.name), Cell(plan.scenario.title.text(in: language)),
        Cell("\(years.lowerBound)–\(years.upperBound)"),
        Cell(Double(plan.counties.count), text: "\(plan.counties.count)"),
        Cell(Double(plan.scenario.streams.count), text: "\(plan.scenario.streams.count)"),
        Cell(Double(plan.panel.columns.count), text: "\(plan.panel.columns.count)"),
      ]
    }
    let table = Table(
      title: "",
      columns: [
        Table.Column(language.words("scenario", "情景"), .leading),
        Table.Column(language.words("title", "标题"), .leading),
        Table.Column(language.words("years", "年度")),
        Table.Column(language.words("counties", "县数")),
        Table.Column(language.words("streams", "任务方向")),
        Table.Column(language.words("indicators", "指标")),
      ], rows: rows, notes: [language.words("No problem was found.", "未发现问题。")])
    return Document(title: language.words("Validation", "校验"), blocks: [.table(table)])
  }
}
