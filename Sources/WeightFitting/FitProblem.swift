/// Observed allocations that weights of factors are to explain.
///
/// a_c ≈ λ_g Σ_k w_k z_ck  with w ≥ 0 and Σ w = 1: z the factor shares of a county within its pool g,
/// λ_g the pool's money, or unknown where floors, caps or coefficients stand between share and
/// amount (model, section 2).
public struct FitProblem: Sendable {
  /// One observed amount.
  public struct Row: Sendable {
    /// Its pool, from 0: a year, a stream, or both.
    public var pool: Int
    /// Its county, from 0: what the bootstrap draws.
    public var cluster: Int
    /// The observed amount.
    ///
    /// Any unit of money, the same in all rows.
    public var amount: Double
    /// The least amount that the row could have; 0 for none.
    public var floor: Double
    /// The largest amount that the row could have; infinite for none.
    public var cap: Double
    /// How much the row counts; 1 as a rule.
    public var weight: Double

    /// Makes a row.
    public init(
      pool: Int, cluster: Int, amount: Double, floor: Double = 0, cap: Double = .infinity,
      weight: Double = 1
    ) {
      self.pool = pool
      self.cluster = cluster
      self.amount = amount
      self.floor = floor
      self.cap = cap
      self.weight = weight
    }
  }

  /// The observed amounts.
  public var rows: [Row]
  /// What each factor gives each row: shares within its pool, or index values as they are.
  ///
  /// Shape: [factor][row].
  public var shares: [[Double]]
  /// What each weight may be.
  ///
  /// Shape: [factor].
  public var bounds: [ClosedRange<Double>]
  /// How far from its floor or cap an amount may be and still stand at it: what it was rounded to.
  public var tolerance: Double
  /// Whether the amounts are shares times an unknown level even where no floor or cap binds, as with
  /// coefficients.
  public var hasUnknownLevel: Bool
  /// Whether the weighted sum is the amount itself, as of an index, and no share of a pool.
  public var isIndex: Bool
  /// Residuals beyond so many robust standard deviations count less (Huber); nil for none.
  public var huber: Double?

  /// Makes a problem.
  public init(
    rows: [Row], shares: [[Double]], bounds: [ClosedRange<Double>]? = nil, tolerance: Double = 0,
    hasUnknownLevel: Bool = false, isIndex: Bool = false, huber: Double? = nil
  ) {
    precondition(shares.allSatisfy { $0.count == rows.count }, "a factor has a share in every row")
    self.rows = rows
    self.shares = shares
    self.bounds = bounds ?? shares.map { _ in 0...1 }
    precondition(self.bounds.count == shares.count, "every weight has bounds")
    self.tolerance = tolerance
    self.hasUnknownLevel = hasUnknownLevel
    self.isIndex = isIndex
    self.huber = huber
  }

  /// How many factors there are.
  public var factorCount: Int { shares.count }

  /// How many pools there are.
  public var poolCount: Int { (rows.map(\.pool).max() ?? -1) + 1 }

  /// How many counties there are.
  public var clusterCount: Int { (rows.map(\.cluster).max() ?? -1) + 1 }

  /// The money of each pool: the sum of its amounts.
  ///
  /// Shape: [pool].
  public var poolAmounts: [Double] {
    var sums = [Double](repeating: 0, count: poolCount)
    for row in rows { sums[row.pool] += row.amount }
    return sums
  }

  /// What a share of 1 stands for where nothing stands between share and amount: the pool's money, or
  /// 1 for an index.
  ///
  /// Shape: [pool].
  var knownLevels: [Double] { isIndex ? poolAmounts.map { _ in 1 } : poolAmounts }

  /// Values of factors as shares of their pool: z = v / Σ v.
  ///
  /// - Parameters:
  ///   - values: Values of factors, ≥ 0. Shape: [factor][row].
  ///   - pools: The pool of each row, from 0. Shape: [row].
  /// - Returns: Shares. Shape: [factor][row].
  /// - Throws: `WeightFittingError.factorWithoutSum` where a factor has nothing in a pool.
  public static func shares(
    of values: [[Double]], pools: [Int]
  ) throws(WeightFittingError) -> [[Double]] {
    let poolCount = (pools.max() ?? -1) + 1
    var shares: [[Double]] = []
    for (factor, column) in values.enumerated() {
      var sums = [Double](repeating: 0, count: poolCount)
      for (value, pool) in zip(column, pools) { sums[pool] += value }
      if let pool = sums.firstIndex(where: { !($0 > 0) }) {
        throw .factorWithoutSum(factor: factor, pool: pool)
      }
      shares.append(zip(column, pools).map { $0 / sums[$1] })
    }
    return shares
  }

  /// Numbers the counties that have rows without gaps.
  public mutating func compactClusters() {
    let used = Set(rows.map(\.cluster)).sorted()
    let number = Dictionary(uniqueKeysWithValues: zip(used, used.indices))
    for row in rows.indices { rows[row].cluster = number[rows[row].cluster] ?? 0 }
  }

  /// What a row says of the weights.
  public enum Mark: Sendable, Hashable {
    /// λ s is the amount.
    case data
    /// λ s is at most the amount.
    case atFloor
    /// λ s is at least the amount.
    case atCap
  }

  /// What each row says.
  ///
  /// Shape: [row].
  public var marks: [Mark] {
    rows.map { row in
      if row.floor > 0, row.amount <= row.floor + tolerance { return .atFloor }
      if row.cap < .infinity, row.amount >= row.cap - tolerance { return .atCap }
      return .data
    }
  }

  /// Whether amounts are shares of known money, so that the weights' sum is given: no floor, cap or
  /// unknown level stands between.
  var hasGivenSum: Bool { !hasUnknownLevel && marks.allSatisfy { $0 == .data } }

  func check() throws(WeightFittingError) {
    if let pool = poolAmounts.firstIndex(where: { !($0 > 0) }) {
      throw .poolWithoutMoney(pool: pool)
    }
    let lowest = bounds.reduce(0) { $0 + $1.lowerBound }
    let highest = bounds.reduce(0) { $0 + $1.upperBound }
    if lowest > 1 + 1e-12 || highest < 1 - 1e-12 {
      throw .boundsExcludeSimplex(lowest: lowest, highest: highest)
    }
    let informative = marks.count { $0 == .data }
    if informative < factorCount { throw .tooFewRows(rows: informative, factors: factorCount) }
  }
}
