import Comparison
import Documents
import Optimization
import PolicyModel
import Simulation

/// Which parameters meet the goals, as a document.
public struct DesignReport: Sendable {
  /// Goals that stand against each other.
  public struct Conflict: Sendable {
    /// The smallest sets that no point was found to meet, by index.
    public let sets: [[Int]]
    /// Whether each goal was met when it stood alone; nil where that was not searched.
    public let aloneMet: [Bool?]

    /// Makes a conflict.
    public init(sets: [[Int]], aloneMet: [Bool?]) {
      self.sets = sets
      self.aloneMet = aloneMet
    }
  }

  private let baseline: Ledger
  private let space: DesignSpace
  private let goals: [Goal]
  private let baselineMeasures: [GoalMeasure]
  private let values: [[Double]]
  private let texts: [[String]]
  private let measures: [GoalMeasure]
  private let isMet: Bool
  private let isMetUnrounded: Bool
  private let border: Bracketing.Border?
  private let conflict: Conflict?
  private let evaluationCount: Int
  private let language: Language
  private let format: FigureFormat

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's ledger.
  ///   - space: What may change.
  ///   - goals: The goals.
  ///   - baselineMeasures: How they stand in the baseline. Shape: [goal].
  ///   - values: The design, or the nearest miss. Shape: [parameter][member].
  ///   - texts: The same as written in the reform. Shape: [parameter][member].
  ///   - measures: How the goals stand in its ledger. Shape: [goal].
  ///   - isMet: Whether all are met there.
  ///   - isMetUnrounded: Whether all are met by the law without rounding.
  ///   - border: Where the goal begins to hold, if one number was bracketed.
  ///   - conflict: Which goals stand against each other, if they are not met.
  ///   - evaluationCount: How many points were tried.
  ///   - language: The language.
  public init(
    baseline: Ledger, space: DesignSpace, goals: [Goal], baselineMeasures: [GoalMeasure],
    values: [[Double]], texts: [[String]], measures: [GoalMeasure], isMet: Bool,
    isMetUnrounded: Bool, border: Bracketing.Border?, conflict: Conflict?, evaluationCount: Int,
    language: Language
  ) {
    self.baseline = baseline
    self.space = space
    self.goals = goals
    self.baselineMeasures = baselineMeasures
    self.values = values
    self.texts = texts
    self.measures = measures
    self.isMet = isMet
    self.isMetUnrounded = isMetUnrounded
    self.border = border
    self.conflict = conflict
    self.evaluationCount = evaluationCount
    self.language = language
    format = FigureFormat(baseline.plan.scenario, language)
  }

  /// The document: status, parameters, goals.
  public var document: Document {
    Document(
      title: isMet
        ? language.words("Parameters that meet the goals", "满足目标的参数")
        : language.words("The goals are not met: nearest miss", "目标无法同时满足：最接近的方案"),
      blocks: [.text(head), .table(parameterTable), .table(goalTable)])
  }

  private var head: [String] {
    let scenario = baseline.plan.scenario
    let name = language.words("Baseline", "基准") + language.words(": ", "：") + scenario.name
    return ["\(name), \(scenario.title.text(in: language))", status] + conflictLines
      + DataProvenance([baseline]).lines(language)
  }

  /// Whether the baseline meets every goal already.
  private var isUnchanged: Bool { baselineMeasures.allSatisfy(\.isMet) }

  private var status: String {
    if isMet && isUnchanged {
      return language.words(
        "The baseline meets every goal already; nothing changes.", "基准情景已满足全部目标，无需调整。")
    }
    if isMet {
      return language.words(
        (goals.count == 1 ? "The goal is" : "All \(goals.count) goals are")
          + " met in the ledger (rounded money).",
        "\(goals.count)项目标在台账（取整后金额）中全部满足。")
    }
    if isMetUnrounded {
      return language.words(
        "The goals were met before money is rounded, but by none of the designs that were tried in the "
          + "ledger; lower the quantum or the goals a little.",
        "目标在金额取整前可以满足，但试算的方案在台账中均未满足；请减小最小分配单位或略微放宽目标。")
    }
    return language.words(
      "No point within the ranges was found to meet all goals (\(evaluationCount) tried).",
      "在给定范围内未找到满足全部目标的参数（共试算\(evaluationCount)个点）。")
  }

  // MARK: Conflicts

  private var conflictLines: [String] {
    guard let conflict else { return [] }
    return conflict.sets.map { set in
      let names = set.map { "[\($0 + 1)]" }
      if set.count == 1 {
        return language.words(
          "Goal \(names[0]) cannot be met in these ranges even by itself.",
          "目标\(names[0])单独也无法在给定范围内满足。")
      }
      let english = names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
      return language.words(
        "Goals \(english) conflict: no point was found that meets "
          + "\(set.count == 2 ? "both" : "all of them"), though every smaller set of goals can be met.",
        "目标\(names.joined(separator: "、"))相互冲突：未找到同时满足的参数，而更少的目标可以满足。")
    }
  }

  // MARK: Parameters

  private var parameterTable: Table {
    let rows = space.parameters.indices.flatMap { parameterRows($0) }
    var notes = [
      language.words(
        "Change: \(NumberText.significant(space.change(to: values), digits: 4)), the sum of squared "
          + "changes in units of each range (weights: of the weights themselves).",
        "变动量：\(NumberText.significant(space.change(to: values), digits: 4))，"
          + "为各参数变动占其范围之比的平方和（权重按权重之差）。")
    ]
    if let border { notes += borderNotes(border) }
    return Table(
      title: language.words("Free parameters", "可调参数"),
      columns: [
        Table.Column(language.words("parameter", "参数"), .leading),
        Table.Column(language.words("baseline", "基准")),
        Table.Column(
          isMet ? language.words("design", "设计") : language.words("nearest miss", "最接近")),
        Table.Column(language.words("change", "变动")),
        Table.Column(language.words("range", "范围"), .leading),
      ], rows: rows, notes: notes)
  }

  /// A number's row; the weights of a stream under their common key.
  private func parameterRows(_ index: Int) -> [[Cell]] {
    let parameter = space.parameters[index]
    let range = range(parameter)
    if !parameter.isWeights { return [row(index, 0, name: parameter.path, range: range)] }
    let heading = [Cell(parameter.path), .empty, .empty, .empty, range]
    return [heading]
      + parameter.members.indices.map { member in
        let key = parameter.members[member].split(separator: ".").dropLast().last ?? ""
        return row(index, member, name: "  \(key)", range: .empty)
      }
  }

  private func range(_ parameter: FreeParameter) -> Cell {
    let range = parameter.ranges[0]
    return Cell(
      number(range.lowerBound, parameter).text + " – " + number(range.upperBound, parameter).text)
  }

  private func row(_ index: Int, _ member: Int, name: String, range: Cell) -> [Cell] {
    let parameter = space.parameters[index]
    let before = parameter.written[member]
    let value = values[index][member]
    let isSteady = before.allSatisfy { $0 == before[0] }
    let first =
      isSteady
      ? number(before[0], parameter) : Cell(language.words("by year", "逐年"))
    return [
      Cell(name), first,
      value == parameter.start[member]
        ? number(value, parameter)
        : Cell(value / unit(parameter).size, text: texts[index][member]),
      changeCell(value - parameter.start[member], parameter), range,
    ]
  }

  private func unit(_ parameter: FreeParameter) -> FreeParameter.Unit {
    parameter.unit(baseline.plan.scenario.currency)
  }

  private func number(_ value: Double, _ parameter: FreeParameter) -> Cell {
    let unit = unit(parameter)
    let shown = value / unit.size
    return Cell(shown, text: NumberText.significant(shown, digits: 7) + unit.suffix)
  }

  private func changeCell(_ change: Double, _ parameter: FreeParameter) -> Cell {
    if change == 0 { return Cell(0, text: "=") }
    let unit = unit(parameter)
    let shown = change / unit.size
    let text = NumberText.significant(abs(shown), digits: 4) + unit.suffix
    return Cell(shown, text: (change < 0 ? "−" : "+") + text)
  }

  private func borderNotes(_ border: Bracketing.Border) -> [String] {
    guard border.holds, let failing = border.failing else { return [] }
    let unit = unit(space.parameters[0])
    let (inside, outside) = (
      NumberText.significant(border.value / unit.size, digits: 15) + unit.suffix,
      NumberText.significant(failing / unit.size, digits: 15) + unit.suffix
    )
    return [
      language.words(
        "Bracketed in the ledger: the goal holds at \(inside) and fails at \(outside).",
        "按台账逐步逼近：目标在 \(inside) 处满足，在 \(outside) 处不满足。")
    ]
  }

  // MARK: Goals

  private var goalTable: Table {
    let rows = goals.indices.map { index -> [Cell] in
      let goal = goals[index]
      let name = goal.label.map { "\($0): \(goal.text)" } ?? goal.text
      return [
        Cell("[\(index + 1)] \(name)"), Cell("\(measures[index].year)"),
        cell(baselineMeasures[index].value, goal), cell(measures[index].value, goal), met(index),
      ] + aloneCell(index)
    }
    return Table(
      title: language.words("Goals, in the ledger", "目标（按台账）"),
      columns: [
        Table.Column(language.words("goal", "目标"), .leading),
        Table.Column(language.words("year", "年度")),
        Table.Column(language.words("baseline", "基准")),
        Table.Column(
          isMet ? language.words("design", "设计") : language.words("nearest miss", "最接近")),
        Table.Column(language.words("met", "是否满足"), .leading),
      ]
        + (conflict == nil || goals.count < 2
          ? [] : [Table.Column(language.words("alone", "单独"), .leading)]),
      rows: rows)
  }

  private func met(_ index: Int) -> Cell {
    if measures[index].isMet { return Cell(language.words("yes", "是")) }
    let goal = goals[index]
    let value = measures[index].value
    if value.isNaN { return Cell(language.words("undefined", "无定义")) }
    let miss = miss(goal, value)
    return Cell(language.words("no, by \(miss)", "否，差\(miss)"))
  }

  /// By how much a figure misses, in its unit.
  private func miss(_ goal: Goal, _ value: Double) -> String {
    let distance = abs(goal.distance(value))
    if goal.kind == .metric(.index) { return NumberText.significant(distance, digits: 3) }
    if goal.kind == .metric(.share) {
      return NumberText.significant(distance * 100, digits: 3) + language.words(" pp", "个百分点")
    }
    return cell(distance, goal).text
  }

  private func aloneCell(_ index: Int) -> [Cell] {
    guard let conflict, goals.count > 1 else { return [] }
    return [
      Cell(
        conflict.aloneMet[index].map {
          $0 ? language.words("can be met", "可满足") : language.words("cannot be met", "无法满足")
        } ?? "–")
    ]
  }

  private func cell(_ value: Double, _ goal: Goal) -> Cell {
    if value.isNaN { return Cell("–") }
    switch goal.kind {
    case .metric(.share):
      return Cell(value, text: NumberText.fixed(value * 100, decimals: 2) + " %")
    case .metric(let kind): return format.cell(value, kind)
    case .moneyPerPerson: return Cell(value, text: NumberText.grouped(value, decimals: 2))
    }
  }
}
