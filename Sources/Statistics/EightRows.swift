extension SIMD8 where Scalar == Double {
  /// Eight neighbouring values.
  @inline(__always)
  init(_ values: borrowing Span<Double>, from start: Int) {
    self.init(
      values[start], values[start + 1], values[start + 2], values[start + 3], values[start + 4],
      values[start + 5], values[start + 6], values[start + 7])
  }
}
