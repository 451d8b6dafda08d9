import Comparison
import Documents
import PolicyModel
import Sensitivity
import Simulation

/// What drives the metrics of a year, as documents and files.
public struct SensitivityReport: Sendable {
  let findings: SensitivityFindings
  let language: Language
  let format: FigureFormat

  /// Prepares a report.
  public init(_ findings: SensitivityFindings, language: Language) {
    self.findings = findings
    self.language = language
    format = FigureFormat(findings.ledger.plan.scenario, language)
  }

  private var scenario: Scenario { findings.ledger.plan.scenario }
  var year: Int { scenario.years.lowerBound + findings.yearIndex }

  /// The document: what varies, then for each metric what drives it, in words and figures.
  public var document: Document {
    var blocks: [Document.Block] = [.text(head), .table(inputTable)]
    for finding in findings.findings {
      blocks.append(.text(SensitivityWords(self, finding).lines))
      blocks.append(.table(table(finding)))
    }
    return Document(title: language.words("What drives a result", "结果的驱动因素"), blocks: blocks)
  }

  private var head: [String] {
    let effort = findings.effort
    var lines = [
      "\(scenario.name): \(scenario.title.text(in: language))", method,
      language.words(
        "Intervals of 95 %, from \(effort.resamples) resamples; seed \(effort.seed). Points differ by "
          + "their parameters alone: no noise, money not rounded.",
        "95%区间，重抽样\(effort.resamples)次；种子\(effort.seed)。各点仅参数不同：无随机扰动，金额不取整。"),
    ]
    if effort.failedCount > 0 {
      lines.append(
        language.words(
          "\(effort.failedCount) of \(count(effort.runCount)) runs ended in an error; what rests on "
            + "them is left out.",
          "\(count(effort.runCount))次运行中有\(effort.failedCount)次出错，相关结果已剔除。"))
    }
    return lines + DataProvenance([findings.ledger]).lines(language)
  }

  private func count(_ number: Int) -> String { NumberText.grouped(Double(number), decimals: 0) }

  private var method: String {
    let effort = findings.effort
    let (points, runs) = (count(effort.pointCount), count(effort.runCount))
    switch findings.findings.first?.outcome {
    case .morris:
      return language.words(
        "Elementary effects (Morris): \(points) trajectories, \(runs) runs.",
        "基本效应法（Morris）：\(points)条轨迹，共\(runs)次运行。")
    case .shapley:
      let orders =
        effort.orderCount.map { number in
          language.words(
            ", \(count(number)) sampled orders (the intervals do not cover this sampling)",
            "，抽取\(count(number))个排列（区间未含此项误差）")
        } ?? ""
      return language.words(
        "Shapley effects: \(points) points, \(runs) runs\(orders).",
        "Shapley效应：\(points)个点，共\(runs)次运行\(orders)。")
    default:
      return language.words(
        "Sobol' indices: \(points) points of each sample, \(runs) runs.",
        "Sobol指数：每个样本\(points)个点，共\(runs)次运行。")
    }
  }

  // MARK: What varies

  private var inputTable: Table {
    let parameters = findings.ledger.plan.parameters
    let rows = scenario.uncertainty.map { uncertainty in
      let parameter = parameters.first { $0.path == uncertainty.parameter.name }
      return [
        Cell(uncertainty.parameter.name),
        parameter.map { number($0.value(in: year), isAmount: $0.domain == .amount) }
          ?? Cell(language.words("as written", "按现行")),
        Cell(distribution(uncertainty)),
      ]
    }
    return Table(
      title: language.words("What varies", "变化的参数"),
      columns: [
        Table.Column(language.words("input", "参数"), .leading),
        Table.Column(language.words("written, \(year)", "\(year)年现值")),
        Table.Column(language.words("distribution", "分布"), .leading),
      ], rows: rows)
  }

  private func number(_ value: Double, isAmount: Bool) -> Cell {
    if isAmount {
      return Cell(value / 100, text: format.money(fen: value).text + " " + format.moneyUnit)
    }
    return Cell(value, text: NumberText.significant(value, digits: 6))
  }

  private func distribution(_ uncertainty: Uncertainty) -> String {
    func show(_ value: Double) -> String { number(value, isAmount: uncertainty.isAmount).text }
    var text =
      switch uncertainty.distribution {
      case .uniform(let low, let high):
        language.words("uniform \(show(low)) to \(show(high))", "均匀 \(show(low))至\(show(high))")
      case .triangular(let low, let mode, let high):
        language.words(
          "triangular \(show(low)), \(show(mode)), \(show(high))",
          "三角 \(show(low))、\(show(mode))、\(show(high))")
      case .normal(let mean, let sd):
        language.words(
          "normal, mean \(show(mean)), sd \(show(sd))", "正态 均值\(show(mean))，标准差\(show(sd))")
      case .lognormal(let median, let sigma):
        language.words(
          "lognormal, median \(show(median)), sigma \(NumberText.significant(sigma))",
          "对数正态 中位数\(show(median))，σ \(NumberText.significant(sigma))")
      case .dirichlet(let concentration):
        language.words(
          "Dirichlet, concentration \(NumberText.significant(concentration))",
          "Dirichlet 集中度\(NumberText.significant(concentration))")
      }
    switch uncertainty.application {
    case .value: break
    case .factor: text += language.words(", times the written value", "，乘以现值")
    case .shift: text += language.words(", added to the written value", "，加于现值")
    }
    if let lowest = uncertainty.lowest {
      text += language.words(", at least \(show(lowest))", "，不低于\(show(lowest))")
    }
    if let highest = uncertainty.highest {
      text += language.words(", at most \(show(highest))", "，不高于\(show(highest))")
    }
    return text
  }

  // MARK: Results

  private func table(_ finding: SensitivityFindings.Finding) -> Table {
    switch finding.outcome {
    case .sobol(let indices): sobolTable(finding.metric, indices)
    case .morris(let screening): morrisTable(finding.metric, screening)
    case .shapley(let effects): shapleyTable(finding.metric, effects)
    }
  }

  private var inputColumn: Table.Column {
    Table.Column(language.words("input", "参数"), .leading)
  }

  /// A figure and the two ends of its interval.
  private func intervalColumns(_ title: String) -> [Table.Column] {
    [
      Table.Column(title),
      Table.Column(title + language.words(" low", "下限"), isTied: true),
      Table.Column(title + language.words(" high", "上限"), isTied: true),
    ]
  }

  private func cells(_ estimate: Estimate, _ show: (Double) -> Cell) -> [Cell] {
    [show(estimate.value), show(estimate.low), show(estimate.high)]
  }

  private func part(_ value: Double) -> Cell {
    Cell(value, text: NumberText.fixed(value, decimals: 3))
  }

  /// Rows by a size, the largest first, ties in the order of the inputs.
  private func ordered(_ size: (Int) -> Double) -> [Int] {
    findings.inputs.indices.sorted { (size($1), $0) < (size($0), $1) }
  }

  private func sobolTable(_ metric: Metric, _ indices: SobolIndices) -> Table {
    let rows = ordered { indices.total[$0].value }.map { input in
      [Cell(findings.inputs[input])] + cells(indices.first[input], part)
        + cells(indices.total[input], part)
    }
    return Table(
      title: language.words(
        "Sobol' indices of \(metric.rawValue), \(year)", "\(metric.rawValue) 的Sobol指数，\(year)年"),
      columns: [inputColumn] + intervalColumns(language.words("S", "一阶"))
        + intervalColumns(language.words("T", "总阶")),
      rows: rows,
      notes: [
        language.words(
          "S, first order: part of the variance that goes away once the input is known. T, total order: "
            + "part that is left while only the input is unknown; the difference is interaction.",
          "一阶：已知该参数后消除的方差比例。总阶：仅该参数未知时剩余的方差比例；两者之差为交互作用。")
      ])
  }

  private func shapleyTable(_ metric: Metric, _ effects: ShapleyEffects) -> Table {
    let rows = ordered { effects.effects[$0].value }.map { input in
      [Cell(findings.inputs[input])] + cells(effects.effects[input], part)
    }
    return Table(
      title: language.words(
        "Shapley effects of \(metric.rawValue), \(year)",
        "\(metric.rawValue) 的Shapley效应，\(year)年"),
      columns: [inputColumn] + intervalColumns(language.words("part", "份额")),
      rows: rows,
      notes: [
        language.words(
          "Parts of the variance sum to 1; interactions and what inputs share are split evenly.",
          "方差份额合计为1；交互作用和共有部分平均分摊。")
      ])
  }

  private func morrisTable(_ metric: Metric, _ screening: MorrisScreening) -> Table {
    func show(_ value: Double) -> Cell { effect(value, metric.kind) }
    let rows = ordered { screening.groups[$0].size.value }.map { input in
      let measures = screening.groups[input]
      return [Cell(findings.inputs[input])] + cells(measures.size, show)
        + [measures.mean, measures.deviation].map { $0.map(show) ?? Cell("–") }
    }
    let unit = metric.kind == .money ? language.words(", ", "，") + format.moneyUnit : ""
    return Table(
      title: language.words(
        "Elementary effects on \(metric.rawValue), \(year)\(unit)",
        "对 \(metric.rawValue) 的基本效应，\(year)年\(unit)"),
      columns: [inputColumn] + intervalColumns("μ*") + [Table.Column("μ"), Table.Column("σ")],
      rows: rows,
      notes: [
        language.words(
          "μ*: mean size of the change per whole range of the input; μ: with sign; σ: how much it "
            + "differs from place to place (0: linear). Weights that vary together have no sign.",
          "μ*：参数走完整个区间时变化的平均幅度；μ：带符号；σ：不同位置间的差异（0表示线性）。一并变化的权重没有符号。")
      ])
  }

  private func effect(_ value: Double, _ kind: Metric.Kind) -> Cell {
    switch kind {
    case .money: format.money(fen: value * 100)
    case .share: Cell(value, text: NumberText.fixed(value * 100, decimals: 2) + " pp")
    case .index: Cell(value, text: NumberText.fixed(value, decimals: 5))
    case .counties: Cell(value, text: NumberText.fixed(value, decimals: 2))
    }
  }
}
