import ArgumentParser
import Foundation
import PolicyModel
import ScenarioRunner

extension SensitivityMethod: ExpressibleByArgument {}

struct Sensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which parameters drive a result, and how robust the ranks of counties are.",
    discussion: """
      Parameters vary over the ranges of --vary and of the scenario's uncertainty: section, weights \
      of a stream together so that they sum to 1. Same numbers for any --threads.

      METRICS
        gini_amount, gini_income, theil_amount, need_alignment, pool_moved, winners, losers, \
      volatility, execution, carried, recovered, unallocated, rewarded, deducted, incentive_reach, \
      matthew_index, …

      EXAMPLE
        karez sensitivity baseline.yaml --metric gini_amount --vary incentives.reserve=0.02:0.10 \
      --vary streams.consolidation.weights
        karez sensitivity baseline.yaml --metric need_alignment --method morris
        karez sensitivity baseline.yaml --robust consolidation --delta 0.05 --out ranks
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "Metric to explain; may be given several times.")
  var metric: [String] = []

  @Option(help: "Year of the metric; the last one if left out.")
  var year: Int?

  @Option(help: "sobol, morris (screening, few runs) or shapley (parts that sum to 1).")
  var method = SensitivityMethod.sobol

  @Option(
    help: "Points of each sample, a power of two (1024); trajectories for morris (64).")
  var points: Int?

  @Option(
    help: ArgumentHelp(
      "What varies: path=low:high, or a stream's weights (path.weights=concentration).",
      valueName: "range"))
  var vary: [String] = []

  @Flag(help: "Vary nothing but what --vary names.")
  var onlyVary = false

  @Flag(help: "Every weight of a stream is an input of its own.")
  var eachWeight = false

  @Option(
    help: ArgumentHelp("Try the ranks of counties in this stream.", valueName: "stream"))
  var robust: String?

  @Option(help: "How far each weight goes up and down for --robust.")
  var delta = 0.05

  @Option(help: "How many of the counties with the least sure ranks to show.")
  var top = 15

  @Option(help: "Resamples that give the intervals.")
  var resamples = 200

  @Option(help: "Seed in place of the scenario's own.")
  var seed: UInt64?

  @Option(help: "How many points may end in an error; they are counted and left out.")
  var allowFailed = 0

  @Option(help: "Write sensitivity.csv, rank_probabilities.csv, rank_changes.csv, report.md.")
  var out: String?

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if metric.isEmpty && robust == nil {
      throw ValidationError("name a metric (--metric gini_amount) or a stream (--robust STREAM)")
    }
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if top < 1 { throw ValidationError("--top takes a whole number of 1 or more") }
    if allowFailed < 0 { throw ValidationError("--allow-failed takes a whole number of 0 or more") }
    if !(20...10_000).contains(resamples) {
      throw ValidationError("--resamples takes a whole number from 20 to 10000")
    }
    if !(delta > 0 && delta < 1) { throw ValidationError("--delta takes a number between 0 and 1") }
    if let points { try validate(points: points) }
  }

  private func validate(points: Int) throws {
    let isPowerOfTwo = points >= 8 && points <= 1 << 20 && points & (points - 1) == 0
    if method == .morris {
      if !(2...100_000).contains(points) {
        throw ValidationError("--points takes 2 to 100000 trajectories for morris")
      }
    } else if !isPowerOfTwo {
      throw ValidationError("--points takes a power of two from 8 to 1048576, such as 1024")
    }
  }

  private var request: SensitivityRequest {
    var request = SensitivityRequest(scenario: scenario)
    request.metrics = metric
    request.year = year
    request.method = method
    request.points = points
    request.vary = vary
    request.onlyVary = onlyVary
    request.eachWeight = eachWeight
    request.robust = robust
    request.delta = delta
    request.resamples = resamples
    request.seed = seed
    request.allowedFailures = allowFailed
    request.threads = threads
    return request
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let outcome = try SensitivityOutcome(
        request, language: common.language,
        progress: common.timedProgress(of: Wording("part", "部分")))
      if let out { try outcome.write(to: out) }
      common.warn(outcome.notes)
      if common.format == .csv { common.warn(outcome.provenance) }
      common.show(outcome.document(top: top))
    }
  }
}
