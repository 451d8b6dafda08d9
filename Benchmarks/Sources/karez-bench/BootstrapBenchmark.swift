import Foundation

/// One bootstrap replicate of fitted weights: Karez's builds against the Gram matrix and quadprog.
struct BootstrapBenchmark {
  let portable: String
  let native: String
  let python: String
  let script: String
  let folder: URL
  let rounds: Int

  func rows() throws -> [ResultRow] {
    try [(96, 25, 8), (96, 25, 40), (2_844, 50, 12)].flatMap { counties, years, factors in
      try rows(counties: counties, rowsOfCounty: years, factors: factors)
    }
  }

  private func rows(counties: Int, rowsOfCounty: Int, factors: Int) throws -> [ResultRow] {
    let input = try BootstrapCase(
      counties: counties, rowsOfCounty: rowsOfCounty, factors: factors, seed: 1)
    let file = folder.appendingPathComponent("bootstrap-\(counties)-\(factors).bin")
    try input.bytes.write(to: file)
    let arguments = ["bootstrap", "\(counties)", "\(rowsOfCounty)", "\(factors)"]
    let own = try [native, portable].map { try Peer($0, arguments) }
    let peer = try Peer(python, [script])
    defer { for program in own + [peer] { program.end() } }
    for program in own { _ = try program.start() }
    _ = try peer.ask("load \(file.path) \(counties) \(rowsOfCounty) \(factors)")
    try check(input, own, peer)
    var times: [[Double]] = [[], []]
    var peerTimes: [Double] = []
    let repetitions = counties > 1_000 ? 256 : 2_048
    for _ in 0..<rounds {
      for (index, program) in own.enumerated() {
        times[index].append(try program.time(repetitions: repetitions))
      }
      peerTimes.append(try peer.time(repetitions: repetitions / 4))
    }
    return zip(["this processor", "portable"], times).map { build, times in
      let sample = Sample(values: times)
      return ResultRow(
        kernel: "bootstrap replicate of \(factors) weights, \(build)", size: "\(counties)",
        median: sample, unit: .microseconds,
        ratios: [("quadprog", Sample(values: peerTimes).ratios(to: sample))],
        goals: build == "portable" ? [] : [.times("quadprog", 10)])
    }
  }

  /// The same samples of counties must give the same weights.
  private func check(_ input: BootstrapCase, _ own: [Peer], _ peer: Peer) throws {
    let count = 64
    let counts = folder.appendingPathComponent("counts.bin")
    try AllocationCase.bytes(of: input.counts(replicates: count, seed: 1)).write(to: counts)
    let answer = folder.appendingPathComponent("answer.bin")
    _ = try peer.ask("answer \(count) \(counts.path) \(answer.path)")
    let theirs = AllocationCase.doubles(in: try Data(contentsOf: answer))
    for program in own {
      _ = try program.ask("answer \(count) \(answer.path)")
      let ours = AllocationCase.doubles(in: try Data(contentsOf: answer))
      let worst = zip(ours, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if ours.count != theirs.count || worst > 1e-8 {
        throw BenchmarkFailure("replicates differ from quadprog's by up to \(worst)")
      }
    }
  }
}
