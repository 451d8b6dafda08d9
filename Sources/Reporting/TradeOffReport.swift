import Comparison
import Documents
import PolicyModel
import Simulation

/// The trade-off between two metrics as a document.
public struct TradeOffReport: Sendable {
  /// A point of the front.
  public struct Point: Sendable {
    /// Its parameters as written in the reform.
    ///
    /// Shape: [parameter][member].
    public let texts: [[String]]
    /// Their values; money in fen.
    public let values: [[Double]]
    /// Its ledger.
    public let ledger: Ledger

    /// Makes a point.
    public init(texts: [[String]], values: [[Double]], ledger: Ledger) {
      self.texts = texts
      self.values = values
      self.ledger = ledger
    }
  }

  private let baseline: Ledger
  private let space: DesignSpace
  private let goals: [Goal]
  private let pair: [MetricPreference]
  private let points: [Point]
  private let language: Language
  private let format: FigureFormat

  /// Prepares a report; points stand by the first metric from its best.
  public init(
    baseline: Ledger, space: DesignSpace, goals: [Goal], pair: [MetricPreference],
    points: [Point], language: Language
  ) {
    self.baseline = baseline
    self.space = space
    self.goals = goals
    self.pair = pair
    self.points = points
    self.language = language
    format = FigureFormat(baseline.plan.scenario, language)
  }

  private var year: Int { baseline.plan.scenario.years.upperBound }

  /// The document.
  public var document: Document {
    Document(
      title: points.isEmpty
        ? language.words("No trade-off: the goals are not met", "无法给出权衡：目标无法满足")
        : language.words("Trade-off between two metrics", "两项指标的权衡"),
      blocks: [.text(head)] + (points.isEmpty ? [] : [.table(table)]))
  }

  private var head: [String] {
    let scenario = baseline.plan.scenario
    let base = language.words("Baseline: ", "基准：")
    var lines = ["\(base)\(scenario.name), \(scenario.title.text(in: language))"]
    lines += goals.map { goal in
      language.words("Every point meets: ", "每个点均满足：") + (goal.label.map { "\($0): " } ?? "")
        + goal.text
    }
    if points.isEmpty {
      lines.append(
        language.words(
          "No point within the ranges was found to meet the goals; run karez design with the goals "
            + "alone to see which conflict.",
          "在给定范围内未找到满足目标的参数；请去掉 --trade-off 查看哪些目标相互冲突。"))
    }
    return lines + DataProvenance([baseline]).lines(language)
  }

  private var table: Table {
    let members = space.parameters.flatMap { parameter in
      parameter.members.map { member in
        parameter.isWeights
          ? String(member.split(separator: ".").dropLast().last ?? "") : parameter.path
      }
    }
    let metrics = pair.map { preference in
      preference.metric.rawValue + (preference.prefersMore ? " ↑" : " ↓")
    }
    let rows = points.enumerated().map { index, point in
      [Cell("\(index + 1)")] + figures(point.ledger) + parameters(point)
    }
    let titles = pair.map { $0.metric.title.text(in: language) }.joined(separator: "; ")
    return Table(
      title: language.words("Front in \(year), from the ledger", "\(year)年的前沿（按台账）"),
      columns: [Table.Column(language.words("point", "点"), .leading)]
        + (metrics + members).map { Table.Column($0) },
      rows: [baselineRow] + rows,
      notes: [
        language.words(
          "\(titles). ↓ less is better, ↑ more is better. No point shown is worse than another "
            + "in both.",
          "\(titles)。↓越小越好，↑越大越好。所列各点互不劣于其他点。")
      ])
  }

  private var baselineRow: [Cell] {
    let values = space.parameters.flatMap { parameter in
      parameter.written.map { years -> Cell in
        if !years.allSatisfy({ $0 == years[0] }) { return Cell(language.words("by year", "逐年")) }
        let unit = parameter.unit(baseline.plan.scenario.currency)
        let shown = years[0] / unit.size
        return Cell(shown, text: NumberText.significant(shown, digits: 7) + unit.suffix)
      }
    }
    return [Cell(language.words("baseline", "基准"))] + figures(baseline) + values
  }

  private func figures(_ ledger: Ledger) -> [Cell] {
    let table = MetricTable(ledger, baseline: baseline)
    return pair.map { preference in
      let value = table.value(preference.metric, year: year)
      if preference.metric.kind == .share, let value {
        return Cell(value, text: NumberText.fixed(value * 100, decimals: 2) + " %")
      }
      return format.cell(value, preference.metric.kind)
    }
  }

  private func parameters(_ point: Point) -> [Cell] {
    space.parameters.indices.flatMap { index in
      let size = space.parameters[index].unit(baseline.plan.scenario.currency).size
      return zip(point.texts[index], point.values[index]).map { Cell($1 / size, text: $0) }
    }
  }
}
