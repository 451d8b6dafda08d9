/// The rounds of a fit: weights, then what depends on them, until nothing changes.
///
/// What depends on them: the levels of several pools whose money is not shared by shares alone; which
/// rows at a floor or cap contradict λ s and so pull at it; and how much outliers count.
struct FitRounds {
  private static let mostRounds = 1_000

  private let problem: FitProblem
  private let marks: [FitProblem.Mark]
  /// The factors that are no copies.
  private let kept: [Int]
  let copies: [(factor: Int, of: Int)]
  private let solver: WeightSolver
  private let total: WeightSolver.Total
  /// Which rows pull: data, and bound rows that λ s contradicts.
  private var isPulling: [Bool]
  private var robust: [Double]
  private(set) var levels: [Double]
  /// λ w of the kept factors, in units of the levels.
  private var scaled: [Double] = []
  private(set) var isConverged = false

  init(_ problem: FitProblem) throws(WeightFittingError) {
    self.problem = problem
    marks = problem.marks
    total = problem.hasGivenSum ? .one : .free
    isPulling = marks.map { $0 == .data }
    robust = problem.rows.map { _ in 1 }
    levels = problem.knownLevels
    let identity = FactorIdentity(problem, marks: marks)
    copies = identity.copies
    kept = identity.kept
    let bounds = identity.boundsOfKept
    solver = WeightSolver(bounds: bounds, total: total, isShortest: try identity.isDependent())
  }

  var weights: [Double] {
    let sum = scaled.reduce(0, +)
    var weights = [Double](repeating: 0, count: problem.factorCount)
    for (factor, value) in zip(kept, scaled) {
      var rest = value / sum
      let own = copies.filter { $0.of == factor }.map(\.factor)
      let reserved = own.reduce(0) { $0 + problem.bounds[$1].lowerBound }
      weights[factor] = min(rest - reserved, problem.bounds[factor].upperBound)
      rest -= weights[factor] + reserved
      for copy in own {
        let bound = problem.bounds[copy]
        let more = min(rest, bound.upperBound - bound.lowerBound)
        weights[copy] = bound.lowerBound + more
        rest -= more
      }
    }
    return weights
  }

  var influence: [Double] {
    problem.rows.indices.map { isPulling[$0] ? problem.rows[$0].weight * robust[$0] : 0 }
  }

  mutating func run() throws(WeightFittingError) {
    for round in 0..<FitRounds.mostRounds {
      let last = (scaled, levels)
      scaled = try solve()
      let predicted = predictions
      var isSettled = last.0.count == scaled.count
      if total == .free { isSettled = updatePulls(predicted, round) && isSettled }
      if total == .free, levels.count > 1 { updateLevels(predicted) }
      if problem.huber != nil { isSettled = updateRobust(predicted) && isSettled }
      isSettled = isSettled && isNear(scaled, last.0) && isNear(levels, last.1)
      let isOneRound = total == .one && problem.huber == nil
      if isSettled || isOneRound {
        isConverged = true
        break
      }
    }
    if total == .free { normalizeLevels() }
  }

  private func isNear(_ left: [Double], _ right: [Double]) -> Bool {
    zip(left, right).allSatisfy { abs($0 - $1) <= 1e-11 * max(abs($0), abs($1)) + 1e-13 }
  }

  private func solve() throws(WeightFittingError) -> [Double] {
    let influence = influence
    let rows = influence.indices.filter { influence[$0] > 0 }
    let roots = rows.map { influence[$0].squareRoot() }
    let columns = kept.map { factor in
      zip(rows, roots).map { problem.shares[factor][$0] * levels[problem.rows[$0].pool] * $1 }
    }
    return try solver.weights(
      columns: columns, target: zip(rows, roots).map { problem.rows[$0].amount * $1 })
  }

  /// λ s of every row.
  private var predictions: [Double] {
    problem.rows.indices.map { row in
      zip(kept, scaled).reduce(0) { $0 + $1.1 * problem.shares[$1.0][row] }
        * levels[problem.rows[row].pool]
    }
  }

  /// Lets bound rows pull where λ s contradicts them; late rounds let none go, so that it ends.
  private mutating func updatePulls(_ predicted: [Double], _ round: Int) -> Bool {
    var isSettled = true
    for row in marks.indices where marks[row] != .data {
      let amount = problem.rows[row].amount
      let gap = marks[row] == .atFloor ? predicted[row] - amount : amount - predicted[row]
      let pulls = gap > problem.tolerance + 1e-12 * amount
      if pulls == isPulling[row] || (!pulls && round > FitRounds.mostRounds / 2) { continue }
      isPulling[row] = pulls
      isSettled = false
    }
    return isSettled
  }

  /// The level of each pool that brings its rows nearest.
  private mutating func updateLevels(_ predicted: [Double]) {
    let influence = influence
    var products = [Double](repeating: 0, count: levels.count)
    var squares = products
    for (row, value) in predicted.enumerated() where influence[row] > 0 {
      let pool = problem.rows[row].pool
      products[pool] += influence[row] * value * problem.rows[row].amount
      squares[pool] += influence[row] * value * value
    }
    for pool in levels.indices where squares[pool] > 0 && products[pool] > 0 {
      levels[pool] *= products[pool] / squares[pool]
    }
  }

  /// Brings the sum of the weights to 1.
  private mutating func normalizeLevels() {
    let sum = scaled.reduce(0, +)
    for pool in levels.indices { levels[pool] *= sum }
    for factor in scaled.indices { scaled[factor] /= sum }
  }

  /// Huber's weights min(1, k σ / |r|), σ the median |r| of the data over that of a normal.
  private mutating func updateRobust(_ predicted: [Double]) -> Bool {
    let residuals = problem.rows.indices.map { problem.rows[$0].amount - predicted[$0] }
    let sizes = residuals.indices.filter { isPulling[$0] }.map { abs(residuals[$0]) }.sorted()
    guard let limit = problem.huber, !sizes.isEmpty else { return true }
    // 0.6745: the median of |x| for a standard normal x.
    let spread = sizes[sizes.count / 2] / 0.6745
    let last = robust
    for (row, residual) in residuals.enumerated() {
      robust[row] =
        abs(residual) <= limit * spread ? 1 : max(1e-12, limit * spread / abs(residual))
    }
    return zip(last, robust).allSatisfy { abs($0 - $1) < 1e-9 }
  }
}
