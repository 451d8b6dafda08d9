import Comparison
import Documents
import PolicyModel
import Reporting
import ScenarioFiles

/// `sensitivity.csv` as a picture reads it.
///
/// Columns `metric,year,input,measure,value` and, if there, `low,high` and `data`; one row an input
/// and measure. Measures: `total`, `shapley`, `mu_star`; rows of others are not shown.
struct SensitivityTable {
  static let fileName = "sensitivity.csv"

  private struct Row {
    let metric: Metric
    let year: Int
    let measure: TornadoChart.Measure
    let row: TornadoChart.Row
    /// What the table says of its data; nil if it does not.
    let mark: DataMark?
  }

  private let input: InputFile
  private var rows: [Row] = []

  init(folder: String) throws(RunFailure) {
    do throws(ProblemList) {
      let table = try ColumnTable.read(path: folder + "/" + Self.fileName)
      input = table.input
      rows = try SensitivityTable.rows(table)
    } catch {
      throw .badInput(error.problems)
    }
  }

  private static func rows(_ table: ColumnTable) throws(ProblemList) -> [Row] {
    let metrics = try table.texts("metric")
    let inputs = try table.texts("input")
    let measures = try table.texts("measure")
    let years = try table.numbers("year", allowsMissing: false)
    let values = try table.numbers("value", allowsMissing: true)
    let hasInterval = table.has("low") && table.has("high")
    let low = hasInterval ? try table.numbers("low", allowsMissing: true) : []
    let high = hasInterval ? try table.numbers("high", allowsMissing: true) : []
    let marks = table.has("data") ? try table.texts("data") : nil
    return (0..<table.rowCount).compactMap { row in
      guard let metric = Metric(rawValue: metrics[row]),
        let measure = TornadoChart.Measure(rawValue: measures[row]), !values[row].isNaN
      else { return nil }
      var interval: ClosedRange<Double>?
      if hasInterval, low[row] <= high[row] { interval = low[row]...high[row] }
      return Row(
        metric: metric, year: Int(years[row]), measure: measure,
        row: TornadoChart.Row(input: inputs[row], value: values[row], interval: interval),
        mark: marks.flatMap { DataMark(rawValue: $0[row]) })
    }
  }

  /// The picture of one metric; the first of the table unless one is named.
  func chart(
    metric: String?, year: Int?, language: Language
  ) throws(RunFailure) -> (chart: Chart, input: InputFile) {
    let wanted = rows.filter {
      (metric == nil || $0.metric.rawValue == metric) && (year == nil || $0.year == year)
    }
    guard let first = wanted.first else { throw nothing(metric, year) }
    let shown = wanted.filter {
      $0.metric == first.metric && $0.year == first.year && $0.measure == first.measure
    }
    let chart = TornadoChart(
      metric: first.metric, year: first.year, measure: first.measure, rows: shown.map(\.row),
      marks: SensitivityTable.marks(shown.map(\.mark)).map { $0.text(in: language) },
      language: language)
    return (chart.chart, input)
  }

  /// What stands on a picture of rows with such marks.
  private static func marks(_ marks: [DataMark?]) -> [Wording] {
    if marks.contains(.synthetic) {
      return [
        Wording(
          "SYNTHETIC DATA: sensitivity.csv rests on data made up for demonstration.",
          "合成数据：sensitivity.csv所依据的数据含演示用虚构数据。")
      ]
    }
    if marks.contains(nil) {
      return [
        Wording(
          "sensitivity.csv does not say which of its data are synthetic.",
          "sensitivity.csv未说明其数据是否为合成数据。")
      ]
    }
    return marks.contains(.unmarked)
      ? [
        Wording(
          "Not all data behind sensitivity.csv are marked as observed or synthetic.",
          "sensitivity.csv所依据的数据未全部标明实测或合成。")
      ] : []
  }

  private func nothing(_ metric: String?, _ year: Int?) -> RunFailure {
    let known = rows.map(\.metric.rawValue)
    let wanted = [metric, year.map { "\($0)" }].compactMap { $0 }.joined(separator: ", ")
    return .badInput([
      Problem(
        SourceLocation(file: input.path),
        Wording(
          "has no total, shapley or mu_star of \(wanted.isEmpty ? "any metric" : wanted)",
          "没有\(wanted.isEmpty ? "任何指标" : wanted)的total、shapley或mu_star")
          + (metric.map { nearestHint($0, among: known) } ?? Wording("", "")))
    ])
  }
}
