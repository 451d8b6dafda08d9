extension NormalDraws {
  /// The logarithm of a gamma number of one draw, as a function of seed, draw, member and source;
  /// the number itself is too small for a `Double` where the shape is.
  ///
  /// By rejection: the attempt stands in the place of the year, so that the number depends on no
  /// other. Source: Marsaglia and Tsang (2000), A simple method for generating gamma variables; for
  /// shapes below 1 their section 6.
  ///
  /// - Parameters:
  ///   - shape: > 0.
  ///   - draw: The draw.
  ///   - member: Which of several numbers of the draw, in the place of the county.
  ///   - source: The source as a number.
  /// - Returns: ln x of a number x of the gamma distribution with scale 1; finite.
  public func logarithmOfGamma(shape: Double, draw: Int, member: UInt32, source: UInt32) -> Double {
    let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    var attempt: UInt32 = 0
    while true {
      let normal = normals(first: draw, county: member, year: 2 * attempt, source: source)[0]
      let uniforms = uniforms(
        first: draw, county: member, year: 2 * attempt + 1, source: source)
      attempt += 1
      let root = 1 + c * normal
      if root <= 0 { continue }
      let v = root * root * root
      let logarithm = VectorMath.logarithm(SIMD8(repeating: uniforms.first[0]))[0]
      let bound = 0.5 * normal * normal + d - d * v + d * NormalDraws.logarithm(v)
      if logarithm >= bound { continue }
      let whole = NormalDraws.logarithm(d * v)
      if shape >= 1 { return whole }
      return whole + NormalDraws.logarithm(uniforms.second[0]) / max(shape, NormalDraws.leastShape)
    }
  }

  /// Below it every logarithm is beyond all others anyway, and its quotient would overflow.
  private static let leastShape = 1e-300

  private static func logarithm(_ x: Double) -> Double {
    VectorMath.logarithm(SIMD8(repeating: x))[0]
  }
}
