/// A set of rules to simulate, as checked values: what a scenario file says.
public struct Scenario: Sendable {
  /// A named set of counties; a county belongs if every condition holds.
  public struct Group: Sendable {
    /// One condition.
    public enum Condition: Sendable {
      /// A 0/1 column of the counties.
      case column(Reference)
      /// An indicator strictly above or below a threshold.
      case indicator(Reference, Gate.Side, Parameter)
      /// In one of these prefectures.
      case prefectures([Reference])
      /// One of these counties.
      case counties([Reference])
    }

    /// Its name.
    public let name: String
    /// Title in both languages.
    public let title: Wording
    /// The conditions; all must hold.
    public let conditions: [Condition]

    /// Makes a group.
    public init(name: String, title: Wording, conditions: [Condition]) {
      self.name = name
      self.title = title
      self.conditions = conditions
    }
  }

  /// An indicator made by formula.
  public struct DerivedIndicator: Sendable {
    /// Its name.
    public let name: String
    /// The formula.
    public let formula: Formula
    /// The formula as written.
    public let text: String
    /// Where it was written.
    public let location: SourceLocation?

    /// Makes a derived indicator.
    public init(name: String, formula: Formula, text: String, location: SourceLocation?) {
      self.name = name
      self.formula = formula
      self.text = text
      self.location = location
    }
  }

  /// Its name, unique in a comparison.
  public var name: String
  /// Title in both languages.
  public var title: Wording
  /// Where the rules come from.
  public var source: String
  /// The file it was read from.
  public var file: String
  /// The currency.
  public var currency: Currency
  /// First and last year.
  public var years: ClosedRange<Int>
  /// Q, the smallest amount ever allocated.
  public var quantum: Money
  /// The seed of its draws.
  public var seed: UInt64
  /// Groups in the order of the file.
  public var groups: [Group]
  /// Derived indicators in the order of the file.
  public var derived: [DerivedIndicator]
  /// Streams in the order of the file.
  public var streams: [StreamPolicy]
  /// The assessment, if there is one.
  public var assessment: Assessment?
  /// Rewards and deductions, if there are any.
  public var incentives: Incentives?
  /// The gates.
  public var gates: [Gate]
  /// Carry-over; nil: money is carried without limit.
  public var carryOver: CarryOver?
  /// Months by which the region releases late.
  public var delayMonths: Parameter
  /// The group whose counties pool their streams.
  public var integration: Reference?
  /// Growth a year of indicators beyond their data, with where each was written.
  public var projections: [(indicator: Reference, growth: Parameter)]
  /// Behaviour, if switched on.
  public var behaviour: Behaviour?
  /// The indicator of need.
  public var need: Reference?
  /// What is not known of its parameters, in the order of the file.
  public var uncertainty: [Uncertainty] = []

  /// Makes a scenario with nothing switched on.
  public init(
    name: String, title: Wording, file: String, currency: Currency, years: ClosedRange<Int>,
    quantum: Money, streams: [StreamPolicy]
  ) {
    self.name = name
    self.title = title
    self.file = file
    self.currency = currency
    self.years = years
    self.quantum = quantum
    self.streams = streams
    source = ""
    seed = 1
    groups = []
    derived = []
    gates = []
    delayMonths = Parameter(path: "execution.delay", defaultValue: 0)
    projections = []
  }
}
