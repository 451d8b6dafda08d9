import Statistics

/// Elementary effects: how much an output changes when one group of inputs moves and the others stand
/// still, from many places.
public struct MorrisScreening: Sendable {
  /// A trajectory: in each step the coordinates of one group move.
  public struct Trajectory: Sendable {
    /// Shape: [step][coordinate].
    public let points: [[Double]]
    /// The output at each point.
    ///
    /// Shape: [step].
    public let values: [Double]

    /// Makes a trajectory.
    public init(points: [[Double]], values: [Double]) {
      precondition(points.count == values.count, "a point has a value")
      self.points = points
      self.values = values
    }
  }

  /// What the effects of a group come to.
  public struct Measures: Sendable, Equatable {
    /// μ*: mean size of an effect.
    public let size: Estimate
    /// μ: mean effect; nil for a group of several coordinates, which has no direction.
    public let mean: Double?
    /// σ: standard deviation of effects, 0 if the output is linear in the input; nil as above, and
    /// with one trajectory.
    public let deviation: Double?
  }

  /// The measures of every group.
  ///
  /// Shape: [group].
  public let groups: [Measures]
  /// Trajectories that were used; the others lack a value.
  public let trajectoryCount: Int

  /// Works out the effects of trajectories.
  ///
  /// An effect is the change of the output over the change of the coordinate; for a group of several
  /// coordinates the size of the change over the size of their largest move. Changes no larger than
  /// what is negligible count as none.
  /// - Parameters:
  ///   - trajectories: At least one.
  ///   - groups: Shape: [group][coordinate].
  ///   - replicates: How many resamples of trajectories give the intervals.
  ///   - seed: Of the resampling.
  ///   - negligible: What of a change counts as none.
  ///
  /// It is nil if no trajectory has every value.
  public init?(
    _ trajectories: [Trajectory], groups: [[Int]], replicates: Int = 200, seed: UInt64 = 1,
    negligible: Negligible = Negligible(size: 0)
  ) {
    let complete = trajectories.filter { trajectory in
      trajectory.values.allSatisfy { !$0.isNaN }
    }
    if complete.isEmpty { return nil }
    trajectoryCount = complete.count
    let effects = complete.map { MorrisScreening.effects($0, groups, negligible) }
    let columns = groups.indices.map { group in effects.map { $0[group] } }
    let sizes = Resampling(
      columns.map { $0.map { abs($0) } }, replicates: replicates, seed: seed)
    self.groups = groups.indices.map { group in
      let hasDirection = groups[group].count == 1
      let mean = columns[group].reduce(0, +) / Double(complete.count)
      let square = columns[group].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Measures(
        size: Estimate(sizes.means[group], resampled: sizes.resampled.map { $0[group] }),
        mean: hasDirection ? mean : nil,
        deviation: hasDirection && complete.count > 1
          ? (square / Double(complete.count - 1)).squareRoot() : nil)
    }
  }

  /// The effect of every group in one trajectory.
  private static func effects(
    _ trajectory: Trajectory, _ groups: [[Int]], _ negligible: Negligible
  ) -> [Double] {
    var effects = [Double](repeating: 0, count: groups.count)
    for step in 1..<max(1, trajectory.points.count) {
      let (before, after) = (trajectory.points[step - 1], trajectory.points[step])
      guard
        let group = groups.indices.first(where: { index in
          groups[index].contains { before[$0] != after[$0] }
        })
      else { preconditionFailure("every step of a trajectory moves a group") }
      let change = trajectory.values[step] - trajectory.values[step - 1]
      let largest = max(abs(trajectory.values[step]), abs(trajectory.values[step - 1]))
      if negligible.covers(variance: change * change, largest: largest) { continue }
      let moves = groups[group].map { after[$0] - before[$0] }
      effects[group] =
        moves.count == 1 ? change / moves[0] : abs(change) / (moves.map { abs($0) }.max() ?? 1)
    }
    return effects
  }
}
