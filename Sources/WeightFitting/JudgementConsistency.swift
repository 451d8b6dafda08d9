/// How far judgements contradict each other, and which of them most.
///
/// Consistency index CI = (λ − n) / (n − 1) with λ the largest eigenvalue. A missing judgement is
/// filled in so that λ is least, so it adds no contradiction of its own.
public struct JudgementConsistency: Sendable, Hashable {
  /// A judgement with what would fit the others in its place.
  public struct Revision: Sendable, Hashable {
    /// The judgement as given.
    public let judgement: Judgement
    /// The ratio that would contradict the others least.
    public let fittingRatio: Double
    /// Saaty's consistency ratio with it.
    public let ratioAfter: Double
  }

  /// Most that a consistency ratio may be (Saaty 1980).
  public static let limit = 0.1

  /// The largest eigenvalue λ.
  public let largestEigenvalue: Double
  /// The consistency index CI ≥ 0.
  public let index: Double
  /// Saaty's random index of a complete matrix of this size; 0 up to two names.
  public let randomIndex: Double
  /// Saaty's consistency ratio CI / RI; 0 up to two names, which cannot contradict each other.
  public let ratio: Double
  /// Alonso and Lamata's ratio (λ − n) / (λ̄ − n) with λ̄ = 2.7699 n − 4.3513; 0 up to two names.
  public let alonsoLamataRatio: Double
  /// CI over the random index of a matrix with as many entries missing; nil if none is.
  public let incompleteRatio: Double?
  /// The random index of a matrix with as many entries missing; `randomIndex` if none is.
  public let testedRandomIndex: Double
  /// Whether there are more judgements than it takes to link all names; if not, there is nothing
  /// that they could contradict.
  public let isTestable: Bool
  /// Up to three judgements whose change would lower λ most, the worst first.
  public let worst: [Revision]

  /// The ratio that is held against the limit: the one for incomplete matrices where one is.
  public var decisiveRatio: Double { incompleteRatio ?? ratio }

  /// Whether the judgements contradict each other little enough.
  public var isAcceptable: Bool { decisiveRatio <= JudgementConsistency.limit }

  /// Random indices of 1 to 15 names.
  ///
  /// Source: Saaty (1980), The analytic hierarchy process, table 1-5, as used by Chinese textbooks
  /// up to 15 names.
  static let randomIndices = [
    0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
  ]

  init(_ judgements: Judgements, _ matrix: JudgementMatrix) {
    let count = judgements.names.count
    let size = Double(count)
    let value = max(size, matrix.principal.value)
    largestEigenvalue = value
    isTestable = judgements.list.count > count - 1
    index = JudgementConsistency.index(value, count)
    randomIndex = JudgementConsistency.randomIndices[count - 1]
    ratio = JudgementConsistency.ratio(value, count)
    alonsoLamataRatio = count < 3 ? 0 : (value - size) / (1.7699 * size - 4.3513)
    testedRandomIndex = randomIndex * JudgementConsistency.testedPart(judgements)
    incompleteRatio =
      judgements.missingCount == 0
      ? nil : (testedRandomIndex > 0 ? index / testedRandomIndex : 0)
    worst =
      isTestable && value - size > JudgementConsistency.leastGain
      ? JudgementConsistency.revisions(judgements, value) : []
  }

  private static func index(_ value: Double, _ count: Int) -> Double {
    count < 2 ? 0 : max(0, value - Double(count)) / Double(count - 1)
  }

  private static func ratio(_ value: Double, _ count: Int) -> Double {
    count < 3 ? 0 : index(value, count) / randomIndices[count - 1]
  }

  /// The random index falls in proportion to the missing entries, to 0 where the judgements only
  /// just link all names.
  ///
  /// Source: Ágoston and Csató (2022), Inconsistency thresholds for incomplete pairwise comparison
  /// matrices, section 4.
  private static func testedPart(_ judgements: Judgements) -> Double {
    let count = judgements.names.count
    if judgements.missingCount == 0 { return 1 }
    return 1 - Double(2 * judgements.missingCount) / Double((count - 1) * (count - 2))
  }

  /// A change of λ below this is rounding.
  private static let leastGain = 1e-9

  /// What the others say of each judgement: it is left out and filled in like a missing one.
  private static func revisions(_ judgements: Judgements, _ value: Double) -> [Revision] {
    let count = judgements.names.count
    var found: [(value: Double, revision: Revision)] = []
    for (position, judgement) in judgements.list.enumerated() {
      guard let rest = judgements.without(position) else { continue }
      let matrix = JudgementMatrix(rest)
      if value - matrix.principal.value <= leastGain { continue }
      found.append(
        (
          matrix.principal.value,
          Revision(
            judgement: judgement,
            fittingRatio: matrix.matrix[judgement.first, judgement.second],
            ratioAfter: ratio(max(Double(count), matrix.principal.value), count))
        ))
    }
    // Equal but for rounding, as the three of a triad: in the order of the judgements.
    let steps = found.map { ($0.value / leastGain).rounded() }
    let order = found.indices.sorted { (steps[$0], $0) < (steps[$1], $1) }
    return order.prefix(3).map { found[$0].revision }
  }
}
