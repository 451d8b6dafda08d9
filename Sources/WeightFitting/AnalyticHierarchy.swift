/// Judgements of a criterion's parts, and of the parts of those that have parts of their own.
public struct JudgementGroup: Sendable, Hashable {
  /// The criterion that is split; empty for the goal.
  public let name: String
  /// Judgements of its parts.
  public let judgements: Judgements
  /// Parts that are split further.
  public let groups: [JudgementGroup]

  /// Makes a group.
  ///
  /// - Precondition: Every further group is named after a part, none twice.
  public init(name: String, judgements: Judgements, groups: [JudgementGroup] = []) {
    let names = groups.map(\.name)
    precondition(names.allSatisfy { judgements.names.contains($0) }, "a group without its part")
    precondition(Set(names).count == names.count, "a part is split twice")
    self.name = name
    self.judgements = judgements
    self.groups = groups
  }
}

/// Weights from judgements of pairs, level by level (层次分析法).
///
/// A leaf's weight is the product of the local weights on the way to it, summed over all places
/// where it stands.
/// Source: Saaty (1980), The analytic hierarchy process, chapters 1–3.
public struct AnalyticHierarchy: Sendable {
  /// How local weights come from a matrix of judgements.
  public enum Priorities: Sendable, Hashable {
    /// The principal right eigenvector (特征根法).
    case eigenvector
    /// Geometric means of the rows (几何平均法); logarithmic least squares where some are missing.
    case geometricMean
  }

  /// One group, worked out.
  public struct Level: Sendable {
    /// The criterion that is split; empty for the goal.
    public let name: String
    /// Its own weight in the whole; 1 for the goal.
    public let weight: Double
    /// Its judgements.
    public let judgements: Judgements
    /// Weights of its parts within it, summing to 1.
    ///
    /// Shape: [name].
    public let localWeights: [Double]
    /// How far its judgements contradict each other.
    public let consistency: JudgementConsistency
    /// What was filled in for missing judgements.
    public let completed: [Judgement]
    /// Whether filling in came to its end; if not, the figures are an approximation.
    public let isConverged: Bool
  }

  /// All groups, from the goal down.
  public let levels: [Level]
  /// Leaves in order of first appearance.
  public let leaves: [String]
  /// Weight of each leaf, summing to 1.
  ///
  /// Shape: [leaf].
  public let weights: [Double]

  /// Works out a hierarchy.
  ///
  /// - Complexity: O(*p* *n*³) for each group of *n* names and *p* judgements, times the steps of
  ///   filling in missing ones.
  public init(_ goal: JudgementGroup, by priorities: Priorities) {
    var builder = HierarchyBuilder(priorities: priorities)
    builder.add(goal, weight: 1)
    levels = builder.levels
    leaves = builder.leaves
    weights = builder.weights
  }

  /// The largest of Saaty's consistency ratios of all groups: one bad matrix is not hidden by others.
  public var largestRatio: Double { levels.map(\.consistency.ratio).max() ?? 0 }

  /// Saaty's ratio of the whole (层次总排序): Σ w CI / Σ w RI over all groups, RI that of
  /// incomplete matrices where judgements are missing.
  public var totalRatio: Double {
    let random = levels.reduce(0) { $0 + $1.weight * $1.consistency.testedRandomIndex }
    if random == 0 { return 0 }
    return levels.reduce(0) { $0 + $1.weight * $1.consistency.index } / random
  }

  /// Whether every group's judgements contradict each other little enough.
  public var isAcceptable: Bool { levels.allSatisfy(\.consistency.isAcceptable) }
}

private struct HierarchyBuilder {
  let priorities: AnalyticHierarchy.Priorities
  private(set) var levels: [AnalyticHierarchy.Level] = []
  private(set) var leaves: [String] = []
  private(set) var weights: [Double] = []

  init(priorities: AnalyticHierarchy.Priorities) { self.priorities = priorities }

  mutating func add(_ group: JudgementGroup, weight: Double) {
    let matrix = JudgementMatrix(group.judgements)
    let local =
      priorities == .eigenvector
      ? matrix.principal.right : LogarithmicLeastSquares.weights(group.judgements)
    levels.append(
      AnalyticHierarchy.Level(
        name: group.name, weight: weight, judgements: group.judgements, localWeights: local,
        consistency: JudgementConsistency(group.judgements, matrix), completed: matrix.completed,
        isConverged: matrix.isConverged))
    for (name, part) in zip(group.judgements.names, local) {
      if let inner = group.groups.first(where: { $0.name == name }) {
        add(inner, weight: weight * part)
      } else {
        addLeaf(name, weight * part)
      }
    }
  }

  private mutating func addLeaf(_ name: String, _ weight: Double) {
    if let position = leaves.firstIndex(of: name) {
      weights[position] += weight
    } else {
      leaves.append(name)
      weights.append(weight)
    }
  }
}
