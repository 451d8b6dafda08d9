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

  /// Designs.
  ///
  /// - Throws: `RunFailure` if the scenario, a goal or a parameter cannot be read, or the folder cannot be
  ///   written. Goals that cannot be met are no failure.
  public init(_ request: DesignRequest) throws(RunFailure) {
    let setup = try DesignSetup(request)
    if let out = request.out { try OutputWriter.tryFolder(out) }
    let search = DesignSearch(setup: setup)
    let ledger = DesignLedger(setup)
    var task = search.task
    var finding = search.find(task)
    var count = finding.trials.count
    var checked: CheckedDesign?
    // Rounded money moves figures a little: then the goals are asked for with a margin.
    for _ in 0..<DesignOutcome.mostRounds where finding.best.holds {
      checked = DesignOutcome.rounded(finding, setup, ledger)
      if checked != nil { break }
      task.margins = try DesignOutcome.margins(task.margins, finding, setup, ledger)
      let next = search.find(task, known: [finding.best.point])
      count += next.trials.count
      if !next.best.holds { break }
      finding = next
    }
    self.setup = setup
    self.finding = finding
    conflict = finding.best.holds ? nil : DesignConflict(search, finding)
    miss =
      checked == nil ? try ledger.check(DesignOutcome.plain(finding, setup)) : nil
    self.checked = try checked.map { design throws(RunFailure) in
      try ledger.check(
        design.written, comments: DesignOutcome.comments(setup, design))
    }
    evaluationCount = count + (conflict?.evaluationCount ?? 0)
  }

  private static let mostRounds = 5

  private static func rounding(_ setup: DesignSetup) -> DesignRounding {
    DesignRounding(space: setup.space, currency: setup.baseline.plan.scenario.currency)
  }

  /// The plainest numbers near the best point that meet the goals in the ledger.
  private static func rounded(
    _ finding: DesignFinding, _ setup: DesignSetup, _ ledger: DesignLedger
  ) -> CheckedDesign? {
    let values = setup.space.values(at: finding.best.point)
    for fineness in 0...DesignRounding.finest {
      let ways = rounding(setup).candidates(values, fineness: fineness)
      if let found = ledger.first(of: ways) { return found }
    }
    return nil
  }

  /// The best point with all the digits that are tried.
  private static func plain(_ finding: DesignFinding, _ setup: DesignSetup) -> WrittenDesign {
    let values = setup.space.values(at: finding.best.point)
    for fineness in stride(from: DesignRounding.finest, through: 0, by: -1) {
      if let way = rounding(setup).candidates(values, fineness: fineness).first { return way }
    }
    preconditionFailure("a point of the space can be written")
  }

  /// Margins that make up for what rounded money takes away.
  private static func margins(
    _ margins: [Double], _ finding: DesignFinding, _ setup: DesignSetup, _ ledger: DesignLedger
  ) throws(RunFailure) -> [Double] {
    let measures = try ledger.check(plain(finding, setup)).measures
    return zip(margins, measures).map { margin, measure in
      measure.isMet ? margin : margin + 1.5 * min(measure.excess, 0.1) + 1e-9
    }
  }

  private static func comments(_ setup: DesignSetup, _ design: CheckedDesign) -> [String] {
    let goals = zip(setup.goals, design.measures).map { goal, measure in
      "goal: " + (goal.label.map { "\($0): " } ?? "") + goal.text
        + " (\(measure.year): \(NumberText.significant(measure.value)))"
    }
    return ["Parameters that meet the goals at the least change from the baseline."]
      + (setup.request.command.isEmpty ? [] : ["made by: " + setup.request.command]) + goals
  }

  // MARK: Document

  private var language: Language { setup.request.language }

  /// The design as a document: parameters, goals, and the comparison with the baseline.
  public var document: Document {
    var document = report.document
    if let checked {
      document.blocks += comparison(checked).document(ComparisonOptions()).blocks.dropFirst()
      if setup.request.out == nil {
        let lines = checked.text.split(separator: "\n", omittingEmptySubsequences: false)
        document.blocks.append(
          .text(
            [
              language.words(
                "The reform, to be saved beside the baseline (or use --out DIR):",
                "改革文件（请保存在基准文件旁，或使用 --out DIR）：")
            ] + lines.map(String.init)))
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

/// Which goals stand against each other.
struct DesignConflict: Sendable {
  let report: DesignReport.Conflict
  let evaluationCount: Int

  init(_ search: DesignSearch, _ finding: DesignFinding) {
    let found = search.conflicts(finding)
    evaluationCount = found.alone.reduce(0) { $0 + ($1?.trials.count ?? 0) }
    report = DesignReport.Conflict(
      sets: found.sets, aloneMet: found.alone.map { $0?.best.holds })
  }
}
