import PolicyModel

/// Every problem of a file or of several.
public struct ProblemList: Error, Sendable {
  /// The problems, in the order in which they stand.
  public let problems: [Problem]

  /// Makes a list of one problem or more.
  public init(_ problems: [Problem]) { self.problems = problems }
}
