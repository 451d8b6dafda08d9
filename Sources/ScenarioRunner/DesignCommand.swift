import Comparison
import Documents
import Foundation
import Optimization
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation

/// A design that was searched, rounded and checked with the ledger: its tables and its files.
public struct DesignOutcome: Sendable {
  private let setup: DesignSetup
  /// What the search found by the law without rounding.
  private let finding: DesignFinding
  /// The reform as written, read and run; nil if the goals are not met.
  private let checked: CheckedDesign?
  /// The nearest miss in the ledger, if the goals are not met.
  private let miss: CheckedDesign?
  private let conflict: DesignConflict?
  private let evaluationCount: Int

  /// Whether every goal is met in the ledger.
  public var isMet: Bool { checked != nil }

  /// Where the goal begins to hold in the ledger, if one number was bracketed for one goal; money in fen.
  public var border: Bracketing.Border? { finding.border }

  /// Designs.
  ///
  /// - Throws: `RunFailure` if the scenario, a goal or a parameter cannot be read, or the folder cannot be
  ///   written. Goals that cannot be met are no failure.
  public init(_ request: DesignRequest) throws(RunFailure) {
    let setup = try DesignSetup(request)
    if let out = request.out { try OutputWriter.tryFolder(out) }
    let ledger = DesignLedger(setup)
    let isMetBefore = setup.baselineMeasures.allSatisfy(\.isMet)
    let answer =
      isMetBefore
      ? try DesignAnswer(unchanged: ledger) : try DesignAnswer(DesignSearch(setup: setup), ledger)
    self.setup = setup
    finding = answer.finding
    checked = answer.checked
    conflict = answer.conflict
    miss = answer.miss
    evaluationCount = answer.evaluationCount
  }

  // MARK: Document

  private var language: Language { setup.request.language }

  /// The design as a document: parameters, goals, and the comparison with the baseline.
  public var document: Document {
    var document = report.document
    if let checked {
      document.blocks += comparison(checked).document(ComparisonOptions()).blocks.dropFirst()
      if setup.request.out == nil {
        document.blocks.append(
          .text([
            language.words(
              "The reform, to be saved beside the baseline (or use --out DIR):",
              "改革文件（请保存在基准文件旁，或使用 --out DIR）：")
          ]))
        document.attachment = checked.text
      }
    }
    return document
  }

  private func comparison(_ checked: CheckedDesign) -> ComparisonReport {
    let ledgers = [setup.baseline, checked.ledger]
    return ComparisonReport(
      ledgers: ledgers, metrics: ledgers.map { MetricTable($0, baseline: setup.baseline) },
      language: language)
  }

  private var report: DesignReport {
    let design = checked ?? miss
    return DesignReport(
      baseline: setup.baseline, space: setup.space, goals: setup.goals,
      baselineMeasures: setup.baselineMeasures, values: design?.written.values ?? [],
      texts: design?.written.texts ?? [], measures: design?.measures ?? [], isMet: isMet,
      isMetUnrounded: finding.best.holds,
      border: finding.border, conflict: conflict?.report, evaluationCount: evaluationCount,
      language: language)
  }

  /// The mark of synthetic data, for forms that have no place for it.
  public var provenance: [String] { DataProvenance([setup.baseline]).lines(language) }

  // MARK: Files

  /// Writes the reform, this document and what `karez run` writes of the two; nothing if the goals are
  /// not met.
  ///
  /// - Throws: `RunFailure.cannotWrite`.
  public func write(to folder: String) throws(RunFailure) {
    guard let checked else { return }
    try OutputWriter.write(
      [
        OutputFile(name: "design.yaml", text: checked.text),
        OutputFile(name: "design.md", text: document.rendered(as: .markdown)),
      ], to: folder, inputs: setup.loader.inputs)
    let run = try RunOutcome(
      RunRequest(
        scenarios: [setup.request.scenario, folder + "/design.yaml"], language: language))
    try run.write(to: folder)
  }
}
