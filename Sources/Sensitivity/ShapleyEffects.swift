import Statistics

/// Shapley effects: each group's part of the variance of an output; parts sum to 1, also where groups
/// are not independent of each other.
///
/// The game: what a subset u of groups is worth is the variance that is left while only u is unknown,
/// E Var(Y | all but u) = ½ mean (f(A) − f(A with u from B))². Where groups hang together, u must have
/// been picked from its distribution given the others. Source: Song, Nelson and Staum (2016), Shapley
/// effects for global sensitivity analysis, section 3.
public struct ShapleyEffects: Sendable {
  /// Each group's part of the variance.
  ///
  /// Shape: [group].
  public let effects: [Estimate]
  /// Mean of the output.
  public let mean: Double
  /// Variance of the output.
  public let variance: Double
  /// Whether the output does not vary beyond rounding.
  public let isConstant: Bool
  /// Rows that were used; the others lack a value.
  public let rowCount: Int

  /// Which subsets have to be run.
  public struct Plan: Sendable {
    /// How many groups there are.
    public let groupCount: Int
    /// The orders over which is averaged; nil for all of them.
    public let orders: [[Int]]?
    /// The subsets to run, neither none nor all.
    public let subsets: [UInt64]

    /// All subsets of at most `Shapley.mostExact` groups, else those of sampled orders.
    ///
    /// - Parameters:
    ///   - groupCount: How many groups there are.
    ///   - pairs: How many pairs of orders to sample where there are more.
    ///   - seed: Of the orders.
    public init(groupCount: Int, pairs: Int, seed: UInt64) {
      self.groupCount = groupCount
      let all = UInt64(1) << UInt64(groupCount) &- 1
      if groupCount <= Shapley.mostExact {
        orders = nil
        subsets = groupCount < 2 ? [] : Array(1..<all)
        return
      }
      let orders = Shapley.antitheticOrders(players: groupCount, pairs: pairs, seed: seed)
      self.orders = orders
      var wanted: Set<UInt64> = []
      for order in orders {
        var subset: UInt64 = 0
        for player in order.dropLast() {
          subset |= UInt64(1) << UInt64(player)
          wanted.insert(subset)
        }
      }
      subsets = wanted.sorted()
    }
  }

  /// Estimates the effects.
  ///
  /// - Parameters:
  ///   - runs: With the subsets of the plan, in order.
  ///   - plan: Which subsets were run.
  ///   - output: Index of the output.
  ///   - replicates: How many resamples give the intervals.
  ///   - seed: Of the resampling.
  ///   - negligible: What of the output's spread counts as none.
  ///
  /// It is nil if fewer than two rows have every value.
  public init?(
    _ runs: PickFreezeRuns, _ plan: Plan, output: Int = 0, replicates: Int = 100,
    seed: UInt64 = 1, negligible: Negligible = Negligible(size: 0)
  ) {
    precondition(runs.subsets == plan.subsets, "the runs are those of the plan")
    let columns = runs.complete(output: output)
    guard columns[0].count >= 2 else { return nil }
    rowCount = columns[0].count
    let moments = PickFreezeMoments(columns)
    mean = moments.mean
    // fA + fB, fA² + fB², and the squares of every subset.
    let needed =
      Array(moments.columns[..<2])
      + plan.subsets.indices.map { moments.columns[3 + 2 * $0] }
    let resampling = Resampling(needed, replicates: replicates, seed: seed)
    variance = PickFreezeMoments.variance(resampling.means)
    isConstant = negligible.covers(variance: variance, largest: moments.largest)
    if isConstant {
      effects = Array(repeating: .zero, count: plan.groupCount)
      return
    }
    let own = plan.effects(resampling.means)
    let resampled = resampling.resampled.filter {
      !negligible.covers(variance: PickFreezeMoments.variance($0), largest: moments.largest)
    }.map { plan.effects($0) }
    effects = own.indices.map { group in
      Estimate(own[group], resampled: resampled.map { $0[group] })
    }
  }
}

extension ShapleyEffects.Plan {
  /// The effects of means of columns.
  func effects(_ means: [Double]) -> [Double] {
    let variance = PickFreezeMoments.variance(means)
    let all = UInt64(1) << UInt64(groupCount) &- 1
    let position = Dictionary(uniqueKeysWithValues: zip(subsets, subsets.indices))
    func worth(_ subset: UInt64) -> Double {
      if subset == 0 { return 0 }
      if subset == all { return 1 }
      return position[subset].map { means[2 + $0] / 2 / variance } ?? .nan
    }
    guard let orders else {
      return Shapley.exact(players: groupCount, components: 1) { subset, _ in
        worth(UInt64(subset))
      }.map { $0[0] }
    }
    var sums = [Double](repeating: 0, count: groupCount)
    for order in orders {
      var subset: UInt64 = 0
      var before = 0.0
      for player in order {
        subset |= UInt64(1) << UInt64(player)
        let after = worth(subset)
        sums[player] += after - before
        before = after
      }
    }
    return sums.map { $0 / Double(orders.count) }
  }
}
