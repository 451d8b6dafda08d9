import CVectors

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

  /// Less.
  ///
  /// Here and below not the standard library's, which goes lane by lane: where the loop is not put
  /// together again, which depends on what stands around it, every lane takes a branch.
  @inlinable @inline(__always)
  public static func .< (left: SIMD8<Double>, right: SIMD8<Double>) -> Mask {
    Mask(lanes: karez_are_less(left, right))
  }

  /// Less or equal.
  @inlinable @inline(__always)
  public static func .<= (left: SIMD8<Double>, right: SIMD8<Double>) -> Mask {
    Mask(lanes: karez_are_at_most(left, right))
  }

  /// Greater.
  @inlinable @inline(__always)
  public static func .> (left: SIMD8<Double>, right: SIMD8<Double>) -> Mask { right .< left }

  /// Greater or equal.
  @inlinable @inline(__always)
  public static func .>= (left: SIMD8<Double>, right: SIMD8<Double>) -> Mask { right .<= left }

  /// Equal.
  @inlinable @inline(__always)
  public static func .== (left: SIMD8<Double>, right: SIMD8<Double>) -> Mask {
    Mask(lanes: karez_are_equal(left, right))
  }

  /// These numbers, or others where a condition holds.
  @inlinable @inline(__always)
  public func replacing(with other: SIMD8<Double>, where mask: Mask) -> SIMD8<Double> {
    karez_choose(mask.lanes, other, self)
  }

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

extension SIMDMask where Storage == SIMD8<Int64> {
  /// A mask whose lanes hold all bits or none, as the standard library lays it out.
  @inlinable @inline(__always)
  init(lanes: SIMD8<Int64>) { self = unsafe unsafeBitCast(lanes, to: SIMDMask<SIMD8<Int64>>.self) }

  /// All bits where the condition holds, none elsewhere.
  @inlinable @inline(__always)
  var lanes: SIMD8<Int64> { unsafe unsafeBitCast(self, to: SIMD8<Int64>.self) }
}
