/// Shannon's entropy of shares.
public enum ShareEntropy {
  /// The entropy  −Σ pᵢ ln pᵢ  with  pᵢ = xᵢ / Σ x  and  0 ln 0 = 0.
  ///
  /// - Parameter values: x ≥ 0, not all 0. Shape: [value].
  /// - Returns: The entropy, from 0 (all in one place) to the logarithm of the number of values
  ///   (all alike).
  /// - Complexity: O(*n*); allocates nothing.
  ///
  /// Source: Shannon (1948), A mathematical theory of communication, section 6.
  public static func ofShares(_ values: [Double]) -> Double {
    let values = values.span
    let whole = values.count - values.count % 8
    let total = sum(values, whole)
    precondition(total > 0, "shares need something to share")
    let scale = SIMD8<Double>(repeating: total)
    var parts = SIMD8<Double>.zero
    for start in stride(from: 0, to: whole, by: 8) {
      parts += products(SIMD8(values, from: start) / scale)
    }
    if whole < values.count {
      var last = SIMD8<Double>.zero
      for index in whole..<values.count { last[index - whole] = values[index] }
      parts += products(last / scale)
    }
    return -sum(parts)
  }

  /// p ln p; 0 where p is so small that its part could not be seen.
  @inline(__always)
  private static func products(_ shares: SIMD8<Double>) -> SIMD8<Double> {
    shares * VectorMath.logarithm(shares.replacing(with: 1, where: shares .< 0x1p-1000))
  }

  private static func sum(_ values: borrowing Span<Double>, _ whole: Int) -> Double {
    var lanes = SIMD8<Double>.zero
    for start in stride(from: 0, to: whole, by: 8) { lanes += SIMD8(values, from: start) }
    var total = sum(lanes)
    for index in whole..<values.count { total += values[index] }
    return total
  }

  private static func sum(_ lanes: SIMD8<Double>) -> Double {
    var total = 0.0
    for lane in 0..<8 { total += lanes[lane] }
    return total
  }
}
