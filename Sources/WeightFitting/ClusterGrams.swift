/// What each county adds to the normal equations, so that a bootstrap replicate is a weighted sum.
struct ClusterGrams {
  typealias Lanes = SIMD8<Double>

  /// Entries worked out together, as many as registers hold sums of.
  private static let tile = 4
  /// How many factors.
  let order: Int
  private let clusterCount: Int
  private let tileCount: Int
  /// Lower triangle of Xᵀ X by rows, then Xᵀ y; zeros fill the last tile.
  ///
  /// Shape: [tile][county][entry], flat.
  private var entries: [Double]

  /// Entries of a Gram matrix and its right side.
  var entryCount: Int { order * (order + 3) / 2 }

  /// Sums over the rows of each county.
  ///
  /// - Parameters:
  ///   - columns: X. Shape: [factor][row].
  ///   - target: y. Shape: [row].
  ///   - influence: How much each row counts. Shape: [row].
  ///   - clusters: The county of each row. Shape: [row].
  ///   - clusterCount: How many counties there are.
  init(
    columns: [[Double]], target: [Double], influence: [Double], clusters: [Int], clusterCount: Int
  ) {
    order = columns.count
    self.clusterCount = clusterCount
    let count = order * (order + 3) / 2
    tileCount = (count + ClusterGrams.tile - 1) / ClusterGrams.tile
    entries = Array(repeating: 0, count: tileCount * ClusterGrams.tile * clusterCount)
    let pairs =
      (0..<order).flatMap { row in (0...row).map { (columns[row], columns[$0]) } }
      + columns.map { ($0, target) }
    for (entry, pair) in pairs.enumerated() {
      let start =
        entry / ClusterGrams.tile * ClusterGrams.tile * clusterCount + entry % ClusterGrams.tile
      for row in clusters.indices where influence[row] > 0 {
        entries[start + clusters[row] * ClusterGrams.tile] +=
          influence[row] * pair.0[row] * pair.1[row]
      }
    }
  }

  /// The sums of eight replicates.
  ///
  /// - Parameters:
  ///   - counts: How often each county counts. Shape: [county].
  ///   - sums: Room for them. Shape: [entry].
  func sum(_ counts: [Lanes], into sums: inout [Lanes]) {
    precondition(counts.count == clusterCount && sums.count >= tileCount * ClusterGrams.tile)
    let entry = entries.span
    let count = counts.span
    var result = sums.mutableSpan
    var place = 0
    for tile in 0..<tileCount {
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for county in count.indices {
        let weight = count[county]
        a += weight * entry[place]
        b += weight * entry[place &+ 1]
        c += weight * entry[place &+ 2]
        d += weight * entry[place &+ 3]
        place &+= 4
      }
      let start = tile &* 4
      (result[start], result[start &+ 1]) = (a, b)
      (result[start &+ 2], result[start &+ 3]) = (c, d)
    }
  }

  /// How many sums `sum` writes.
  var roomCount: Int { tileCount * ClusterGrams.tile }
}
