extension VectorMath {
  /// The quantile of the standard normal distribution: the x with Φ(x) = u, within 2 · 10⁻¹⁵ of its
  /// size (or of 1, where it is smaller) for 10⁻³⁰⁰ ≤ u ≤ 1 − 2⁻⁵³.
  ///
  /// A rational function of u − ½ in the middle, two of √(−ln min(u, 1 − u)) in the tails, side by side.
  /// Source: Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution, PPND16.
  ///
  /// - Parameter u: Numbers strictly between 0 and 1.
  /// - Returns: Φ⁻¹(u).
  public static func normalQuantile(_ u: SIMD8<Double>) -> SIMD8<Double> {
    typealias Lanes = SIMD8<Double>
    let half = u - 0.5
    let isLow = half .< Lanes(repeating: 0)
    let tail = (1 - u).replacing(with: u, where: isLow)
    let radius = squareRoot(-logarithm(tail))
    let near = nearTail(radius - 1.6)
    let outer = near.replacing(with: farTail(radius - 5), where: radius .> Lanes(repeating: 5))
    let signed = outer.replacing(with: -outer, where: isLow)
    let square = 0.180625 - half * half
    return signed.replacing(with: half * middle(square), where: square .>= Lanes(repeating: 0))
  }

  private static func middle(_ r: SIMD8<Double>) -> SIMD8<Double> {
    ratio(
      r,
      [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
        4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
        1.3314166789178437745e+2, 3.3871328727963666080,
      ],
      [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
        2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
        4.2313330701600911252e+1, 1,
      ])
  }

  private static func nearTail(_ r: SIMD8<Double>) -> SIMD8<Double> {
    ratio(
      r,
      [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
        4.63033784615654529590, 1.42343711074968357734,
      ],
      [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
        2.05319162663775882187, 1,
      ])
  }

  private static func farTail(_ r: SIMD8<Double>) -> SIMD8<Double> {
    ratio(
      r,
      [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
        5.46378491116411436990, 6.65790464350110377720,
      ],
      [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
        5.99832206555887937690e-1, 1,
      ])
  }

  private static func polynomial(_ r: SIMD8<Double>, _ terms: [Double]) -> SIMD8<Double> {
    terms.reduce(SIMD8(repeating: 0)) { $0 * r + $1 }
  }

  /// A quotient of polynomials, the highest powers first.
  private static func ratio(
    _ r: SIMD8<Double>, _ above: [Double], _ below: [Double]
  ) -> SIMD8<Double> {
    polynomial(r, above) / polynomial(r, below)
  }
}
