import FundAllocation

/// The weights that best explain observed allocations, and how far they can be trusted.
public struct WeightFit: Sendable {
  /// The problem it answers.
  public let problem: FitProblem
  /// The weights.
  ///
  /// Shape: [factor]. They sum to 1.
  public let weights: [Double]
  /// The money a share of 1 stands for in each pool: the pool, or the level λ where that is unknown.
  ///
  /// Shape: [pool].
  public let levels: [Double]
  /// What each row said of the weights.
  ///
  /// Shape: [row].
  public let marks: [FitProblem.Mark]
  /// What the law gives with these weights, from the pool's money within floors and caps.
  ///
  /// Shape: [row].
  public let fitted: [Double]
  /// How much each row counted in the end: its weight, less where Huber's loss is asked for; 0 for
  /// one at a floor or cap that λ s does not contradict.
  ///
  /// Shape: [row].
  public let influence: [Double]
  /// Factors whose shares are those of an earlier factor: they get no weight of their own.
  public let copies: [(factor: Int, of: Int)]
  /// Whether the rounds came to their end; if not, the weights are the last round's.
  public let isConverged: Bool

  /// Fits.
  ///
  /// - Parameters:
  ///   - problem: What is observed.
  ///   - treatsBoundsAsData: Whether amounts at a floor or cap count as if they were shares of the
  ///     pool, which is wrong and shows what it costs.
  /// - Throws: `WeightFittingError` where the data give no weights.
  /// - Complexity: O(*n* *k*²) a round for *n* rows and *k* factors; one round where the pools are
  ///   known and no loss is robust.
  public init(
    _ problem: FitProblem, treatsBoundsAsData: Bool = false
  ) throws(WeightFittingError) {
    var naive = problem
    if treatsBoundsAsData {
      for row in naive.rows.indices {
        (naive.rows[row].floor, naive.rows[row].cap) = (0, .infinity)
      }
    }
    try naive.check()
    var rounds = try FitRounds(naive)
    try rounds.run()
    self.problem = problem
    weights = rounds.weights
    levels = rounds.levels
    marks = problem.marks
    influence = rounds.influence
    copies = rounds.copies
    isConverged = rounds.isConverged
    fitted = WeightFit.fitted(problem, rounds.weights, rounds.levels)
  }

  /// Rows at a floor or cap.
  public var boundRows: Int { marks.count { $0 != .data } }

  /// What the law gives every row: the pool's money by share, within floors and caps.
  private static func fitted(
    _ problem: FitProblem, _ weights: [Double], _ levels: [Double]
  ) -> [Double] {
    let shares = problem.rows.indices.map { row in
      weights.indices.reduce(0) { $0 + weights[$1] * problem.shares[$1][row] }
    }
    if problem.isIndex || problem.hasGivenSum {
      return zip(problem.rows, shares).map { row, share in
        min(max(levels[row.pool] * share, row.floor), max(row.cap, row.floor))
      }
    }
    var fitted = [Double](repeating: 0, count: shares.count)
    for (pool, money) in problem.poolAmounts.enumerated() {
      let rows = problem.rows.indices.filter { problem.rows[$0].pool == pool }
      let own = rows.map { shares[$0] }
      let floors = rows.map { problem.rows[$0].floor }
      let caps = rows.map { max(problem.rows[$0].cap, problem.rows[$0].floor) }
      var amounts = own
      WaterLevel(shares: own, floors: floors, caps: caps, pool: money)
        .fill(&amounts, shares: own, floors: floors, caps: caps)
      for (row, amount) in zip(rows, amounts) { fitted[row] = amount }
    }
    return fitted
  }

  /// 1 − Σ (a − fitted)² / Σ (a − mean)²; nil where all amounts are equal.
  public var rSquared: Double? {
    let amounts = problem.rows.map(\.amount)
    let mean = amounts.reduce(0, +) / Double(amounts.count)
    let spread = amounts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return spread > 0 ? 1 - squaredErrors / spread : nil
  }

  private var squaredErrors: Double {
    zip(problem.rows, fitted).reduce(0) { $0 + ($1.0.amount - $1.1) * ($1.0.amount - $1.1) }
  }

  /// Root of the mean squared error, in the unit of the amounts.
  public var rmse: Double { (squaredErrors / Double(fitted.count)).squareRoot() }

  /// The largest error, in the unit of the amounts.
  public var largestError: Double {
    zip(problem.rows, fitted).reduce(0) { max($0, abs($1.0.amount - $1.1)) }
  }
}
