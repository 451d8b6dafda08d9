import LinearAlgebra
import Statistics

/// How far the weights would move had other counties been observed: fits to samples of counties drawn
/// with replacement.
///
/// A county is drawn with all its rows, because its years and streams err together. The money and
/// relative levels of pools, the rows that count and how much (Huber) are those of the fit. Normal
/// equations are added up by county and solved for eight replicates side by side; replicates that do not
/// settle so are solved one by one by the method that cannot cycle.
/// Source: Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for inference with clustered
/// errors, section III (pairs cluster bootstrap).
public struct WeightBootstrap: Sendable {
  /// The name by which samples are drawn.
  public static let sourceName = "bootstrap"

  private let fit: WeightFit
  private let kept: [Int]
  private let bounds: [ClosedRange<Double>]
  private let hasSum: Bool
  private let ridge: Double
  private let grams: ClusterGrams
  private let seed: UInt64

  /// Prepares the bootstrap of a fit.
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - seed: The seed of the samples.
  /// - Throws: `WeightFittingError` where linear algebra refuses the data.
  public init(_ fit: WeightFit, seed: UInt64) throws(WeightFittingError) {
    let problem = fit.problem
    let identity = FactorIdentity(problem, marks: fit.marks)
    self.fit = fit
    self.seed = seed
    kept = identity.kept
    bounds = identity.boundsOfKept
    hasSum = problem.hasGivenSum
    let columns = identity.kept.map { factor in
      problem.rows.indices.map { problem.shares[factor][$0] * fit.levels[problem.rows[$0].pool] }
    }
    let isDependent = try identity.isDependent()
    ridge =
      isDependent
      ? 1e-12 * columns.reduce(0) { max($0, dot($1, $1)) } : 0
    grams = ClusterGrams(
      columns: columns, target: problem.rows.map(\.amount), influence: fit.influence,
      clusters: problem.rows.map(\.cluster), clusterCount: problem.clusterCount)
  }

  /// The weights of some replicates, each a function of the seed and its number only.
  ///
  /// - Parameter replicates: Their numbers, the first a multiple of 8.
  /// - Returns: Weights; NaN in a replicate that gives none. Shape: [replicate][factor].
  public func weights(_ replicates: Range<Int>) -> [[Double]] {
    precondition(replicates.lowerBound % Resampling.laneCount == 0, "replicates come by eight")
    var block = ReplicateBlock(self)
    var result: [[Double]] = []
    for first in stride(
      from: replicates.lowerBound, to: replicates.upperBound, by: ClusterGrams.replicateCount)
    {
      let count = min(ClusterGrams.replicateCount, replicates.upperBound - first)
      result += block.weights(firstReplicate: first, count: count)
    }
    return result
  }

  /// Scratch memory of sixteen replicates, eight in each half.
  private struct ReplicateBlock {
    typealias Lanes = SIMD8<Double>

    private let bootstrap: WeightBootstrap
    private var resampling: Resampling
    private var pivoting: MaskedPivoting
    /// Shape: [half][county].
    private var counts: [[Lanes]]
    /// Shape: [half][entry].
    private var sums: [[Lanes]]
    private var gram: [Lanes]
    private var linear: [Lanes]
    private var solution: [Lanes]
    /// Whether eight replicates can be solved side by side: bounds of parts of a free sum cannot.
    private let isParallel: Bool

    init(_ bootstrap: WeightBootstrap) {
      self.bootstrap = bootstrap
      let clusterCount = bootstrap.fit.problem.clusterCount
      let order = bootstrap.kept.count
      resampling = Resampling(
        itemCount: clusterCount, seed: bootstrap.seed, name: WeightBootstrap.sourceName)
      let isPlain = bootstrap.bounds.allSatisfy { $0.lowerBound == 0 && $0.upperBound >= 1 }
      isParallel = bootstrap.hasSum || isPlain
      pivoting = MaskedPivoting(
        bounds: bootstrap.hasSum ? bootstrap.bounds : bootstrap.bounds.map { _ in 0...1e300 },
        hasSum: bootstrap.hasSum, start: bootstrap.startingPins)
      counts = Array(repeating: Array(repeating: .zero, count: clusterCount), count: 2)
      sums = Array(
        repeating: Array(repeating: .zero, count: bootstrap.grams.roomCount), count: 2)
      gram = Array(repeating: .zero, count: order * (order + 1) / 2)
      linear = Array(repeating: .zero, count: order)
      solution = linear
    }

    mutating func weights(firstReplicate: Int, count: Int) -> [[Double]] {
      for half in counts.indices {
        resampling.fill(
          &counts[half], firstReplicate: firstReplicate + half * Resampling.laneCount)
      }
      bootstrap.grams.sum(counts, into: &sums)
      return counts.indices.flatMap { half in
        let rest = count - half * Resampling.laneCount
        return rest > 0 ? weights(half: half, count: min(rest, Resampling.laneCount)) : []
      }
    }

    private mutating func weights(half: Int, count: Int) -> [[Double]] {
      let order = linear.count
      for entry in gram.indices { gram[entry] = sums[half][entry] }
      for row in 0..<order {
        gram[row * (row + 3) / 2] += bootstrap.ridge
        linear[row] = sums[half][gram.count + row]
      }
      var settled = SIMDMask<SIMD8<Int64>>(repeating: false)
      if isParallel {
        settled = pivoting.solve(gram: gram, linear: linear, weights: &solution)
      }
      return (0..<count).map { lane in
        let own = settled[lane] ? solution.map { $0[lane] } : alone(lane)
        return bootstrap.spread(own)
      }
    }

    /// One replicate by the method that cannot cycle; empty if it has no weights.
    private func alone(_ lane: Int) -> [Double] {
      let order = linear.count
      var matrix = Matrix(
        rowCount: order, columnCount: order, values: Array(repeating: 0, count: order * order))
      for row in 0..<order {
        for column in 0...row {
          matrix[row, column] = gram[row * (row + 1) / 2 + column][lane]
          matrix[column, row] = matrix[row, column]
        }
      }
      return bootstrap.solved(matrix, linear.map { $0[lane] })
    }
  }

  /// Where the weights of the fit stand.
  private var startingPins: [Int] {
    let total = kept.map { weightOfKept($0) }
    return zip(total, bounds).map { weight, bound in
      if weight <= bound.lowerBound { return -1 }
      return weight >= bound.upperBound && hasSum ? 1 : 0
    }
  }

  private func weightOfKept(_ factor: Int) -> Double {
    fit.weights[factor]
      + fit.copies.filter { $0.of == factor }.reduce(0) { $0 + fit.weights[$1.factor] }
  }

  private func solved(_ gram: Matrix, _ linear: [Double]) -> [Double] {
    let solver = WeightSolver(bounds: bounds, total: hasSum ? .one : .free, isShortest: false)
    guard let factor = try? Cholesky.factor(gram), let inverse = factor.inverseOfTriangle else {
      return []
    }
    let start = QuadraticProgram(inverseFactor: inverse, linear: linear, constraints: [])
      .solution().point
    return (try? solver.weights(inverseFactor: inverse, start: start)) ?? []
  }

  /// Weights of all factors, that sum to 1; a copy's stand with its original.
  private func spread(_ own: [Double]) -> [Double] {
    var weights = [Double](repeating: 0, count: fit.weights.count)
    let sum = own.reduce(0, +)
    if own.isEmpty || !(sum > 0) { return weights.map { _ in .nan } }
    for (factor, weight) in zip(kept, own) { weights[factor] = max(0, weight / sum) }
    return weights
  }
}
