import FundAllocation
import PolicyModel
import Statistics

/// Draws the uncertain parameters of a plan, eight draws side by side.
struct ParameterSampler: Sendable {
  typealias Lanes = SIMD8<Double>

  let setter: ParameterSetter
  private let draws: NormalDraws

  init(_ plan: Plan, draws: NormalDraws) {
    setter = ParameterSetter(plan)
    self.draws = draws
  }

  /// Sets what differs by draw; returns the draws whose parameters no scenario may have.
  func set(_ parameters: inout [Lanes], firstDraw: Int) -> Lanes.Mask {
    var refused = Lanes.Mask(repeating: false)
    for drawn in setter.plan.drawn {
      let number = setter.number(
        drawn,
        normal: { draws.normals(first: firstDraw, county: 0, year: 0, source: drawn.source) },
        uniform: {
          draws.uniforms(first: firstDraw, county: 0, year: 0, source: drawn.source).first
        })
      refused = refused .| setter.set(drawn, to: number, &parameters)
    }
    for weights in setter.plan.weights { set(weights, &parameters, firstDraw: firstDraw) }
    return refused .| setter.violations(parameters)
  }

  /// Dirichlet weights around the written ones, each year's from the same random numbers.
  private func set(
    _ weights: UncertaintyPlan.DrawnWeights, _ parameters: inout [Lanes], firstDraw: Int
  ) {
    for year in 0..<setter.yearCount {
      for lane in 0..<NormalDraws.laneCount {
        let logarithms = weights.slots.indices.map { member in
          let shape = setter.shape(weights, member: member, year: year)
          if shape <= 0 { return -Double.infinity }
          return draws.logarithmOfGamma(
            shape: shape, draw: firstDraw + lane, member: weights.members[member],
            source: weights.source)
        }
        setter.set(
          weights, to: ParameterSetter.weights(ofLogarithms: logarithms), year: year, lane: lane,
          &parameters)
      }
    }
  }
}
