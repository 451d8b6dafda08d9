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
  /// What each scenario's years of the block came to so far.
  private var lanes: [LaneFigures]
  private var figures = YearFigures()
  private var leaf: LeafResult
  /// The first draw of the block within the leaf.
  var firstDraw = 0

  init(_ plans: [Plan], _ layout: EnsembleLayout) {
    self.layout = layout
    matches = plans.map { CountyMatch($0, in: plans[0]) }
    calculators = plans.map { plan in plan.scenario.years.map { _ in MetricCalculator(plan) } }
    lanes = plans.map { LaneFigures($0) }
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
    lanes[scenario].sumAmounts(simulator, yearIndex: yearIndex)
    let columns = lanes[scenario].columns(
      simulator, yearIndex: yearIndex, baseline: baseline(scenario, yearIndex))
    for lane in 0..<min(DrawBlock.laneCount, leaf.values.drawCount - firstDraw) {
      if simulator.failed[lane] { continue }
      columns.set(&figures, lane: lane, match: matches[scenario])
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

  /// The baseline's amounts of the same calendar year; nil if it does not run it.
  private func baseline(_ scenario: Int, _ yearIndex: Int) -> LaneFigures.Baseline {
    if scenario == 0 { return .itself }
    let year = layout.shapes[scenario].years.lowerBound + yearIndex
    let years = layout.shapes[0].years
    return .amounts(years.contains(year) ? lanes[0].totals[year - years.lowerBound] : nil)
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
