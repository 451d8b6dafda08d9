import Statistics

/// Weights near given ones that still sum to 1: each within ±δ and not below 0.
///
/// A weight of 0 stays 0.
public struct SimplexNeighbourhood: Sendable {
  /// The weights in the middle.
  public let weights: [Double]
  /// How far each may go.
  public let delta: Double
  private let draws: NormalDraws
  private let members: [Int]
  private static let orderSource = nameHash("simplex.order")
  private static let moveSource = nameHash("simplex.move")

  /// Prepares the neighbourhood.
  ///
  /// - Parameters:
  ///   - weights: ≥ 0, sum 1.
  ///   - delta: > 0.
  ///   - seed: Of the random weights.
  public init(weights: [Double], delta: Double, seed: UInt64) {
    precondition(delta > 0, "weights go somewhere")
    self.weights = weights
    self.delta = delta
    draws = NormalDraws(seed: seed)
    members = weights.indices.filter { weights[$0] > 0 }
  }

  /// How many weights can vary.
  public var freeCount: Int { members.count }

  /// Random weights.
  ///
  /// In a random order each moves uniformly as far as δ, 0 and what the later ones can make up for
  /// allow; the last makes up for all.
  /// - Parameter index: Number of the draw.
  /// - Returns: Weights that sum to 1.
  public func weights(draw index: Int) -> [Double] {
    var result = weights
    let order = shuffled(index)
    var sum = 0.0
    for (position, member) in order.enumerated() {
      let later = order[(position + 1)...]
      // What the later ones can take and give.
      let down = later.reduce(0) { $0 + min(delta, weights[$1]) }
      let up = delta * Double(later.count)
      let least = max(-min(delta, weights[member]), -sum - up)
      let most = min(delta, -sum + down)
      let u = uniform(index, member, SimplexNeighbourhood.moveSource)
      let move = later.isEmpty ? -sum : least + u * (most - least)
      result[member] = max(0, weights[member] + move)
      sum += move
    }
    return result
  }

  private func shuffled(_ index: Int) -> [Int] {
    let keys = members.map { uniform(index, $0, SimplexNeighbourhood.orderSource) }
    return members.indices.sorted { keys[$0] < keys[$1] }.map { members[$0] }
  }

  private func uniform(_ index: Int, _ member: Int, _ source: UInt32) -> Double {
    draws.uniforms(first: index, county: UInt32(member), year: 0, source: source).first[0]
  }

  /// A weight that goes up and another that makes up for it.
  public struct Exchange: Sendable, Equatable {
    /// Whose weight goes up.
    public let raised: Int
    /// Whose weight goes down as much.
    public let lowered: Int
    /// The weights.
    public let weights: [Double]
  }

  /// Every exchange of δ between two weights; less where the lowered weight has less.
  public var exchanges: [Exchange] {
    members.flatMap { raised in
      members.filter { $0 != raised }.map { lowered in
        let amount = min(delta, weights[lowered])
        var changed = weights
        changed[raised] += amount
        changed[lowered] -= amount
        return Exchange(raised: raised, lowered: lowered, weights: changed)
      }
    }
  }

  /// The weights without one factor, the others raised in proportion; nil where nothing is left.
  public func weights(without factor: Int) -> [Double]? {
    let rest = 1 - weights[factor]
    if rest <= 1e-12 { return nil }
    return weights.indices.map { $0 == factor ? 0 : weights[$0] / rest }
  }
}
