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
  /// Whether bounds other than 0 and none take part.
  private let isPlain: Bool
  /// Where each weight stands at first: −1 at its lower bound, 1 at its upper one, 0 free.
  private let start: [Int]
  /// Weights that are free in some lane; only these are solved for.
  private var members: [Int] = []
  /// L below its diagonal by rows, D on it.
  private var factor: [Lanes]
  private var right: [Lanes]
  private var unit: [Lanes]
  /// μ, what a unit of the sum costs.
  private var shift = Lanes.zero
  private var atLowest: [Mask]
  private var atHighest: [Mask]

  init(bounds: [ClosedRange<Double>], hasSum: Bool, start: [Int]) {
    order = bounds.count
    self.hasSum = hasSum
    self.start = start
    lowest = bounds.map(\.lowerBound)
    highest = bounds.map(\.upperBound)
    isPlain = lowest.allSatisfy { $0 == 0 } && highest.allSatisfy { $0 >= 1 }
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
    let pins = (0..<order).map { isPinned($0) }
    members = pins.indices.filter { !all(pins[$0]) }
    pack(gram, linear, pins)
    var isSound = factorize(&factor, order: members.count)
    substitute(factor, members.count, &right)
    for index in 0..<order { weights[index] = pinned(index) }
    if hasSum { isSound = isSound .& setShift(weights) }
    for (place, index) in members.enumerated() {
      let free = hasSum ? right[place] - shift * unit[place] : right[place]
      weights[index] = free.replacing(with: weights[index], where: pins[index])
    }
    return isSound
  }

  private func isPinned(_ index: Int) -> Mask { atLowest[index] .| atHighest[index] }

  /// The bound of a pinned weight, 0 for a free one.
  private func pinned(_ index: Int) -> Lanes {
    Lanes.zero.replacing(with: lowest[index], where: atLowest[index])
      .replacing(with: highest[index], where: atHighest[index])
  }

  /// μ by which the weights sum to 1; returns the lanes in which some weight is free to do so.
  private mutating func setShift(_ bound: [Lanes]) -> Mask {
    substitute(factor, members.count, &unit)
    var sum = bound.reduce(.zero, +)
    var unitSum = Lanes.zero
    for place in members.indices {
      sum += right[place]
      unitSum += unit[place]
    }
    shift = (sum - 1) / unitSum
    return unitSum .> 0
  }

  /// Writes G, h less what pinned weights explain, and 1 for the members; where a lane has a member
  /// pinned, a row and column of the identity.
  private mutating func pack(_ gram: [Lanes], _ linear: [Lanes], _ pins: [Mask]) {
    var place = 0
    for (position, row) in members.enumerated() {
      let rowStart = row * (row + 1) / 2
      for column in members[..<position] {
        factor[place] = gram[rowStart + column]
          .replacing(with: 0, where: pins[row] .| pins[column])
        place += 1
      }
      factor[place] = gram[rowStart + row].replacing(with: 1, where: pins[row])
      place += 1
      var value = linear[row]
      if !isPlain {
        for column in 0..<order { value -= entry(gram, row, column) * pinned(column) }
      }
      right[position] = value.replacing(with: 0, where: pins[row])
      unit[position] = Lanes(repeating: 1).replacing(with: 0, where: pins[row])
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
    for index in 0..<order where lowest[index] < highest[index] {
      let isPinned = isPinned(index)
      let below = (weights[index] .< lowest[index] - 1e-12) .& .!isPinned
      let above = (weights[index] .> highest[index] + 1e-12) .& .!isPinned
      var inwards = Mask(repeating: false)
      if any(isPinned) {
        let slope = slope(index, gram, linear, weights)
        let slack = linear[index].replacing(with: -linear[index], where: linear[index] .< 0) * 1e-11
        inwards = (atLowest[index] .& (slope .< -slack)) .| (atHighest[index] .& (slope .> slack))
      }
      atLowest[index] = (atLowest[index] .& .!inwards) .| below
      atHighest[index] = (atHighest[index] .& .!inwards) .| above
      changed = changed .| below .| above .| inwards
    }
    return changed
  }

  /// G w − h + μ, the slope of the loss along a weight.
  private func slope(
    _ index: Int, _ gram: [Lanes], _ linear: [Lanes], _ weights: [Lanes]
  ) -> Lanes {
    var value = hasSum ? shift - linear[index] : -linear[index]
    if isPlain {
      for column in members { value += entry(gram, index, column) * weights[column] }
    } else {
      for column in 0..<order { value += entry(gram, index, column) * weights[column] }
    }
    return value
  }
}

/// Overwrites the lower triangle of a matrix by rows with L and D, matrix = L D Lᵀ; returns the lanes
/// whose pivots are sound.
///
/// Four rows at a time, because a sum for each row is worked out beside the others.
private func factorize(_ matrix: inout [SIMD8<Double>], order: Int) -> SIMDMask<SIMD8<Int64>> {
  var isSound = SIMDMask<SIMD8<Int64>>(repeating: true)
  var target = matrix.mutableSpan
  var row = 0
  while row < order {
    let end = min(order, row &+ 4)
    if end == row &+ 4 { reduceFour(&target, from: row) }
    let first = end == row &+ 4 ? row : 0
    for current in row..<end {
      let start = current &* (current &+ 1) / 2
      reduce(&target, start: start, columns: first..<current)
      let diagonal = target[start &+ current]
      let pivot = divide(&target, start: start, row: current)
      isSound = isSound .& (pivot .> diagonal * 1e-13)
    }
    row = end
  }
  return isSound
}

/// Makes L D of the entries of four rows that stand left of these rows' own columns.
@inline(__always)
private func reduceFour(_ target: inout MutableSpan<SIMD8<Double>>, from row: Int) {
  let a = row &* (row &+ 1) / 2
  let b = a &+ row &+ 1
  let c = b &+ row &+ 2
  let d = c &+ row &+ 3
  var columnStart = 0
  var column = 0
  while column < row {
    var (p, q) = (target[a &+ column], target[b &+ column])
    var (r, s) = (target[c &+ column], target[d &+ column])
    var inner = 0
    while inner < column {
      let lower = target[columnStart &+ inner]
      p -= target[a &+ inner] * lower
      q -= target[b &+ inner] * lower
      r -= target[c &+ inner] * lower
      s -= target[d &+ inner] * lower
      inner &+= 1
    }
    (target[a &+ column], target[b &+ column]) = (p, q)
    (target[c &+ column], target[d &+ column]) = (r, s)
    column &+= 1
    columnStart &+= column
  }
}

/// Makes L D of some entries of a row.
@inline(__always)
private func reduce(
  _ target: inout MutableSpan<SIMD8<Double>>, start: Int, columns: Range<Int>
) {
  for column in columns {
    let columnStart = column &* (column &+ 1) / 2
    var value = target[start &+ column]
    var inner = 0
    while inner < column {
      value -= target[start &+ inner] * target[columnStart &+ inner]
      inner &+= 1
    }
    target[start &+ column] = value
  }
}

/// Makes L of a row's L D and writes and returns its pivot.
@inline(__always)
private func divide(
  _ target: inout MutableSpan<SIMD8<Double>>, start: Int, row: Int
) -> SIMD8<Double> {
  var pivot = target[start &+ row]
  var pivotPlace = 0
  for inner in 0..<row {
    let scaled = target[start &+ inner]
    let lower = scaled / target[pivotPlace]
    pivot -= scaled * lower
    target[start &+ inner] = lower
    pivotPlace &+= inner &+ 2
  }
  target[start &+ row] = pivot
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
