/// Shapley values of players in a game: each player's part of the change from nobody to everybody,
/// averaged over all orders in which they could join.
///
/// The parts add up to the whole change (efficiency), equal players get equal parts (symmetry), a
/// player who changes nothing gets exactly 0 (null player), and the order of the players does not
/// matter. Source: Shapley (1953), A value for n-person games.
public enum Shapley {
  /// How many players are worked out exactly, over all 2ⁿ subsets.
  public static let mostExact = 12

  /// Parts of every component of a vector-valued game, from its values on all subsets.
  ///
  /// Differences are summed by the size of the subset before they are weighted, so that for
  /// whole-number values nothing is lost before the last division.
  /// - Parameters:
  ///   - players: How many there are.
  ///   - components: How many components the value has.
  ///   - values: Value of a component on a subset; bit i of the subset is player i.
  /// - Returns: Parts. Shape: [player][component].
  /// - Complexity: O(2ⁿ n) for each component.
  public static func exact(
    players: Int, components: Int, values: (_ subset: Int, _ component: Int) -> Double
  ) -> [[Double]] {
    var parts = Array(
      repeating: [Double](repeating: 0, count: components), count: players)
    let weights = sizeWeights(players)
    for component in 0..<components {
      for player in 0..<players {
        var bySize = [Double](repeating: 0, count: players)
        for subset in 0..<(1 << players) where subset & (1 << player) == 0 {
          let change = values(subset | 1 << player, component) - values(subset, component)
          bySize[subset.nonzeroBitCount] += change
        }
        parts[player][component] = zip(bySize, weights).reduce(0) { $0 + $1.0 / $1.1 }
      }
    }
    return parts
  }

  /// n · C(n − 1, s): how often a subset of size s counts.
  private static func sizeWeights(_ players: Int) -> [Double] {
    var choose = 1.0
    return (0..<players).map { size in
      if size > 0 { choose = choose * Double(players - size) / Double(size) }
      return Double(players) * choose
    }
  }

  /// Orders to sample: each random order is followed by its reverse (antithetic pairs).
  ///
  /// - Parameters:
  ///   - players: How many players there are.
  ///   - pairs: How many pairs of orders.
  ///   - seed: Where the random numbers start.
  /// - Returns: Orders, each pair one after another.
  ///
  /// Source: Castro, Gómez and Tejada (2009); antithetic pairs as in Mitchell et al. (2022).
  public static func antitheticOrders(players: Int, pairs: Int, seed: UInt64) -> [[Int]] {
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
    return (0..<pairs).flatMap { _ -> [[Int]] in
      var order = Array(0..<players)
      for position in stride(from: players - 1, to: 0, by: -1) {
        order.swapAt(position, Int(next() % UInt64(position + 1)))
      }
      return [order, order.reversed()]
    }
  }
}
