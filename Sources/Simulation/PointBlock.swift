import FundAllocation
import PolicyModel

/// A plan at chosen values of its uncertain parameters, eight points side by side, without noise: the
/// same law as draws, real-valued money.
///
/// One of the `start` functions first, then `runYear` for each year of the plan.
public struct PointBlock: Sendable {
  /// How many points stand side by side.
  public static let laneCount = DrawBlock.laneCount

  /// Which parameters may be chosen.
  public let space: ParameterSpace
  /// The simulator, which stands at the end of the year that was run last; failed points are marked.
  public private(set) var simulator: DrawSimulator
  private let written: [SIMD8<Double>]
  private var isFirstYear = true

  /// Prepares a plan.
  public init(_ plan: Plan) {
    space = ParameterSpace(plan)
    written = plan.parameterValues.map { SIMD8(repeating: $0) }
    // Shares are asked for, hence a listing.
    simulator = DrawSimulator(
      plan: plan, money: RealMoney(quantum: plan.scenario.quantum), parameters: written,
      keepsListing: true)
  }

  /// Starts eight unit points.
  ///
  /// - Parameter unit: Shape: [dimension]. From 0 to 1.
  public mutating func start(unit: [SIMD8<Double>]) {
    let space = space
    start { space.set(parameters: &$0, unit: unit) }
  }

  /// Starts up to eight settings.
  ///
  /// - Parameter settings: Shape: [point][input][1, or weight].
  public mutating func start(settings: [[[Double]]]) {
    let space = space
    start { space.set(parameters: &$0, settings: settings) }
  }

  /// Starts the values as they are written, eight times the same.
  public mutating func startAsWritten() {
    let written = written
    start { parameters in
      parameters = written
      return SIMD8<Double>.Mask(repeating: false)
    }
  }

  private mutating func start(_ set: (inout [SIMD8<Double>]) -> SIMD8<Double>.Mask) {
    simulator.startDraws(set)
    isFirstYear = true
  }

  /// Runs the next year.
  public mutating func runYear() {
    if !isFirstYear { simulator.advance() }
    isFirstYear = false
    simulator.runDraws(shocks: [])
  }
}
