import Foundation
import WeightFitting

/// Weights read out of a table, against pymcdm in the same rounds.
///
/// The goals are those of the build for this processor against pymcdm with arrays as NumPy makes
/// them, by rows.
struct WeightsBenchmark {
  /// Karez as built for any processor and for this one.
  let builds: [(name: String, program: Peer)]
  /// pymcdm with tables by rows, and by columns.
  let peers: [(name: String, program: Peer)]
  let folder: URL
  let rounds: Int

  private static let columnCount = 12
  /// Tables that take turns, so that no repetition is like the one before.
  private static let tableCount = 8

  func rows() throws -> [ResultRow] {
    try [96, 2_844].flatMap { rowCount in
      try load(rowCount)
      return try [("critic", 50.0), ("entropy", 8.0)].flatMap { method, goal in
        try rows(method, rowCount, goal: rowCount == 2_844 ? goal : nil)
      }
    }
  }

  private func load(_ rowCount: Int) throws {
    var random = Random(seed: 20_240_126)
    let count = WeightsBenchmark.tableCount * WeightsBenchmark.columnCount * rowCount
    let values = (0..<count).map { _ in random.size(1, 100) }
    let file = folder.appendingPathComponent("weights-\(rowCount).bin")
    try AllocationCase.bytes(of: values).write(to: file)
    let command =
      "load \(file.path) \(WeightsBenchmark.tableCount) \(rowCount) \(WeightsBenchmark.columnCount)"
    for (_, program) in builds + peers { _ = try program.ask(command) }
  }

  private func rows(_ method: String, _ rowCount: Int, goal: Double?) throws -> [ResultRow] {
    try check(method)
    let own = 2_844 * 200 / rowCount
    let theirs = max(20, own / 20)
    var times = builds.map { _ in [Double]() }
    var peerTimes = peers.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, build) in builds.enumerated() {
        times[index].append(try build.program.seconds("time \(method) \(own)"))
      }
      for (index, peer) in peers.enumerated() {
        peerTimes[index].append(try peer.program.seconds("time \(method) \(theirs)"))
      }
    }
    return builds.indices.map { build in
      let sample = Sample(values: times[build])
      return ResultRow(
        kernel: "\(method) weights, \(builds[build].name)",
        size: "\(rowCount) × \(WeightsBenchmark.columnCount)", median: sample,
        unit: .microseconds,
        ratios: zip(peers, peerTimes).map { ($0.name, Sample(values: $1).ratios(to: sample)) },
        goals: build == 0 ? goal.map { [.times(peers[0].name, $0)] } ?? [] : [])
    }
  }

  /// Every weight of every table must be the peer's to 12 digits, with every build.
  private func check(_ method: String) throws {
    let theirs = try answer(peers[0].program, method)
    for (name, program) in builds + peers.dropFirst() {
      let own = try answer(program, method)
      let largest = zip(own, theirs).map { abs($0 / $1 - 1) }.max() ?? .infinity
      if own.count != theirs.count || !(largest < 1e-12) {
        throw BenchmarkFailure("\(method) weights, \(name), differ from the peer's by \(largest)")
      }
    }
  }

  private func answer(_ program: Peer, _ method: String) throws -> [Double] {
    let file = folder.appendingPathComponent("weights.bin")
    _ = try program.ask("answer \(method) \(file.path)")
    return AllocationCase.doubles(in: try Data(contentsOf: file))
  }
}
