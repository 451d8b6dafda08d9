import LinearAlgebra
import Statistics

/// Weights that a method reads out of the data, with the figures they come from.
public struct ObjectiveWeights: Sendable {
  /// A figure that stands between the data and the weights.
  public enum Figure: String, Sendable, Hashable, CaseIterable {
    /// e = −Σ p ln p / ln m.
    case entropy
    /// 1 − e.
    case diversity
    /// Standard deviation of the normalized column, over m − 1.
    case deviation
    /// Σ (1 − r) over all indicators.
    case conflict
    /// Deviation × conflict.
    case information
    /// The composite coefficient, before it is brought to a sum of 1.
    case coefficient
  }

  /// The method.
  public let method: ObjectiveMethod
  /// How the columns were normalized; nil where they were not read.
  public let normalization: Normalization?
  /// The weights, summing to 1.
  ///
  /// Shape: [indicator].
  public let weights: [Double]
  /// The figures of each indicator, in the order of the working.
  ///
  /// Shape: [figure][indicator].
  public let figures: [(figure: Figure, values: [Double])]
  /// Eigenvalues of the correlation matrix, the largest first; empty but for principal components.
  public let eigenvalues: [Double]
  /// How many principal components are kept.
  public let keptCount: Int

  /// Works out weights.
  ///
  /// - Parameters:
  ///   - columns: The indicators.
  ///   - method: The method.
  ///   - normalization: In place of the method's own.
  /// - Throws: `WeightError` if there are too few rows, an indicator is constant, or its values are
  ///   none that the method can take.
  /// - Complexity: O(*n* *k*²) for *n* rows and *k* indicators.
  public init(
    _ columns: IndicatorColumns, method: ObjectiveMethod, normalization: Normalization? = nil
  ) throws(WeightError) {
    if columns.rowCount < method.leastRows {
      throw .tooFewRows(count: columns.rowCount, needed: method.leastRows)
    }
    self.method = method
    self.normalization = method.normalization == nil ? nil : normalization ?? method.normalization
    var working = Working(figures: [])
    if let chosen = self.normalization {
      working = try Working(columns, method, chosen)
    }
    let last = working.figures.last?.values ?? columns.values.map { _ in 1 }
    let total = last.reduce(0, +)
    weights = last.map { $0 / total }
    figures = working.figures
    eigenvalues = working.eigenvalues
    keptCount = working.keptCount
  }
}

/// From columns to the figures that weights are proportional to.
private struct Working {
  var figures: [(figure: ObjectiveWeights.Figure, values: [Double])]
  var eigenvalues: [Double] = []
  var keptCount = 0

  init(figures: [(figure: ObjectiveWeights.Figure, values: [Double])]) {
    self.figures = figures
  }

  init(
    _ columns: IndicatorColumns, _ method: ObjectiveMethod, _ normalization: Normalization
  ) throws(WeightError) {
    let scales = try columns.scales(normalization)
    self.init(figures: [])
    switch method {
    case .entropy: try entropy(scales, columns, normalization)
    case .critic, .criticSpearman: try critic(scales, byRanks: method == .criticSpearman)
    case .pca, .pcaSquared: try components(scales, squared: method == .pcaSquared)
    case .deviation:
      if normalization == .z { throw .deviationsAlike(normalization) }
      figures = [(.deviation, RelatedColumns(scales).deviations)]
    case .equal: preconditionFailure("equal weights read no data")
    }
  }

  /// Source: Shannon (1948); Zou, Yun and Sun (2006), Entropy method for determination of weight of
  /// evaluating indicators, section 2.
  private mutating func entropy(
    _ scales: [ColumnScale], _ columns: IndicatorColumns, _ normalization: Normalization
  ) throws(WeightError) {
    for (indicator, scale) in scales.enumerated() where scale.hasNegative {
      try columns.refuseNegative(indicator)
      throw .negativeShares(normalization)
    }
    let most = VectorMath.logarithm(Double(columns.rowCount))
    let entropies = scales.map {
      ShareEntropy.ofShares($0.base, from: $0.origin, total: $0.total) / most
    }
    figures = [(.entropy, entropies), (.diversity, entropies.map { 1 - $0 })]
  }

  /// Source: Diakoulaki, Mavrotas and Papayannakis (1995), Determining objective weights in multiple
  /// criteria problems: the CRITIC method, section 2.
  private mutating func critic(_ scales: [ColumnScale], byRanks: Bool) throws(WeightError) {
    let own = RelatedColumns(scales)
    let related = byRanks ? RelatedColumns(ranksOf: scales) : own
    let conflicts = scales.indices.map { row in
      scales.indices.reduce(0) { $0 + (1 - related[row, $1]) }
    }
    if conflicts.allSatisfy({ $0 < 1e-12 * Double(conflicts.count) }) { throw .noConflict }
    figures = [
      (.deviation, own.deviations), (.conflict, conflicts),
      (.information, zip(own.deviations, conflicts).map { $0 * $1 }),
    ]
  }

  /// Eigenvalues nearer to each other than this are one, and their vectors any in a plane.
  private static let leastGap = 1e-8

  /// Components with an eigenvalue of 1 or more count (Kaiser 1960), each by the part it explains.
  private mutating func components(
    _ scales: [ColumnScale], squared: Bool
  ) throws(WeightError) {
    let count = scales.count
    let eigen = Working.eigen(RelatedColumns(scales).matrix)
    eigenvalues = eigen.values
    keptCount = eigenvalues.prefix { $0 >= 1 - Working.leastGap / 2 }.count
    try refuseTwins(upTo: squared ? [keptCount] : Array(1...keptCount))
    let explained = eigenvalues.prefix(keptCount).reduce(0, +)
    let coefficients = (0..<count).map { indicator in
      (0..<keptCount).reduce(0.0) { sum, component in
        let entry = eigen.vectors[indicator, component]
        return sum + (squared ? entry * entry : abs(entry)) * eigenvalues[component] / explained
      }
    }
    figures = [(.coefficient, coefficients)]
  }

  /// Refuses a component that explains the same as the next one, where the next is counted apart.
  private func refuseTwins(upTo ends: [Int]) throws(WeightError) {
    for end in ends where end < eigenvalues.count {
      if eigenvalues[end - 1] - eigenvalues[end] < Working.leastGap {
        throw .componentsAlike(first: end, eigenvalue: eigenvalues[end - 1])
      }
    }
  }

  private static func eigen(_ matrix: Matrix) -> SymmetricEigen {
    do throws(LinearAlgebraError) {
      let eigen = try SymmetricEigen(matrix)
      precondition(eigen.isConverged, "the eigenvalues of a correlation matrix converge")
      return eigen
    } catch {
      preconditionFailure("a correlation matrix is finite and symmetric: \(error)")
    }
  }
}

/// Deviations and correlations of normalized columns, from those of the columns before.
private struct RelatedColumns {
  private let correlations: Correlations
  private let signs: [Double]
  /// Standard deviation of each normalized column.
  ///
  /// Shape: [indicator].
  let deviations: [Double]

  init(_ scales: [ColumnScale]) {
    correlations = Correlations(scales.map(\.base))
    signs = scales.map { $0.factor < 0 ? -1 : 1 }
    deviations = zip(correlations.standardDeviations, scales).map { $0 * abs($1.factor) }
  }

  init(ranksOf scales: [ColumnScale]) {
    correlations = Correlations(scales.map { RankCorrelation.averageRanks($0.base) })
    signs = scales.map { $0.factor < 0 ? -1 : 1 }
    deviations = correlations.standardDeviations
  }

  subscript(row: Int, column: Int) -> Double {
    correlations[row, column] * signs[row] * signs[column]
  }

  var matrix: Matrix {
    let count = signs.count
    return Matrix(
      rowCount: count, columnCount: count,
      values: (0..<count).flatMap { column in (0..<count).map { self[$0, column] } })
  }
}
