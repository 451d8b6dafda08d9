import Comparison
import Documents
import PolicyModel
import Simulation

/// The CSV files of an ensemble (formats, "What `karez compare` adds").
extension EnsembleReport {
  /// `ensemble.csv`: scenario × year × metric.
  public var metricsCSV: String {
    "scenario,year,metric,mean,sd,p05,p25,p50,p75,p95\n"
      + metricRows { result.layout.metric($0, yearIndex: $1, $2) }
  }

  /// `ensemble_differences.csv`: reform × year × metric, differences from the baseline draw by draw.
  public var differencesCSV: String {
    "scenario,year,metric,mean,sd,p05,p25,p50,p75,p95,probability_above_zero\n"
      + metricRows(hasProbability: true) { result.layout.difference($0, yearIndex: $1, $2) }
  }

  /// `ensemble_counties.csv`: scenario × year × county, final amounts.
  public var countiesCSV: String {
    var text = "scenario,year,county,mean,sd,p05,p50,p95,probability_below_baseline\n"
    for (index, ledger) in ledgers.enumerated() {
      let head = CSVText.escaped(ledger.plan.scenario.name)
      for (yearIndex, year) in ledger.plan.scenario.years.enumerated() {
        for (position, county) in ledger.plan.counties.counties.enumerated() {
          let figure = result.figures[
            result.layout.county(index, yearIndex: yearIndex, position)]
          let amounts = figure.map { figure in
            [figure.mean, figure.sd ?? .nan] + [0, 2, 4].map { figure.quantiles[$0] }
          }
          let cells = amounts?.map { LedgerFiles.money($0) } ?? Array(repeating: "", count: 5)
          let loss = lossShare(index, year, position).map { LedgerFiles.number($0) } ?? ""
          text += "\(head),\(year),\(CSVText.escaped(county.code)),"
          text += cells.joined(separator: ",") + ",\(loss)\n"
        }
      }
    }
    return text
  }

  private func metricRows(
    hasProbability: Bool = false, _ series: (Int, Int, Int) -> Int?
  ) -> String {
    var text = ""
    for (index, ledger) in ledgers.enumerated() {
      let head = CSVText.escaped(ledger.plan.scenario.name)
      for (yearIndex, year) in ledger.plan.scenario.years.enumerated() {
        for (position, metric) in Metric.allCases.enumerated() {
          guard let place = series(index, yearIndex, position) else { continue }
          var cells = cells(result.figures[place], metric)
          if hasProbability {
            cells.append(result.figures[place].map { LedgerFiles.number($0.hitShare) } ?? "")
          }
          text += "\(head),\(year),\(metric.rawValue)," + cells.joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }

  private func cells(_ figure: EnsembleResult.Figure?, _ metric: Metric) -> [String] {
    guard let figure else { return Array(repeating: "", count: 7) }
    let numbers = [figure.mean, figure.sd ?? .nan] + figure.quantiles
    return numbers.map { metric.kind == .money ? LedgerFiles.money($0) : LedgerFiles.number($0) }
  }
}
