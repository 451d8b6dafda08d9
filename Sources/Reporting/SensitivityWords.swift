import Comparison
import Documents
import PolicyModel
import Sensitivity

/// What drives one metric, in words.
struct SensitivityWords {
  private let report: SensitivityReport
  private let finding: SensitivityFindings.Finding
  private let language: Language

  init(_ report: SensitivityReport, _ finding: SensitivityFindings.Finding) {
    self.report = report
    self.finding = finding
    language = report.language
  }

  /// Inputs below this part of the variance are not named.
  private static let leastPart = 0.05
  /// A wider interval says little.
  private static let wideInterval = 0.2

  var lines: [String] {
    switch finding.outcome {
    case .sobol(let indices): [spread(indices.mean, indices.variance)] + words(indices)
    case .shapley(let effects): [spread(effects.mean, effects.variance)] + words(effects)
    case .morris(let screening): [head] + words(screening)
    }
  }

  private var title: String {
    let words = finding.metric.title.text(in: language).drop { $0 == " " }
    return language.words(
      "\(words) (\(finding.metric.rawValue)), \(report.year)",
      "\(words)（\(finding.metric.rawValue)），\(report.year)年")
  }

  private func show(_ value: Double) -> String {
    let kind = finding.metric.kind
    if value.isNaN { return "–" }
    let unit = kind == .money ? " " + report.format.moneyUnit : ""
    if kind == .counties { return NumberText.grouped(value, decimals: 1) }
    return report.format.cell(value, kind).text + unit
  }

  private var head: String {
    language.words(
      "\(title): \(show(finding.written)) as written.", "\(title)：现行取值下为\(show(finding.written))。")
  }

  private func spread(_ mean: Double, _ variance: Double) -> String {
    let deviation = variance.squareRoot()
    return language.words(
      "\(title): \(show(finding.written)) as written; over the ranges mean \(show(mean)), standard "
        + "deviation \(show(deviation)).",
      "\(title)：现行取值下为\(show(finding.written))；在区间内均值\(show(mean))，标准差\(show(deviation))。")
  }

  private var constant: [String] {
    [
      language.words(
        "It does not vary over the ranges: no input matters.", "在区间内没有变化：各参数均无影响。")
    ]
  }

  private func percent(_ part: Double) -> String {
    NumberText.percent(part, decimals: 0, language)
  }

  /// The inputs above a part of the variance, the largest first, at most four.
  private func leading(_ parts: [Double]) -> [Int] {
    Array(
      parts.indices.filter { parts[$0] >= SensitivityWords.leastPart }
        .sorted { (parts[$1], $0) < (parts[$0], $1) }.prefix(4))
  }

  private func list(_ inputs: [Int], _ figure: (Int) -> String) -> String {
    inputs.map { input in
      language.words(
        "\(report.findings.inputs[input]) (\(figure(input)))",
        "\(report.findings.inputs[input])（\(figure(input))）")
    }.joined(separator: language.words(", then ", "，其次 "))
  }

  private func words(_ indices: SobolIndices) -> [String] {
    if indices.isConstant { return constant }
    let parts = indices.total.map(\.value)
    let names = list(leading(parts)) { percent(parts[$0]) }
    let sum = indices.firstOrderSum
    var lines = [
      language.words(
        "Driven by \(names): parts of the variance, interactions included.",
        "主要由 \(names) 驱动：占方差的比例，含交互作用。")
    ]
    if sum < 0.97 {
      lines.append(
        language.words(
          "One by one the inputs explain \(percent(sum)) of the variance; \(percent(1 - sum)) comes "
            + "from inputs acting together.",
          "各参数单独解释方差的\(percent(sum))；\(percent(1 - sum))来自参数的共同作用。"))
    } else {
      lines.append(
        language.words(
          "One by one the inputs explain \(percent(min(sum, 1))) of the variance: they hardly "
            + "interact.",
          "各参数单独解释方差的\(percent(min(sum, 1)))：几乎没有交互作用。"))
    }
    return lines + rough(indices.first + indices.total, isOver: sum > 1.1)
  }

  private func words(_ effects: ShapleyEffects) -> [String] {
    if effects.isConstant { return constant }
    let parts = effects.effects.map(\.value)
    let names = list(leading(parts)) { percent(parts[$0]) }
    return [
      language.words(
        "Driven by \(names): parts of the variance.", "主要由 \(names) 驱动：占方差的比例。")
    ]
      + rough(effects.effects, isOver: false)
  }

  /// A warning where the intervals say little.
  private func rough(_ estimates: [Estimate], isOver: Bool) -> [String] {
    let widest = estimates.reduce(0) { max($0, $1.high - $1.low) }
    if widest <= SensitivityWords.wideInterval && !isOver { return [] }
    let more = report.findings.effort.pointCount * 4
    return [
      language.words(
        "The intervals are wide; take more points, such as --points \(more).",
        "区间较宽；请增加点数，例如 --points \(more)。")
    ]
  }

  private func words(_ screening: MorrisScreening) -> [String] {
    let sizes = screening.groups.map(\.size.value)
    guard let largest = sizes.max(), largest > 0 else { return constant }
    let names = list(leading(sizes.map { $0 / largest })) { percent(sizes[$0] / largest) }
    let bent = screening.groups.indices.filter { input in
      let group = screening.groups[input]
      return sizes[input] >= 0.05 * largest
        && (group.deviation.map { $0 > 0.5 * sizes[input] } ?? false)
    }.map { report.findings.inputs[$0] }
    var lines = [
      language.words(
        "Most moved by \(names): effects relative to the largest.",
        "影响最大的是 \(names)：相对于最大效应。")
    ]
    if !bent.isEmpty {
      let list = bent.joined(separator: language.words(", ", "、"))
      lines.append(
        language.words(
          "Not linear, or in interaction with others: \(list).", "非线性或与其他参数有交互作用：\(list)。"))
    }
    return lines
  }
}
