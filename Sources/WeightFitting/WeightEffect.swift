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

extension IndicatorColumns {
  /// Each unit's share of every indicator, as the factor method reads it: x / Σx, or
  /// (max − x) / Σ(max − x) where less is more.
  ///
  /// Unlike the normalization `share` it takes an indicator that is the same everywhere, which gives
  /// all units the same share.
  ///
  /// - Returns: Shares. Shape: [indicator][unit].
  /// - Throws: `WeightError.negative`, or `.constant` where there is nothing to share: all values
  ///   are 0, or all are the largest and less is more.
  public func shares() throws(WeightError) -> [[Double]] {
    var result: [[Double]] = []
    for indicator in values.indices {
      if !costs[indicator] { try refuseNegative(indicator) }
      let largest = values[indicator].max() ?? 0
      let parts = costs[indicator] ? values[indicator].map { largest - $0 } : values[indicator]
      let total = parts.reduce(0, +)
      if total <= 0 { throw .constant(indicator: indicator, value: largest) }
      result.append(parts.map { $0 / total })
    }
    return result
  }
}
