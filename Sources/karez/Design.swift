import ArgumentParser
import Foundation
import Reporting
import ScenarioRunner

struct Design: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds parameters that meet goals at the least change from a baseline.",
    discussion: """
      Goals are figures of the whole simulation: metrics, share(GROUP), losers(5%), winners(5%), \
      amount(CODE), per_head(GROUP), change(CODE); with @YEAR or @every (else the last year). The \
      answer is rounded to plain numbers and checked with the ledger. Ends with 1 if the goals \
      cannot be met, and says which of them conflict.

      EXAMPLE
        karez design base.yaml --goal "gini_amount <= 0.30" --free execution.delay=0:2
        karez design base.yaml --goal "share(relieved) >= 60%" --goal "losers(5%) <= 10" \\
          --free incentives.reserve=0:0.2,streams.roads.weights --out design
        karez design base.yaml --trade-off gini_amount,execution \\
          --free incentives.reserve=0:0.2 --points 8
      """)

  @Argument(help: "Baseline file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "A goal, such as \"losers(5%) <= 10\"; once for each.")
  var goal: [String] = []

  @Option(help: "What may change: path=low:high or streams.KEY.weights, parted by commas.")
  var free: [String] = []

  @Option(
    help: "Show the trade-off between two metrics; -name or +name: less or more of it is better.")
  var tradeOff: String?

  @Option(help: "How many points of the trade-off at most.")
  var points = 12

  @Option(help: "Write design.yaml, design.md and the files of run; or every point's reform.")
  var out: String?

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if goal.isEmpty && tradeOff == nil {
      throw ValidationError("name at least one goal with --goal, or --trade-off METRIC,METRIC")
    }
    if !(2...100).contains(points) {
      throw ValidationError("--points takes a whole number from 2 to 100")
    }
    if free.isEmpty {
      throw ValidationError("say what may change with --free, such as incentives.reserve=0:0.2")
    }
  }

  func run() throws {
    var isMet = true
    try common.guarded { () throws(RunFailure) in
      if let tradeOff { isMet = try showTradeOff(tradeOff) } else { isMet = try showDesign() }
    }
    if !isMet { throw ExitCode(1) }
  }

  private var request: DesignRequest {
    DesignRequest(
      scenario: scenario, goals: goal, free: free, out: out, threads: threads,
      language: common.language, command: command, progress: common.countedProgress)
  }

  private func showDesign() throws(RunFailure) -> Bool {
    let outcome = try DesignOutcome(request)
    if let out { try outcome.write(to: out) }
    if common.format == .csv { common.warn(outcome.provenance) }
    common.show(outcome.document)
    return outcome.isMet
  }

  private func showTradeOff(_ pair: String) throws(RunFailure) -> Bool {
    let outcome = try TradeOffOutcome(request, tradeOff: pair, pointCount: points)
    if let out { try outcome.write(to: out) }
    if common.format == .csv { common.warn(outcome.provenance) }
    common.show(outcome.document)
    return outcome.isMet
  }

  /// The command as it could be typed again.
  private var command: String {
    let trade = tradeOff.map { ["--trade-off \($0)"] } ?? []
    return
      (["karez design \(scenario)"] + goal.map { "--goal \"\($0)\"" } + trade
      + free.map { $0.contains(" ") ? "--free \"\($0)\"" : "--free \($0)" }).joined(separator: " ")
  }
}
