import LinearAlgebra
import Statistics

/// A matrix of judgements in which missing ones are filled in so that they contradict the others
/// least.
///
/// The aims, in this order: the least largest eigenvalue λ; the same answer from any start; few
/// eigenvalue problems. With missing entries eᵗ and e⁻ᵗ, λ is a convex function of all t, and strictly
/// so where judgements link all names (Bozóki, Fülöp and Rónyai 2010, theorems 2 and 3). With u and v
/// the left and right eigenvectors
///
///     ∂λ/∂tᵢⱼ = (uᵢ eᵗ vⱼ − uⱼ e⁻ᵗ vᵢ) / Σ u v,
///
/// which is 0 at t = ½ ln(uⱼ vᵢ / uᵢ vⱼ). The steps towards these points go downhill in every
/// coordinate at once; a step that goes too far is halved. The start is the completion by
/// logarithmic least squares.
struct JudgementMatrix {
  /// Entries > 0, aⱼᵢ = 1/aᵢⱼ.
  private(set) var matrix: Matrix
  /// The principal eigenvector of the matrix.
  private(set) var principal: PrincipalEigenvector
  /// What stands for each missing pair.
  private(set) var completed: [Judgement] = []
  /// Whether the completion came to its end.
  private(set) var isConverged: Bool

  private static let mostSteps = 500
  /// Steps in logarithms below this change no digit of a weight.
  private static let leastStep = 1e-12

  init(_ judgements: Judgements) {
    matrix = JudgementMatrix.known(judgements)
    let pairs = judgements.missingPairs
    if pairs.isEmpty {
      principal = JudgementMatrix.eigen(matrix)
      isConverged = principal.isConverged
      return
    }
    let start = LogarithmicLeastSquares.weights(judgements)
    var search = CompletionSearch(
      matrix: matrix, pairs: pairs,
      powers: pairs.map { VectorMath.logarithm(start[$0.first] / start[$0.second]) })
    isConverged = search.run(steps: JudgementMatrix.mostSteps, least: JudgementMatrix.leastStep)
    matrix = search.matrix
    principal = search.principal
    completed = zip(pairs, search.powers).map { pair, power in
      Judgement(
        first: pair.first, second: pair.second, ratio: VectorMath.exponential(power))
    }
  }

  /// The matrix with 1 for every missing pair.
  private static func known(_ judgements: Judgements) -> Matrix {
    let count = judgements.names.count
    var matrix = Matrix(
      rowCount: count, columnCount: count, values: Array(repeating: 1, count: count * count))
    for judgement in judgements.list {
      matrix[judgement.first, judgement.second] = judgement.ratio
      matrix[judgement.second, judgement.first] = 1 / judgement.ratio
    }
    return matrix
  }

  static func eigen(_ matrix: Matrix) -> PrincipalEigenvector {
    do throws(LinearAlgebraError) {
      return try PrincipalEigenvector(matrix)
    } catch {
      preconditionFailure("judgements are positive: \(error)")
    }
  }
}

/// The search for the missing entries.
private struct CompletionSearch {
  private(set) var matrix: Matrix
  private(set) var principal: PrincipalEigenvector
  private(set) var powers: [Double]
  private let pairs: [(first: Int, second: Int)]

  init(matrix: Matrix, pairs: [(first: Int, second: Int)], powers: [Double]) {
    self.pairs = pairs
    self.powers = powers
    self.matrix = CompletionSearch.filled(matrix, pairs, powers)
    principal = JudgementMatrix.eigen(self.matrix)
  }

  private static func filled(
    _ matrix: Matrix, _ pairs: [(first: Int, second: Int)], _ powers: [Double]
  ) -> Matrix {
    var matrix = matrix
    for (pair, power) in zip(pairs, powers) {
      matrix[pair.first, pair.second] = VectorMath.exponential(power)
      matrix[pair.second, pair.first] = VectorMath.exponential(-power)
    }
    return matrix
  }

  /// Takes steps until they are too small to matter; says whether they became so.
  mutating func run(steps: Int, least: Double) -> Bool {
    for _ in 0..<steps {
      let step = towardsRoots
      if step.allSatisfy({ abs($0) < least }) { return true }
      if !take(step) { return false }
    }
    return false
  }

  /// From each power to where its derivative would be 0.
  private var towardsRoots: [Double] {
    let (left, right) = (principal.left, principal.right)
    return zip(pairs, powers).map { pair, power in
      let ratio =
        left[pair.second] * right[pair.first] / (left[pair.first] * right[pair.second])
      return VectorMath.logarithm(ratio) / 2 - power
    }
  }

  /// The derivative of λ along a direction.
  private func slope(_ direction: [Double]) -> Double {
    let (left, right) = (principal.left, principal.right)
    let size = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    return pairs.indices.reduce(0) { sum, index in
      let (first, second) = pairs[index]
      let up = left[first] * matrix[first, second] * right[second]
      let down = left[second] * matrix[second, first] * right[first]
      return sum + direction[index] * (up - down) / size
    }
  }

  /// Whether a step stays short of the other side of the valley.
  ///
  /// λ is no larger, and rises at most half as fast as it fell. Steps so small that rounding decides
  /// are taken as they are.
  private func isAccepted(
    _ next: CompletionSearch, slopes: (before: Double, after: Double), longest: Double
  ) -> Bool {
    if longest < 1e-9 { return true }
    return slopes.after <= -0.5 * slopes.before
      && next.principal.value <= principal.value * (1 + 1e-14)
  }

  /// Takes a step, or half of it, or a quarter, …; says whether one of them went down.
  private mutating func take(_ step: [Double]) -> Bool {
    let before = slope(step)
    let longest = step.reduce(0) { max($0, abs($1)) }
    var part = 1.0
    for _ in 0..<40 {
      var next = self
      next.powers = zip(powers, step).map { $0 + part * $1 }
      next.matrix = CompletionSearch.filled(matrix, pairs, next.powers)
      next.principal = JudgementMatrix.eigen(next.matrix)
      if isAccepted(next, slopes: (before, next.slope(step)), longest: part * longest) {
        self = next
        return true
      }
      part /= 2
    }
    return false
  }
}
