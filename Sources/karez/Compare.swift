import ArgumentParser
import Foundation
import Reporting
import ScenarioRunner

extension Shard: ExpressibleByArgument {
  /// Reads `i/n`.
  public init?(argument: String) { self.init(argument) }
}

/// A number of draws: a whole number, in digits or as 1e6.
struct DrawCount: ExpressibleByArgument {
  let value: Int

  init(value: Int) { self.value = value }

  init?(argument: String) {
    let digits = argument.replacingOccurrences(of: ",", with: "")
    guard let number = Double(digits), number == number.rounded(), (1...4e9).contains(number)
    else { return nil }
    value = Int(number)
  }

  var defaultValueDescription: String { "\(value)" }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios many times under the same random shocks; the first is the baseline.",
    discussion: """
      Every draw gives all scenarios the same noise and the same uncertain parameters, so that \
      differences come from the rules alone. Results depend on the seed and the number of draws \
      only: not on threads, shards or interruptions.

      EXAMPLE
        karez compare baseline.yaml reform.yaml --draws 10000
        karez compare baseline.yaml reform.yaml --draws 1e6 --out results --resume work
        karez compare baseline.yaml reform.yaml --draws 1e6 --shard 1/4 --out part-1
        karez merge part-1 part-2 part-3 part-4 --out results
        karez compare baseline.yaml reform.yaml --draw 4711 --format csv     (one draw, in full)
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @Option(help: "How many draws.")
  var draws = DrawCount(value: 1_000)

  @Option(help: "Show one draw as a full listing in place of the ensemble.")
  var draw: Int?

  @Option(
    help: "Write the files of run, with the ensemble in them and in CSV files of its own.")
  var out: String?

  @Option(help: "Years to show: summary, all, a list (2024,2026) or a span (2025-2028).")
  var years = YearSelection(choice: .summary)

  @Option(help: "How many of the counties most likely to lose to show.")
  var top = 10

  @Option(help: "Seed in place of the scenarios' own (recorded in run.json).")
  var seed: UInt64?

  @Option(help: "How many draws of a scenario may end in an error; they are counted and left out.")
  var allowFailed = 0

  @Option(help: "Compute part i of n only (i/n), to be joined by karez merge; needs --out.")
  var shard: Shard?

  @Option(help: "Folder in which a stopped run is kept; continues what it finds there.")
  var resume: String?

  @Flag(help: "Write results.sqlite too: the same tables for people who query; needs --out.")
  var sqlite = false

  @Flag(help: "Keys that stacked reforms set differently are an error.")
  var strict = false

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if top < 1 { throw ValidationError("--top takes a whole number of 1 or more") }
    if allowFailed < 0 { throw ValidationError("--allow-failed takes a whole number of 0 or more") }
    if sqlite && out == nil { throw ValidationError("--sqlite needs --out DIR") }
    if scenarios.isEmpty { throw ValidationError("name at least one scenario file") }
    if shard != nil && out == nil { throw ValidationError("--shard needs --out DIR") }
    if sqlite && (shard != nil || draw != nil) {
      throw ValidationError("--sqlite goes with neither --shard nor --draw; give it to karez merge")
    }
    if draw != nil && (shard != nil || resume != nil) {
      throw ValidationError("--draw shows one draw; it goes with neither --shard nor --resume")
    }
    if let draw, !(0..<4_000_000_000).contains(draw) {
      throw ValidationError("--draw takes the number of a draw, 0 to 3999999999")
    }
  }

  private var runRequest: RunRequest {
    RunRequest(
      scenarios: scenarios, language: common.language, seed: seed, threads: threads,
      isStrict: strict, hasDatabase: sqlite)
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      if let draw { return try list(draw) }
      let request = CompareRequest(
        run: runRequest, draws: draws.value, allowedFailures: allowFailed, shard: shard,
        resume: resume, out: out)
      let interrupt = Interrupt()
      let outcome = try interrupt.watching { () throws(RunFailure) in
        let outcome = try CompareOutcome(
          request, interrupt: interrupt, progress: common.timedProgress)
        if let out { try outcome.write(to: out) }
        return outcome
      }
      common.warn(outcome.notes)
      if shard == nil {
        if common.format == .csv { common.warn(outcome.base.provenance) }
        common.show(try outcome.document(options(outcome.base)))
      }
    }
  }

  private func list(_ draw: Int) throws(RunFailure) {
    let listing = try DrawListing(runRequest, draw: draw)
    if let out { try listing.write(to: out) }
    common.warn(listing.provenance)
    common.show(listing.document)
  }

  private func options(_ outcome: RunOutcome) -> ComparisonOptions {
    ComparisonOptions(years: years.selected(from: outcome), top: top)
  }
}
