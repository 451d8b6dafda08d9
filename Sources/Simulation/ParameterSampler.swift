import FundAllocation
import PolicyModel
import Statistics

/// Draws the uncertain parameters of a plan, eight draws side by side.
struct ParameterSampler: Sendable {
  typealias Lanes = SIMD8<Double>

  private let plan: UncertaintyPlan
  private let draws: NormalDraws
  private let yearCount: Int
  private let bounds: [ClosedRange<Double>]
  /// The parameters as written.
  ///
  /// Shape: [slot][year], flat.
  private let written: [Double]

  init(_ plan: Plan, draws: NormalDraws) {
    self.plan = plan.uncertainty
    self.draws = draws
    yearCount = plan.yearCount
    bounds = plan.parameters.map(\.domain.bounds)
    written = plan.parameterValues
  }

  /// Sets what differs by draw; returns the draws whose parameters no scenario may have.
  func set(_ parameters: inout [Lanes], firstDraw: Int) -> Lanes.Mask {
    var refused = Lanes.Mask(repeating: false)
    for drawn in plan.drawn {
      let number = number(drawn, firstDraw: firstDraw)
      for slot in drawn.slots {
        for index in (slot * yearCount)..<((slot + 1) * yearCount) {
          let value = apply(number, to: written[index], drawn.application)
          parameters[index] = value
          refused =
            refused .| (value .< bounds[slot].lowerBound) .| (value .> bounds[slot].upperBound)
        }
      }
    }
    for weights in plan.weights { set(weights, &parameters, firstDraw: firstDraw) }
    for constraint in plan.constraints {
      refused = refused .| violations(constraint, parameters)
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

  private func number(_ drawn: UncertaintyPlan.Drawn, firstDraw: Int) -> Lanes {
    var number: Lanes
    switch drawn.distribution {
    case .normal(let mean, let sd): number = normals(drawn.source, firstDraw) * sd + mean
    case .lognormal(let median, let sigma):
      number = VectorMath.exponential(normals(drawn.source, firstDraw) * sigma) * median
    case .uniform(let low, let high):
      number = uniforms(drawn.source, firstDraw) * (high - low) + low
    case .triangular(let low, let mode, let high):
      number = triangular(uniforms(drawn.source, firstDraw), low, mode, high)
    case .dirichlet: preconditionFailure("weights are drawn together")
    }
    if let lowest = drawn.lowest { number = Lanes.greatest(number, Lanes(repeating: lowest)) }
    if let highest = drawn.highest { number = Lanes.least(number, Lanes(repeating: highest)) }
    return number
  }

  private func normals(_ source: UInt32, _ firstDraw: Int) -> Lanes {
    draws.normals(first: firstDraw, county: 0, year: 0, source: source)
  }

  private func uniforms(_ source: UInt32, _ firstDraw: Int) -> Lanes {
    draws.uniforms(first: firstDraw, county: 0, year: 0, source: source).first
  }

  /// The inverse of the distribution function, its two branches side by side.
  private func triangular(_ u: Lanes, _ low: Double, _ mode: Double, _ high: Double) -> Lanes {
    let width = high - low
    let left = VectorMath.squareRoot(u * (width * (mode - low))) + low
    let right = high - VectorMath.squareRoot((1 - u) * (width * (high - mode)))
    return right.replacing(with: left, where: u * width .< mode - low)
  }

  /// Dirichlet weights around the written ones: gamma numbers over their sum, from logarithms, so
  /// that any concentration has the right distribution.
  private func set(
    _ weights: UncertaintyPlan.DrawnWeights, _ parameters: inout [Lanes], firstDraw: Int
  ) {
    for year in 0..<yearCount {
      for lane in 0..<NormalDraws.laneCount {
        let logarithms = weights.slots.indices.map { member in
          let centre = written[weights.slots[member] * yearCount + year]
          if centre <= 0 { return -Double.infinity }
          return draws.logarithmOfGamma(
            shape: weights.concentration * centre, draw: firstDraw + lane,
            member: weights.members[member], source: weights.source)
        }
        let largest = logarithms.max() ?? 0
        let gammas = logarithms.map { logarithm in
          logarithm < largest - 700
            ? 0 : VectorMath.exponential(Lanes(repeating: logarithm - largest))[0]
        }
        let sum = gammas.reduce(0, +)
        for (member, gamma) in gammas.enumerated() {
          parameters[weights.slots[member] * yearCount + year][lane] = gamma / sum
        }
      }
    }
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
