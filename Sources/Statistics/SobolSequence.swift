/// Points that fill the unit cube evenly, eight side by side, any block alone.
///
/// Sobol' points in the order of the Gray code, with the directions of Joe and Kuo (2008). With a
/// seed they are scrambled: in every dimension a random lower triangular matrix acts on the binary
/// digits and a random number is added digit by digit (Matoušek 1998, On the L2-discrepancy for
/// anchored boxes, section 4: linear scrambling with a digital shift). A scrambled point is uniform
/// in the cube, so that means over them have no bias, and 2ᵐ of them are a net as before.
public struct SobolSequence: Sendable {
  /// How many points stand side by side.
  public static let laneCount = 8
  /// How many dimensions there can be.
  public static let mostDimensions = SobolDirections.dimensionCount
  /// Points are told apart by so many digits: there are 2³² of them.
  private static let digits = 32
  /// The digits of a scrambled coordinate.
  private static let outputDigits: UInt64 = 52

  /// How many dimensions the points have.
  public let dimensionCount: Int
  /// Direction numbers as 52 binary digits after the point.
  ///
  /// Shape: [dimension][digit], flat.
  private let directions: [UInt64]
  /// The eight points of the first block, shift included.
  ///
  /// Shape: [dimension].
  private let first: [SIMD8<UInt64>]
  /// What is added to a coordinate: half a step of the last digit if scrambled.
  private let offset: Double

  /// Prepares a sequence.
  ///
  /// - Parameters:
  ///   - dimensions: 1 to `mostDimensions`.
  ///   - seed: Scrambles the points; nil for the plain sequence, whose first point is 0.
  public init(dimensions: Int, seed: UInt64?) {
    precondition(
      (1...SobolSequence.mostDimensions).contains(dimensions), "there are directions for so many")
    dimensionCount = dimensions
    var directions = SobolSequence.plainDirections(dimensions)
    var shifts = [UInt64](repeating: 0, count: dimensions)
    if let seed {
      let scrambler = DigitScrambler(seed: seed)
      for dimension in 0..<dimensions {
        let range = (dimension * SobolSequence.digits)..<((dimension + 1) * SobolSequence.digits)
        scrambler.scramble(&directions[range], dimension: dimension)
        shifts[dimension] = scrambler.shift(dimension: dimension)
      }
    }
    self.directions = directions
    offset = seed == nil ? 0 : 0x1p-53
    first = (0..<dimensions).map { dimension in
      var lanes = SIMD8<UInt64>(repeating: shifts[dimension])
      for lane in 0..<8 {
        let gray = lane ^ (lane >> 1)
        for digit in 0..<3 where gray & (1 << digit) != 0 {
          lanes[lane] ^= directions[dimension * SobolSequence.digits + digit]
        }
      }
      return lanes
    }
  }

  /// Direction numbers of the plain sequence.
  private static func plainDirections(_ dimensions: Int) -> [UInt64] {
    var result: [UInt64] = []
    var position = 0
    for dimension in 0..<dimensions {
      var m: [UInt64]
      if dimension == 0 {
        m = Array(repeating: 1, count: digits)
      } else {
        let degree = Int(SobolDirections.table[position])
        let inner = UInt64(SobolDirections.table[position + 1])
        m = SobolDirections.table[(position + 2)..<(position + 2 + degree)].map { UInt64($0) }
        position += 2 + degree
        while m.count < digits { m.append(next(m, degree, inner)) }
      }
      result += m.enumerated().map { $0.element << (outputDigits - 1 - UInt64($0.offset)) }
    }
    return result
  }

  /// m_k = 2 a₁ m_{k−1} ⊕ … ⊕ 2ˢ m_{k−s} ⊕ m_{k−s} (Joe and Kuo, equation 2).
  private static func next(_ m: [UInt64], _ degree: Int, _ inner: UInt64) -> UInt64 {
    let oldest = m[m.count - degree]
    var value = oldest ^ (oldest << UInt64(degree))
    for step in 1..<max(degree, 1) where (inner >> UInt64(degree - 1 - step)) & 1 == 1 {
      value ^= m[m.count - step] << UInt64(step)
    }
    return value
  }

  /// Eight points.
  ///
  /// - Parameters:
  ///   - points: Where they are written. Shape: [dimension]. From 0 to below 1; scrambled above 0.
  ///   - block: They are points 8 · block to 8 · block + 7.
  public func fill(_ points: inout [SIMD8<Double>], block: Int) {
    precondition(points.count == dimensionCount, "a point has a coordinate for each dimension")
    let index = UInt64(block) << 3
    let gray = index ^ (index >> 1)
    let one = SIMD8<UInt64>(repeating: 0x3FF0_0000_0000_0000)
    for dimension in 0..<dimensionCount {
      var lanes = first[dimension]
      var rest = gray
      while rest != 0 {
        let digit = rest.trailingZeroBitCount
        lanes ^= SIMD8(repeating: directions[dimension &* SobolSequence.digits &+ digit])
        rest &= rest &- 1
      }
      points[dimension] = (VectorMath.double(lanes | one) - 1) + offset
    }
  }

  /// One point.
  ///
  /// - Parameter index: Its number, below 2³².
  /// - Returns: Shape: [dimension].
  public func point(_ index: Int) -> [Double] {
    var lanes = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: dimensionCount)
    fill(&lanes, block: index / 8)
    return lanes.map { $0[index % 8] }
  }
}

/// Random matrices and shifts of a seed, as functions of the dimension.
private struct DigitScrambler {
  private let key: (UInt32, UInt32)
  private static let matrixSource = nameHash("sobol.matrix")
  private static let shiftSource = nameHash("sobol.shift")

  init(seed: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  private func bits(_ dimension: Int, _ row: Int, _ source: UInt32) -> UInt64 {
    let words = Philox.words(counter: (UInt32(dimension), UInt32(row), 0, source), key: key)
    return (UInt64(words.0) << 32 | UInt64(words.1)) >> 12
  }

  func shift(dimension: Int) -> UInt64 { bits(dimension, 0, DigitScrambler.shiftSource) }

  /// Multiplies every direction with a lower triangular matrix over {0, 1} whose diagonal is 1: digit
  /// r of the result is a sum of digits 1 … r.
  func scramble(_ directions: inout ArraySlice<UInt64>, dimension: Int) {
    let rows = (0..<52).map { row in
      let random = bits(dimension, row, DigitScrambler.matrixSource)
      // Digits before `row` at random, digit `row` itself, none behind.
      let diagonal = UInt64(1) << UInt64(51 - row)
      return (random & ~(diagonal | (diagonal - 1))) | diagonal
    }
    for index in directions.indices {
      let direction = directions[index]
      var result: UInt64 = 0
      for row in rows {
        result = result << 1 | UInt64((row & direction).nonzeroBitCount & 1)
      }
      directions[index] = result
    }
  }
}
