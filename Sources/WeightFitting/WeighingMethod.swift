/// Any method of finding weights, as users name it.
public enum WeighingMethod: Sendable, Hashable {
  /// From the data.
  case objective(ObjectiveMethod)
  /// From judgements.
  case hierarchy(AnalyticHierarchy.Priorities)

  /// Every method, in the order of lists.
  public static let all: [WeighingMethod] =
    ObjectiveMethod.allCases.map { .objective($0) }
    + [.hierarchy(.eigenvector), .hierarchy(.geometricMean)]

  /// The method with a name.
  public init?(name: String) {
    guard let found = WeighingMethod.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Its name, such as `critic-spearman`.
  public var name: String {
    switch self {
    case .objective(let method): method.rawValue
    case .hierarchy(.eigenvector): "ahp"
    case .hierarchy(.geometricMean): "ahp-geometric"
    }
  }

  /// Whether it needs judgements.
  public var needsJudgements: Bool {
    if case .hierarchy = self { return true }
    return false
  }

  /// Whether it normalizes the data.
  public var normalizes: Bool {
    if case .objective(let method) = self { return method.normalization != nil }
    return false
  }
}

/// Weights by one method, with what they come from.
public struct MethodWeights: Sendable {
  /// The method.
  public let method: WeighingMethod
  /// The weights, summing to 1.
  ///
  /// Shape: [indicator].
  public let weights: [Double]
  /// The working, of weights from data.
  public let objective: ObjectiveWeights?
  /// The working, of weights from judgements.
  public let hierarchy: AnalyticHierarchy?

  /// Weights from data.
  public init(_ objective: ObjectiveWeights) {
    method = .objective(objective.method)
    weights = objective.weights
    self.objective = objective
    hierarchy = nil
  }

  /// Weights from judgements, in the order of some indicators.
  ///
  /// - Precondition: The indicators are the hierarchy's leaves.
  public init(
    _ hierarchy: AnalyticHierarchy, by priorities: AnalyticHierarchy.Priorities,
    indicators: [String]
  ) {
    precondition(Set(indicators) == Set(hierarchy.leaves), "the leaves are the indicators")
    method = .hierarchy(priorities)
    weights = indicators.map { name in
      hierarchy.leaves.firstIndex(of: name).map { hierarchy.weights[$0] } ?? 0
    }
    objective = nil
    self.hierarchy = hierarchy
  }
}
