import Documents
import PolicyModel
import WeightFitting

extension FitReport {
  /// The result for programs (formats, Commands): weights, intervals and diagnostics by factor.
  public var json: String {
    let provenance = subject.provenance
    let entries: [(key: String, value: JSONText.Value)] = [
      ("weights", byFactor { .number(fit.weights[$0]) }),
      ("interval", byFactor { interval($0) }),
      ("r2", number(fit.rSquared)), ("rmse", .number(fit.rmse)),
      ("max_error", .number(fit.largestError)),
      ("condition_number", .number(diagnostics.conditionNumber)),
      ("vif", byFactor { number(diagnostics.varianceInflation[$0]) }),
      ("rows", .literal("\(fit.problem.rows.count)")),
      ("bound_rows", .literal("\(fit.boundRows)")),
      ("standard_error", byFactor { number(intervals?.standardErrors[$0]) }),
      ("level", number(intervals?.level)),
      ("replicates", .literal("\(intervals?.replicates ?? 0)")),
      ("rank", .literal("\(diagnostics.rank)")),
      ("undetermined", .list(undeterminedKeys.map { .text($0) })),
      ("naive_weights", naive.map { fit in byFactor { .number(fit.weights[$0]) } } ?? .null),
      ("unit", .text(subject.unit.english)),
      ("converged", .literal(fit.isConverged ? "true" : "false")),
      ("warnings", .list(warnings.map { .text($0) })),
      ("synthetic_columns", .list(provenance.synthetic.map { .text($0) })),
    ]
    return JSONText.text(.object(entries)) + "\n"
  }

  private var undeterminedKeys: [String] {
    let factors = FitReport.undetermined(fit, diagnostics)
    return factors.sorted().map { subject.factors[$0].key }
  }

  private func byFactor(_ value: (Int) -> JSONText.Value) -> JSONText.Value {
    .object(subject.factors.enumerated().map { ($1.key, value($0)) })
  }

  private func number(_ value: Double?) -> JSONText.Value {
    value.map { .number($0) } ?? .null
  }

  private func interval(_ factor: Int) -> JSONText.Value {
    guard let ends = intervals?.ends[factor] else { return .null }
    return .list([.number(ends.low), .number(ends.high)])
  }

  /// `weights.csv`: one row a factor.
  public var weightsCSV: String {
    let rows = subject.factors.indices.map { factor -> [Cell] in
      let ends = intervals?.ends[factor]
      let values: [Double?] = [
        fit.weights[factor], ends?.low, ends?.high, intervals?.standardErrors[factor],
        diagnostics.varianceInflation[factor], naive?.weights[factor],
      ]
      return [Cell(subject.factors[factor].key)] + values.map { cell($0) }
    }
    let names = ["factor", "weight", "low", "high", "standard_error", "vif", "naive_weight"]
    return csv(names, rows)
  }

  /// `fitted.csv`: one row an observed amount.
  public var fittedCSV: String {
    let names = ["code", "pool", "official", "fitted", "floor", "cap", "mark", "influence"]
    let marks: [FitProblem.Mark: String] = [.data: "", .atFloor: "floor", .atCap: "cap"]
    let rows = fit.problem.rows.enumerated().map { index, row -> [Cell] in
      [Cell(subject.rows[index].code), Cell(subject.rows[index].pool)]
        + [cell(row.amount), cell(fit.fitted[index]), cell(row.floor > 0 ? row.floor : nil)]
        + [cell(row.cap), Cell(marks[fit.marks[index]] ?? ""), cell(fit.influence[index])]
    }
    return csv(names, rows)
  }

  private func cell(_ value: Double?) -> Cell {
    guard let value, value.isFinite else { return .empty }
    return Cell(value, text: NumberText.significant(value))
  }

  private func csv(_ names: [String], _ rows: [[Cell]]) -> String {
    CSVText.text(Table(title: "", columns: names.map { Table.Column($0) }, rows: rows))
  }
}
