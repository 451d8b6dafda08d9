import Comparison
import Documents
import Sensitivity

extension SensitivityReport {
  /// `sensitivity.csv`: metric × input × measure.
  ///
  /// Measures: `first`, `total`; `mu_star`, `mu`, `sigma`; `shapley`. What has no interval has none.
  public var csv: String {
    var text = "metric,year,method,input,measure,value,low,high,data\n"
    let mark = DataProvenance([findings.ledger]).mark.rawValue
    for finding in findings.findings {
      for (input, name) in findings.inputs.enumerated() {
        let (method, measures) = measures(finding, input)
        for (measure, estimate) in measures {
          let head = "\(finding.metric.rawValue),\(year),\(method)"
          let interval = estimate.low.isNaN ? [.nan, .nan] : [estimate.low, estimate.high]
          let numbers = ([estimate.value] + interval).map { LedgerFiles.number($0) }
          text += "\(head),\(CSVText.escaped(name)),\(measure)," + numbers.joined(separator: ",")
          text += ",\(mark)\n"
        }
      }
    }
    return text
  }

  private func measures(
    _ finding: SensitivityFindings.Finding, _ input: Int
  ) -> (method: String, measures: [(String, Estimate)]) {
    func alone(_ value: Double?) -> Estimate {
      Estimate(value: value ?? .nan, low: .nan, high: .nan)
    }
    switch finding.outcome {
    case .sobol(let indices):
      return ("sobol", [("first", indices.first[input]), ("total", indices.total[input])])
    case .shapley(let effects): return ("shapley", [("shapley", effects.effects[input])])
    case .morris(let screening):
      let group = screening.groups[input]
      return (
        "morris",
        [("mu_star", group.size), ("mu", alone(group.mean)), ("sigma", alone(group.deviation))]
      )
    }
  }
}
