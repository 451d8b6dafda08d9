import Statistics

/// What weights would do to an allocation by the factor method: each unit's share, and its spread.
public struct WeightEffect: Sendable {
  /// Share of each unit, s = Σ wₖ zₖ with zₖ the unit's share of indicator k, summing to 1.
  ///
  /// Shape: [unit].
  public let shares: [Double]

  /// Shares of the units.
  ///
  /// - Parameters:
  ///   - weights: One an indicator, ≥ 0, summing to 1.
  ///   - indicators: Each unit's share of each indicator. Shape: [indicator][unit].
  public init(weights: [Double], indicators: [[Double]]) {
    precondition(weights.count == indicators.count, "one weight an indicator")
    var shares = [Double](repeating: 0, count: indicators.first?.count ?? 0)
    for (weight, column) in zip(weights, indicators) {
      for unit in shares.indices { shares[unit] += weight * column[unit] }
    }
    self.shares = shares
  }

  /// The Gini coefficient of the shares, every unit counting alike; 0 for equal shares.
  public var gini: Double {
    Inequality.gini(values: shares, weights: shares.map { _ in 1 }) ?? 0
  }

  /// The largest share.
  public var largest: Double { shares.max() ?? 0 }

  /// The smallest share.
  public var smallest: Double { shares.min() ?? 0 }

  /// The part of the pool that stands elsewhere than under other shares: Σ |s − s′| / 2.
  public func moved(from other: WeightEffect) -> Double {
    zip(shares, other.shares).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }
}
