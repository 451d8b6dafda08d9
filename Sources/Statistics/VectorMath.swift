import CVectors

/// Elementary functions of eight numbers side by side, of + − × ÷ √ and bits alone.
///
/// No fused operation: with one, builds for different processors would differ in the last bits.
/// Polynomials are minimax in relative error on their range (Remez exchange in 60 digits) unless said
/// otherwise; the tests measure each function against 80-bit arithmetic.
public enum VectorMath {
  /// The doubles of bit patterns.
  ///
  /// Lane by lane it is `Double(bitPattern:)`; the compiler makes nothing of it but the register.
  @inline(__always)
  static func double(_ bits: SIMD8<UInt64>) -> SIMD8<Double> {
    unsafe unsafeBitCast(bits, to: SIMD8<Double>.self)
  }

  @inline(__always)
  static func bits(_ number: SIMD8<Double>) -> SIMD8<UInt64> {
    unsafe unsafeBitCast(number, to: SIMD8<UInt64>.self)
  }

  /// A whole number below 2⁵² as a double.
  @inline(__always)
  private static func whole(_ number: SIMD8<UInt64>) -> SIMD8<Double> {
    double(number | 0x4330_0000_0000_0000) - 4_503_599_627_370_496
  }

  /// Natural logarithm of normal positive numbers, within 4.5 · 10⁻¹⁶ of its size.
  ///
  /// x = 2ᵏ m with √½ ≤ m < √2, s = (m − 1) / (m + 1): ln x = k ln 2 + 2 artanh s, 2 artanh s = s q(s²).
  ///
  /// - Parameter x: Normal numbers > 0.
  /// - Returns: ln x.
  @inline(__always)
  public static func logarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
    // Adding the distance from √½ to 1 in bits carries into the exponent where m ≥ √2 would stand.
    let shifted = bits(x) &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_667F_3BCD)
    let exponent = whole(shifted &>> 52) - 1023
    let m = double((shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
    let s = (m - 1) / (m + 1)
    let q = polynomial(
      s * s, 0.14810530250815557, 0.1531244372235644, 0.181836350951941, 0.22222196988241394,
      0.2857142876134651, 0.39999999999298885, 0.6666666666666765, 2)
    return exponent * 0.6931471805599453 + s * q
  }

  /// −2 ln u of u from 2⁻⁵³ to 1, within 5 · 10⁻¹⁶ of its size.
  ///
  /// As `logarithm` with every factor times −2, but with a polynomial one degree lower, 1.9 · 10⁻¹⁶ off (one
  /// more and all is within 3.3 · 10⁻¹⁶, but a normal number takes 4 % longer; its error is the cosine's).
  /// The first term −4 s is exact and comes last. Polynomials in pairs wait for each other less than
  /// by Horner's rule.
  @inline(__always)
  static func minusTwiceLogarithm(_ u: SIMD8<Double>) -> SIMD8<Double> {
    let shifted = bits(u) &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_667F_3BCD)
    // 2⁵² + k less 2⁵² and the exponent's bias in one step, exactly.
    let exponent = double((shifted &>> 52) | 0x4330_0000_0000_0000) - 4_503_599_627_371_519
    let m = double((shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
    let s = (m - 1) / (m + 1)
    let z = s * s
    let z2 = z * z
    let p56 = z * -0.3363860127535051 - 0.3624737566726792
    let p34 = z * -0.4444674044154631 - 0.5714283430249019
    let p12 = z * -0.8000000010427262 - 1.3333333333317499
    let p = (p56 * z2 + p34) * z2 + p12
    return exponent * -1.3862943611198906 + (s * -4 + (s * z) * p)
  }

  /// e to the x, for |x| ≤ 700, within 4 · 10⁻¹⁶ of its size.
  ///
  /// x = k ln 2 + r with k whole and |r| ≤ ½ ln 2; eʳ by its Taylor polynomial of degree 13, 2ᵏ by bits.
  /// Source of the two-part ln 2: Cody and Waite (1980), Software manual for the elementary
  /// functions, chapter 6.
  ///
  /// - Parameter x: Numbers.
  /// - Returns: eˣ.
  @inline(__always)
  public static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let magic = x * 1.4426950408889634 + 6_755_399_441_055_744  // 1.5 · 2⁵²
    let k = magic - 6_755_399_441_055_744
    let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
    let high = polynomial(
      r, 1.6059043836821613e-10, 2.08767569878681e-09, 2.505210838544172e-08,
      2.755731922398589e-07, 2.7557319223985893e-06, 2.48015873015873e-05,
      0.0001984126984126984, 0.001388888888888889)
    var value = high * r + 0.008333333333333333
    value = value * r + 0.041666666666666664
    value = value * r + 0.16666666666666666
    value = value * r + 0.5
    value = value * r + 1
    value = value * r + 1
    // The last bits of `magic` hold k in two's complement; 52 places up they are the exponent.
    return double(bits(value) &+ (bits(magic) &<< 52))
  }

  /// Square root, correctly rounded: the same bits on every processor.
  ///
  /// The processor's own, from C: through `squareRoot()` it would be eight instructions one after
  /// another, and Newton's method is some twenty operations in a row (a normal number took 1.97 ns with
  /// it and takes 1.43; on any x86-64 6.9 and 5.8).
  ///
  /// - Parameter x: Numbers ≥ 0.
  /// - Returns: √x.
  @inline(__always)
  public static func squareRoot(_ x: SIMD8<Double>) -> SIMD8<Double> {
    karez_square_roots(x)
  }

  /// cos 2πv of numbers from 0 to 1, within 5.5 · 10⁻¹⁶.
  ///
  /// cos 2πv = sin 2πw with w = |v − ½| − ¼: no quadrants, one polynomial for the whole turn.
  ///
  /// - Parameter v: Numbers from 0 to 1.
  /// - Returns: cos 2πv.
  @inline(__always)
  public static func cosine(ofTurns v: SIMD8<Double>) -> SIMD8<Double> {
    let w = double(bits(v - 0.5) & 0x7FFF_FFFF_FFFF_FFFF) - 0.25
    let z = w * w
    let z2 = z * z
    let p67 = z * -0.692156956435164 + 3.817288646873603
    let p45 = z * -15.094499475599418 + 42.05868966739236
    let p23 = z * -76.70585968329173 + 81.60524927551285
    let p01 = z * -41.34170224039802 + 6.283185307179585
    return (((p67 * z2 + p45) * z2 + p23) * z2 + p01) * w
  }

  /// A polynomial of degree 7 by Horner's rule, the highest power first.
  @inline(__always)
  private static func polynomial(
    _ z: SIMD8<Double>, _ c7: Double, _ c6: Double, _ c5: Double, _ c4: Double, _ c3: Double,
    _ c2: Double, _ c1: Double, _ c0: Double
  ) -> SIMD8<Double> {
    var value = z * c7 + c6
    value = value * z + c5
    value = value * z + c4
    value = value * z + c3
    value = value * z + c2
    value = value * z + c1
    return value * z + c0
  }
}
