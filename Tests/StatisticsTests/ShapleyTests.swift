import Statistics
import TestFixtures
import Testing

/// The laws that make Shapley values what they are.
struct ShapleyTests {
  /// A game of whole numbers, as amounts of fen are.
  private func game(_ seed: UInt64, players: Int) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<(1 << players)).map { _ in Double(random.whole(-1_000_000...1_000_000)) }
  }

  private func parts(_ game: [Double], players: Int) -> [Double] {
    Shapley.exact(players: players, components: 1) { subset, _ in game[subset] }.map { $0[0] }
  }

  @Test(arguments: 0..<50) func `parts sum to the change`(seed: UInt64) {
    let players = 1 + Int(seed % 7)
    let game = game(seed, players: players)
    let sum = parts(game, players: players).reduce(0, +)
    #expect(abs(sum - (game[game.count - 1] - game[0])) < 1e-6)
  }

  @Test(arguments: 0..<30) func `a player who changes nothing gets exactly nothing`(seed: UInt64) {
    let small = game(seed, players: 4)
    let whole = (0..<32).map { small[$0 & 15] }
    #expect(parts(whole, players: 5)[4] == 0)
  }

  @Test(arguments: 0..<30) func `equal players get exactly equal parts`(seed: UInt64) {
    // The value depends on how many of players 0 and 1 are in, not on which.
    let small = game(seed, players: 5)
    let whole = (0..<16).map { subset in
      small[(subset & 3).nonzeroBitCount * 4 + subset >> 2]
    }
    let parts = parts(whole, players: 4)
    #expect(parts[0] == parts[1])
  }

  @Test(arguments: 0..<30) func `the order of the players does not matter`(seed: UInt64) {
    let game = game(seed, players: 4)
    let order = [2, 0, 3, 1]
    let moved = (0..<16).map { subset in
      game[(0..<4).reduce(0) { subset & (1 << $1) != 0 ? $0 | 1 << order[$1] : $0 }]
    }
    let parts = parts(game, players: 4)
    #expect(self.parts(moved, players: 4) == order.map { parts[$0] })
  }

  @Test func `a sum of effects is split into them`() {
    let effects = [5.0, -3, 11, 0]
    let game = (0..<16).map { subset in
      (0..<4).reduce(100.0) { subset & (1 << $1) != 0 ? $0 + effects[$1] : $0 }
    }
    #expect(parts(game, players: 4) == effects)
  }

  /// The glove game: one left glove (player 0), two right gloves; a pair is worth 1.
  ///
  /// Source: Shapley and Shubik (1969), On market games.
  @Test func `the glove game`() {
    let game = (0..<8).map { subset in subset & 1 != 0 && subset & 6 != 0 ? 1.0 : 0 }
    let parts = parts(game, players: 3)
    #expect(abs(parts[0] - 2.0 / 3) < 1e-15)
    #expect(abs(parts[1] - 1.0 / 6) < 1e-15)
    #expect(parts[1] == parts[2])
  }

  @Test func `sampled orders come in reversed pairs and repeat from their seed`() {
    let orders = Shapley.antitheticOrders(players: 9, pairs: 20, seed: 7)
    #expect(orders.count == 40)
    for pair in stride(from: 0, to: 40, by: 2) {
      #expect(orders[pair].sorted() == Array(0..<9))
      #expect(orders[pair + 1] == orders[pair].reversed())
    }
    #expect(orders == Shapley.antitheticOrders(players: 9, pairs: 20, seed: 7))
    #expect(orders != Shapley.antitheticOrders(players: 9, pairs: 20, seed: 8))
  }

  @Test func `quantiles between neighbours`() {
    #expect(Quantile.value(of: [1, 2, 4], at: 0.5) == 2)
    #expect(Quantile.value(of: [1, 2, 4], at: 0.75) == 3)
    #expect(Quantile.value(of: [7], at: 0.9) == 7)
  }
}
