import Comparison
import Documents
import PolicyModel
import Simulation

/// What `explain` says, as stable JSON for programs (Documentation/trace.schema.json).
public enum TraceText {
  /// The version of the schema; it changes when a key changes its meaning.
  public static let schema = "karez-trace/1"

  /// The trace of some counties over all years and streams of a run.
  public static func text(_ ledger: Ledger, counties: [Int]) -> String {
    let cells = counties.flatMap { county in
      ledger.years.indices.flatMap { yearIndex in
        ledger.plan.scenario.streams.indices.map { stream in
          cell(
            AmountExplanation(ledger, county: county, stream: stream, yearIndex: yearIndex))
        }
      }
    }
    let scenario = ledger.plan.scenario
    let value = JSONText.Value.object([
      ("schema", .text(schema)), ("scenario", .text(scenario.name)),
      ("currency", .text(scenario.currency.code)),
      (
        "synthetic_columns",
        .list(DataProvenance([ledger]).synthetic.map { .text($0) })
      ),
      ("cells", .list(cells)),
    ])
    return JSONText.text(value) + "\n"
  }

  private static func fen(_ money: Money) -> JSONText.Value { .literal("\(money.fen)") }

  private static func cell(_ explanation: AmountExplanation) -> JSONText.Value {
    .object([
      ("county", .text(explanation.county.code)), ("year", .literal("\(explanation.year)")),
      ("stream", .text(explanation.stream.key)),
      ("eligible", .literal(explanation.isEligible ? "true" : "false")),
      ("grade", explanation.grade.map { .text($0.letter) } ?? .null),
      ("share", .number(explanation.share)),
      ("pool_fen", fen(explanation.pool)), ("base_pool_fen", fen(explanation.basePool)),
      ("reference_fen", explanation.reference.map { fen($0) } ?? .null),
      ("steps", .list(explanation.steps.map { step($0) })),
      ("final_fen", fen(explanation.final)),
    ])
  }

  private static func step(_ step: AmountExplanation.Step) -> JSONText.Value {
    var entries: [(key: String, value: JSONText.Value)] = [
      ("kind", .text(step.kind.rawValue)), ("amount_fen", fen(step.amount)),
    ]
    if let factor = step.factor {
      entries.append(
        (
          "factor",
          .object([
            ("key", .text(factor.key)), ("indicator", .text(factor.indicator)),
            ("indicator_value", factor.indicatorValue.map { .number($0) } ?? .null),
            ("value", .number(factor.value)), ("share", .number(factor.share)),
            ("weight", .number(factor.weight)),
          ])
        ))
    }
    entries.append(("parameters", .list(step.parameters.map { parameter($0) })))
    return .object(entries)
  }

  private static func parameter(
    _ parameter: AmountExplanation.ParameterValue
  ) -> JSONText.Value {
    .object([
      ("path", .text(parameter.path)), ("value", .number(parameter.value)),
      ("unit", .text(parameter.isMoney ? "fen" : "number")),
      ("file", parameter.location.map { .text($0.file) } ?? .null),
      ("line", parameter.location.map { .literal("\($0.line)") } ?? .null),
    ])
  }
}
