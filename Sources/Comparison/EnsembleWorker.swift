import FundAllocation
import PolicyModel
import Simulation
import Statistics

/// What a leaf of draws came to.
public struct LeafResult: Sendable {
  /// Its number.
  public let number: Int
  /// The values of every series.
  public internal(set) var values: DrawLeaf
  /// The moments of every series.
  public internal(set) var moments: Moments
  /// In how many draws each series is "above": for a difference above 0, for a reform's county below
  /// the baseline.
  ///
  /// Shape: [series].
  public internal(set) var hits: [UInt32]
  /// The failed draws of each scenario.
  ///
  /// Shape: [scenario].
  public internal(set) var failed: [[Int]]
}

/// Runs leaves of draws of a comparison, one after the other; each thread has its own.
public struct EnsembleWorker: Sendable {
  private let layout: EnsembleLayout
  private var block: DrawBlock
  private var recorder: LeafRecorder

  /// Prepares the plans of a comparison.
  ///
  /// - Parameters:
  ///   - plans: One a scenario, the baseline first.
  ///   - seed: The seed of the draws.
  public init(_ plans: [Plan], seed: UInt64) {
    layout = EnsembleLayout(plans)
    block = DrawBlock(plans, seed: seed)
    recorder = LeafRecorder(plans, layout)
  }

  /// Runs a leaf.
  ///
  /// - Parameters:
  ///   - number: Its number: it begins with draw 64 · number.
  ///   - drawCount: How many draws it has.
  /// - Returns: Values, moments, hits and failures.
  public mutating func run(leaf number: Int, drawCount: Int) -> LeafResult {
    var recorder = recorder
    recorder.begin(number, drawCount: drawCount)
    for start in stride(from: 0, to: drawCount, by: DrawBlock.laneCount) {
      recorder.firstDraw = start
      block.run(firstDraw: number * DrawLeaf.size + start) { scenario, simulator in
        recorder.record(scenario, simulator)
      }
      recorder.endBlock(block.simulators.map(\.failed))
    }
    let result = recorder.result()
    self.recorder = recorder
    return result
  }
}

/// Takes from simulators what the series of a leaf need.
private struct LeafRecorder: Sendable {
  private let layout: EnsembleLayout
  private let matches: [CountyMatch]
  /// One a scenario and year, so that each starts from the order of its own last draw.
  private var calculators: [[MetricCalculator]]
  /// Final amounts, county totals, of the block's years so far.
  ///
  /// Shape: [scenario][year][county].
  private var totals: [[[SIMD8<Double>]]]
  private var figures = YearFigures()
  private var leaf: LeafResult
  /// The first draw of the block within the leaf.
  var firstDraw = 0

  init(_ plans: [Plan], _ layout: EnsembleLayout) {
    self.layout = layout
    matches = plans.map { CountyMatch($0, in: plans[0]) }
    calculators = plans.map { plan in plan.scenario.years.map { _ in MetricCalculator(plan) } }
    totals = plans.map { plan in
      plan.scenario.years.map { _ in Array(repeating: .zero, count: plan.countyCount) }
    }
    leaf = LeafRecorder.empty(0, drawCount: 1, layout)
  }

  private static func empty(
    _ number: Int, drawCount: Int, _ layout: EnsembleLayout
  ) -> LeafResult {
    LeafResult(
      number: number,
      values: DrawLeaf(seriesCount: layout.seriesCount, drawCount: drawCount),
      moments: Moments(counts: [], means: [], squares: []), hits: [],
      failed: layout.shapes.map { _ in [] })
  }

  mutating func begin(_ number: Int, drawCount: Int) {
    leaf = LeafRecorder.empty(number, drawCount: drawCount, layout)
  }

  /// Records a scenario's year of a block.
  mutating func record(_ scenario: Int, _ simulator: DrawSimulator) {
    let yearIndex = simulator.year - layout.shapes[scenario].years.lowerBound
    sumAmounts(scenario, yearIndex, simulator)
    let flows = LaneFlows(simulator)
    let draws = drawColumns(scenario, yearIndex, simulator)
    for lane in 0..<min(DrawBlock.laneCount, leaf.values.drawCount - firstDraw) {
      if simulator.failed[lane] { continue }
      setFigures(scenario, yearIndex, draws, lane)
      figures.flows = flows.flows(lane)
      let values = calculators[scenario][yearIndex].values(figures)
      let draw = firstDraw + lane
      for (metric, value) in values.enumerated() {
        set(layout.metric(scenario, yearIndex: yearIndex, metric), draw, value)
      }
      for (county, amount) in figures.amounts.enumerated() {
        set(layout.county(scenario, yearIndex: yearIndex, county), draw, amount / 100)
      }
    }
  }

  @inline(__always)
  private mutating func set(_ series: Int, _ draw: Int, _ value: Double) {
    leaf.values.values[series * DrawLeaf.size + draw] = value
  }

  private mutating func sumAmounts(
    _ scenario: Int, _ yearIndex: Int, _ simulator: DrawSimulator
  ) {
    totals[scenario][yearIndex].setEach { _ in .zero }
    for stream in simulator.streams {
      let final = stream.final
      totals[scenario][yearIndex].updateEach { $1 + final[$0] }
    }
  }

  /// The columns of each of eight draws.
  private struct DrawColumns {
    let amounts: [[Double]]
    let first: [[Double]]
    let last: [[Double]]?
    let baseline: [[Double]]?
    let people: [[Double]]
    let need: [[Double]]
    let staff: [[Double]]
    let income: [[Double]]
    let power: [[Double]]
  }

  private func drawColumns(
    _ scenario: Int, _ yearIndex: Int, _ simulator: DrawSimulator
  ) -> DrawColumns {
    let amounts = transposed(totals[scenario][yearIndex])
    return DrawColumns(
      amounts: amounts, first: yearIndex == 0 ? amounts : transposed(totals[scenario][0]),
      last: yearIndex == 0 ? nil : transposed(totals[scenario][yearIndex - 1]),
      baseline: scenario == 0
        ? amounts : baselineAmounts(scenario, yearIndex).map { transposed($0) },
      people: transposed(simulator.observation.ruralPopulation),
      need: transposed(simulator.observation.need),
      staff: transposed(simulator.observation.staff),
      income: transposed(simulator.shownIncome), power: transposed(simulator.incentivePower))
  }

  private mutating func setFigures(
    _ scenario: Int, _ yearIndex: Int, _ draws: DrawColumns, _ lane: Int
  ) {
    figures.amounts = draws.amounts[lane]
    figures.firstAmounts = draws.first[lane]
    figures.lastAmounts = draws.last?[lane]
    figures.baselineAmounts = draws.baseline.map { matches[scenario].amounts($0[lane]) }
    figures.people = draws.people[lane]
    figures.need = draws.need[lane]
    figures.staff = draws.staff[lane]
    figures.income = draws.income[lane]
    figures.power = draws.power[lane]
  }

  /// The baseline's amounts of the same calendar year; nil if it does not run it.
  private func baselineAmounts(_ scenario: Int, _ yearIndex: Int) -> [SIMD8<Double>]? {
    let year = layout.shapes[scenario].years.lowerBound + yearIndex
    let years = layout.shapes[0].years
    return years.contains(year) ? totals[0][year - years.lowerBound] : nil
  }

  /// Takes failed draws out of a block's series.
  mutating func endBlock(_ failed: [SIMDMask<SIMD8<Int64>>]) {
    for (scenario, mask) in failed.enumerated() {
      for lane in 0..<min(DrawBlock.laneCount, leaf.values.drawCount - firstDraw)
      where mask[lane] {
        let draw = firstDraw + lane
        leaf.failed[scenario].append(leaf.number * DrawLeaf.size + draw)
        for series in layout.series(of: scenario) { set(series, draw, .nan) }
      }
    }
  }

  /// The leaf with differences, hits and moments.
  mutating func result() -> LeafResult {
    leaf.hits = Array(repeating: 0, count: layout.seriesCount)
    for scenario in layout.shapes.indices.dropFirst() {
      setDifferences(scenario)
      countLosses(scenario)
    }
    leaf.moments = Moments(leaf.values)
    return leaf
  }

  private mutating func setDifferences(_ scenario: Int) {
    for (yearIndex, year) in layout.shapes[scenario].years.enumerated()
    where layout.shapes[0].years.contains(year) {
      let baseYear = year - layout.shapes[0].years.lowerBound
      for metric in Metric.allCases.indices {
        let own = layout.metric(scenario, yearIndex: yearIndex, metric)
        let base = layout.metric(0, yearIndex: baseYear, metric)
        guard let target = layout.difference(scenario, yearIndex: yearIndex, metric) else {
          continue
        }
        for draw in 0..<leaf.values.drawCount {
          let value = leaf.values.values[own * DrawLeaf.size + draw]
          let other = leaf.values.values[base * DrawLeaf.size + draw]
          set(target, draw, value - other)
          // What the arithmetic may be off by counts as no difference.
          if value - other > 1e-12 * (abs(value) + abs(other)) { leaf.hits[target] += 1 }
        }
      }
    }
  }

  /// Counts the draws in which a county gets less than in the baseline: by over half a fen.
  private mutating func countLosses(_ scenario: Int) {
    for (yearIndex, year) in layout.shapes[scenario].years.enumerated()
    where layout.shapes[0].years.contains(year) {
      let baseYear = year - layout.shapes[0].years.lowerBound
      for (county, match) in matches[scenario].indices.enumerated() {
        guard let match else { continue }
        let own = layout.county(scenario, yearIndex: yearIndex, county)
        let base = layout.county(0, yearIndex: baseYear, match)
        for draw in 0..<leaf.values.drawCount {
          let value = leaf.values.values[own * DrawLeaf.size + draw]
          if value < leaf.values.values[base * DrawLeaf.size + draw] - 0.005 {
            leaf.hits[own] += 1
          }
        }
      }
    }
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
private struct LaneFlows {
  private var sums = Array(repeating: SIMD8<Double>.zero, count: 7)

  init(_ simulator: DrawSimulator) {
    for stream in simulator.streams {
      add(0, stream.final)
      add(0, stream.carriedIn)
      add(1, stream.spent)
      add(2, stream.carriedOut)
      add(3, stream.recovered)
      sums[4] = sums[4] + stream.unallocated
      add(5, stream.outcome.reward)
      add(6, stream.outcome.deduction)
    }
  }

  private mutating func add(_ index: Int, _ column: [SIMD8<Double>]) {
    var sum = SIMD8<Double>.zero
    for value in column { sum = sum + value }
    sums[index] = sums[index] + sum
  }

  func flows(_ lane: Int) -> YearFigures.Flows {
    YearFigures.Flows(
      atHand: sums[0][lane], spent: sums[1][lane], carried: sums[2][lane],
      recovered: sums[3][lane], unallocated: sums[4][lane], rewarded: sums[5][lane],
      deducted: sums[6][lane])
  }
}
