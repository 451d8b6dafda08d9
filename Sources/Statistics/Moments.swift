/// Count, mean and sum of squared distances of many series, mergeable without loss of digits.
///
/// A missing value (NaN) is not counted.
/// Source of the merge: Chan, Golub and LeVeque (1979), Updating formulae and a pairwise algorithm for
/// computing sample variances, equation 2.1.
public struct Moments: Sendable, Equatable {
  /// How many values each series has.
  ///
  /// Shape: [series].
  public internal(set) var counts: [Double]
  /// Mean of each series, 0 without values.
  ///
  /// Shape: [series].
  public internal(set) var means: [Double]
  /// Σ (x − mean)² of each series.
  ///
  /// Shape: [series].
  public internal(set) var squares: [Double]

  /// Makes moments of figures worked out before.
  ///
  /// - Parameters:
  ///   - counts: How many values each series has. Shape: [series].
  ///   - means: Their means. Shape: [series].
  ///   - squares: Their sums of squared distances. Shape: [series].
  public init(counts: [Double], means: [Double], squares: [Double]) {
    precondition(
      counts.count == means.count && counts.count == squares.count, "series of other moments")
    self.counts = counts
    self.means = means
    self.squares = squares
  }

  /// The moments of a leaf: a fixed block of draws, each series summed in a fixed order.
  ///
  /// - Parameter leaf: The values.
  public init(_ leaf: DrawLeaf) {
    let seriesCount = leaf.seriesCount
    counts = Array(repeating: 0, count: seriesCount)
    means = counts
    squares = counts
    let values = leaf.values.span
    for series in 0..<seriesCount {
      let start = series * DrawLeaf.size
      var first = 0.0
      var count = 0.0
      var sum = 0.0
      // Taken from the first value on, so that a constant has just that mean.
      for draw in 0..<leaf.drawCount where values[start + draw] == values[start + draw] {
        if count == 0 { first = values[start + draw] }
        count += 1
        sum += values[start + draw] - first
      }
      if count == 0 { continue }
      let mean = first + sum / count
      var square = 0.0
      for draw in 0..<leaf.drawCount where values[start + draw] == values[start + draw] {
        let distance = values[start + draw] - mean
        square += distance * distance
      }
      counts[series] = count
      means[series] = mean
      squares[series] = square
    }
  }

  /// These moments with those of later draws.
  func merged(with later: Moments) -> Moments {
    var result = self
    for series in counts.indices {
      let total = counts[series] + later.counts[series]
      if later.counts[series] == 0 { continue }
      if counts[series] == 0 {
        result.means[series] = later.means[series]
        result.squares[series] = later.squares[series]
      } else {
        let distance = later.means[series] - means[series]
        result.means[series] = means[series] + distance * (later.counts[series] / total)
        result.squares[series] =
          squares[series] + later.squares[series]
          + distance * distance * (counts[series] * later.counts[series] / total)
      }
      result.counts[series] = total
    }
    return result
  }

  /// Standard deviation of a series, its sum of squares over n − 1; nil with fewer than two values.
  public func standardDeviation(_ series: Int) -> Double? {
    counts[series] < 2 ? nil : (squares[series] / (counts[series] - 1)).squareRoot()
  }
}

/// A fixed block of draws of many series: draws 64 k to 64 k + 63.
public struct DrawLeaf: Sendable {
  /// How many draws a whole leaf has.
  public static let size = 64
  /// How many draws this one has; fewer than `size` only in the last.
  public let drawCount: Int
  /// How many series.
  public let seriesCount: Int
  /// The values; NaN where a series has none.
  ///
  /// Shape: [series][draw of the leaf], flat; room for `size` draws.
  public var values: [Double]

  /// Makes a leaf without values.
  public init(seriesCount: Int, drawCount: Int) {
    precondition((1...DrawLeaf.size).contains(drawCount), "a leaf has 1 to 64 draws")
    self.seriesCount = seriesCount
    self.drawCount = drawCount
    values = Array(repeating: .nan, count: seriesCount * DrawLeaf.size)
  }
}

/// Moments of leaves joined in a binary tree of fixed shape, so that the result has the same bits
/// however the leaves were shared out.
///
/// Node k of level l stands for leaves 2ˡ k to 2ˡ (k + 1) − 1. A whole range of leaves is kept as the
/// fewest whole nodes, so memory grows with the logarithm of the number of leaves; what is left
/// at the end is joined from the right. Any split into ranges leads through the same nodes.
public struct MomentTree: Sendable, Equatable {
  /// A whole node.
  public struct Node: Sendable, Equatable {
    /// Its level; 0 for a leaf.
    public let level: Int
    /// Its number within the level.
    public let number: Int
    /// Its moments.
    public let moments: Moments

    /// Makes a node.
    public init(level: Int, number: Int, moments: Moments) {
      self.level = level
      self.number = number
      self.moments = moments
    }

    /// The first leaf below it.
    public var firstLeaf: Int { number << level }
    /// The leaf after the last below it.
    public var endLeaf: Int { (number + 1) << level }
  }

  /// The nodes from left to right.
  public private(set) var nodes: [Node]

  /// Makes a tree without leaves, or of nodes of neighbouring ranges from left to right.
  public init(_ nodes: [Node] = []) {
    self.nodes = []
    for node in nodes { add(node) }
  }

  /// Adds the leaf after the last, or one to start from.
  public mutating func add(leaf number: Int, _ moments: Moments) {
    add(Node(level: 0, number: number, moments: moments))
  }

  /// Adds a node to the right; joins two halves of a node as soon as both are there.
  mutating func add(_ node: Node) {
    precondition(
      nodes.last.map { $0.endLeaf == node.firstLeaf } ?? true, "leaves come from left to right")
    nodes.append(node)
    while nodes.count >= 2 {
      let right = nodes[nodes.count - 1]
      let left = nodes[nodes.count - 2]
      guard left.level == right.level, left.number % 2 == 0 else { return }
      nodes.removeLast(2)
      nodes.append(
        Node(
          level: left.level + 1, number: left.number / 2,
          moments: left.moments.merged(with: right.moments)))
    }
  }

  /// The moments of all leaves; nil without any.
  public var moments: Moments? {
    guard var result = nodes.last?.moments else { return nil }
    for node in nodes.dropLast().reversed() { result = node.moments.merged(with: result) }
    return result
  }
}
