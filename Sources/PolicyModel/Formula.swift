/// A formula of a derived indicator, as a tree (formats, Formulas).
public indirect enum Formula: Sendable, Hashable {
  /// A number.
  case number(Double)
  /// An indicator or last year's amount by name.
  case name(String)
  /// − x.
  case negated(Formula)
  /// Two operands and an operator.
  case binary(Operator, Formula, Formula)
  /// not x.
  case not(Formula)
  /// a and b: b is worked out only where a holds.
  case and(Formula, Formula)
  /// a or b: b is worked out only where a does not hold.
  case or(Formula, Formula)
  /// if(condition, then, otherwise): only the part that decides is worked out.
  case choice(Formula, Formula, Formula)
  /// A function of the county's own values.
  case function(Function, [Formula])
  /// A figure over all counties of the data in that year.
  case aggregate(Aggregate, [Formula])

  /// Arithmetic and comparison.
  public enum Operator: String, Sendable, CaseIterable {
    /// Addition.
    case plus = "+"
    /// Subtraction.
    case minus = "-"
    /// Multiplication.
    case times = "*"
    /// Division.
    case over = "/"
    /// Power.
    case power = "^"
    /// Less.
    case less = "<"
    /// Less or equal.
    case lessOrEqual = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case greaterOrEqual = ">="
    /// Equal.
    case equal = "=="
    /// Not equal.
    case notEqual = "!="
  }

  /// Functions of a county's own values.
  public enum Function: String, Sendable, CaseIterable {
    /// Least of its arguments.
    case min
    /// Largest of its arguments.
    case max
    /// Absolute value.
    case abs
    /// Square root.
    case sqrt
    /// Natural logarithm.
    case ln
    /// e to the power.
    case exp
    /// clip(x, lo, hi) = min(hi, max(lo, x)).
    case clip

    /// How many arguments it takes.
    public var arity: ClosedRange<Int> {
      switch self {
      case .min, .max: 2...64
      case .clip: 3...3
      case .abs, .sqrt, .ln, .exp: 1...1
      }
    }
  }

  /// Figures over all counties of the data in a year.
  public enum Aggregate: String, Sendable, CaseIterable {
    /// Sum.
    case sum
    /// Mean.
    case mean
    /// Largest.
    case highest
    /// Least.
    case lowest
    /// Rank: 1 for the largest, ties share the average.
    case rank
    /// Mean of the first argument weighted by the second.
    case wmean

    /// How many arguments it takes.
    public var arity: Int { self == .wmean ? 2 : 1 }
  }

  /// Every name that the formula reads, in order of first appearance.
  public var names: [String] {
    var seen: [String] = []
    collectNames(into: &seen)
    return seen
  }

  private func collectNames(into seen: inout [String]) {
    if case .name(let name) = self, !seen.contains(name) { seen.append(name) }
    for child in children { child.collectNames(into: &seen) }
  }

  /// The parts of the formula one level down.
  public var children: [Formula] {
    switch self {
    case .number, .name: []
    case .negated(let x), .not(let x): [x]
    case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b): [a, b]
    case .choice(let c, let a, let b): [c, a, b]
    case .function(_, let list), .aggregate(_, let list): list
    }
  }
}
