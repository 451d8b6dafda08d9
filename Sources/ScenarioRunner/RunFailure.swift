import PolicyModel

/// Why a command ends without a result; each case has the exit code of its kind.
public enum RunFailure: Error, Sendable {
  /// What the user gave cannot be used: exit code 65.
  case badInput([Problem])
  /// A file cannot be written: exit code 73.
  case cannotWrite(Problem)
  /// The user stopped it: exit code 130, as shells say of Ctrl-C.
  case interrupted(Problem)

  /// The exit code (formats, Commands).
  public var exitCode: Int32 {
    switch self {
    case .badInput: 65
    case .cannotWrite: 73
    case .interrupted: 130
    }
  }

  /// Every problem.
  public var problems: [Problem] {
    switch self {
    case .badInput(let problems): problems
    case .cannotWrite(let problem), .interrupted(let problem): [problem]
    }
  }
}
