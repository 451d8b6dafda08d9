import Foundation
import Sensitivity

/// Sobol' indices of an allocation, against SALib with the model in NumPy, in the same rounds.
struct SobolBenchmark {
  /// Karez for this processor, Karez portable, SALib.
  let native: Peer
  let portable: Peer
  let salib: Peer
  let folder: URL
  let rounds: Int
  static let seed: UInt64 = 20_240_126

  func rows() throws -> [ResultRow] {
    let input = SobolCase(seed: SobolBenchmark.seed)
    let file = folder.appendingPathComponent("sobol.bin")
    try input.bytes.write(to: file)
    _ = try salib.ask("load \(file.path) \(SobolCase.counties) \(SobolCase.factors)")
    try checkModel(input)
    try checkIndices()
    var times: [[Double]] = [[], [], []]
    for round in 0..<rounds {
      for (index, peer) in [native, portable, salib].enumerated() {
        times[index].append(try peer.seconds("time \(round)"))
      }
    }
    let theirs = Sample(values: times[2])
    return zip(["for this processor", "portable build"], times).map { name, own in
      ResultRow(
        kernel: "Sobol' indices of an allocation, \(name)",
        size: "2^14 × 8, 96 counties, 100 resamples", median: Sample(values: own),
        unit: .milliseconds, ratios: [("SALib + NumPy", theirs.ratios(to: Sample(values: own)))],
        goals: name == "portable build" ? [] : [.times("SALib + NumPy", 20)])
    }
  }

  /// Both models at the same points.
  private func checkModel(_ input: SobolCase) throws {
    let design = PickFreezeDesign(groups: (0..<8).map { [$0] }, pointCount: 8, seed: 3)
    let points = design.block(0).a
    var model = SobolModel(input)
    let own = model.value(points)
    for lane in 0..<8 {
      let words = points.map { "\($0[lane])" }.joined(separator: " ")
      let theirs = try salib.seconds("model \(words)")
      if !(abs(theirs - own[lane]) < 1e-12) {
        throw BenchmarkFailure("the models differ: \(own[lane]), theirs \(theirs)")
      }
    }
  }

  /// The indices of both: of different points, so within what 2¹⁴ of them leave open.
  private func checkIndices() throws {
    func numbers(_ peer: Peer) throws -> [Double] {
      try peer.ask("indices 0").split(separator: " ").compactMap { Double($0) }
    }
    let theirs = try numbers(salib)
    for own in [try numbers(native), try numbers(portable)] {
      let worst = zip(own, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if own.count != 16 || theirs.count != 16 || worst > 0.01 {
        throw BenchmarkFailure("indices differ by \(worst): \(own), theirs \(theirs)")
      }
    }
  }
}

/// Karez as a program of the comparison: one command a line, as the peers.
struct SobolProgram {
  private let input = SobolCase(seed: SobolBenchmark.seed)

  func run() throws {
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let seed = UInt64(words[1]) else {
        throw BenchmarkFailure("no command: \(line)")
      }
      if words[0] == "time" {
        let start = Clock.processorSeconds
        let found = try input.indices(seed: seed)
        let seconds = Clock.processorSeconds - start
        if !(found.variance > 0) { throw BenchmarkFailure("the output does not vary") }
        print(seconds)
      } else {
        let found = try input.indices(seed: seed)
        print((found.first + found.total).map { "\($0.value)" }.joined(separator: " "))
      }
      fflush(nil)
    }
  }
}
