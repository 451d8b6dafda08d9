import Comparison
import Documents
import Optimization
import PolicyModel
import Reporting

/// What a design comes to: searched, rounded to plain numbers, checked with the ledger.
struct DesignAnswer: Sendable {
  /// What the search found.
  let finding: DesignFinding
  /// The reform as written, read and run; nil if the goals are not met.
  let checked: CheckedDesign?
  /// The nearest miss in the ledger, if the goals are not met.
  let miss: CheckedDesign?
  let conflict: DesignConflict?
  let evaluationCount: Int

  /// The baseline, which meets every goal already.
  init(unchanged ledger: DesignLedger) throws(RunFailure) {
    let space = ledger.setup.space
    let home = Trial(
      point: space.home, objective: 0, excess: ledger.setup.baselineMeasures.map(\.excess))
    finding = DesignFinding(best: home, trials: [home], border: nil)
    let written = WrittenDesign.baseline(space)
    let comments = DesignAnswer.comments(
      ledger.setup, try ledger.check(written))
    checked = try ledger.check(written, comments: comments)
    miss = nil
    conflict = nil
    evaluationCount = 1
  }

  /// Searches, rounds and checks; where rounded money takes a little away, again with a margin.
  init(_ search: DesignSearch, _ ledger: DesignLedger) throws(RunFailure) {
    let setup = search.setup
    var task = search.task
    var finding = search.find(task)
    var trials = finding.trials
    var checked: CheckedDesign?
    for _ in 0..<DesignAnswer.mostRounds where finding.best.holds {
      checked = DesignAnswer.rounded(finding, setup, ledger)
      if checked != nil { break }
      task.margins = try DesignAnswer.margins(task.margins, finding, setup, ledger)
      let next = search.find(task, known: [finding.best.point])
      trials += next.trials
      if !next.best.holds { break }
      finding = next
    }
    if checked == nil, finding.best.holds { checked = DesignAnswer.another(trials, setup, ledger) }
    self.finding = finding
    conflict = finding.best.holds ? nil : DesignConflict(search, finding)
    miss = checked == nil ? try ledger.check(DesignAnswer.plain(finding, setup)) : nil
    self.checked = try checked.map { design throws(RunFailure) in
      try ledger.check(design.written, comments: DesignAnswer.comments(setup, design))
    }
    evaluationCount = trials.count + (finding.border == nil ? conflict?.evaluationCount ?? 0 : 0)
  }

  private static let mostRounds = 5
  /// How many other points are tried in the ledger, and how near to the goals they must come.
  private static let mostOthers = 64
  private static let nearEnough = 0.02

  /// Another point that meets the goals in the ledger, by least change: rounded money makes the border
  /// jagged, so that one point may fail where its neighbors do not.
  private static func another(
    _ trials: [Trial], _ setup: DesignSetup, _ ledger: DesignLedger
  ) -> CheckedDesign? {
    let near = trials.filter { $0.worst < nearEnough && $0.objective.isFinite }
      .sorted { $0.objective < $1.objective }
    for index in stride(from: 0, to: near.count, by: max(1, near.count / mostOthers)) {
      let values = setup.space.values(at: near[index].point)
      let ways = rounding(setup).candidates(values, fineness: 0)
      if let found = ledger.first(of: ways) { return found }
    }
    return nil
  }

  private static func rounding(_ setup: DesignSetup) -> DesignRounding {
    DesignRounding(space: setup.space, currency: setup.baseline.plan.scenario.currency)
  }

  /// The plainest numbers near the best point that meet the goals in the ledger.
  private static func rounded(
    _ finding: DesignFinding, _ setup: DesignSetup, _ ledger: DesignLedger
  ) -> CheckedDesign? {
    let values = setup.space.values(at: finding.best.point)
    // A border is exact: it is written to a millionth of the range.
    for fineness in (finding.border == nil ? 0 : 3)...DesignRounding.finest {
      let ways = rounding(setup).candidates(values, fineness: fineness)
      if let found = ledger.first(of: ways) { return found }
    }
    return nil
  }

  /// The best point with all the digits that are tried, a miss with fewer.
  private static func plain(_ finding: DesignFinding, _ setup: DesignSetup) -> WrittenDesign {
    let values = setup.space.values(at: finding.best.point)
    let order =
      finding.best.holds ? Array((0...DesignRounding.finest).reversed()) : [1, 2, 3, 4, 5, 6, 7]
    for fineness in order {
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
