/// Eight numbers side by side: eight draws of one recipient, as an ensemble computes with them.
///
/// Eight fill one register of 512 bits, two of 256 or four of 128; the draws are independent, so
/// their number a register changes no bit of any result.
extension SIMD8: LawNumber where Scalar == Double {
  /// Conditions on eight numbers.
  public typealias Mask = SIMDMask<SIMD8<Int64>>

  /// Eight.
  @inlinable public static var drawCount: Int { 8 }

  /// Zero eight times.
  @inlinable public static var zero: SIMD8<Double> { SIMD8(repeating: 0) }

  /// One eight times.
  @inlinable public static var one: SIMD8<Double> { SIMD8(repeating: 1) }

  /// The largest whole number at or below, worked out as `SIMD4` explains.
  @inlinable @inline(__always)
  public func roundedDown() -> SIMD8<Double> {
    let limit = SIMD8(repeating: 4_503_599_627_370_496)
    let signed = limit.replacing(with: -limit, where: self .< .zero)
    let nearest = (self + signed) - signed
    let down = nearest.replacing(with: nearest - .one, where: nearest .> self)
    let hasFraction = (self .< limit) .& (self .> -limit)
    return replacing(with: down, where: hasFraction)
  }
}
