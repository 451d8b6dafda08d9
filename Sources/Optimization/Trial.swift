/// A point that was tried and what it came to.
public struct Trial: Sendable, Equatable {
  /// The point.
  ///
  /// Shape: [dimension].
  public let point: [Double]
  /// What is to be small; infinite where it is not defined.
  public let objective: Double
  /// By how much each constraint is exceeded: at most 0 where it holds, infinite where undefined.
  ///
  /// Shape: [constraint].
  public let excess: [Double]

  /// Makes a trial; what is not a number becomes infinite.
  public init(point: [Double], objective: Double, excess: [Double]) {
    self.point = point
    self.objective = objective.isNaN ? .infinity : objective
    self.excess = excess.map { $0.isNaN ? .infinity : $0 }
  }

  /// The largest excess; −∞ without constraints.
  public var worst: Double { excess.max() ?? -.infinity }

  /// Whether every constraint holds.
  public var holds: Bool { worst <= 0 && objective.isFinite }

  /// Whether it is to be preferred: what holds before what does not, then the smaller objective, or
  /// the smaller excess where neither holds.
  public func isBetter(than other: Trial) -> Bool {
    if holds != other.holds { return holds }
    return holds ? objective < other.objective : worst < other.worst
  }
}

extension Sequence<Trial> {
  /// The best, ties to the earlier one; nil if there is none.
  public var best: Trial? {
    var best: Trial?
    for trial in self where best.map({ trial.isBetter(than: $0) }) ?? true { best = trial }
    return best
  }
}
