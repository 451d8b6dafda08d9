import Foundation
import Statistics
import WeightFitting

/// Observed allocations of some counties, each with several years, as one pool.
struct BootstrapCase {
  let problem: FitProblem
  let rowsOfCounty: Int

  /// Weights that fall from factor to factor, some so small that they meet 0 in replicates.
  init(counties: Int, rowsOfCounty: Int, factors: Int, seed: UInt64) throws {
    var random = Random(seed: seed)
    self.rowsOfCounty = rowsOfCounty
    let rowCount = counties * rowsOfCounty
    let values = (0..<factors).map { _ in
      (0..<rowCount).map { _ in random.size(0.2, 4) }
    }
    let shares = try FitProblem.shares(of: values, pools: Array(repeating: 0, count: rowCount))
    let parts = (0..<factors).map { 1 / Double(1 + $0 * $0) }
    let sum = parts.reduce(0, +)
    let rows = (0..<rowCount).map { row -> FitProblem.Row in
      let share = (0..<factors).reduce(0) { $0 + parts[$1] / sum * shares[$1][row] }
      return FitProblem.Row(
        pool: 0, cluster: row / rowsOfCounty, amount: 1e8 * share * random.uniform(0.7, 1.3))
    }
    problem = FitProblem(rows: rows, shares: shares)
  }

  /// How often each county is drawn in the first replicates.
  ///
  /// Shape: [replicate][county], flat.
  func counts(replicates: Int, seed: UInt64) -> [Double] {
    var resampling = Resampling(
      itemCount: problem.clusterCount, seed: seed, name: WeightBootstrap.sourceName)
    var counts = [SIMD8<Double>](repeating: .zero, count: problem.clusterCount)
    return stride(from: 0, to: replicates, by: 8).flatMap { first in
      resampling.fill(&counts, firstReplicate: first)
      return (0..<8).flatMap { lane in counts.map { $0[lane] } }
    }
  }

  /// Columns of X = P z, then the amounts, as little-endian doubles.
  var bytes: Data {
    let pool = problem.poolAmounts[0]
    return AllocationCase.bytes(
      of: problem.shares.flatMap { column in column.map { $0 * pool } }
        + problem.rows.map(\.amount))
  }
}

/// The bootstrap as a program of its own, so that builds for this and for any processor can be timed in
/// the same rounds: `bootstrap COUNTIES ROWS FACTORS` sets up, then `time N` and `answer N PATH` lines.
struct BootstrapProgram {
  private let bootstrap: WeightBootstrap

  init(_ arguments: [String]) throws {
    let sizes = arguments.compactMap { Int($0) }
    guard sizes.count == 3 else { throw BenchmarkFailure("bootstrap COUNTIES ROWS FACTORS") }
    let input = try BootstrapCase(
      counties: sizes[0], rowsOfCounty: sizes[1], factors: sizes[2], seed: 1)
    bootstrap = try WeightBootstrap(try WeightFit(input.problem), seed: 1)
  }

  func run() throws {
    print("ready")
    fflush(nil)
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count > 1, let count = Int(words[1]) else {
        throw BenchmarkFailure("\"\(line)\" is no command")
      }
      if words[0] == "time" {
        let start = Clock.processorSeconds
        let weights = bootstrap.weights(0..<count)
        let seconds = Clock.processorSeconds - start
        if weights.count != count { throw BenchmarkFailure("replicates are missing") }
        print(seconds / Double(count))
      } else {
        try AllocationCase.bytes(of: bootstrap.weights(0..<count).flatMap { $0 }).write(
          to: URL(fileURLWithPath: String(words[2])))
        print("written")
      }
      fflush(nil)
    }
  }
}
