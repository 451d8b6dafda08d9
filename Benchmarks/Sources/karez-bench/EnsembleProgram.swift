import Dispatch
import Foundation
import FundAllocation
import ScenarioRunner
import Simulation

/// Karez's law with draws, as a program that answers the same commands as its peers
/// (Peers/MODEL.md), so that all are timed alike.
struct EnsembleProgram {
  private var block: DrawBlock?
  private var plan: Plan?

  /// Answers commands until the input ends.
  mutating func run() throws {
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard let command = words.first else { continue }
      let numbers = words.dropFirst().compactMap { Int($0) }
      switch (command, numbers.count) {
      case ("load", _) where words.count == 2: try load(words[1])
      case ("time", 2): answer(try seconds(first: numbers[0], count: numbers[1]))
      case ("wall", 3):
        answer(try wallSeconds(first: numbers[0], count: numbers[1], threads: numbers[2]))
      case ("answer", 1) where words.count == 3: try write(to: words[1], count: numbers[0])
      case ("version", _): answer(EnsembleProgram.version)
      default: throw BenchmarkFailure("what is this command: \(line)")
      }
    }
  }

  static var version: String {
    #if KAREZ_NATIVE
      "Karez for this processor"
    #else
      "Karez for \(ProcessorLevel.ofThisBuild?.rawValue ?? "any processor")"
    #endif
  }

  private func answer(_ value: some CustomStringConvertible) {
    FileHandle.standardOutput.write(Data("\(value)\n".utf8))
  }

  private mutating func load(_ path: String) throws {
    let plan = try LoadedRun.plans([path]).plans[0]
    self.plan = plan
    block = DrawBlock([plan], seed: plan.scenario.seed)
    answer("loaded")
  }

  private func prepared() throws -> (DrawBlock, Plan) {
    guard let block, let plan else { throw BenchmarkFailure("nothing is loaded") }
    return (block, plan)
  }

  private func seconds(first: Int, count: Int) throws -> Double {
    var (block, plan) = try prepared()
    return Clock.seconds(repetitions: 1) { _ in
      var sums = EnsembleSums(plan)
      sums.run(&block, first: first, count: count)
    }
  }

  private func wallSeconds(first: Int, count: Int, threads: Int) throws -> Double {
    let (block, plan) = try prepared()
    let clock = ContinuousClock()
    let start = clock.now
    let blocks = count / DrawBlock.laneCount
    DispatchQueue.concurrentPerform(iterations: threads) { index in
      var own = block
      var sums = EnsembleSums(plan)
      let from = blocks * index / threads
      let to = blocks * (index + 1) / threads
      sums.run(
        &own, first: first + from * DrawBlock.laneCount,
        count: (to - from) * DrawBlock.laneCount)
    }
    let wall = start.duration(to: clock.now)
    return Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18
  }

  private func write(to path: String, count: Int) throws {
    var (block, plan) = try prepared()
    var sums = EnsembleSums(plan)
    sums.run(&block, first: 0, count: count)
    try sums.means(count).write(to: URL(fileURLWithPath: path))
    answer("written")
  }
}

/// Sums over draws of what the programs must agree on.
struct EnsembleSums {
  /// Final amounts, in fen.
  ///
  /// Shape: [year][county].
  private var amounts: [[SIMD8<Double>]]
  /// Of the last year.
  ///
  /// Shape: [county].
  private var income: [SIMD8<Double>]
  private var score: [SIMD8<Double>]

  init(_ plan: Plan) {
    let zero = [SIMD8<Double>](repeating: .zero, count: plan.countyCount)
    amounts = Array(repeating: zero, count: plan.yearCount)
    income = zero
    score = zero
  }

  mutating func run(_ block: inout DrawBlock, first: Int, count: Int) {
    for draw in stride(from: first, to: first + count, by: DrawBlock.laneCount) {
      var year = 0
      block.run(firstDraw: draw) { _, simulator in
        add(&simulator, year)
        year += 1
      }
    }
  }

  private mutating func add(_ simulator: inout DrawSimulator, _ year: Int) {
    let finals = simulator.finalSums
    amounts[year].updateEach { $1 + finals[$0] }
    if year < amounts.count - 1 { return }
    let (incomes, scores) = (simulator.state.income, simulator.state.score)
    income.updateEach { $1 + incomes[$0] }
    score.updateEach { $1 + scores[$0] }
  }

  /// Means over draws as little-endian doubles.
  func means(_ count: Int) -> Data {
    var data = Data()
    for sum in amounts.joined() + income + score {
      let bits = (sum.sum() / Double(count)).bitPattern
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return data
  }
}
