import Foundation
import WeightFitting

/// Weights read out of a table, against pymcdm in the same rounds.
struct WeightsBenchmark {
  /// Karez as built for any processor and for this one.
  let builds: [(name: String, program: Peer)]
  let peer: Peer
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
    for program in builds.map(\.program) + [peer] { _ = try program.ask(command) }
  }

  private func rows(_ method: String, _ rowCount: Int, goal: Double?) throws -> [ResultRow] {
    try check(method)
    let own = 2_844 * 200 / rowCount
    let theirs = max(20, own / 20)
    var peerTimes: [Double] = []
    var times = builds.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, build) in builds.enumerated() {
        times[index].append(try build.program.seconds("time \(method) \(own)"))
      }
      peerTimes.append(try peer.seconds("time \(method) \(theirs)"))
    }
    return zip(builds, times).map { build, values in
      let sample = Sample(values: values)
      return ResultRow(
        kernel: "\(method) weights, \(build.name)",
        size: "\(rowCount) × \(WeightsBenchmark.columnCount)", median: sample,
        unit: .microseconds,
        ratios: [("pymcdm", Sample(values: peerTimes).ratios(to: sample))],
        goals: goal.map { [.times("pymcdm", $0)] } ?? [])
    }
  }

  /// Every weight of every table must be the peer's to 12 digits, with every build.
  private func check(_ method: String) throws {
    let theirs = try answer(peer, method)
    for build in builds {
      let own = try answer(build.program, method)
      let largest = zip(own, theirs).map { abs($0 / $1 - 1) }.max() ?? .infinity
      if own.count != theirs.count || !(largest < 1e-12) {
        throw BenchmarkFailure("\(method) weights differ from the peer's by \(largest)")
      }
    }
  }

  private func answer(_ program: Peer, _ method: String) throws -> [Double] {
    let file = folder.appendingPathComponent("weights.bin")
    _ = try program.ask("answer \(method) \(file.path)")
    return AllocationCase.doubles(in: try Data(contentsOf: file))
  }
}
