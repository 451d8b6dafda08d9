import Comparison
import Documents
import Foundation
import PolicyModel
import Reporting
import Simulation

/// The trade-off between two metrics, checked with the ledger: its table and its files.
public struct TradeOffOutcome: Sendable {
  private let setup: DesignSetup
  private let pair: [MetricPreference]
  private let designs: [CheckedDesign]

  /// Whether any point meets the goals.
  public var isMet: Bool { !designs.isEmpty }

  /// Searches the front.
  ///
  /// - Parameters:
  ///   - request: Scenario, free parameters and, if any, goals that every point must meet.
  ///   - tradeOff: The two metrics as written.
  ///   - pointCount: At most so many points.
  /// - Throws: `RunFailure` if something cannot be read, a metric is undefined in the baseline's last year,
  ///   or the folder cannot be written.
  public init(
    _ request: DesignRequest, tradeOff: String, pointCount: Int
  ) throws(RunFailure) {
    precondition(pointCount >= 2, "a front has two ends")
    do throws(Problem) {
      pair = try MetricPreference.pair(tradeOff)
    } catch {
      throw .badInput([error])
    }
    setup = try DesignSetup(request)
    if let out = request.out { try OutputWriter.tryFolder(out) }
    let figures = GoalFigures.years(setup.baseline, baseline: setup.baseline)
    let scales = try TradeOffOutcome.scales(pair, figures, tradeOff)
    let search = TradeOffSearch(
      search: DesignSearch(setup: setup), pair: pair, scales: scales)
    let front = TradeOffFront(setup: setup, pair: pair)
    let ledger = DesignLedger(setup, kind: .tradeOff)
    let written = front.thinned(
      front.measured(search.candidates(count: pointCount)), to: pointCount)
    var designs: [CheckedDesign] = []
    for design in written { designs.append(try ledger.check(design)) }
    self.designs = designs
  }

  private static func scales(
    _ pair: [MetricPreference], _ figures: [GoalFigures], _ text: String
  ) throws(RunFailure) -> [Double] {
    let last = figures[figures.count - 1]
    let undefined = pair.filter { last.metric($0.metric).isNaN }
    if !undefined.isEmpty {
      throw .badInput(
        undefined.map { preference in
          Problem(
            nil, path: "--trade-off",
            Wording(
              "\(text): \(preference.metric.rawValue) is undefined in the last year of the baseline; "
                + "choose another metric",
              "\(text)：基准情景末年 \(preference.metric.rawValue) 无定义；请改用其他指标"))
        })
    }
    return pair.map { preference in
      let size = abs(last.metric(preference.metric))
      return size > 0 ? size : 1
    }
  }

  // MARK: Document

  private var language: Language { setup.request.language }

  private var report: TradeOffReport {
    TradeOffReport(
      baseline: setup.baseline, space: setup.space, goals: setup.goals, pair: pair,
      points: designs.map {
        TradeOffReport.Point(
          texts: $0.written.texts, values: $0.written.values, ledger: $0.ledger)
      }, language: language)
  }

  /// The front as a table.
  public var document: Document { report.document }

  /// The mark of synthetic data, for forms that have no place for it.
  public var provenance: [String] { DataProvenance([setup.baseline]).lines(language) }

  /// Writes `trade-off.csv`, `trade-off.md` and a reform for each point; nothing without points.
  ///
  /// - Throws: `RunFailure.cannotWrite`.
  public func write(to folder: String) throws(RunFailure) {
    if designs.isEmpty { return }
    let ledger = DesignLedger(setup, kind: .tradeOff)
    let reforms = designs.enumerated().map { index, design in
      OutputFile(
        name: "trade-off-\(index + 1).yaml",
        text: ledger.text(design.written, comments: comments(index), number: index + 1))
    }
    try OutputWriter.write(
      [
        OutputFile(name: "trade-off.csv", text: document.rendered(as: .csv)),
        OutputFile(name: "trade-off.md", text: document.rendered(as: .markdown)),
      ] + reforms, to: folder, inputs: setup.loader.inputs)
  }

  private func comments(_ index: Int) -> [String] {
    let names = pair.map(\.metric.rawValue).joined(separator: ", ")
    return ["Point \(index + 1) of the trade-off between \(names)."]
      + (setup.request.command.isEmpty ? [] : ["made by: " + setup.request.command])
  }
}
