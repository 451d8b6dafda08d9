/// A number of the policy, by year: one value, or a timeline of steps.
///
/// Each step holds until the next; before its first step a timeline has that step's value
/// (formats, "Any number may be a timeline").
public struct Parameter: Sendable, Hashable {
  /// One value and where it was written.
  public struct Step: Sendable, Hashable {
    /// First year of the step; nil for a plain number.
    public let year: Int?
    /// The value: a number, or fen for money.
    public let value: Double
    /// Where it was written; nil if it is a default.
    public let location: SourceLocation?

    /// Makes a step.
    public init(year: Int?, value: Double, location: SourceLocation?) {
      self.year = year
      self.value = value
      self.location = location
    }
  }

  /// What its values may be.
  public enum Domain: Sendable, Hashable {
    /// Any number within bounds.
    case number(ClosedRange<Double>)
    /// A whole number within bounds.
    case whole(ClosedRange<Double>)
    /// An amount of money ≥ 0 in fen.
    case amount

    /// The bounds of a value.
    public var bounds: ClosedRange<Double> {
      switch self {
      case .number(let bounds), .whole(let bounds): bounds
      case .amount: 0...Money.limit
      }
    }
  }

  /// The key, such as `incentives.reserve`.
  public let path: String
  /// What its values may be.
  public let domain: Domain
  /// The steps, by ascending year; at least one.
  public let steps: [Step]

  /// Makes a parameter of its steps.
  public init(path: String, steps: [Step], domain: Domain = .number(-1e12...1e12)) {
    precondition(!steps.isEmpty, "a parameter has at least one step")
    self.path = path
    self.domain = domain
    self.steps = steps.sorted { ($0.year ?? 0) < ($1.year ?? 0) }
  }

  /// Makes a parameter that nobody wrote: its default.
  public init(
    path: String, defaultValue: Double, domain: Domain = .number(-1e12...1e12)
  ) {
    self.init(
      path: path, steps: [Step(year: nil, value: defaultValue, location: nil)], domain: domain)
  }

  /// The step in force in a year.
  public func step(in year: Int) -> Step {
    steps.last { ($0.year ?? Int.min) <= year } ?? steps[0]
  }

  /// The value in force in a year.
  public func value(in year: Int) -> Double { step(in: year).value }

  /// The largest value over all steps.
  public var largest: Double { steps.reduce(-Double.infinity) { max($0, $1.value) } }
}

/// A name in a scenario that stands for something else, with where it was written.
public struct Reference: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The key in which it stands.
  public let path: String
  /// Where it was written.
  public let location: SourceLocation?

  /// Makes a reference.
  public init(name: String, path: String, location: SourceLocation?) {
    self.name = name
    self.path = path
    self.location = location
  }
}
