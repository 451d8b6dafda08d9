import ArgumentParser
import Foundation
import Reporting
import ScenarioRunner

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Joins the parts of an ensemble to just what one run gives.",
    discussion: """
      Scenarios and data must still stand where they stood when the parts were made.

      EXAMPLE
        karez merge part-1 part-2 part-3 part-4 --out results
      """)

  @Argument(help: "Folders that compare --shard wrote.", completion: .directory)
  var folders: [String]

  @Option(help: "Write the files of compare.")
  var out: String

  @Flag(help: "Write results.sqlite too: the same tables for people who query.")
  var sqlite = false

  @Option(help: "Years to show: summary, all, a list (2024,2026) or a span (2025-2028).")
  var years = YearSelection(choice: .summary)

  @Option(help: "How many of the counties most likely to lose to show.")
  var top = 10

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if top < 1 { throw ValidationError("--top takes a whole number of 1 or more") }
    if folders.isEmpty { throw ValidationError("name at least one folder") }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let outcome = try MergeRequest(folders: folders, threads: threads, hasDatabase: sqlite)
        .outcome()
      try outcome.write(to: out)
      common.warn(outcome.notes)
      if common.format == .csv { common.warn(outcome.base.provenance) }
      common.show(
        try outcome.document(
          ComparisonOptions(years: years.selected(from: outcome.base), top: top)))
    }
  }
}
