import Statistics

/// Points for variance-based indices: two independent samples A and B of the unit cube, and A with
/// some of its coordinates picked from B.
///
/// A and B are the two halves of one scrambled Sobol' sequence of twice the dimensions. Coordinates
/// that cannot vary alone stand in one group and are picked together.
/// Source: Saltelli et al. (2010), Variance based sensitivity analysis of model output, section 3.
public struct PickFreezeDesign: Sendable {
  /// Eight points side by side.
  public typealias Lanes = SIMD8<Double>
  /// How many coordinates there can be.
  public static let mostDimensions = SobolSequence.mostDimensions / 2
  /// How many groups there can be: one bit each in a subset.
  public static let mostGroups = 62

  /// How many coordinates a point has.
  public let dimensionCount: Int
  /// The coordinates of each group.
  ///
  /// Shape: [group][coordinate of the group].
  public let groups: [[Int]]
  /// How many points each sample has.
  public let pointCount: Int
  private let sequence: SobolSequence

  /// Prepares a design.
  ///
  /// - Parameters:
  ///   - groups: Every coordinate in exactly one group. Shape: [group][coordinate].
  ///   - pointCount: A multiple of 8; a power of two, so that the points are a net.
  ///   - seed: Scrambles the points.
  public init(groups: [[Int]], pointCount: Int, seed: UInt64) {
    let coordinates = groups.joined().sorted()
    precondition(
      coordinates == Array(coordinates.indices) && !coordinates.isEmpty,
      "every coordinate stands in one group")
    precondition(groups.count <= PickFreezeDesign.mostGroups, "a subset has a bit for each group")
    precondition(pointCount > 0 && pointCount % 8 == 0, "points stand in blocks of eight")
    dimensionCount = coordinates.count
    self.groups = groups
    self.pointCount = pointCount
    sequence = SobolSequence(dimensions: 2 * coordinates.count, seed: seed)
  }

  /// How many blocks of eight points there are.
  public var blockCount: Int { pointCount / 8 }

  /// Eight points of A and of B.
  ///
  /// - Parameter index: Index of the block.
  /// - Returns: Shapes: [coordinate].
  public func block(_ index: Int) -> (a: [Lanes], b: [Lanes]) {
    var both = [Lanes](repeating: .zero, count: 2 * dimensionCount)
    sequence.fill(&both, block: index)
    return (Array(both[..<dimensionCount]), Array(both[dimensionCount...]))
  }

  /// A with the coordinates of a subset of groups from B.
  ///
  /// - Parameters:
  ///   - a: Points of A. Shape: [coordinate].
  ///   - b: Points of B. Shape: [coordinate].
  ///   - subset: Bit g is group g.
  /// - Returns: Shape: [coordinate].
  public func picked(_ a: [Lanes], _ b: [Lanes], subset: UInt64) -> [Lanes] {
    var points = a
    var rest = subset
    while rest != 0 {
      for coordinate in groups[rest.trailingZeroBitCount] { points[coordinate] = b[coordinate] }
      rest &= rest &- 1
    }
    return points
  }

  /// The subsets of one group each: all that first-order and total-order indices need.
  public var singles: [UInt64] { groups.indices.map { UInt64(1) << UInt64($0) } }
}

/// What a model came to at the points of a pick-freeze design.
public struct PickFreezeRuns: Sendable {
  /// Eight values side by side.
  public typealias Lanes = SIMD8<Double>

  /// The subsets of groups that were picked from B.
  public let subsets: [UInt64]
  /// How many points each sample has.
  public let pointCount: Int
  /// Values: of A, of B, then of every subset.
  ///
  /// Shape: [output][2 + subset][point].
  public private(set) var values: [[[Double]]]

  /// Makes room.
  public init(subsets: [UInt64], pointCount: Int, outputCount: Int) {
    self.subsets = subsets
    self.pointCount = pointCount
    values = (0..<outputCount).map { _ in
      (0..<(2 + subsets.count)).map { _ in [Double](repeating: .nan, count: pointCount) }
    }
  }

  /// Runs a model at every point of a design.
  ///
  /// - Parameters:
  ///   - design: The points.
  ///   - subsets: The subsets to pick; one group each if nil.
  ///   - outputCount: How many outputs the model has.
  ///   - model: Values of eight points; NaN where undefined. Shapes: [coordinate] to [output].
  public init(
    _ design: PickFreezeDesign, subsets: [UInt64]? = nil, outputCount: Int = 1,
    model: ([Lanes]) -> [Lanes]
  ) {
    let subsets = subsets ?? design.singles
    self.init(subsets: subsets, pointCount: design.pointCount, outputCount: outputCount)
    for block in 0..<design.blockCount {
      let (a, b) = design.block(block)
      set(block: block, run: 0, model(a))
      set(block: block, run: 1, model(b))
      for (index, subset) in subsets.enumerated() {
        set(block: block, run: 2 + index, model(design.picked(a, b, subset: subset)))
      }
    }
  }

  /// Takes over the values of eight points.
  ///
  /// - Parameters:
  ///   - block: Index of the block.
  ///   - run: 0 for A, 1 for B, 2 + i for subset i.
  ///   - outputs: Shape: [output].
  public mutating func set(block: Int, run: Int, _ outputs: [Lanes]) {
    for (output, lanes) in outputs.enumerated() {
      for lane in 0..<8 { values[output][run][8 &* block &+ lane] = lanes[lane] }
    }
  }

  /// The rows of one output in which every value is there.
  ///
  /// - Returns: Shape: [2 + subset][row].
  func complete(output: Int) -> [[Double]] {
    let columns = values[output]
    let isComplete = (0..<pointCount).map { row in columns.allSatisfy { !$0[row].isNaN } }
    if isComplete.allSatisfy({ $0 }) { return columns }
    return columns.map { column in
      zip(column, isComplete).filter { $0.1 }.map { $0.0 }
    }
  }
}
