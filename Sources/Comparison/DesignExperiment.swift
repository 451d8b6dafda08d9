import FundAllocation
import PolicyModel
import Simulation

/// Runs a plan at chosen values of its free parameters, up to eight points side by side, and takes the
/// figures that goals are about: no noise, money not rounded.
///
/// The baseline of losers, winners and changes is the plan at its written values. What a point comes to
/// does not depend on the points beside it.
public struct DesignExperiment: Sendable {
  /// The plan, compiled with the free parameters open.
  public let plan: Plan
  private var block: PointBlock
  private var lanes: LaneFigures
  private var calculators: [MetricCalculator]
  private let match: CountyMatch
  /// The baseline's amounts in fen; empty until it was run.
  ///
  /// Shape: [year][county].
  private var baseline: [[SIMD8<Double>]] = []

  /// Prepares a plan and runs it as written.
  ///
  /// - Parameter plan: Compiled with the free parameters open.
  public init(_ plan: Plan) {
    var plan = plan
    plan.recordsGroups = true
    self.plan = plan
    block = PointBlock(plan)
    lanes = LaneFigures(plan)
    calculators = plan.scenario.years.map { _ in MetricCalculator(plan) }
    match = CountyMatch(plan, in: plan)
    block.startAsWritten()
    for yearIndex in 0..<plan.yearCount {
      block.runYear()
      lanes.sumAmounts(block.simulator, yearIndex: yearIndex)
    }
    baseline = lanes.totals
  }

  /// Runs up to eight points.
  ///
  /// - Parameter settings: Shape: [point][input][1, or weight], inputs as the plan has them.
  /// - Returns: The figures of every year of each point; empty where no scenario may have its parameters
  ///   or the law ends in an error.
  public mutating func run(_ settings: [[[Double]]]) -> [[GoalFigures]] {
    block.start(settings: settings)
    return observe(count: settings.count)
  }

  /// Runs the values as they are written.
  ///
  /// - Returns: The figures of every year; empty where the law ends in an error.
  public mutating func runAsWritten() -> [GoalFigures] {
    block.startAsWritten()
    return observe(count: 1)[0]
  }

  private mutating func observe(count: Int) -> [[GoalFigures]] {
    var results = [[GoalFigures]](repeating: [], count: count)
    for yearIndex in 0..<plan.yearCount {
      block.runYear()
      lanes.sumAmounts(block.simulator, yearIndex: yearIndex)
      let columns = lanes.columns(
        block.simulator, yearIndex: yearIndex, baseline: .amounts(baseline[yearIndex]))
      for lane in 0..<count where !block.simulator.failed[lane] {
        results[lane].append(figures(columns, yearIndex, lane))
      }
    }
    return results.indices.map { block.simulator.failed[$0] ? [] : results[$0] }
  }

  private mutating func figures(
    _ columns: LaneColumns, _ yearIndex: Int, _ lane: Int
  ) -> GoalFigures {
    var figures = YearFigures()
    columns.set(&figures, lane: lane, match: match)
    let observed = block.simulator.observation
    return GoalFigures(
      streams: block.simulator.streams.map { $0.final.map { $0[lane] } },
      amounts: figures.amounts, baseline: figures.baselineAmounts ?? figures.amounts,
      people: figures.people, groups: observed.groups.map { $0.map { $0[lane] } },
      metrics: calculators[yearIndex].values(figures))
  }
}
