/// Shannon's entropy of shares.
public enum ShareEntropy {
  /// The entropy  −Σ pᵢ ln pᵢ  with  pᵢ = (xᵢ − o) / Σ (x − o)  and  0 ln 0 = 0.
  ///
  /// - Parameters:
  ///   - values: x, all on one side of the origin and not all on it. Shape: [value].
  ///   - origin: o, where the value has no share.
  ///   - total: Σ (x − o), if it is known already.
  /// - Returns: The entropy, from 0 (all in one place) to the logarithm of the number of values
  ///   (all alike).
  /// - Complexity: O(*n*); allocates nothing.
  ///
  /// Source: Shannon (1948), A mathematical theory of communication, section 6.
  public static func ofShares(
    _ values: [Double], from origin: Double = 0, total: Double? = nil
  ) -> Double {
    let total = total ?? ColumnRange.distances(from: origin, of: values)
    precondition(total != 0 && total.isFinite, "shares need something to share")
    let scale = 1 / total
    let values = values.span
    let blocks = values.count / 8
    var parts = SIMD8<Double>.zero
    for block in 0..<blocks {
      parts += products((SIMD8(values, block: block) - origin) * scale)
    }
    parts += products((SIMD8(values, after: blocks, filledWith: origin) - origin) * scale)
    return max(0, -parts.laneSum)
  }

  /// Every p ln p.
  ///
  /// The logarithm of 0 is some finite number here, so 0 needs no case of its own.
  @inline(__always)
  private static func products(_ shares: SIMD8<Double>) -> SIMD8<Double> {
    shares * VectorMath.logarithm(shares)
  }
}
