import Foundation

/// The law with draws against programs that were written for just this model, in the same rounds.
final class EnsembleBenchmark {
  /// A program of the comparison.
  struct Contestant {
    let name: String
    let peer: Peer
    /// Whether it reads the scenario, as Karez does, or the peers' binary file.
    let readsScenario: Bool
    /// For the size S: of a peer, what the ratio to it must be at the least; of a build of Karez's, its
    /// ratio to the first peer.
    var goal: Double?
  }

  private let contestants: [Contestant]
  private let folder: URL
  private let rounds: Int
  /// Multiplications and additions that one core does a second, not fused, in thousand millions.
  private let peak: Double
  /// Operations in each lane for a county, stream and year, counted by hand (Peers/MODEL.md).
  private static let operations = 200.0

  /// The machine-specific Karez first, then its other builds, then the peers.
  init(_ contestants: [Contestant], folder: URL, rounds: Int, peak: Double) {
    self.contestants = contestants
    self.peak = peak
    self.folder = folder
    self.rounds = rounds
  }

  func rows() throws -> [ResultRow] {
    let small = EnsembleCase(counties: 98, streams: 6, years: 5)
    let large = EnsembleCase(counties: 2_844, streams: 5, years: 10)
    var rows: [ResultRow] = []
    let ofSmall = try contest("S", small, draws: 1_000, isGoal: true)
    let ofLarge = try contest("L", large, draws: 200, isGoal: false)
    rows += ofSmall.rows + ofLarge.rows
    rows.append(
      ResultRow(
        kernel: "draws: a county-stream-year of L over one of S", size: "L / S",
        median: ofLarge.own.ratios(to: ofSmall.own), unit: .slope, goals: [.atMost(1.2)]))
    rows.append(nearness(ofSmall.own, "S"))
    rows.append(nearness(ofLarge.own, "L"))
    rows.append(try scaling(small))
    rows += try growth()
    return rows
  }

  /// Every program on one case, in turn.
  private func contest(
    _ name: String, _ size: EnsembleCase, draws: Int, isGoal: Bool
  ) throws -> (rows: [ResultRow], own: Sample) {
    try load(size, name)
    try check(name, draws: draws)
    let steps = Double(size.counties * size.streams * size.years * draws)
    var times = contestants.map { _ in [Double]() }
    for round in 0..<rounds {
      for (index, contestant) in contestants.enumerated() {
        let seconds = try contestant.peer.seconds("time \(round * draws) \(draws)")
        times[index].append(seconds / steps)
      }
    }
    let own = Sample(values: times[0])
    let label = "\(name): \(size.counties) × \(size.streams) × \(size.years) × \(draws) draws"
    var rows = [ResultRow(kernel: kernel(0), size: label, median: own, unit: .nanoseconds)]
    for (index, contestant) in contestants.enumerated().dropFirst() {
      let theirs = Sample(values: times[index])
      rows[0].ratios.append((contestant.name, theirs.ratios(to: own)))
      if isGoal, !contestant.readsScenario, let goal = contestant.goal {
        rows[0].goals.append(.times(contestant.name, goal))
      }
    }
    for index in 1..<buildCount {
      let build = Sample(values: times[index])
      let peer = contestants[buildCount].name
      rows.append(
        ResultRow(
          kernel: kernel(index), size: label, median: build, unit: .nanoseconds,
          ratios: [(peer, Sample(values: times[buildCount]).ratios(to: build))],
          goals: isGoal ? contestants[index].goal.map { [.times(peer, $0)] } ?? [] : []))
    }
    return (rows, own)
  }

  /// How many of the contestants are builds of Karez's.
  private var buildCount: Int { contestants.prefix { $0.readsScenario }.count }

  private func kernel(_ index: Int) -> String { "draws: law, \(contestants[index].name)" }

  private func load(_ size: EnsembleCase, _ name: String) throws {
    let own = folder.appendingPathComponent("ensemble-\(name)")
    let scenario = try size.write(to: own)
    let binary = own.appendingPathComponent("case.bin")
    try size.binary.write(to: binary)
    for contestant in contestants {
      _ = try contestant.peer.ask(
        "load \((contestant.readsScenario ? scenario : binary).path)")
    }
  }

  /// Every program must come to the same means, and every build of Karez's to the same bits.
  private func check(_ name: String, draws: Int) throws {
    var answers: [[Double]] = []
    for contestant in contestants {
      let file = folder.appendingPathComponent("ensemble-answer.bin")
      _ = try contestant.peer.ask("answer \(file.path) \(draws)")
      answers.append(AllocationCase.doubles(in: try Data(contentsOf: file)))
    }
    for (contestant, answer) in zip(contestants, answers).dropFirst() {
      let tolerance = contestant.readsScenario ? 0 : 1e-6
      let differing = zip(answers[0], answer).filter { abs($0 - $1) > tolerance * abs($0) }.count
      if answer.count != answers[0].count || differing > 0 {
        throw BenchmarkFailure(
          "\(name): \(differing) of \(answer.count) means of \(contestant.name) differ")
      }
    }
  }

  /// How near the law comes to what the processor can do at the most.
  private func nearness(_ own: Sample, _ name: String) -> ResultRow {
    let parts = own.values.map { EnsembleBenchmark.operations / ($0 * 1e9) / peak * 100 }
    return ResultRow(
      kernel: "draws: of the machine's multiply-and-add rate", size: name,
      median: Sample(values: parts), unit: .percent)
  }

  /// How much faster two threads are than one.
  private func scaling(_ size: EnsembleCase) throws -> ResultRow {
    try load(size, "S")
    let peer = contestants[0].peer
    let ratios = try (0..<rounds).map { _ in
      let one = try peer.seconds("wall 0 4000 1")
      return one / (try peer.seconds("wall 0 4000 2"))
    }
    return ResultRow(
      kernel: "draws: two threads against one", size: "S × 4,000 draws",
      median: Sample(values: ratios), unit: .slope, goals: [.atLeast(1.7)])
  }

  /// How time grows with counties, factors, years and draws.
  private func growth() throws -> [ResultRow] {
    let byCounties = [100, 400, 1_600].map {
      (Double($0), EnsembleCase(counties: $0, streams: 4, years: 5), 160_000 / $0)
    }
    let byYears = [5, 10, 20].map {
      (Double($0), EnsembleCase(counties: 200, streams: 4, years: $0), 400)
    }
    let byDraws = [400, 1_600, 6_400].map {
      (Double($0), EnsembleCase(counties: 98, streams: 4, years: 5), $0)
    }
    let byFactors = [0, 2, 6].map {
      (Double($0 + 4), EnsembleCase(counties: 98, streams: 4, years: 5, extraFactors: $0), 1_600)
    }
    return [
      try slope("counties", byCounties, perDraw: true), try slope("factors", byFactors),
      try slope("years", byYears),
      try slope("draws", byDraws),
    ]
  }

  private func slope(
    _ name: String, _ sizes: [(size: Double, EnsembleCase, draws: Int)], perDraw: Bool = false
  ) throws -> ResultRow {
    var times = sizes.map { _ in [Double]() }
    for round in 0..<rounds {
      for (index, entry) in sizes.enumerated() {
        if round == 0 { _ = try entry.1.write(to: place(name, index)) }
        let file = place(name, index).appendingPathComponent("ensemble.yaml")
        _ = try contestants[0].peer.ask("load \(file.path)")
        let seconds = try contestants[0].peer.seconds("time 0 \(entry.draws)")
        times[index].append(perDraw ? seconds / Double(entry.draws) : seconds)
      }
    }
    let slopes = (0..<rounds).map { round in
      logSlope(sizes.map(\.size), times.map { $0[round] })
    }
    return ResultRow(
      kernel: "draws: growth with \(name) (log-log slope)",
      size: "\(Int(sizes[0].size))–\(Int(sizes[sizes.count - 1].size))",
      median: Sample(values: slopes), unit: .slope, goals: [.atMost(1.15)])
  }

  private func place(_ name: String, _ index: Int) -> URL {
    folder.appendingPathComponent("growth-\(name)-\(index)")
  }
}
