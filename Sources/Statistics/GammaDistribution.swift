/// The gamma distribution with scale 1 in logarithms, so that no shape is too small for a `Double`.
///
/// Own arithmetic: + − × ÷ and the project's logarithm and exponential, the same bits everywhere.
public struct GammaDistribution: Sendable {
  /// k.
  public let shape: Double
  /// ln Γ(k + 1).
  private let logFactorial: Double
  private let logShape: Double

  /// Makes the distribution of a shape.
  ///
  /// - Parameter shape: > 0; below 10⁻³⁰⁰ it counts as 10⁻³⁰⁰.
  public init(shape: Double) {
    self.shape = max(shape, 1e-300)
    logFactorial = GammaDistribution.logFactorial(self.shape)
    logShape = GammaDistribution.logarithm(self.shape)
  }

  /// The shape from which the expansion in powers of 1/√k is more exact than sums of √k terms.
  private static let asymptoticShape = 1e5

  /// ln x of the quantile x: P(k, x) = u.
  ///
  /// Newton's method on ln P, or on ln Q in the upper half, as a function of ln x: both are concave
  /// (the density of ln x is log-concave), so that after one step it closes in from one side. Within
  /// 10⁻¹² of x for shapes from 10⁻³ to 10⁷; for smaller ones within 10⁻¹² of ln x.
  ///
  /// - Parameter u: Strictly between 0 and 1.
  /// - Returns: ln x, finite unless k is so small that it is beyond any `Double`.
  public func logarithmOfQuantile(_ u: Double) -> Double {
    if shape >= GammaDistribution.asymptoticShape {
      return GammaDistribution.logarithm(expansion(GammaDistribution.normalQuantile(u)))
    }
    // The left tail x^k / Γ(k + 1), where x is so small that it is exact.
    let left = (GammaDistribution.logarithm(u) + logFactorial) / shape
    if left < -40 { return left }
    let isLower = u <= 0.5
    let target = GammaDistribution.logarithm(isLower ? u : 1 - u)
    var y = start(u, left: left)
    for _ in 0..<100 {
      let tail = logarithmOfTail(y, isLower: isLower)
      // A long step to the right may leave the upper tail's numbers; one to the left closes in.
      let step = max((tail.value - target) / tail.slope, isLower ? -1e300 : -0.7)
      y -= step
      if abs(step) <= 1e-15 * max(1, abs(y)) { break }
    }
    return y
  }

  /// Where the search starts: the left tail x^k / Γ(k + 1) for small shapes, else the cube of a
  /// normal number.
  ///
  /// Source: Wilson and Hilferty (1931), The distribution of chi-square.
  private func start(_ u: Double, left: Double) -> Double {
    if shape < 0.5 || left < -3 { return min(left, 3) }
    let spread = 1 / (9 * shape)
    let root = 1 - spread + GammaDistribution.normalQuantile(u) * spread.squareRoot()
    if root <= 0.1 { return left }
    return GammaDistribution.logarithm(shape * root * root * root)
  }

  /// The quantile in powers of 1/√k, z the normal quantile; what is left out is below 10⁻¹³ of x from
  /// k = 10⁵ on.
  ///
  /// Source: Cornish and Fisher (1937), Moments and cumulants in the specification of distributions,
  /// with the cumulants of the gamma distribution; Abramowitz and Stegun, 26.2.49.
  private func expansion(_ z: Double) -> Double {
    let root = shape.squareRoot()
    let z2 = z * z
    let third = (z2 * z - 7 * z) / 36
    let fourth = -(3 * z2 * z2 + 7 * z2 - 16) / 810
    let fifth = (9 * z2 * z2 * z + 256 * z2 * z - 433 * z) / 38_880
    return shape + root * z + (z2 - 1) / 3 + third / root + fourth / shape
      + fifth / (shape * root)
  }

  /// ln P or ln Q at x = exp y, and its slope by y.
  private func logarithmOfTail(_ y: Double, isLower: Bool) -> (value: Double, slope: Double) {
    // x so small that P = x^k / Γ(k + 1).
    let isTiny = y < -40
    let x = GammaDistribution.exponential(min(max(y, -40), 690))
    let density = isTiny ? shape * y - logFactorial + logShape : logarithmOfDensity(x, y)
    let isSeries = x < shape + 1
    // Own tail: its logarithm, and x · density over it.
    let sum = isTiny ? 1 : (isSeries ? series(x) : fraction(x))
    let rate = isSeries ? shape / sum : 1 / sum
    let value = density - GammaDistribution.logarithm(rate)
    if isSeries == isLower { return (value, isLower ? rate : -rate) }
    let own = GammaDistribution.exponential(max(min(value, 0), -690))
    let other = max(1 - own, 1e-300)
    return (GammaDistribution.logarithm(other), (isLower ? rate : -rate) * own / other)
  }

  /// ln (x^k e^−x / Γ(k)), without the loss of large terms that cancel.
  private func logarithmOfDensity(_ x: Double, _ y: Double) -> Double {
    if shape < 10 { return shape * y - x - logFactorial + logShape }
    let distance = GammaDistribution.deviance(x, shape)
    let scale = GammaDistribution.logarithm(shape / 6.283185307179586) / 2
    return scale - distance - GammaDistribution.stirlingRest(shape)
  }

  /// Σ xⁿ / ((k + 1) … (k + n)): P = x^k e^−x / Γ(k + 1) times it (Abramowitz and Stegun, 6.5.29).
  private func series(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = 1.0
    while term > 1e-17 * sum {
      term *= x / (shape + n)
      sum += term
      n += 1
    }
    return sum
  }

  /// Q = x^k e^−x / Γ(k) times this continued fraction (Abramowitz and Stegun, 6.5.31, contracted),
  /// by the method of Lentz (1976).
  private func fraction(_ x: Double) -> Double {
    var b = x + 1 - shape
    var c = 1e300
    var d = 1 / b
    var value = d
    for n in 1...100_000 {
      let index = Double(n)
      let a = index * (shape - index)
      b += 2
      d = 1 / (a * d + b)
      c = b + a / c
      let factor = c * d
      value *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return value
  }

  // MARK: Functions of one number

  /// x ln(x / k) − (x − k), exact also where x is near k.
  ///
  /// Source: Loader (2000), Fast and accurate computation of binomial probabilities.
  private static func deviance(_ x: Double, _ k: Double) -> Double {
    let t = (x - k) / k
    if abs(t) > 0.4 { return k * t - k * logarithm(x / k) }
    // ln(1 + t) = 2 artanh s with s = t / (2 + t); t − 2 s = s t.
    let s = t / (2 + t)
    return k * (s * t - 2 * artanhRest(s))
  }

  /// artanh s − s, for |s| ≤ ¼.
  private static func artanhRest(_ s: Double) -> Double {
    let square = s * s
    var power = s * square
    var sum = 0.0
    var n = 3.0
    while abs(power) > 1e-20 * abs(s) {
      sum += power / n
      power *= square
      n += 2
    }
    return sum
  }

  /// ln(1 + t), exact also for small t.
  private static func logarithm(ofOnePlus t: Double) -> Double {
    if abs(t) > 0.4 { return logarithm(1 + t) }
    let s = t / (2 + t)
    return 2 * (s + artanhRest(s))
  }

  /// ln Γ(k + 1), within 10⁻¹² of its size for k < 1, of 10⁻¹⁵ of its size or of 1 above.
  ///
  /// Below 10 by Γ(k + 11) = Γ(k + 1) (k + 1) … (k + 10) and Stirling's formula for k + 10, each less what
  /// it is at k = 0, so that nothing is lost for small k.
  static func logFactorial(_ k: Double) -> Double {
    // −γ k + ζ(2) k² / 2 − ζ(3) k³ / 3 (Abramowitz and Stegun, 6.1.33).
    if k < 1e-5 {
      return k * (k * (0.8224670334241132 - k * 0.40068563438653143) - 0.5772156649015329)
    }
    if k >= 10 {
      return (k + 0.5) * logarithm(k) - k + 0.9189385332046727 + stirlingRest(k)
    }
    let large = k + 10
    let product = (1...10).reduce(0.0) { $0 + logarithm(ofOnePlus: k / Double($1)) }
    let stirling =
      10.5 * logarithm(ofOnePlus: k / 10) + k * logarithm(large) - k + stirlingRest(large)
      - stirlingRest(10)
    return stirling - product
  }

  /// What Stirling's formula leaves of ln k!, for k ≥ 10 (Abramowitz and Stegun, 6.1.41).
  private static func stirlingRest(_ k: Double) -> Double {
    let inverse = 1 / (k * k)
    var sum = 1.0 / 156
    for term in [-691.0 / 360_360, 1.0 / 1_188, -1.0 / 1_680, 1.0 / 1_260, -1.0 / 360, 1.0 / 12] {
      sum = sum * inverse + term
    }
    return sum / k
  }

  private static func normalQuantile(_ u: Double) -> Double {
    VectorMath.normalQuantile(SIMD8(repeating: u))[0]
  }

  private static func logarithm(_ x: Double) -> Double {
    VectorMath.logarithm(SIMD8(repeating: x))[0]
  }

  private static func exponential(_ x: Double) -> Double {
    VectorMath.exponential(SIMD8(repeating: x))[0]
  }
}
