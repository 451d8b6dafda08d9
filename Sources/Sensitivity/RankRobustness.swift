import Statistics

/// How firmly things stand in their order: what becomes of their ranks when what their scores rest on
/// changes.
///
/// The largest score has rank 1; equal ones share the mean of their ranks, rounded down. Things whose
/// score is NaN are not ranked. Source of the question: OECD and JRC (2008), Handbook on constructing
/// composite indicators, step 7.
public struct RankRobustness: Sendable {
  /// The rank of each thing as it is; nil for one without a score.
  ///
  /// Shape: [thing].
  public let ranks: [Int?]
  /// The ranks of each thing over the changes, ascending; empty for one without a score.
  ///
  /// Shape: [thing][change].
  public let drawnRanks: [[Int]]
  /// Share of pairs whose order flips in each change.
  ///
  /// Shape: [change].
  public let flips: [Double]

  /// Ranks under changes.
  ///
  /// - Parameters:
  ///   - scores: As they are. Shape: [thing].
  ///   - changed: Shape: [change][thing].
  public init(scores: [Double], changed: [[Double]]) {
    let base = RankRobustness.ranks(scores)
    ranks = base
    let all = changed.map { RankRobustness.ranks($0) }
    drawnRanks = scores.indices.map { thing in
      base[thing] == nil ? [] : all.compactMap { $0[thing] }.sorted()
    }
    flips = changed.map { RankRobustness.flipShare(scores, $0) }
  }

  /// The part of the changes in which a thing has a rank.
  public func probability(of thing: Int, rank: Int) -> Double {
    let own = drawnRanks[thing]
    return own.isEmpty ? 0 : Double(own.count { $0 == rank }) / Double(own.count)
  }

  /// The part of the changes in which a thing keeps its rank; nil for one without a score.
  public func probabilityOfSameRank(_ thing: Int) -> Double? {
    ranks[thing].map { probability(of: thing, rank: $0) }
  }

  /// Ranks from 1 for the largest.
  ///
  /// - Parameter scores: NaN for what is not ranked.
  /// - Returns: nil for what is not ranked.
  public static func ranks(_ scores: [Double]) -> [Int?] {
    let order = scores.indices.filter { !scores[$0].isNaN }
      .sorted { scores[$0] > scores[$1] }
    var ranks = [Int?](repeating: nil, count: scores.count)
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { scores[$0] != scores[order[start]] } ?? order.count
      for position in start..<end { ranks[order[position]] = (start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }

  /// The part of all pairs, of things scored in both, that stand in the opposite order.
  ///
  /// - Returns: From 0 to 1; 0 for fewer than two things.
  /// - Complexity: O(*n* log *n*), by counting inversions in a merge sort. Source: Knight (1966), A
  ///   computer method for calculating Kendall's tau with ungrouped data.
  public static func flipShare(_ scores: [Double], _ changed: [Double]) -> Double {
    let scored = scores.indices.filter { !scores[$0].isNaN && !changed[$0].isNaN }
    if scored.count < 2 { return 0 }
    // Equal at first: in the later order, so that they do not count.
    let order = scored.sorted { a, b in
      scores[a] != scores[b] ? scores[a] < scores[b] : changed[a] < changed[b]
    }
    var values = order.map { changed[$0] }
    var scratch = values
    let pairs = Double(scored.count) * Double(scored.count - 1) / 2
    return Double(inversions(&values, &scratch, 0, values.count)) / pairs
  }

  /// Pairs in descending order; sorts on the way.
  private static func inversions(
    _ values: inout [Double], _ scratch: inout [Double], _ start: Int, _ end: Int
  ) -> Int {
    if end - start < 2 { return 0 }
    let middle = (start + end) / 2
    var count =
      inversions(&values, &scratch, start, middle) + inversions(&values, &scratch, middle, end)
    var (left, right) = (start, middle)
    for position in start..<end {
      if right == end || (left < middle && values[left] <= values[right]) {
        scratch[position] = values[left]
        left += 1
      } else {
        scratch[position] = values[right]
        count += middle - left
        right += 1
      }
    }
    for position in start..<end { values[position] = scratch[position] }
    return count
  }
}
