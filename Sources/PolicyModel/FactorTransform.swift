/// How an indicator's value becomes a factor's value (model, section 2).
public enum FactorTransform: Sendable, Hashable {
  /// x; refused below 0.
  case value
  /// 1 / x; refused at or below 0.
  case inverse
  /// max(0, r − x), r the reference or the largest x among the eligible.
  case distance(reference: Parameter?)
  /// ln(1 + x); refused below 0.
  case log
  /// x to a power; refused below 0.
  case power(exponent: Parameter)
  /// The value of the last band whose start is at or below x; refused below the first.
  case bands([Band])

  /// One band of a step function.
  public struct Band: Sendable, Hashable {
    /// Where the band starts.
    public let from: Parameter
    /// The value within the band.
    public let value: Parameter

    /// Makes a band.
    public init(from: Parameter, value: Parameter) {
      self.from = from
      self.value = value
    }
  }

  /// Its name in scenario files.
  public var name: String {
    switch self {
    case .value: "value"
    case .inverse: "inverse"
    case .distance: "distance"
    case .log: "log"
    case .power: "power"
    case .bands: "bands"
    }
  }

  /// Every transform's name.
  public static let names = ["value", "inverse", "distance", "log", "power", "bands"]
}
