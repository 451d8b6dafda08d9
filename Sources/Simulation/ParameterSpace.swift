import FundAllocation
import PolicyModel
import Statistics

/// The uncertain parameters of a plan as a space of points: which numbers may be chosen, and what a
/// point makes of the parameters.
///
/// A point is given in one of two ways. As a *unit point*: one coordinate from 0 to 1 for each
/// dimension, each the value of a distribution function. Or as *settings*: for each input the number
/// itself (what a draw would be, before `apply`), or the weights themselves. The same rules hold as
/// for draws: bounds, `apply`, what parameters must keep among each other.
public struct ParameterSpace: Sendable {
  /// Eight points side by side.
  public typealias Lanes = SIMD8<Double>

  /// What varies together: an uncertain number, or the weights of a stream.
  public struct Input: Sendable, Equatable {
    /// Its key as in `uncertainty:`, such as `incentives.reserve` or `streams.roads.weights`.
    public let path: String
    /// Its coordinates among the dimensions: one, or one for each weight.
    public let dimensions: Range<Int>
    /// The keys of the factors whose weights it holds; empty for a number.
    public let factors: [String]
    /// Whether it is the weights of a stream, which sum to 1.
    public var isWeights: Bool { !factors.isEmpty }
  }

  /// One coordinate of a unit point.
  public struct Dimension: Sendable, Equatable {
    /// The key of the parameter: `incentives.reserve`, `streams.roads.factors.people.weight`.
    public let path: String
    /// The input it belongs to.
    public let input: Int
  }

  /// The inputs: numbers in the order of the scenario, then weights.
  public let inputs: [Input]
  /// The coordinates, input by input.
  public let dimensions: [Dimension]
  private let setter: ParameterSetter
  /// Gamma distributions of weights; nil for a weight of 0.
  ///
  /// Shape: [stream's weights][year][member].
  private let gammas: [[[GammaDistribution?]]]

  /// The space of a plan's uncertainty.
  public init(_ plan: Plan) {
    let setter = ParameterSetter(plan)
    self.setter = setter
    var inputs: [Input] = []
    var dimensions: [Dimension] = []
    for drawn in setter.plan.drawn {
      let start = dimensions.count
      dimensions.append(Dimension(path: drawn.reference.name, input: inputs.count))
      inputs.append(
        Input(path: drawn.reference.name, dimensions: start..<(start + 1), factors: []))
    }
    for weights in setter.plan.weights {
      let start = dimensions.count
      let paths = weights.slots.map { plan.parameters[$0].path }
      dimensions += paths.map { Dimension(path: $0, input: inputs.count) }
      inputs.append(
        Input(
          path: weights.reference.name, dimensions: start..<dimensions.count,
          factors: paths.map { ParameterSpace.factor($0) }))
    }
    self.inputs = inputs
    self.dimensions = dimensions
    gammas = setter.plan.weights.map { weights in
      (0..<setter.yearCount).map { year in
        weights.slots.indices.map { member in
          let shape = setter.shape(weights, member: member, year: year)
          return shape > 0 ? GammaDistribution(shape: shape) : nil
        }
      }
    }
  }

  /// `people` of `streams.roads.factors.people.weight`.
  private static func factor(_ path: String) -> String {
    path.split(separator: ".").dropLast().last.map(String.init) ?? path
  }

  /// Sets what the points of the unit cube make of the parameters.
  ///
  /// - Parameters:
  ///   - parameters: The plan's parameters. Shape: [slot][year], flat.
  ///   - unit: Shape: [dimension]. From 0 to 1; 0 and 1 count as 2⁻⁵³ and 1 − 2⁻⁵³.
  /// - Returns: The points whose parameters no scenario may have.
  public func set(parameters: inout [Lanes], unit: [Lanes]) -> Lanes.Mask {
    precondition(unit.count == dimensions.count, "a point has a coordinate for each dimension")
    let inside = unit.map { ParameterSpace.inside($0) }
    var refused = Lanes.Mask(repeating: false)
    for (input, drawn) in setter.plan.drawn.enumerated() {
      refused = refused .| setter.set(drawn, to: number(input, inside[input]), &parameters)
    }
    for (position, weights) in setter.plan.weights.enumerated() {
      let own = inside[dimensions(ofWeights: position)]
      for year in 0..<setter.yearCount where !setter.isAsBefore(weights, year: year) {
        let alike = (year..<setter.yearCount).prefix {
          $0 == year || setter.isAsBefore(weights, year: $0)
        }
        for lane in 0..<Lanes.scalarCount {
          let values = self.weights(position, year, own.map { $0[lane] })
          for later in alike {
            setter.set(weights, to: values, year: later, lane: lane, &parameters)
          }
        }
      }
    }
    return refused .| setter.violations(parameters)
  }

  private func dimensions(ofWeights position: Int) -> Range<Int> {
    inputs[setter.plan.drawn.count + position].dimensions
  }

  private static func inside(_ unit: Lanes) -> Lanes {
    Lanes.least(Lanes.greatest(unit, Lanes(repeating: 0x1p-53)), Lanes(repeating: 1 - 0x1p-53))
  }

  /// The number of an input by the inverse of its distribution function.
  private func number(_ input: Int, _ unit: Lanes) -> Lanes {
    setter.number(
      setter.plan.drawn[input], normal: { VectorMath.normalQuantile(unit) }, uniform: { unit })
  }

  /// Weights of a year: each coordinate a gamma number by the inverse of its distribution function.
  private func weights(_ position: Int, _ year: Int, _ unit: [Double]) -> [Double] {
    ParameterSetter.weights(
      ofLogarithms: zip(gammas[position][year], unit).map { gamma, unit in
        gamma?.logarithmOfQuantile(unit) ?? -Double.infinity
      })
  }

  // MARK: Settings

  /// What a unit point is as settings.
  ///
  /// - Parameter unit: Shape: [dimension]. From 0 to 1.
  /// - Returns: Shape: [input][1, or weight]. Numbers before `apply`; money in fen; the weights of the
  ///   first year.
  public func settings(at unit: [Double]) -> [[Double]] {
    precondition(unit.count == dimensions.count, "a point has a coordinate for each dimension")
    return inputs.indices.map { input in
      let own = unit[inputs[input].dimensions]
        .map { ParameterSpace.inside(Lanes(repeating: $0)) }
      if !inputs[input].isWeights { return [number(input, own[0])[0]] }
      return weights(input - setter.plan.drawn.count, 0, own.map { $0[0] })
    }
  }

  /// Sets the parameters to chosen numbers and weights, in every year.
  ///
  /// - Parameters:
  ///   - parameters: The plan's parameters. Shape: [slot][year], flat.
  ///   - settings: Shape: [point, at most 8][input][1, or weight], as `settings(at:)` gives them;
  ///     weights of a point sum to 1.
  /// - Returns: The points whose parameters no scenario may have; weights below 0 or that do not
  ///   sum to 1 within 10⁻⁹ too.
  public func set(parameters: inout [Lanes], settings: [[[Double]]]) -> Lanes.Mask {
    precondition(
      (1...Lanes.scalarCount).contains(settings.count), "one to eight points stand side by side")
    let points = (0..<Lanes.scalarCount).map { settings[min($0, settings.count - 1)] }
    var refused = Lanes.Mask(repeating: false)
    for (input, drawn) in setter.plan.drawn.enumerated() {
      var number = Lanes.zero
      for lane in points.indices { number[lane] = points[lane][input][0] }
      refused = refused .| setter.set(drawn, to: number, &parameters)
    }
    for (position, weights) in setter.plan.weights.enumerated() {
      for lane in points.indices {
        let values = points[lane][setter.plan.drawn.count + position]
        precondition(values.count == weights.slots.count, "a stream has a weight for each factor")
        if !ParameterSpace.areWeights(values) { refused[lane] = true }
        for year in 0..<setter.yearCount {
          setter.set(weights, to: values, year: year, lane: lane, &parameters)
        }
      }
    }
    return refused .| setter.violations(parameters)
  }

  private static func areWeights(_ values: [Double]) -> Bool {
    values.allSatisfy { $0 >= 0 } && abs(values.reduce(0, +) - 1) <= 1e-9
  }
}
