import Statistics

/// Trajectories through a grid of the unit cube, in each step of which one group of coordinates moves
/// by half of the cube.
///
/// Levels are the middles of p equal parts, (l + ½) / p, so that no point lies on the border, where
/// unbounded distributions have no quantile. Source: Morris (1991), Factorial sampling plans for
/// preliminary computational experiments; groups as in Campolongo, Cariboni and Saltelli (2007), An
/// effective screening design for sensitivity analysis of large models.
public struct MorrisDesign: Sendable {
  /// Eight points side by side.
  public typealias Lanes = SIMD8<Double>

  /// The coordinates of each group.
  ///
  /// Shape: [group][coordinate of the group].
  public let groups: [[Int]]
  /// How many coordinates a point has.
  public let dimensionCount: Int
  /// How many trajectories there are.
  public let trajectoryCount: Int
  /// p, even.
  public let levelCount: Int
  private let draws: NormalDraws
  private static let startSource = nameHash("morris.start")
  private static let orderSource = nameHash("morris.order")

  /// Prepares a design.
  ///
  /// - Parameters:
  ///   - groups: Every coordinate in exactly one group. Shape: [group][coordinate].
  ///   - trajectoryCount: 1 or more.
  ///   - levelCount: Even.
  ///   - seed: Of the random trajectories.
  public init(groups: [[Int]], trajectoryCount: Int, levelCount: Int = 8, seed: UInt64) {
    let coordinates = groups.joined().sorted()
    precondition(
      coordinates == Array(coordinates.indices) && !coordinates.isEmpty,
      "every coordinate stands in one group")
    precondition(levelCount > 1 && levelCount % 2 == 0, "half of the levels is a step")
    precondition(trajectoryCount > 0, "there is a trajectory")
    self.groups = groups
    self.trajectoryCount = trajectoryCount
    self.levelCount = levelCount
    dimensionCount = coordinates.count
    draws = NormalDraws(seed: seed)
  }

  /// How many points a trajectory has.
  public var stepCount: Int { groups.count + 1 }

  /// The points of a trajectory.
  ///
  /// - Parameter index: Its number.
  /// - Returns: Shape: [step][coordinate].
  public func points(_ index: Int) -> [[Double]] {
    var point = (0..<dimensionCount).map { coordinate in
      let level = uniform(index, coordinate, MorrisDesign.startSource) * Double(levelCount)
      return (level.rounded(.down) + 0.5) / Double(levelCount)
    }
    var points = [point]
    for group in order(index) {
      for coordinate in groups[group] {
        point[coordinate] += point[coordinate] < 0.5 ? 0.5 : -0.5
      }
      points.append(point)
    }
    return points
  }

  /// In which order the groups move.
  private func order(_ index: Int) -> [Int] {
    let keys = groups.indices.map { uniform(index, $0, MorrisDesign.orderSource) }
    return groups.indices.sorted { keys[$0] < keys[$1] }
  }

  private func uniform(_ index: Int, _ member: Int, _ source: UInt32) -> Double {
    draws.uniforms(first: index, county: UInt32(member), year: 0, source: source).first[0]
  }
}
