import FundAllocation
import PolicyModel
import Statistics

/// What a number drawn or chosen does to the parameters of a plan, eight points side by side: the
/// rules that draws and chosen points share.
struct ParameterSetter: Sendable {
  typealias Lanes = SIMD8<Double>

  let plan: UncertaintyPlan
  let yearCount: Int
  private let bounds: [ClosedRange<Double>]
  /// The parameters as written.
  ///
  /// Shape: [slot][year], flat.
  private let written: [Double]

  init(_ plan: Plan) {
    self.plan = plan.uncertainty
    yearCount = plan.yearCount
    bounds = plan.parameters.map(\.domain.bounds)
    written = plan.parameterValues
  }

  // MARK: Numbers

  /// A number of a distribution from a standard one, cut to its bounds.
  ///
  /// - Parameters:
  ///   - drawn: Whose distribution.
  ///   - normal: Numbers of the standard normal distribution.
  ///   - uniform: Numbers from 0 to 1.
  /// - Returns: Its numbers.
  func number(
    _ drawn: UncertaintyPlan.Drawn, normal: () -> Lanes, uniform: () -> Lanes
  ) -> Lanes {
    var number: Lanes
    switch drawn.distribution {
    case .normal(let mean, let sd): number = normal() * sd + mean
    case .lognormal(let median, let sigma):
      number = VectorMath.exponential(normal() * sigma) * median
    case .uniform(let low, let high): number = uniform() * (high - low) + low
    case .triangular(let low, let mode, let high):
      number = triangular(uniform(), low, mode, high)
    case .dirichlet: preconditionFailure("weights are drawn together")
    }
    if let lowest = drawn.lowest { number = Lanes.greatest(number, Lanes(repeating: lowest)) }
    if let highest = drawn.highest { number = Lanes.least(number, Lanes(repeating: highest)) }
    return number
  }

  /// The inverse of the distribution function, its two branches side by side.
  private func triangular(_ u: Lanes, _ low: Double, _ mode: Double, _ high: Double) -> Lanes {
    let width = high - low
    let left = VectorMath.squareRoot(u * (width * (mode - low))) + low
    let right = high - VectorMath.squareRoot((1 - u) * (width * (high - mode)))
    return right.replacing(with: left, where: u * width .< mode - low)
  }

  /// Gives a number to every parameter that it stands for; returns where it is out of bounds.
  func set(
    _ drawn: UncertaintyPlan.Drawn, to number: Lanes, _ parameters: inout [Lanes]
  ) -> Lanes.Mask {
    var refused = Lanes.Mask(repeating: false)
    for slot in drawn.slots {
      for index in (slot * yearCount)..<((slot + 1) * yearCount) {
        let value = apply(number, to: written[index], drawn.application)
        parameters[index] = value
        // Not a number is neither below nor above.
        refused =
          refused .| .!((value .>= bounds[slot].lowerBound) .& (value .<= bounds[slot].upperBound))
      }
    }
    return refused
  }

  private func apply(
    _ number: Lanes, to written: Double, _ application: Uncertainty.Application
  ) -> Lanes {
    switch application {
    case .value: number
    case .factor: number * written
    case .shift: number + written
    }
  }

  // MARK: Weights

  /// The shape of a weight's gamma number in a year; 0 for a weight of 0.
  func shape(_ weights: UncertaintyPlan.DrawnWeights, member: Int, year: Int) -> Double {
    let centre = written[weights.slots[member] * yearCount + year]
    return centre <= 0 ? 0 : weights.concentration * centre
  }

  /// Whether the weights are written alike in a year and the year before.
  func isAsBefore(_ weights: UncertaintyPlan.DrawnWeights, year: Int) -> Bool {
    year > 0
      && weights.slots.allSatisfy {
        written[$0 * yearCount + year] == written[$0 * yearCount + year - 1]
      }
  }

  /// Gives one point's weights of a year.
  func set(
    _ weights: UncertaintyPlan.DrawnWeights, to values: [Double], year: Int, lane: Int,
    _ parameters: inout [Lanes]
  ) {
    for (slot, value) in zip(weights.slots, values) {
      parameters[slot * yearCount + year][lane] = value
    }
  }

  /// Dirichlet weights: gamma numbers over their sum, from logarithms, so that any concentration has
  /// the right distribution.
  static func weights(ofLogarithms logarithms: [Double]) -> [Double] {
    let largest = logarithms.max() ?? 0
    let gammas = logarithms.map { logarithm in
      logarithm < largest - 700
        ? 0 : VectorMath.exponential(Lanes(repeating: logarithm - largest))[0]
    }
    let sum = gammas.reduce(0, +)
    return gammas.map { $0 / sum }
  }

  // MARK: Constraints

  /// Where the parameters contradict each other.
  func violations(_ parameters: [Lanes]) -> Lanes.Mask {
    plan.constraints.reduce(Lanes.Mask(repeating: false)) { $0 .| violations($1, parameters) }
  }

  /// Whether one draw's parameters violate a constraint.
  func isViolated(_ constraint: UncertaintyPlan.Constraint, _ parameters: [Double]) -> Bool {
    violations(constraint, parameters.map { Lanes(repeating: $0) }).holdsForAny
  }

  private func violations(
    _ constraint: UncertaintyPlan.Constraint, _ parameters: [Lanes]
  ) -> Lanes.Mask {
    var violated = Lanes.Mask(repeating: false)
    for year in 0..<yearCount {
      let values = constraint.slots.map { parameters[$0 * yearCount + year] }
      let sum = values.reduce(.zero, +)
      switch constraint.rule {
      case .ascending:
        for (lower, upper) in zip(values, values.dropFirst()) {
          violated = violated .| (upper .<= lower)
        }
      case .sumAtMostOne: violated = violated .| (sum .> 1 + 1e-9)
      case .sumPositive: violated = violated .| (sum .<= 0)
      }
    }
    return violated
  }
}
