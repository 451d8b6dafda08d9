import PolicyModel

/// A number of a scenario, or the weights of a stream, that a design may change.
public struct FreeParameter: Sendable {
  /// Its key, such as `incentives.reserve` or `streams.roads.weights`.
  public let path: String
  /// The keys of the parameters it sets: its own, or one for each weight.
  public let members: [String]
  /// Least and most of each member; money in fen.
  public let ranges: [ClosedRange<Double>]
  /// What the baseline has.
  ///
  /// Shape: [member][year]. Money in fen.
  public let written: [[Double]]
  /// Whether it is an amount of money.
  public let isAmount: Bool
  /// Whether it is the weights of a stream, which sum to 1.
  public let isWeights: Bool

  /// The mean over years of what the baseline has.
  ///
  /// Shape: [member].
  public var start: [Double] {
    written.map { years in
      // Not by a division where there is nothing to average: 0.05 stays 0.05.
      years.allSatisfy { $0 == years[0] }
        ? years[0] : years.reduce(0, +) / Double(years.count)
    }
  }

  /// The uncertainty that leaves the parameter open when the plan is compiled.
  public var uncertainty: Uncertainty {
    let reference = Reference(name: path, path: "--free", location: nil)
    return Uncertainty(
      parameter: reference,
      distribution: isWeights
        ? .dirichlet(concentration: 1)
        : .uniform(low: ranges[0].lowerBound, high: ranges[0].upperBound),
      application: .value, lowest: nil, highest: nil, isAmount: isAmount)
  }

  /// A unit in which values are written.
  public struct Unit: Sendable {
    /// Its size: fen for money, else 1.
    public let size: Double
    /// What stands after the number, with its space.
    public let suffix: String
    /// How many decimals a value may have at most.
    public let mostDecimals: Int
  }

  /// The unit in which its values are written: of money the largest that its range reaches.
  public func unit(_ currency: Currency) -> Unit {
    if !isAmount { return Unit(size: 1, suffix: "", mostDecimals: 15) }
    let most = ranges[0].upperBound
    if currency.isRenminbi {
      return most >= 1e10
        ? Unit(size: 1e10, suffix: " 亿元", mostDecimals: 10)
        : Unit(size: 1e6, suffix: " 万元", mostDecimals: 6)
    }
    return most >= 1e8
      ? Unit(size: 1e8, suffix: " million \(currency.code)", mostDecimals: 8)
      : Unit(size: 100, suffix: " \(currency.code)", mostDecimals: 2)
  }

  /// How far values are from the baseline's: squared differences, in units of the range for a number, as
  /// they are for weights; the mean over years.
  ///
  /// - Parameter values: Shape: [member].
  /// - Returns: The change; 0 for the baseline's values.
  public func change(to values: [Double]) -> Double {
    var sum = 0.0
    for (member, value) in values.enumerated() {
      let range = ranges[member]
      let unit = isWeights ? 1 : range.upperBound - range.lowerBound
      for before in written[member] {
        let step = (value - before) / unit
        sum += step * step
      }
    }
    return sum / Double(max(1, written[0].count))
  }
}
