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
        karez design baseline.yaml --goal "gini_amount <= 0.30" --free incentives.reserve=0:0.2
        karez design baseline.yaml --goal "floor: share(relieved) >= 60%" --goal "losers(5%) <= 10" \
      --free incentives.reserve=0:0.2,streams.consolidation.weights --out design
      """)

  @Argument(help: "Baseline file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "A goal, such as \"losers(5%) <= 10\"; once for each.")
  var goal: [String] = []

  @Option(help: "What may change: path=low:high or streams.KEY.weights, parted by commas.")
  var free: [String] = []

  @Option(help: "Write design.yaml, design.md and the files of run.")
  var out: String?

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if goal.isEmpty { throw ValidationError("name at least one goal with --goal") }
    if free.isEmpty {
      throw ValidationError("say what may change with --free, such as incentives.reserve=0:0.2")
    }
  }

  func run() throws {
    var isMet = true
    try common.guarded { () throws(RunFailure) in
      let outcome = try DesignOutcome(
        DesignRequest(
          scenario: scenario, goals: goal, free: free, out: out, threads: threads,
          language: common.language, command: command))
      if let out { try outcome.write(to: out) }
      if common.format == .csv { common.warn(outcome.provenance) }
      common.show(outcome.document)
      isMet = outcome.isMet
    }
    if !isMet { throw ExitCode(1) }
  }

  /// The command as it could be typed again.
  private var command: String {
    (["karez design \(scenario)"] + goal.map { "--goal \"\($0)\"" } + free.map { "--free \($0)" })
      .joined(separator: " ")
  }
}
