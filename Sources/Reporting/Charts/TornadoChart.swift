import Comparison
import Documents
import PolicyModel

/// What drives a metric, as a picture.
///
/// Needs of each input how much it matters and, if known, how sure that is; in `sensitivity.csv`
/// these are the columns `metric,year,method,input,measure,value,low,high`.
public struct TornadoChart: Sendable {
  /// One input.
  public struct Row: Sendable, Hashable {
    /// Its name, such as a key of the scenario.
    public let input: String
    /// How much it matters.
    public let value: Double
    /// How sure that is; nil if not known.
    public let interval: ClosedRange<Double>?

    /// Makes an input.
    public init(input: String, value: Double, interval: ClosedRange<Double>?) {
      self.input = input
      self.value = value
      self.interval = interval
    }
  }

  /// What the numbers measure.
  public enum Measure: String, Sendable, CaseIterable {
    /// Sobol' index of total order: part of the variance.
    case total
    /// Shapley effect: part of the variance.
    case shapley
    /// Mean size of elementary effects, in the unit of the metric.
    case elementaryEffect = "mu_star"
  }

  private let metric: Metric
  private let year: Int
  private let measure: Measure
  private let rows: [Row]
  private let marks: [String]
  private let language: Language

  /// Prepares a picture.
  ///
  /// - Parameters:
  ///   - metric: What is driven.
  ///   - year: Of which year.
  ///   - measure: What the numbers of the rows are.
  ///   - rows: Inputs in any order.
  ///   - marks: What must be said of the data.
  ///   - language: Of all words.
  public init(
    metric: Metric, year: Int, measure: Measure, rows: [Row], marks: [String], language: Language
  ) {
    self.metric = metric
    self.year = year
    self.measure = measure
    self.rows = rows.sorted { ($1.value, $0.input) < ($0.value, $1.input) }
    self.marks = marks
    self.language = language
  }

  /// The picture, the strongest input first.
  public var chart: Chart {
    let isShare = measure != .elementaryEffect
    let metricTitle = metric.title.text(in: language).drop { $0 == " " }
    let shown = rows.map { row -> Tornado.Row in
      let text =
        isShare
        ? NumberText.fixed(row.value * 100, decimals: 1) + " %"
        : NumberText.significant(row.value, digits: 4)
      let scale = isShare ? 100.0 : 1
      return Tornado.Row(
        label: row.input, low: 0, high: row.value * scale,
        interval: row.interval.map { $0.lowerBound * scale...$0.upperBound * scale }, text: text,
        detail: "\(row.input): \(text)")
    }
    let hasInterval = rows.contains { $0.interval != nil }
    return Chart(
      title: language.words(
        "What drives \(metricTitle), \(year)", "\(year)年“\(metricTitle)”的主要影响因素"),
      subtitle: measureTitle, marks: marks,
      summary: shown.prefix(5).map { "\($0.label) \($0.text)" }.joined(separator: "; "),
      notes: [note], languageTag: language == .chinese ? "zh-Hans" : "en",
      content: .tornado(
        Tornado(
          axis: Chart.Axis(axisTitle, suffix: isShare ? " %" : ""), base: 0, rows: shown,
          highTitle: measureTitle, lowTitle: "",
          intervalTitle: hasInterval ? language.words("interval of 95 %", "95%区间") : "")))
  }

  private var measureTitle: String {
    switch measure {
    case .total: language.words("Sobol' index of total order", "Sobol总效应指数")
    case .shapley: language.words("Shapley effect", "Shapley效应")
    case .elementaryEffect:
      language.words("Mean size of elementary effects (μ*)", "基本效应平均幅度（μ*）")
    }
  }

  private var axisTitle: String {
    measure == .elementaryEffect
      ? language.words("Effect, in the unit of the metric", "效应（指标单位）")
      : language.words("Part of the variance, %", "占方差的比重（%）")
  }

  private var note: String {
    switch measure {
    case .total:
      language.words(
        "Part of the metric's variance in which the input has a hand, alone or with others; parts may "
          + "add up to more than 100 %.",
        "该参数单独及与其他参数共同作用所占方差；各项之和可超过100%。")
    case .shapley:
      language.words(
        "The variance shared out among the inputs; parts add up to 100 %.", "方差在各参数间的分摊；各项之和为100%。")
    case .elementaryEffect:
      language.words(
        "How much the metric moves on average when the input alone crosses its range.",
        "该参数单独在其区间内变动时指标的平均变动幅度。")
    }
  }
}
