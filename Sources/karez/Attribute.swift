import ArgumentParser
import Foundation
import ScenarioRunner

/// How changed keys are grouped into provisions.
enum ProvisionGrouping: String, ExpressibleByArgument, CaseIterable {
  case section
  case key
}

struct Attribute: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows how much of every change each provision of a reform causes.",
    discussion: """
      Shapley values over all subsets of provisions: parts sum to the change to the fen, whatever \
      the order. Up to twelve provisions exactly, above that by sampling.

      EXAMPLE
        karez attribute baseline.yaml package.yaml --year 2028
        karez attribute baseline.yaml package.yaml --county 653101 --out why
      """)

  @Argument(help: "Baseline file.", completion: .file(extensions: ["yaml", "yml"]))
  var baseline: String

  @Argument(help: "Reform file.", completion: .file(extensions: ["yaml", "yml"]))
  var reform: String

  @Option(help: "What a provision is: a section or each changed key.")
  var by = ProvisionGrouping.section

  @Option(help: "Year to show; the last one if left out.")
  var year: Int?

  @Option(help: "Show the steps of one county from baseline to reform.")
  var county: String?

  @Option(help: "Write attribution.csv and attribution_metrics.csv.")
  var out: String?

  @Option(help: "Pairs of orders to sample where there are more than twelve provisions.")
  var pairs = 100

  @Option(help: "Seed of the sampling.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at once; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if pairs < 2 { throw ValidationError("--pairs takes a whole number of 2 or more") }
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = AttributeRequest(
        baseline: baseline, reform: reform, byKey: by == .key, pairs: pairs, seed: seed,
        threads: threads)
      let outcome = try AttributionOutcome(
        request, language: common.language, progress: common.progress)
      let document = try outcome.document(year: year, county: county)
      if let out { try outcome.write(to: out) }
      common.show(document)
    }
  }
}
