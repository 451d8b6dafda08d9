import FundAllocation
import PolicyModel
import Statistics

extension Plan {
  /// Whether any draw can differ from another: there is noise or an uncertain parameter.
  public var hasDraws: Bool { !shockSources.isEmpty || !uncertainty.isEmpty }

  /// The keys of its uncertain parameters in the order of the file.
  public var uncertainParameters: [String] { scenario.uncertainty.map(\.parameter.name) }

  /// Why a draw ends in an error: the draw is run again by itself, with one number in place of eight.
  ///
  /// - Parameters:
  ///   - draw: The number of the draw.
  ///   - seed: The seed of the draws.
  /// - Returns: The error; nil if the draw runs through, as it may where the last bits of the
  ///   arithmetic decide.
  public func error(inDraw draw: Int, seed: UInt64) -> Problem? {
    let lane = draw % DrawBlock.laneCount
    let draws = NormalDraws(seed: seed)
    let sampler = ParameterSampler(self, draws: draws)
    var lanes = parameterValues.map { SIMD8<Double>(repeating: $0) }
    if sampler.set(&lanes, firstDraw: draw - lane)[lane] {
      return sampler.setter.problem(in: lanes.map { $0[lane] }, self)
    }
    var table = ShockTable(ShockLayout(self))
    return error(under: lanes.map { $0[lane] }) { year in
      table.fill(draws, firstDraw: draw - lane, year: year)
      return table.values.map { $0[lane] }
    }
  }

  /// Why a point of the space of its parameters ends in an error: it is run again by itself, without
  /// noise.
  ///
  /// - Parameter unit: A unit point. Shape: [dimension].
  /// - Returns: The error; nil if the point runs through.
  public func error(atUnit unit: [Double]) -> Problem? {
    problem { ParameterSpace(self).set(parameters: &$0, unit: unit.map { SIMD8(repeating: $0) }) }
  }

  /// Why settings end in an error: they are run again by themselves, without noise.
  ///
  /// - Parameter settings: Shape: [input][1, or weight].
  /// - Returns: The error; nil if they run through.
  public func error(atSettings settings: [[Double]]) -> Problem? {
    problem { ParameterSpace(self).set(parameters: &$0, settings: [settings]) }
  }

  private func problem(_ set: (inout [SIMD8<Double>]) -> SIMD8<Double>.Mask) -> Problem? {
    var lanes = parameterValues.map { SIMD8<Double>(repeating: $0) }
    let refused = set(&lanes)[0]
    let parameters = lanes.map { $0[0] }
    if refused { return ParameterSetter(self).problem(in: parameters, self) }
    return error(under: parameters) { _ in [] }
  }

  /// Why parameters end in an error under a year's shocks.
  private func error(under parameters: [Double], shocks: (Int) -> [Double]) -> Problem? {
    var simulator = Simulator(
      plan: self, money: RealMoney<Double>(quantum: scenario.quantum), parameters: parameters)
    do throws(LawError) {
      try simulator.start()
      for year in scenario.years {
        simulator.shocks = shocks(year)
        try simulator.runYear()
        simulator.advance()
      }
      return nil
    } catch {
      return error.problem
    }
  }
}

extension ParameterSetter {
  /// What is wrong with the parameters of a draw or point that was refused.
  func problem(in parameters: [Double], _ plan: Plan) -> Problem? {
    for (slot, parameter) in plan.parameters.enumerated() {
      let bounds = parameter.domain.bounds
      let values = parameters[(slot * plan.yearCount)..<((slot + 1) * plan.yearCount)]
      guard let value = values.first(where: { !bounds.contains($0) }) else { continue }
      return Problem(
        parameter.steps[0].location, path: parameter.path,
        Wording(
          "the drawn value \(value) is out of range; it must be from \(bounds.lowerBound) to "
            + "\(bounds.upperBound); cut the distribution with lowest and highest",
          "抽样值 \(value) 超出范围，须在\(bounds.lowerBound)到\(bounds.upperBound)之间；"
            + "请用 lowest、highest 限制分布"))
    }
    guard let first = plan.uncertainty.constraints.first(where: { isViolated($0, parameters) })
    else { return nil }
    return Problem(
      first.reference.location, path: first.reference.path,
      Wording(
        "the drawn values contradict each other: their order or their sum is not allowed; narrow the "
          + "distributions",
        "抽样值相互矛盾：顺序或合计不被允许；请收窄分布"))
  }
}
