import PolicyModel

/// What draws change of the parameters, with names resolved to slots.
struct UncertaintyPlan: Sendable {
  /// One number a draw for some slots.
  struct Drawn: Sendable {
    let distribution: Uncertainty.Distribution
    let application: Uncertainty.Application
    let lowest: Double?
    let highest: Double?
    let slots: [Int]
    let reference: Reference
    /// The name by which it is drawn, as a number.
    let source: UInt32
  }

  /// Weights that sum to 1.
  struct DrawnWeights: Sendable {
    let concentration: Double
    let slots: [Int]
    /// Each factor's key as a number.
    let members: [UInt32]
    let reference: Reference
    let source: UInt32
  }

  /// What parameters must keep among each other.
  struct Constraint: Sendable {
    enum Rule: Sendable {
      /// Each above the one before it.
      case ascending
      /// Their sum is at most 1.
      case sumAtMostOne
      /// Their sum is above 0.
      case sumPositive
    }

    let rule: Rule
    let slots: [Int]
    let reference: Reference
  }

  var drawn: [Drawn] = []
  var weights: [DrawnWeights] = []
  /// Those that an uncertain parameter takes part in.
  var constraints: [Constraint] = []

  var isEmpty: Bool { drawn.isEmpty && weights.isEmpty }
}
