/// The grade of a yearly assessment, best first (model, section 9).
public enum Grade: Int, Sendable, CaseIterable, Comparable {
  /// The best.
  case a
  /// Good.
  case b
  /// Sufficient.
  case c
  /// Below the last cut-off.
  case d

  /// The letter: `A` to `D`.
  public var letter: String { ["A", "B", "C", "D"][rawValue] }

  /// Makes a grade of its letter.
  public init?(letter: String) {
    guard let grade = Grade.allCases.first(where: { $0.letter == letter }) else { return nil }
    self = grade
  }

  /// A better grade is less.
  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}
