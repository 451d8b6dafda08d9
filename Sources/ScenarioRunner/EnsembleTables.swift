import PolicyModel
import Reporting
import ScenarioFiles

/// The tables that an ensemble wrote, read back for pictures.
///
/// Draws are not made again: a million of them take long. The digests of `run.json` say that the
/// tables are as they were written.
struct EnsembleTables {
  /// What the draws came to.
  private(set) var figures: EnsembleFigures
  /// The tables.
  private(set) var inputs: [InputFile] = []

  init(folder: String, record: RunRecord.Content, drawCount: Int) throws(RunFailure) {
    figures = EnsembleFigures(drawCount: drawCount)
    try read("ensemble.csv", name: "metric", folder, record)
    try read("ensemble_counties.csv", name: "county", folder, record)
  }

  private mutating func read(
    _ file: String, name: String, _ folder: String, _ record: RunRecord.Content
  ) throws(RunFailure) {
    let table: ColumnTable
    let columns: [[Double]]
    let texts: [[String]]
    do throws(ProblemList) {
      table = try ColumnTable.read(path: folder + "/" + file)
      texts = [try table.texts("scenario"), try table.texts(name)]
      var numbers: [[Double]] = []
      for column in ["year", "p05", "p50", "p95"] {
        numbers.append(try table.numbers(column, allowsMissing: true))
      }
      if table.has("probability_below_baseline") {
        numbers.append(try table.numbers("probability_below_baseline", allowsMissing: true))
      }
      columns = numbers
    } catch {
      throw .badInput(error.problems)
    }
    try check(table.input, file, record)
    inputs.append(table.input)
    for row in 0..<table.rowCount {
      let values = columns.map { $0[row] }
      if values[1...3].contains(where: \.isNaN) || values[0].isNaN { continue }
      let chance = values.count > 4 && !values[4].isNaN ? values[4] : nil
      let figure = EnsembleFigures.Figure(
        interval: values[1]...max(values[1], values[3]), median: values[2], chanceOfLess: chance)
      let (scenario, key, year) = (texts[0][row], texts[1][row], Int(values[0]))
      if name == "metric" {
        figures.set(figure, scenario: scenario, year: year, metric: key)
      } else {
        figures.set(figure, scenario: scenario, year: year, county: key)
      }
    }
  }

  private func check(
    _ input: InputFile, _ file: String, _ record: RunRecord.Content
  ) throws(RunFailure) {
    let digest = record.outputs.first { $0.file == file }?.sha256
    if digest == SHA256.hexDigest(of: input.bytes) { return }
    throw .badInput([
      Problem(
        SourceLocation(file: input.path),
        Wording(
          "was changed after karez compare wrote it; compare again",
          "在 karez compare 写出后被修改；请重新运行 compare"))
    ])
  }
}
