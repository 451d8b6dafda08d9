import Foundation
import FundAllocation
import PolicyModel
import ScenarioRunner
import Simulation

/// Ledgers of synthetic scenarios, without reading: at national size, and how time grows.
struct LedgerBenchmark {
  let folder: URL
  let rounds: Int

  func rows() throws -> [ResultRow] {
    let national = try plan(counties: 2_844, years: 10)
    _ = try Ledger(national)
    let times = try sample(national)
    let byCounties = [711, 1_422, 2_844, 5_688].map { (Double($0), counties: $0, years: 5) }
    let byYears = [5, 10, 20, 40].map { (Double($0), counties: 1_422, years: $0) }
    return [
      ResultRow(
        kernel: "ledger, read and compiled before", size: "2844 × 5 × 10 years", median: times,
        unit: .milliseconds),
      try growth("counties", byCounties), try growth("years", byYears),
    ]
  }

  private func plan(counties: Int, years: Int) throws -> Plan {
    let own = folder.appendingPathComponent("\(counties)-\(years)")
    let file = try NationalScenario(counties: counties, years: years).write(to: own)
    return try LoadedRun.plans([file.path]).plans[0]
  }

  private func sample(_ plan: Plan) throws -> Sample {
    Sample(
      values: try (0..<rounds).map { _ in
        try Clock.seconds(repetitions: 1) { _ in _ = try Ledger(plan) }
      })
  }

  /// The slope of log time over log size, a straight line through all sizes, round by round.
  private func growth(
    _ name: String, _ sizes: [(size: Double, counties: Int, years: Int)]
  ) throws -> ResultRow {
    let plans = try sizes.map { try plan(counties: $0.counties, years: $0.years) }
    let slopes = try (0..<rounds).map { _ in
      let times = try plans.map { plan in
        try Clock.seconds(repetitions: 1) { _ in _ = try Ledger(plan) }
      }
      return logSlope(sizes.map(\.size), times)
    }
    let span = "\(Int(sizes[0].size))–\(Int(sizes[sizes.count - 1].size))"
    return ResultRow(
      kernel: "ledger, growth with \(name) (log-log slope)", size: span,
      median: Sample(values: slopes), unit: .slope, goals: [.atMost(1.15)])
  }
}

/// The slope of log time over log size: a straight line through all sizes.
func logSlope(_ sizes: [Double], _ times: [Double]) -> Double {
  let (x, y) = (sizes.map { log($0) }, times.map { log($0) })
  let meanX = x.reduce(0, +) / Double(x.count)
  let meanY = y.reduce(0, +) / Double(y.count)
  let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  return products / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
}

/// The four parts of the French grant, each allocated as the ledger does it.
struct FranceBenchmark {
  let scenario: URL
  let rounds: Int

  func rows() throws -> [ResultRow] {
    let ledger = try Ledger(try LoadedRun.plans([scenario.path]).plans[0])
    let money = LedgerMoney(quantum: ledger.plan.scenario.quantum)
    return ledger.years[0].streams.enumerated().map { index, result in
      var sum = 0.0
      let times = (0..<rounds).map { _ in
        Clock.seconds(repetitions: 20) { repetition in
          var year = result.year
          year.pool -= Double(repetition) * money.quantum
          sum += StreamAllocation(year, prefectures: [], money: money).basePool
        }
      }
      return ResultRow(
        kernel: "France, part \(ledger.plan.scenario.streams[index].key)", size: "33058",
        median: Sample(values: times), unit: .microseconds,
        goals: sum > 0 ? [.atMost(1e-3)] : [])
    }
  }
}
