import FundAllocation
import PolicyModel
import Simulation

/// What a point came to.
public struct PointResult: Sendable {
  /// Metrics in the order of `Metric.allCases`, NaN where undefined.
  ///
  /// Shape: [year][metric].
  public let metrics: [[Double]]
  /// Final amounts, county totals.
  ///
  /// Shape: [year][county]. Fen, not rounded.
  public let amounts: [[Double]]
  /// Whether no scenario may have the point's parameters or the law ends in an error; then every
  /// metric and amount is NaN.
  public let isFailed: Bool

  /// One metric of a year; NaN where it is undefined or the point failed.
  public func value(_ metric: Metric, yearIndex: Int) -> Double {
    Metric.allCases.firstIndex(of: metric).map { metrics[yearIndex][$0] } ?? .nan
  }
}

/// Runs a plan at chosen values of its uncertain parameters, up to eight points side by side, by the
/// law that draws follow: no noise, money not rounded.
///
/// Money moved, winners and losers are against a baseline at its written values, the plan's own
/// unless another is given. Each thread takes its own copy; what a point comes to does not depend on
/// the points beside or before it.
public struct PlanExperiment: Sendable {
  /// The plan.
  public let plan: Plan
  private var block: PointBlock
  private var calculators: [MetricCalculator]
  private var lanes: LaneFigures
  private let match: CountyMatch
  /// The baseline's amounts; nil in years that it does not run, or if it ends in an error.
  ///
  /// Shape: [year][county of the baseline]. Fen.
  private let baseline: [[SIMD8<Double>]?]

  /// Which parameters may be chosen.
  public var space: ParameterSpace { block.space }

  /// Prepares a plan.
  ///
  /// - Parameters:
  ///   - plan: Compiled with its uncertainty.
  ///   - baseline: What amounts are compared with, at its written values; the plan itself if nil.
  public init(_ plan: Plan, baseline: Plan? = nil) {
    self.plan = plan
    let base = baseline ?? plan
    block = PointBlock(plan)
    calculators = plan.scenario.years.map { _ in MetricCalculator(plan) }
    lanes = LaneFigures(plan)
    match = CountyMatch(plan, in: base)
    let amounts = PlanExperiment.writtenAmounts(base)
    let years = base.scenario.years
    self.baseline = plan.scenario.years.map { year in
      years.contains(year) ? amounts?[year - years.lowerBound] : nil
    }
  }

  /// Amounts by year at the written values; nil if the law ends in an error.
  private static func writtenAmounts(_ plan: Plan) -> [[SIMD8<Double>]]? {
    var lanes = LaneFigures(plan)
    var block = PointBlock(plan)
    block.startAsWritten()
    for yearIndex in 0..<plan.yearCount {
      block.runYear()
      lanes.sumAmounts(block.simulator, yearIndex: yearIndex)
    }
    return block.simulator.failed.holdsForAny ? nil : lanes.totals
  }

  /// Runs up to eight unit points.
  ///
  /// - Parameter points: Shape: [point][dimension]. From 0 to 1.
  /// - Returns: What each came to, in order.
  public mutating func run(_ points: [[Double]]) -> [PointResult] {
    precondition(
      (1...PointBlock.laneCount).contains(points.count), "one to eight points stand side by side")
    let unit = space.dimensions.indices.map { dimension in
      var lanes = SIMD8<Double>(repeating: 0.5)
      for (lane, point) in points.enumerated() { lanes[lane] = point[dimension] }
      return lanes
    }
    return run(unit: unit, count: points.count)
  }

  /// Runs eight unit points side by side.
  ///
  /// - Parameters:
  ///   - unit: Shape: [dimension].
  ///   - count: How many of the eight are wanted.
  /// - Returns: What each came to, in order.
  public mutating func run(unit: [SIMD8<Double>], count: Int) -> [PointResult] {
    precondition((1...PointBlock.laneCount).contains(count), "one to eight points are wanted")
    block.start(unit: unit)
    return results(count)
  }

  /// Runs up to eight settings.
  ///
  /// - Parameter settings: Shape: [point][input][1, or weight] (`ParameterSpace.settings(at:)`).
  /// - Returns: What each came to, in order.
  public mutating func run(settings: [[[Double]]]) -> [PointResult] {
    block.start(settings: settings)
    return results(settings.count)
  }

  /// Runs the values as they are written.
  public mutating func runAsWritten() -> PointResult {
    block.startAsWritten()
    return results(1)[0]
  }

  /// Runs the years of a block that was started.
  private mutating func results(_ count: Int) -> [PointResult] {
    var metrics = (0..<count).map { _ in [[Double]]() }
    var amounts = metrics
    for yearIndex in 0..<plan.yearCount {
      block.runYear()
      lanes.sumAmounts(block.simulator, yearIndex: yearIndex)
      let columns = lanes.columns(
        block.simulator, yearIndex: yearIndex, baseline: .amounts(baseline[yearIndex]))
      var figures = YearFigures()
      for lane in 0..<count where !block.simulator.failed[lane] {
        columns.set(&figures, lane: lane, match: match)
        metrics[lane].append(calculators[yearIndex].values(figures))
        amounts[lane].append(figures.amounts)
      }
    }
    return (0..<count).map { lane in
      block.simulator.failed[lane]
        ? failure
        : PointResult(metrics: metrics[lane], amounts: amounts[lane], isFailed: false)
    }
  }

  private var failure: PointResult {
    func rows(_ count: Int) -> [[Double]] {
      Array(repeating: Array(repeating: .nan, count: count), count: plan.yearCount)
    }
    return PointResult(
      metrics: rows(Metric.allCases.count), amounts: rows(plan.countyCount), isFailed: true)
  }
}
