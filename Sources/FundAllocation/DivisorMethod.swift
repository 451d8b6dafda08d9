/// A divisor method of apportionment: seats go one by one to the largest quotient of claim and
/// divisor.
///
/// Offered beside largest remainder as a rounding rule that cannot show the Alabama paradox.
/// Source: Balinski and Young (1982), Fair Representation, chapter 8.
public enum DivisorMethod: String, Sendable, CaseIterable {
  /// Webster (Sainte-Laguë): divisors 0.5, 1.5, 2.5, …
  case webster
  /// Huntington–Hill: divisors √(s (s + 1)), so that everyone gets one unit first.
  case huntingtonHill

  /// Seats of each claimant, ties to the earlier.
  ///
  /// Where there are fewer units than claimants under Huntington–Hill, the largest claims get one.
  ///
  /// - Parameters:
  ///   - claims: Claims ≥ 0, such as populations. Shape: [claimant].
  ///   - seats: How many units to hand out.
  /// - Returns: Units of each claimant; sums to `seats` unless every claim is 0.
  public func seats(for claims: [Double], seats: Int) -> [Int] {
    var result = [Int](repeating: 0, count: claims.count)
    for _ in 0..<seats {
      var best: Int?
      var highest = (quotient: 0.0, claim: 0.0)
      for index in claims.indices where claims[index] > 0 {
        let quotient = claims[index] / divisor(after: result[index])
        let priority = (quotient: quotient, claim: quotient.isFinite ? 0 : claims[index])
        if priority > highest { (best, highest) = (index, priority) }
      }
      guard let best else { return result }
      result[best] += 1
    }
    return result
  }

  private func divisor(after seats: Int) -> Double {
    let held = Double(seats)
    switch self {
    case .webster: return held + 0.5
    case .huntingtonHill: return (held * (held + 1)).squareRoot()
    }
  }
}
