import FundAllocation
import Simulation

/// Takes from a simulator of eight draws or points the figures from which metrics are made, a year
/// after the other.
struct LaneFigures: Sendable {
  /// Final amounts, county totals, of the years so far.
  ///
  /// Shape: [year][county]. Fen.
  private(set) var totals: [[SIMD8<Double>]]

  init(_ plan: Plan) {
    totals = plan.scenario.years.map { _ in Array(repeating: .zero, count: plan.countyCount) }
  }

  /// Takes over the amounts of a year.
  mutating func sumAmounts(_ simulator: DrawSimulator, yearIndex: Int) {
    totals[yearIndex].set(simulator.finalSums)
  }

  /// The year's columns of each of eight draws, after `sumAmounts`.
  ///
  /// - Parameters:
  ///   - simulator: At the year's end.
  ///   - yearIndex: Index of the year in the run.
  ///   - baseline: What amounts are compared with.
  /// - Returns: The columns.
  func columns(
    _ simulator: DrawSimulator, yearIndex: Int, baseline: Baseline
  ) -> LaneColumns {
    let amounts = transposed(totals[yearIndex])
    let base: [[Double]]? =
      switch baseline {
      case .itself: amounts
      case .amounts(let columns): columns.map { transposed($0) }
      }
    return LaneColumns(
      amounts: amounts, first: yearIndex == 0 ? amounts : transposed(totals[0]),
      last: yearIndex == 0 ? nil : transposed(totals[yearIndex - 1]), baseline: base,
      people: transposed(simulator.observation.ruralPopulation),
      need: transposed(simulator.observation.need),
      staff: transposed(simulator.observation.staff),
      income: transposed(simulator.shownIncome), power: transposed(simulator.incentivePower),
      flows: LaneFlows(simulator))
  }

  /// What a year's amounts are compared with.
  enum Baseline {
    /// The scenario is the baseline.
    case itself
    /// The baseline's amounts; nil in a year that it does not run. Shape: [county of the baseline].
    case amounts([SIMD8<Double>]?)
  }
}

/// The columns of each of eight draws.
struct LaneColumns {
  let amounts: [[Double]]
  let first: [[Double]]
  let last: [[Double]]?
  let baseline: [[Double]]?
  let people: [[Double]]
  let need: [[Double]]
  let staff: [[Double]]
  let income: [[Double]]
  let power: [[Double]]
  let flows: LaneFlows

  /// Gives the figures of one draw.
  func set(_ figures: inout YearFigures, lane: Int, match: CountyMatch) {
    figures.amounts = amounts[lane]
    figures.firstAmounts = first[lane]
    figures.lastAmounts = last?[lane]
    figures.baselineAmounts = baseline.map { match.amounts($0[lane]) }
    figures.people = people[lane]
    figures.need = need[lane]
    figures.staff = staff[lane]
    figures.income = income[lane]
    figures.power = power[lane]
    figures.flows = flows.flows(lane)
  }
}

/// A column of eight draws as eight columns.
private func transposed(_ lanes: [SIMD8<Double>]) -> [[Double]] {
  func lane(_ pick: (SIMD8<Double>) -> Double) -> [Double] { lanes.map(pick) }
  return [
    lane { $0[0] }, lane { $0[1] }, lane { $0[2] }, lane { $0[3] },
    lane { $0[4] }, lane { $0[5] }, lane { $0[6] }, lane { $0[7] },
  ]
}

/// Sums over counties and streams of eight draws, in fen.
struct LaneFlows {
  private var sums = Array(repeating: SIMD8<Double>.zero, count: 7)

  init(_ simulator: DrawSimulator) {
    for stream in simulator.streams {
      let flows = stream.flows
      sums[0] = sums[0] + flows.final + flows.carriedIn
      sums[1] = sums[1] + flows.spent
      sums[2] = sums[2] + flows.carriedOut
      sums[3] = sums[3] + flows.recovered
      sums[4] = sums[4] + stream.unallocated
      sums[5] = sums[5] + stream.rewarded
      sums[6] = sums[6] + stream.deducted
    }
  }

  func flows(_ lane: Int) -> YearFigures.Flows {
    YearFigures.Flows(
      atHand: sums[0][lane], spent: sums[1][lane], carried: sums[2][lane],
      recovered: sums[3][lane], unallocated: sums[4][lane], rewarded: sums[5][lane],
      deducted: sums[6][lane])
  }
}
