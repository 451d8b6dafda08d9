/// Corrects a least squares solution until it is right to the last digits.
///
/// The solution and its residuals r satisfy  r + A x = b,  Aᵀ r = 0  together. What they leave of
/// these equations is worked out in twice the precision, and the correction follows from the factors
/// A = Q R at hand:  Rᵀ h = g,  (d₁, d₂) = Qᵀ f,  R Δx = d₁ − h,  Δr = Q (h, d₂)  for the leftovers
/// f = b − r − A x and g = −Aᵀ r. Without it, errors grow with the square of the condition number
/// where residuals are large.
/// Source: Björck (1967), Iterative refinement of linear least squares solutions I, BIT 7.
struct Refinement {
  private let matrix: Matrix
  private let target: [Double]
  private let factors: QRFactors
  private(set) var solution: [Double]
  private(set) var residuals: [Double]

  init(
    _ matrix: Matrix, target: [Double], solution: [Double], residuals: [Double]
  ) throws(LinearAlgebraError) {
    self.matrix = matrix
    self.target = target
    self.solution = solution
    self.residuals = residuals
    factors = try QRFactors(matrix)
  }

  /// Corrects as long as corrections shrink, at most ten times.
  mutating func run() {
    var last = Double.infinity
    for _ in 0..<10 {
      guard let (change, rest) = correction() else { return }
      let size = relative(change)
      if !(size < last / 2) { return }
      for column in solution.indices { solution[column] += change[column] }
      for row in residuals.indices { residuals[row] += rest[row] }
      if size <= Double.ulpOfOne { return }
      last = size
    }
  }

  /// The largest change of an unknown as a part of the unknown.
  private func relative(_ change: [Double]) -> Double {
    zip(change, solution).reduce(0) { largest, pair in
      pair.0 == 0 ? largest : max(largest, abs(pair.0) / max(abs(pair.1), .leastNormalMagnitude))
    }
  }

  private func correction() -> (solution: [Double], residuals: [Double])? {
    guard let h = factors.transposedSolution(leftoverOfColumns) else { return nil }
    var rotated = factors.rotated(leftoverOfRows)
    let right = h.indices.map { rotated[$0] - h[$0] }
    guard let change = factors.solution(right), change.allSatisfy(\.isFinite) else { return nil }
    for index in h.indices { rotated[index] = h[index] }
    return (change, factors.rotatedBack(rotated))
  }

  /// f = b − r − A x.
  private var leftoverOfRows: [Double] {
    target.indices.map { row in
      var sum = TwofoldSum(target[row])
      sum.add(-residuals[row], 1)
      for column in solution.indices { sum.add(-matrix[row, column], solution[column]) }
      return sum.value
    }
  }

  /// g = −Aᵀ r.
  private var leftoverOfColumns: [Double] {
    solution.indices.map { column in
      var sum = TwofoldSum(0)
      for row in residuals.indices { sum.add(-matrix[row, column], residuals[row]) }
      return sum.value
    }
  }
}

/// A sum of products as if in twice the precision.
///
/// Source: Ogita, Rump and Oishi (2005), Accurate sum and dot product, algorithm 5.3 (Dot2).
private struct TwofoldSum {
  private var high: Double
  private var low = 0.0

  init(_ start: Double) { high = start }

  mutating func add(_ left: Double, _ right: Double) {
    let product = left * right
    let sum = high + product
    let part = sum - high
    low += ((high - (sum - part)) + (product - part)) + (-product).addingProduct(left, right)
    high = sum
  }

  var value: Double { high + low }
}
