/// The yearly assessment (考核): model, section 9.
public struct Assessment: Sendable {
  /// An assessment indicator (考核指标).
  public struct Indicator: Sendable {
    /// Its key.
    public let key: String
    /// Title in both languages.
    public let title: Wording
    /// Points out of the total.
    public let points: Parameter
    /// For `execution`: the rate that earns nothing and the rate that earns all points.
    public let executionRange: (low: Parameter, high: Parameter)?

    /// Makes an indicator.
    public init(
      key: String, title: Wording, points: Parameter,
      executionRange: (low: Parameter, high: Parameter)?
    ) {
      self.key = key
      self.title = title
      self.points = points
      self.executionRange = executionRange
    }
  }

  /// How scores become grades.
  public enum Grading: Sendable {
    /// The highest grade whose cut-off is at or below the score.
    case cutoffs([(grade: Grade, score: Parameter)])
    /// Shares of the ranked counties, best first.
    case quotas([(grade: Grade, share: Parameter)])
  }

  /// The indicators in the order of the file.
  public let indicators: [Indicator]
  /// Cut-offs or quotas.
  public let grading: Grading

  /// Makes an assessment.
  public init(indicators: [Indicator], grading: Grading) {
    self.indicators = indicators
    self.grading = grading
  }
}

/// Rewards and deductions (奖励资金、扣减资金): model, section 4.
public struct Incentives: Sendable {
  /// What reward units are measured by.
  public enum Basis: Sendable {
    /// The county's base amount.
    case allocation
    /// The same for every county.
    case equal
    /// An indicator.
    case indicator(Reference)
  }

  /// How performance becomes money.
  public enum Scheme: Sendable {
    /// By grade.
    case grades(
      rewards: [(grade: Grade, units: Parameter)], deductions: [(grade: Grade, share: Parameter)],
      basis: Basis, rewardCap: Parameter?)
    /// By a straight line in the score.
    case linear(slope: Parameter, lowest: Parameter, highest: Parameter?)
  }

  /// The part of a pool kept for rewards.
  public let reserve: Parameter
  /// Grades or a line.
  public let scheme: Scheme
  /// The streams under it; nil for all.
  public let streams: [Reference]?

  /// Makes incentives.
  public init(reserve: Parameter, scheme: Scheme, streams: [Reference]?) {
    self.reserve = reserve
    self.scheme = scheme
    self.streams = streams
  }
}

/// "No work, no support" (不干不支持): model, section 5.
public struct Gate: Sendable {
  /// Which side of the threshold closes the gate.
  public enum Side: Sendable {
    /// Strictly below.
    case below
    /// Strictly above.
    case above
  }

  /// What a closed gate does.
  public enum Effect: String, Sendable, CaseIterable {
    /// Out of the eligible set.
    case exclude
    /// Takes part, but the region keeps the final amount.
    case hold
  }

  /// The indicator it reads.
  public let indicator: Reference
  /// Below or above.
  public let side: Side
  /// The threshold.
  public let threshold: Parameter
  /// What happens.
  public let effect: Effect
  /// The streams it stands before; nil for all.
  public let streams: [Reference]?

  /// Makes a gate.
  public init(
    indicator: Reference, side: Side, threshold: Parameter, effect: Effect, streams: [Reference]?
  ) {
    self.indicator = indicator
    self.side = side
    self.threshold = threshold
    self.effect = effect
    self.streams = streams
  }
}

/// Carry-over and recovery (结转、收回): model, section 6.
public struct CarryOver: Sendable {
  /// For how many years money may be spent, the first included; nil for ever.
  public let years: Parameter?
  /// Whether recovered and unallocated money joins the next pool.
  public let recycles: Bool

  /// Makes the rules.
  public init(years: Parameter?, recycles: Bool) {
    self.years = years
    self.recycles = recycles
  }
}
