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

  /// Replicates whose sums are worked out together: the entries are read once for all of them.
  static let replicateCount = 2 * Lanes.scalarCount

  /// The sums of sixteen replicates, eight in each half.
  ///
  /// - Parameters:
  ///   - counts: How often each county counts. Shape: [half][county].
  ///   - sums: Room for them. Shape: [half][entry].
  func sum(_ counts: [[Lanes]], into sums: inout [[Lanes]]) {
    precondition(counts.allSatisfy { $0.count == clusterCount } && counts.count == 2)
    let size = ClusterGrams.tile * clusterCount
    for tile in 0..<tileCount {
      let part = entries.span.extracting((tile * size)..<((tile + 1) * size))
      let found = tileSums(counts[0], counts[1], part)
      found.left.write(to: &sums[0], at: tile * ClusterGrams.tile)
      found.right.write(to: &sums[1], at: tile * ClusterGrams.tile)
    }
  }

  /// Both halves beside each other: eight sums do not wait for one another.
  @inline(__always)
  private func tileSums(
    _ first: [Lanes], _ second: [Lanes], _ entries: Span<Double>
  ) -> (left: TileSums, right: TileSums) {
    let leftCount = first.span
    let rightCount = second.span
    var (left, right) = (TileSums(), TileSums())
    for county in leftCount.indices {
      let start = county &* ClusterGrams.tile
      // One check of the bounds for four entries.
      let part = entries.extracting(start..<(start &+ ClusterGrams.tile))
      left.add(leftCount[county], part)
      right.add(rightCount[county], part)
    }
    return (left, right)
  }

  /// How many sums `sum` writes.
  var roomCount: Int { tileCount * ClusterGrams.tile }
}

/// The sums of four entries for eight replicates, in registers.
private struct TileSums {
  typealias Lanes = SIMD8<Double>

  private var a = Lanes.zero
  private var b = Lanes.zero
  private var c = Lanes.zero
  private var d = Lanes.zero

  @inline(__always)
  mutating func add(_ count: Lanes, _ entries: Span<Double>) {
    a.add(count, entries[0])
    b.add(count, entries[1])
    c.add(count, entries[2])
    d.add(count, entries[3])
  }

  func write(to sums: inout [Lanes], at start: Int) {
    (sums[start], sums[start + 1], sums[start + 2], sums[start + 3]) = (a, b, c, d)
  }
}

extension SIMD8<Double> {
  /// Adds a product: fused where the build is for a processor that does so in one step.
  @inline(__always)
  fileprivate mutating func add(_ left: SIMD8<Double>, _ right: Double) {
    #if KAREZ_NATIVE
      self = addingProduct(left, SIMD8(repeating: right))
    #else
      self += left * right
    #endif
  }
}
