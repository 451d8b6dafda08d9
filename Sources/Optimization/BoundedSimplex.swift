/// Numbers between bounds that sum to 1, such as the weights of factors.
public struct BoundedSimplex: Sendable {
  /// Least of each number.
  public let lowest: [Double]
  /// Most of each number.
  public let highest: [Double]

  /// Makes the set of numbers between bounds that sum to 1.
  ///
  /// - Returns: Nil if no such numbers exist.
  public init?(lowest: [Double], highest: [Double]) {
    precondition(lowest.count == highest.count, "every number has two bounds")
    let isOrdered = zip(lowest, highest).allSatisfy { $0 <= $1 }
    guard isOrdered, lowest.reduce(0, +) <= 1 + 1e-12, highest.reduce(0, +) >= 1 - 1e-12 else {
      return nil
    }
    self.lowest = lowest
    self.highest = highest
  }

  /// The nearest numbers of the set: clip(xₖ − τ, lowestₖ, highestₖ) with the τ at which they sum
  /// to 1.
  ///
  /// - Complexity: O(k) for each of some 60 halvings of the interval of τ.
  ///
  /// Source: Duchi et al. (2008), Efficient projections onto the ℓ1-ball; with bounds the same
  /// conditions hold.
  public func nearest(to numbers: [Double]) -> [Double] {
    precondition(numbers.count == lowest.count, "a number for each pair of bounds")
    // At the lower end every number stands at its highest, at the upper end at its lowest.
    var low = zip(numbers, highest).map { $0 - $1 }.min() ?? 0
    var high = zip(numbers, lowest).map { $0 - $1 }.max() ?? 0
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if shifted(numbers, by: middle).reduce(0, +) > 1 { low = middle } else { high = middle }
    }
    return shifted(numbers, by: high)
  }

  private func shifted(_ numbers: [Double], by shift: Double) -> [Double] {
    numbers.indices.map { min(highest[$0], max(lowest[$0], numbers[$0] - shift)) }
  }
}
