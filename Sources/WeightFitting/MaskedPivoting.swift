/// Weights of eight bootstrap replicates side by side, from their normal equations.
///
/// min ½ wᵀ G w − hᵀ w  with  lo ≤ w ≤ hi, and Σ w = 1 or free. Every pass solves for the weights that
/// are not pinned to a bound, all lanes in one factorization: where a lane has a weight pinned, its row
/// and column are those of the identity, so that eight sets of pinned weights share one L D Lᵀ. Then
/// weights beyond a bound are pinned and pinned ones that pull inwards are freed, all at once. That ends
/// in one or two passes as a rule but could cycle: lanes that have not settled in a few passes, or whose
/// pivots vanish, are left to the caller, who has the method that cannot.
/// Source: Júdice and Pires (1994), A block principal pivoting algorithm for large-scale strictly
/// monotone linear complementarity problems.
struct MaskedPivoting {
  typealias Lanes = SIMD8<Double>
  typealias Mask = SIMDMask<SIMD8<Int64>>

  /// Passes before a lane is given up.
  private static let mostPasses = 12
  private let order: Int
  private let hasSum: Bool
  private let lowest: [Double]
  private let highest: [Double]
  /// Where each weight stands at first: −1 at its lower bound, 1 at its upper one, 0 free.
  private let start: [Int]
  /// L below its diagonal by rows, D on it.
  private var factor: [Lanes]
  private var right: [Lanes]
  private var unit: [Lanes]
  private var atLowest: [Mask]
  private var atHighest: [Mask]

  init(bounds: [ClosedRange<Double>], hasSum: Bool, start: [Int]) {
    order = bounds.count
    self.hasSum = hasSum
    self.start = start
    lowest = bounds.map(\.lowerBound)
    highest = bounds.map(\.upperBound)
    factor = Array(repeating: .zero, count: order * (order + 1) / 2)
    right = Array(repeating: .zero, count: order)
    unit = right
    atLowest = Array(repeating: Mask(repeating: false), count: order)
    atHighest = atLowest
  }

  /// Solves.
  ///
  /// - Parameters:
  ///   - gram: G, its lower triangle by rows. Shape: [row · (row + 1) / 2 + column].
  ///   - linear: h. Shape: [weight].
  ///   - weights: Room for w. Shape: [weight].
  /// - Returns: The lanes that are settled.
  mutating func solve(
    gram: [Lanes], linear: [Lanes], weights: inout [Lanes]
  ) -> Mask {
    for index in 0..<order {
      atLowest[index] = Mask(repeating: start[index] < 0 || lowest[index] == highest[index])
      atHighest[index] = Mask(repeating: start[index] > 0 && lowest[index] < highest[index])
    }
    var settled = Mask(repeating: false)
    for _ in 0..<MaskedPivoting.mostPasses {
      let isSound = pass(gram, linear, &weights)
      settled = isSound .& .!pin(gram, linear, weights)
      if all(settled) { break }
    }
    return settled
  }

  /// Weights for the present pins; returns the lanes whose pivots are sound.
  private mutating func pass(
    _ gram: [Lanes], _ linear: [Lanes], _ weights: inout [Lanes]
  ) -> Mask {
    setRight(gram, linear)
    var isSound = factorize(gram, (0..<order).map { isPinned($0) }, into: &factor)
    substitute(factor, order, &right)
    var shift = Lanes.zero
    if hasSum {
      substitute(factor, order, &unit)
      var sum = Lanes.zero
      var unitSum = Lanes.zero
      for index in 0..<order {
        sum += right[index] + pinned(index)
        unitSum += unit[index]
      }
      shift = (sum - 1) / unitSum
      // Where all are pinned, nothing is left to bring the sum to 1.
      isSound = isSound .& (unitSum .> 0)
    }
    for index in 0..<order {
      let free = hasSum ? right[index] - shift * unit[index] : right[index]
      weights[index] = free.replacing(with: pinned(index), where: isPinned(index))
    }
    return isSound
  }

  private func isPinned(_ index: Int) -> Mask { atLowest[index] .| atHighest[index] }

  /// The bound of a pinned weight, 0 for a free one.
  private func pinned(_ index: Int) -> Lanes {
    Lanes.zero.replacing(with: lowest[index], where: atLowest[index])
      .replacing(with: highest[index], where: atHighest[index])
  }

  /// h less what pinned weights explain, for the free weights.
  private mutating func setRight(_ gram: [Lanes], _ linear: [Lanes]) {
    let isPlain = lowest.allSatisfy { $0 == 0 } && highest.allSatisfy { $0 >= 1 }
    for row in 0..<order {
      var value = linear[row]
      if !isPlain {
        for column in 0..<order { value -= entry(gram, row, column) * pinned(column) }
      }
      right[row] = value.replacing(with: 0, where: isPinned(row))
      unit[row] = Lanes(repeating: 1).replacing(with: 0, where: isPinned(row))
    }
  }

  @inline(__always)
  private func entry(_ gram: [Lanes], _ row: Int, _ column: Int) -> Lanes {
    row >= column
      ? gram[row * (row + 1) / 2 + column] : gram[column * (column + 1) / 2 + row]
  }

  /// Pins weights beyond their bounds and frees those that pull inwards; returns the lanes in which
  /// any changed.
  private mutating func pin(_ gram: [Lanes], _ linear: [Lanes], _ weights: [Lanes]) -> Mask {
    var changed = Mask(repeating: false)
    let slopes = slopes(gram, linear, weights)
    for index in 0..<order where lowest[index] < highest[index] {
      let free = .!isPinned(index)
      let below = free .& (weights[index] .< lowest[index] - 1e-12)
      let above = free .& (weights[index] .> highest[index] + 1e-12)
      let slack = slopes.scales[index] * 1e-11
      let inwards =
        (atLowest[index] .& (slopes.values[index] .< -slack))
        .| (atHighest[index] .& (slopes.values[index] .> slack))
      atLowest[index] = (atLowest[index] .& .!inwards) .| below
      atHighest[index] = (atHighest[index] .& .!inwards) .| above
      changed = changed .| below .| above .| inwards
    }
    return changed
  }

  /// G w − h + μ, the slope of the loss along each weight, and the size of what it is made of.
  private func slopes(
    _ gram: [Lanes], _ linear: [Lanes], _ weights: [Lanes]
  ) -> (values: [Lanes], scales: [Lanes]) {
    var values: [Lanes] = []
    var free = Lanes.zero
    var count = Lanes.zero
    for row in 0..<order {
      var value = -linear[row]
      for column in 0..<order { value += entry(gram, row, column) * weights[column] }
      values.append(value)
      free += value.replacing(with: 0, where: isPinned(row))
      count += Lanes(repeating: 1).replacing(with: 0, where: isPinned(row))
    }
    let level = hasSum ? free / count : .zero
    return (
      values.map { $0 - level },
      linear.map { $0.replacing(with: -$0, where: $0 .< 0) }
    )
  }
}

/// Writes L D Lᵀ of G with the rows and columns of pinned weights those of the identity; returns the
/// lanes whose pivots are sound.
private func factorize(
  _ gram: [SIMD8<Double>], _ pins: [SIMDMask<SIMD8<Int64>>], into factor: inout [SIMD8<Double>]
) -> SIMDMask<SIMD8<Int64>> {
  var isSound = SIMDMask<SIMD8<Int64>>(repeating: false)
  isSound = .!isSound
  var target = factor.mutableSpan
  let source = gram.span
  var start = 0
  for row in pins.indices {
    // Until its diagonal is reached, the row holds L D.
    var columnStart = 0
    for column in 0..<row {
      var value = source[start &+ column].replacing(with: 0, where: pins[row] .| pins[column])
      for inner in 0..<column {
        value -= target[start &+ inner] * target[columnStart &+ inner]
      }
      target[start &+ column] = value
      columnStart &+= column &+ 1
    }
    let diagonal = source[start &+ row].replacing(with: 1, where: pins[row])
    let pivot = divided(&target, row: row, start: start, diagonal: diagonal)
    target[start &+ row] = pivot
    isSound = isSound .& (pivot .> diagonal * 1e-13)
    start &+= row &+ 1
  }
  return isSound
}

/// Makes L of the row's L D and returns its pivot.
@inline(__always)
private func divided(
  _ target: inout MutableSpan<SIMD8<Double>>, row: Int, start: Int, diagonal: SIMD8<Double>
) -> SIMD8<Double> {
  var pivot = diagonal
  var pivotPlace = 0
  for inner in 0..<row {
    let scaled = target[start &+ inner]
    let lower = scaled / target[pivotPlace]
    pivot -= scaled * lower
    target[start &+ inner] = lower
    pivotPlace &+= inner &+ 2
  }
  return pivot
}

/// Overwrites b with the solution of L D Lᵀ x = b.
private func substitute(
  _ factor: [SIMD8<Double>], _ order: Int, _ vector: inout [SIMD8<Double>]
) {
  var x = vector.mutableSpan
  let source = factor.span
  var start = 0
  for row in 0..<order {
    var value = x[row]
    for column in 0..<row { value -= source[start &+ column] * x[column] }
    x[row] = value
    start &+= row &+ 1
  }
  for row in (0..<order).reversed() {
    start &-= row &+ 1
    let value = x[row] / source[start &+ row]
    x[row] = value
  }
  start = order &* (order &+ 1) / 2
  for row in (0..<order).reversed() {
    start &-= row &+ 1
    let value = x[row]
    for column in 0..<row { x[column] -= source[start &+ column] * value }
  }
}
