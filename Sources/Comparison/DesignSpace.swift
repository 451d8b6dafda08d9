import Optimization

/// What a design may change, as points of a box.
///
/// A number is one coordinate from 0 to 1 over its range. The weights of a stream are one coordinate each;
/// a point stands for the nearest weights that sum to 1 within their ranges.
public struct DesignSpace: Sendable {
  /// The parameters in the order in which the user named them.
  public let parameters: [FreeParameter]
  private let simplices: [BoundedSimplex?]

  /// Makes the space of some parameters.
  public init(_ parameters: [FreeParameter]) {
    precondition(!parameters.isEmpty, "a design changes something")
    self.parameters = parameters
    simplices = parameters.map { parameter in
      guard parameter.isWeights else { return nil }
      return BoundedSimplex(
        lowest: parameter.ranges.map(\.lowerBound), highest: parameter.ranges.map(\.upperBound))
    }
  }

  /// Bounds of every coordinate.
  public var box: [ClosedRange<Double>] {
    parameters.flatMap { $0.isWeights ? $0.ranges : [0...1] }
  }

  /// The point nearest to the baseline.
  public var home: [Double] { point(parameters.map(\.start)) }

  /// The values of a point.
  ///
  /// - Returns: Shape: [parameter][member]. Money in fen.
  public func values(at point: [Double]) -> [[Double]] {
    var rest = point[...]
    return zip(parameters, simplices).map { parameter, simplex in
      let own = Array(rest.prefix(parameter.members.count))
      rest = rest.dropFirst(own.count)
      if let simplex { return simplex.nearest(to: own) }
      let range = parameter.ranges[0]
      let value = range.lowerBound + own[0] * (range.upperBound - range.lowerBound)
      return [min(range.upperBound, max(range.lowerBound, value))]
    }
  }

  /// The point of values, taken into the box.
  ///
  /// - Parameter values: Shape: [parameter][member].
  /// - Returns: Shape: [dimension].
  public func point(_ values: [[Double]]) -> [Double] {
    zip(parameters, values).flatMap { parameter, own -> [Double] in
      zip(own, parameter.ranges).map { value, range in
        let inside = min(range.upperBound, max(range.lowerBound, value))
        if parameter.isWeights { return inside }
        return (inside - range.lowerBound) / (range.upperBound - range.lowerBound)
      }
    }
  }

  /// How far values are from the baseline's: the sum over parameters of their squared changes.
  public func change(to values: [[Double]]) -> Double {
    zip(parameters, values).reduce(0) { $0 + $1.0.change(to: $1.1) }
  }

  /// What the search makes small: the root of the change, and how far the point stands off the weights it
  /// stands for, so that only one point stands for each.
  public func distance(of point: [Double]) -> Double {
    let values = values(at: point)
    let shown = self.point(values)
    let off = zip(point, shown).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (change(to: values) + off).squareRoot()
  }

  /// Positions of the parameters as a plan has its uncertain inputs: numbers first, then weights.
  public var inputOrder: [Int] {
    parameters.indices.filter { !parameters[$0].isWeights }
      + parameters.indices.filter { parameters[$0].isWeights }
  }

  /// Values in the order of a plan's uncertain inputs.
  public func settings(_ values: [[Double]]) -> [[Double]] { inputOrder.map { values[$0] } }
}
