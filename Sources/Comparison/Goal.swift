import PolicyModel

/// What a design shall reach: a figure of a year, a relation and a number, such as
/// `share(relieved) >= 60% @2026`.
public struct Goal: Sendable, Equatable {
  /// The counties that a figure is about.
  public enum Place: Sendable, Equatable {
    /// Every county.
    case all
    /// One county, by index.
    case county(Int)
    /// The counties of a prefecture, by index.
    case counties([Int])
    /// The counties that are in a group in that year, by index of the group.
    case group(Int)
  }

  /// A figure of a year.
  public enum Quantity: Sendable, Equatable {
    /// A metric (model, section 11).
    case metric(Metric)
    /// Part of all final money, of all streams or of one, that goes to some counties.
    case share(Place, stream: Int?)
    /// Final money of some counties, in currency units.
    case amount(Place)
    /// Final money of some counties per rural person, in currency units.
    case perHead(Place)
    /// Final money of some counties against the baseline: 0.05 is 5 % more.
    case change(Place)
    /// Counties with over so many percent less than in the baseline.
    case losers(percent: Double)
    /// Counties with over so many percent more.
    case winners(percent: Double)
  }

  /// How a figure shall stand to the number.
  public enum Relation: String, Sendable, CaseIterable {
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// Less.
    case below = "<"
    /// More.
    case above = ">"
    /// Within the tolerance.
    case equal = "=="
  }

  /// In which years it shall hold.
  public enum Years: Sendable, Equatable {
    /// In one year of the run.
    case one(Int)
    /// In every year of the run.
    case every
  }

  /// How a figure is shown.
  public enum Kind: Sendable, Equatable {
    /// As metrics of the kind are.
    case metric(Metric.Kind)
    /// Money for each person.
    case moneyPerPerson
  }

  /// The goal as written, without its label.
  public let text: String
  /// The name that the user gave it.
  public let label: String?
  /// The figure.
  public let quantity: Quantity
  /// How it shall stand to the number.
  public let relation: Relation
  /// The number, in the figure's unit.
  public let target: Double
  /// How far an equal figure may be off.
  public let tolerance: Double
  /// In which years.
  public let years: Years

  /// How the figure is shown.
  public var kind: Kind {
    switch quantity {
    case .metric(let metric): .metric(metric.kind)
    case .share, .change: .metric(.share)
    case .amount: .metric(.money)
    case .perHead: .moneyPerPerson
    case .losers, .winners: .metric(.counties)
    }
  }

  /// Whether a figure stands to the number as it shall.
  public func holds(_ value: Double) -> Bool {
    switch relation {
    case .atMost: value <= target
    case .atLeast: value >= target
    case .below: value < target
    case .above: value > target
    case .equal: abs(value - target) <= tolerance
    }
  }

  /// By how much a figure misses, in its own unit; negative where it could miss by more.
  public func distance(_ value: Double) -> Double {
    switch relation {
    case .atMost, .below: value - target
    case .atLeast, .above: target - value
    case .equal: abs(value - target) - tolerance
    }
  }
}

/// How a goal stands in a run.
public struct GoalMeasure: Sendable, Equatable {
  /// The figure, of the goal's year or of the year that misses by most; NaN where undefined.
  public let value: Double
  /// By how much it misses, as a part of the goal's scale; at most 0 if and only if the goal is met.
  public let excess: Double
  /// The year of the figure.
  public let year: Int

  /// Whether the goal is met.
  public var isMet: Bool { excess <= 0 }
}
