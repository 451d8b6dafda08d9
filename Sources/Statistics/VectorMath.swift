/// Elementary functions of eight numbers side by side, of + − × ÷ and bits alone.
///
/// No fused operation: with one, builds for different processors would differ in the last bits.
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

  /// Natural logarithm of normal positive numbers.
  ///
  /// x = 2ᵏ m with √½ ≤ m < √2, f = m − 1, s = f / (2 + f): ln m = 2 artanh s = f − (f²/2 − s (f²/2 + R)), R a
  /// polynomial in s². Error below 1 unit in the last place. Source: fdlibm 5.3 (Sun Microsystems,
  /// 1993), e_log.c, its constants Lg1 to Lg7.
  ///
  /// - Parameter x: Normal numbers > 0.
  /// - Returns: ln x.
  @inline(__always)
  public static func logarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let bits = bits(x)
    // Adding the distance from √½ to 1 in bits carries into the exponent where m ≥ √2 would stand.
    let shifted = bits &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_0000_0000)
    let exponent = whole(shifted &>> 52) - 1023
    let mantissa = (shifted & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_0000_0000
    let f = double(mantissa) - 1
    let s = f / (f + 2)
    let z = s * s
    let w = z * z
    let odd = ((w * 0.1531383769920937332 + 0.2222219843214978396) * w + 0.3999999999940941908) * w
    var even = w * 0.1479819860511658591 + 0.1818357216161805012
    even = (even * w + 0.2857142874366239149) * w + 0.6666666666666735130
    even = even * z
    let half = f * f * 0.5
    let correction = s * (half + odd + even) + exponent * 1.90821492927058770002e-10
    return exponent * 6.93147180369123816490e-01 - ((half - correction) - f)
  }

  /// e to the x, for |x| ≤ 700.
  ///
  /// x = k ln 2 + r with k whole and |r| ≤ ½ ln 2; eʳ by its Taylor polynomial of degree 13, 2ᵏ by bits. Error
  /// below 2 units in the last place. Source of the two-part ln 2: Cody and Waite (1980), Software
  /// manual for the elementary functions, chapter 6.
  ///
  /// - Parameter x: Numbers.
  /// - Returns: eˣ.
  @inline(__always)
  public static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let magic = x * 1.4426950408889634 + 6_755_399_441_055_744
    let k = magic - 6_755_399_441_055_744
    let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
    let high = polynomial(
      r, 1.6059043836821613e-10, 2.08767569878681e-09, 2.505210838544172e-08,
      2.755731922398589e-07, 2.7557319223985893e-06, 2.48015873015873e-05, 0.0001984126984126984)
    var value = high * r + 0.001388888888888889
    value = value * r + 0.008333333333333333
    value = value * r + 0.041666666666666664
    value = value * r + 0.16666666666666666
    value = value * r + 0.5
    value = value * r + 1
    value = value * r + 1
    // The last bits of `magic` hold k in two's complement; 52 places up they are the exponent.
    return double(bits(value) &+ (bits(magic) &<< 52))
  }

  /// Square root of normal numbers > 0, and of 0.
  ///
  /// Newton's method for 1/√x from the bits' first guess, then one step on the root itself; within
  /// one unit in the last place. Not the processor's root: through `squareRoot()` it is eight
  /// instructions one after another.
  ///
  /// - Parameter x: Normal numbers > 0.
  /// - Returns: √x.
  @inline(__always)
  public static func squareRoot(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let half = x * 0.5
    var y = double(0x5FE6_EB50_C7B5_37A9 &- (bits(x) &>> 1))
    y = y * (1.5 - half * y * y)
    y = y * (1.5 - half * y * y)
    y = y * (1.5 - half * y * y)
    y = y * (1.5 - half * y * y)
    let root = x * y
    return root + (x - root * root) * y * 0.5
  }

  /// cos 2πv of numbers from 0 to 1.
  ///
  /// 4v = q + r with q whole and |r| ≤ ½; sine or cosine of πr/2 by its Taylor polynomial (degree 15 and
  /// 16; on |x| ≤ π/4 the next term is below 10⁻¹⁶), with the sign of the quadrant.
  ///
  /// - Parameter v: Numbers from 0 to 1.
  /// - Returns: cos 2πv.
  @inline(__always)
  public static func cosine(ofTurns v: SIMD8<Double>) -> SIMD8<Double> {
    let scaled = v * 4
    let magic = scaled + 6_755_399_441_055_744  // 1.5 · 2⁵²: the last bits hold the whole part.
    let quadrant = bits(magic)
    let x = (scaled - (magic - 6_755_399_441_055_744)) * 1.5707963267948966
    let z = x * x
    let cosine = polynomial(
      z, 4.779477332387385e-14, -1.1470745597729725e-11, 2.08767569878681e-09,
      -2.755731922398589e-07, 2.48015873015873e-05, -0.001388888888888889, 0.041666666666666664)
    let sine = polynomial(
      z, -7.647163731819816e-13, 1.6059043836821613e-10, -2.505210838544172e-08,
      2.7557319223985893e-06, -0.0001984126984126984, 0.008333333333333333, -0.16666666666666666)
    let evenValue = cosine * (z * z) - z * 0.5 + 1
    let oddValue = sine * (z * x) + x
    // Chosen by bits: comparisons of integers side by side become eight branches.
    let odd = SIMD8<UInt64>(repeating: 0) &- (quadrant & 1)
    let chosen = (bits(oddValue) & odd) | (bits(evenValue) & ~odd)
    return double(chosen ^ (((quadrant &+ 1) & 2) &<< 62))
  }

  /// A polynomial of degree 6 by Horner's rule, the highest power first.
  @inline(__always)
  private static func polynomial(
    _ z: SIMD8<Double>, _ c6: Double, _ c5: Double, _ c4: Double, _ c3: Double, _ c2: Double,
    _ c1: Double, _ c0: Double
  ) -> SIMD8<Double> {
    var value = z * c6 + c5
    value = value * z + c4
    value = value * z + c3
    value = value * z + c2
    value = value * z + c1
    return value * z + c0
  }
}
