/// Conditions on numbers side by side.
extension SIMDMask: LawMask {
  /// Whether it holds for any of them.
  @inlinable @inline(__always) public var holdsForAny: Bool { any(self) }

  /// Whether it holds for all of them.
  @inlinable @inline(__always) public var holdsForAll: Bool { all(self) }
}

/// Four numbers side by side: four recipients of one path, or four draws of one recipient.
///
/// Four, not eight: on a processor without AVX, which a portable build may not ask for, sums of
/// eight spill their registers. Measured with 2,844 recipients: the level took 10.4 µs in lanes
/// of eight, 7.4 µs in lanes of four.
extension SIMD4: LawNumber where Scalar == Double {
  /// Conditions on four numbers.
  public typealias Mask = SIMDMask<SIMD4<Int64>>

  /// Four.
  @inlinable public static var drawCount: Int { 4 }

  /// Zero four times.
  @inlinable public static var zero: SIMD4<Double> { SIMD4(repeating: 0) }

  /// One four times.
  @inlinable public static var one: SIMD4<Double> { SIMD4(repeating: 1) }

  /// The largest whole number at or below.
  ///
  /// Not `rounded(.down)`: without SSE 4.1, which a portable build may not use, that is four
  /// calls. From 2⁵² on every double is whole; below, adding and taking away 2⁵² with the
  /// number's sign rounds to the nearest, at most one too high.
  @inlinable @inline(__always)
  public func roundedDown() -> SIMD4<Double> {
    let limit = SIMD4(repeating: 4_503_599_627_370_496)
    let signed = limit.replacing(with: -limit, where: self .< .zero)
    let nearest = (self + signed) - signed
    let down = nearest.replacing(with: nearest - .one, where: nearest .> self)
    let hasFraction = (self .< limit) .& (self .> -limit)
    return replacing(with: down, where: hasFraction)
  }
}

extension Double {
  /// Four recipients.
  public typealias Lanes = SIMD4<Double>

  /// Four.
  @inlinable public static var laneCount: Int { 4 }

  /// The same number in every lane.
  @inlinable public static func lanes(repeating number: Double) -> SIMD4<Double> {
    SIMD4(repeating: number)
  }

  /// Four neighbours of a column: one check of the bounds, then one load.
  @inlinable @inline(__always)
  public static func lanes(_ column: Span<Double>, at start: Int) -> SIMD4<Double> {
    let part = column.extracting(start..<(start &+ 4))
    return SIMD4(part[0], part[1], part[2], part[3])
  }

  /// The neighbours that a column still has, then zeros.
  static func lanesOrZero(_ column: Span<Double>, at start: Int) -> SIMD4<Double> {
    var lanes = SIMD4<Double>.zero
    for index in start..<column.count { lanes[index &- start] = column[index] }
    return lanes
  }

  /// Writes four neighbours of a column.
  ///
  /// The one store of 32 bytes checks its bounds; it is called unsafe because bytes could break
  /// what a type promises of itself, and a double promises nothing.
  /// Measured with 2,844 amounts, portable build, Zen 4: written lane by lane, the comparisons
  /// before it were torn into branches, and rounding took 23 µs in place of 8.
  @inline(__always)
  static func store(
    _ lanes: SIMD4<Double>, to column: inout MutableSpan<Double>, at start: Int
  ) {
    var bytes = unsafe column.mutableBytes
    bytes.storeBytes(of: lanes, toByteOffset: start &* 8, as: SIMD4<Double>.self)
  }

  /// The sum over the lanes, neighbours first.
  @inlinable @inline(__always)
  public static func sum(_ lanes: SIMD4<Double>) -> Double {
    let two = lanes.evenHalf + lanes.oddHalf
    return two[0] + two[1]
  }
}
