import Foundation

/// One allocation with floors, caps and rounding, against NumPy in the same rounds.
struct AllocationBenchmark {
  let peer: Peer
  let folder: URL
  let rounds: Int

  func rows() throws -> [ResultRow] {
    try [98, 2_844, 33_058].map { try row(recipients: $0) }
  }

  private func row(recipients: Int) throws -> ResultRow {
    let input = AllocationCase(recipients: recipients, seed: 20_240_126)
    let file = folder.appendingPathComponent("allocation-\(recipients).bin")
    try input.bytes.write(to: file)
    _ = try peer.ask(
      "load \(file.path) \(recipients) \(input.money.quantum) \(AllocationCase.poolCount)")
    try check(input)
    let own = max(AllocationCase.poolCount, 1_500_000 / recipients)
    let theirs = max(10, own / 10)
    var ownTimes: [Double] = []
    var peerTimes: [Double] = []
    var sum = 0.0
    for _ in 0..<rounds {
      ownTimes.append(
        Clock.seconds(repetitions: own) { repetition in
          let placed = input.allocation(of: repetition % AllocationCase.poolCount)
          sum += placed.amounts[repetition % recipients]
        })
      peerTimes.append(try peer.time(repetitions: theirs))
    }
    if sum <= 0 { throw BenchmarkFailure("nothing was allocated") }
    let times = Sample(values: ownTimes)
    return ResultRow(
      kernel: "one allocation: floors, caps, rounding", size: "\(recipients)", median: times,
      unit: .microseconds, ratios: [("NumPy", Sample(values: peerTimes).ratios(to: times))],
      goals: recipients == 2_844 ? [.atMost(20e-6), .times("NumPy", 8)] : [])
  }

  /// Every amount of every pool must be the same to the fen, and add up.
  private func check(_ input: AllocationCase) throws {
    let file = folder.appendingPathComponent("answer.bin")
    _ = try peer.ask("answer \(file.path)")
    let theirs = AllocationCase.doubles(in: try Data(contentsOf: file))
    let own = input.answer
    let differing = zip(own, theirs).filter { $0 != $1 }.count
    if own.count != theirs.count || differing > 0 {
      throw BenchmarkFailure(
        "\(differing) of \(own.count) amounts differ from the peer's (\(theirs.count) amounts)")
    }
    for (index, pool) in input.pools.enumerated() {
      let start = index * input.shares.count
      if own[start..<(start + input.shares.count)].reduce(0, +) != pool {
        throw BenchmarkFailure("the amounts of a pool do not add up to it")
      }
    }
  }
}
