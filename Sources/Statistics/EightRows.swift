extension SIMD8 where Scalar == Double {
  /// Eight neighbouring values: the numbers 8 b to 8 b + 7 of a column.
  ///
  /// One load in place of eight, each with its own check: entropies take 18 µs in place of 36
  /// (2,844 × 12 values). The bounds are checked once for all eight, and every pattern of bits is a
  /// double, so nothing can go wrong but the type, which stands here.
  @inline(__always)
  init(_ values: borrowing Span<Double>, block: Int) {
    self = unsafe values.bytes.unsafeLoadUnaligned(
      fromByteOffset: block &* 64, as: SIMD8<Double>.self)
  }

  /// The values after the last whole block, filled up with a number.
  init(_ values: borrowing Span<Double>, after blocks: Int, filledWith number: Double) {
    self.init(repeating: number)
    for index in (blocks * 8)..<values.count { self[index - blocks * 8] = values[index] }
  }

  /// The sum of all lanes, from the first to the last.
  var laneSum: Double { laneSum(after: 0) }

  /// A sum with all lanes added, from the first to the last.
  func laneSum(after sum: Double) -> Double {
    var total = sum
    for lane in 0..<8 { total += self[lane] }
    return total
  }
}
