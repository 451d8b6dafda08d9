import Statistics

/// First-order and total-order Sobol' indices of the groups of a design, of one output.
///
/// With fA, fB and fAi the output at A, at B and at A with group i from B, all less their mean:
///   first order  Sᵢ = mean fB (fAi − fA) / V,   total order  Tᵢ = mean (fA − fAi)² / 2 V,
/// V the variance over A and B. Sᵢ is the part of the variance that is gone on average once i is known;
/// Tᵢ the part that is left while only i is unknown. An output that does not vary has 0 everywhere.
/// Sources: Saltelli et al. (2010), table 2, (b) and (f); Jansen (1999), Analysis of variance designs for
/// model output; intervals as in Archer, Saltelli and Sobol' (1997), by resampling rows.
public struct SobolIndices: Sendable {
  /// S of every group; of a group of several coordinates it is the closed index.
  ///
  /// Shape: [group].
  public let first: [Estimate]
  /// T of every group.
  ///
  /// Shape: [group].
  public let total: [Estimate]
  /// Mean of the output.
  public let mean: Double
  /// Variance of the output.
  public let variance: Double
  /// Whether the output does not vary beyond rounding.
  public let isConstant: Bool
  /// Rows that were used; the others lack a value.
  public let rowCount: Int

  /// Σ S: the part of the variance that inputs explain one by one, without interactions.
  public var firstOrderSum: Double { first.reduce(0) { $0 + $1.value } }

  /// Estimates the indices.
  ///
  /// - Parameters:
  ///   - runs: Of a design whose subsets are one group each, in order.
  ///   - output: Index of the output.
  ///   - replicates: How many resamples give the intervals.
  ///   - seed: Of the resampling.
  ///   - negligible: What of the output's spread counts as none.
  ///
  /// It is nil if fewer than two rows have every value.
  public init?(
    _ runs: PickFreezeRuns, output: Int = 0, replicates: Int = 200, seed: UInt64 = 1,
    negligible: Negligible = Negligible(size: 0)
  ) {
    let columns = runs.complete(output: output)
    guard columns[0].count >= 2 else { return nil }
    rowCount = columns[0].count
    let moments = PickFreezeMoments(columns)
    mean = moments.mean
    let resampling = Resampling(moments.columns, replicates: replicates, seed: seed)
    let groupCount = runs.subsets.count
    variance = PickFreezeMoments.variance(resampling.means)
    isConstant = negligible.covers(variance: variance, largest: moments.largest)
    if isConstant {
      first = Array(repeating: .zero, count: groupCount)
      total = first
      return
    }
    let resamples = resampling.resampled.filter {
      !negligible.covers(variance: PickFreezeMoments.variance($0), largest: moments.largest)
    }
    func estimate(_ index: ([Double]) -> Double) -> Estimate {
      Estimate(index(resampling.means), resampled: resamples.map(index))
    }
    first = (0..<groupCount).map { group in
      estimate { PickFreezeMoments.closed($0, group) / PickFreezeMoments.variance($0) }
    }
    total = (0..<groupCount).map { group in
      estimate { PickFreezeMoments.total($0, group) / PickFreezeMoments.variance($0) }
    }
  }
}

/// The columns whose means give indices: fA + fB, fA² + fB², then for every subset fB (fAu − fA) and
/// (fA − fAu)², all less the mean.
struct PickFreezeMoments {
  let mean: Double
  /// The largest size of a value.
  let largest: Double
  /// Shape: [2 + 2 · subset][row].
  let columns: [[Double]]

  init(_ values: [[Double]]) {
    let (a, b) = (values[0], values[1])
    let mean = (a.reduce(0, +) + b.reduce(0, +)) / Double(2 * a.count)
    self.mean = mean
    largest = values.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
    let centredA = a.map { $0 - mean }
    let centredB = b.map { $0 - mean }
    var columns = [
      zip(centredA, centredB).map { $0 + $1 }, zip(centredA, centredB).map { $0 * $0 + $1 * $1 },
    ]
    for picked in values[2...] {
      let change = zip(picked, a).map { $0 - $1 }
      columns.append(zip(centredB, change).map { $0 * $1 })
      columns.append(change.map { $0 * $0 })
    }
    self.columns = columns
  }

  /// V over A and B, from means of the columns.
  static func variance(_ means: [Double]) -> Double {
    max(0, means[1] / 2 - means[0] * means[0] / 4)
  }

  /// The variance that a subset explains by itself.
  static func closed(_ means: [Double], _ subset: Int) -> Double { means[2 + 2 * subset] }

  /// The variance that is left while only a subset is unknown.
  static func total(_ means: [Double], _ subset: Int) -> Double { means[3 + 2 * subset] / 2 }
}
