import ArgumentParser
import Foundation
import Reporting
import ScenarioRunner

extension ComparisonOptions.Breakdown: ExpressibleByArgument {}

/// Which years a table shows, as written on the command line.
struct YearSelection: ExpressibleByArgument {
  enum Choice {
    case summary
    case all
    case list([Int])
  }

  let choice: Choice

  init(choice: Choice) { self.choice = choice }

  init?(argument: String) {
    switch argument {
    case "summary": choice = .summary
    case "all": choice = .all
    default:
      var years: [Int] = []
      for part in argument.split(separator: ",") {
        let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard !bounds.contains(nil), let first = bounds.first ?? nil, let last = bounds.last ?? nil,
          bounds.count <= 2, first <= last, last - first < 1_000
        else { return nil }
        years += Array(first...last)
      }
      if years.isEmpty { return nil }
      choice = .list(years)
    }
  }

  var defaultValueDescription: String { "summary" }
}

extension YearSelection {
  /// The years of a run.
  func selected(from outcome: RunOutcome) -> ComparisonOptions.Years {
    switch choice {
    case .summary: .summary
    case .all: .blocks(outcome.years)
    case .list(let list): .blocks(list)
    }
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios and compares them; the first is the baseline.",
    discussion: """
      EXAMPLE
        karez run baseline.yaml performance-30.yaml --top 10
        karez run baseline.yaml reform.yaml --by prefecture --years 2026,2028
        karez run baseline.yaml reform.yaml --out results --lang zh    (tables.xlsx and CSV files)
        karez run baseline.yaml reform.yaml --out results --sqlite     (results.sqlite, too)
        karez run baseline.yaml baseline.yaml+a.yaml+b.yaml     (reforms stacked)
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @Option(help: "Write the tables as CSV files, tables.xlsx, report.md and run.json to a folder.")
  var out: String?

  @Option(help: "Years to show: summary, all, a list (2024,2026) or a span (2025-2028).")
  var years = YearSelection(choice: .summary)

  @Option(help: "Break amounts down by county, prefecture, group or stream.")
  var by: ComparisonOptions.Breakdown?

  @Option(help: "Show the N largest winners and losers of each reform.")
  var top: Int?

  @Option(help: "Seed in place of the scenarios' own (recorded in run.json).")
  var seed: UInt64?

  @Flag(help: "Write results.sqlite too: the same tables for people who query; needs --out.")
  var sqlite = false

  @Flag(help: "Keys that stacked reforms set differently are an error.")
  var strict = false

  @Option(help: "How many scenarios run at once; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top takes a whole number of 1 or more") }
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if sqlite && out == nil { throw ValidationError("--sqlite needs --out DIR") }
    if scenarios.isEmpty { throw ValidationError("name at least one scenario file") }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let outcome = try RunOutcome(
        RunRequest(
          scenarios: scenarios, language: common.language, seed: seed, threads: threads,
          isStrict: strict, hasDatabase: sqlite))
      let document = try outcome.document(options(outcome))
      if let out { try outcome.write(to: out) }
      for conflict in outcome.conflicts { Terminal.writeError(conflict) }
      common.warn(outcome.warnings)
      if common.format == .csv { common.warn(outcome.provenance) }
      common.show(document)
    }
  }

  private func options(_ outcome: RunOutcome) -> ComparisonOptions {
    ComparisonOptions(years: years.selected(from: outcome), breakdown: by, top: top)
  }
}
