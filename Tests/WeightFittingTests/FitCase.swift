import TestFixtures

@testable import WeightFitting

/// A random fit with a known answer.
struct FitCase {
  let problem: FitProblem
  let weights: [Double]

  /// Amounts of some counties and pools by known weights, with relative noise.
  init(
    seed: UInt64, counties: Int = 60, factors: Int = 4, pools: Int = 1, noise: Double = 0,
    floor: Double? = nil, cap: Double? = nil
  ) throws {
    var random = SplitMix64(seed: seed)
    let parts = (0..<factors).map { _ in 0.2 + random.fraction() }
    let sum = parts.reduce(0, +)
    let weights = parts.map { $0 / sum }
    self.weights = weights
    let rowCount = counties * pools
    let pool = (0..<rowCount).map { $0 / counties }
    let values = (0..<factors).map { _ in
      (0..<rowCount).map { _ in 0.1 + random.fraction() * random.fraction() }
    }
    let shares = try FitProblem.shares(of: values, pools: pool)
    let money = (0..<pools).map { _ in 1e8 * (1 + random.fraction()) }
    let amounts = (0..<rowCount).map { row in
      let share = (0..<factors).reduce(0) { $0 + weights[$1] * shares[$1][row] }
      let bump = (0..<12).reduce(-6.0) { sum, _ in sum + random.fraction() }
      return money[pool[row]] * share * (1 + noise * bump)
    }
    var rows = (0..<rowCount).map { row in
      FitProblem.Row(pool: pool[row], cluster: row % counties, amount: amounts[row])
    }
    if let floor, let cap {
      // Last year's amount was another: some rows meet their bounds.
      for row in rows.indices {
        let last = amounts[row] * (0.7 + 0.8 * random.fraction())
        rows[row].floor = floor * last
        rows[row].cap = cap * last
        rows[row].amount = min(max(amounts[row], floor * last), cap * last)
      }
    }
    problem = FitProblem(rows: rows, shares: shares, tolerance: 1e-6)
  }
}
