extension VectorMath {
  /// Natural logarithm of one normal positive number.
  public static func logarithm(_ x: Double) -> Double { logarithm(SIMD8(repeating: x))[0] }

  /// e to the x, for |x| ≤ 700.
  public static func exponential(_ x: Double) -> Double { exponential(SIMD8(repeating: x))[0] }
}
