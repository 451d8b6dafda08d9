import PolicyModel
import Simulation
import Statistics

/// What is kept of the draws so far: moments, what quantiles follow from, hits and failures.
///
/// Everything in it merges without regard to threads, blocks or shards: counts add, and moments are
/// joined in a tree of fixed shape.
public struct EnsembleSummary: Sendable {
  /// What quantiles follow from.
  public enum Quantiles: Sendable {
    /// Every value, leaf by leaf.
    case exact([DrawLeaf])
    /// Counts by size.
    case counted([QuantileHistogram])
  }

  /// Failures of a scenario.
  public struct Failures: Sendable, Equatable {
    /// In how many draws it failed.
    public var count: Int
    /// The first of them; nil if none.
    public var first: Int?

    /// Makes failures.
    public init(count: Int, first: Int?) {
      self.count = count
      self.first = first
    }
  }

  /// All values are kept up to this many (draws × series): 200 MB.
  public static let mostExactValues = 25_000_000

  /// The leaves that are in it.
  public private(set) var leaves: Range<Int>
  /// How many draws they have.
  public private(set) var drawCount: Int
  /// Moments by leaves.
  public private(set) var tree: MomentTree
  /// What quantiles follow from.
  public private(set) var quantiles: Quantiles
  /// Shape: [series].
  public private(set) var hits: [UInt64]
  /// Shape: [scenario].
  public private(set) var failures: [Failures]

  /// Whether every value is kept: a matter of the whole ensemble, so that its shards agree.
  public static func isExact(draws: Int, seriesCount: Int) -> Bool {
    draws.multipliedReportingOverflow(by: seriesCount).overflow
      ? false : draws * seriesCount <= mostExactValues
  }

  /// Starts before a leaf.
  ///
  /// - Parameters:
  ///   - layout: The series.
  ///   - firstLeaf: The leaf that will be added first.
  ///   - isExact: Whether to keep every value.
  public init(_ layout: EnsembleLayout, firstLeaf: Int, isExact: Bool) {
    leaves = firstLeaf..<firstLeaf
    drawCount = 0
    tree = MomentTree()
    quantiles =
      isExact
      ? .exact([]) : .counted(Array(repeating: QuantileHistogram(), count: layout.seriesCount))
    hits = Array(repeating: 0, count: layout.seriesCount)
    failures = layout.shapes.map { _ in Failures(count: 0, first: nil) }
  }

  /// Makes a summary of what was written of one.
  public init(
    leaves: Range<Int>, drawCount: Int, tree: MomentTree, quantiles: Quantiles, hits: [UInt64],
    failures: [Failures]
  ) {
    self.leaves = leaves
    self.drawCount = drawCount
    self.tree = tree
    self.quantiles = quantiles
    self.hits = hits
    self.failures = failures
  }

  /// Adds the next leaves in order, all but the counts of quantiles.
  public mutating func add(_ results: [LeafResult]) {
    for result in results {
      precondition(result.number == leaves.upperBound, "leaves are added in order")
      leaves = leaves.lowerBound..<(result.number + 1)
      drawCount += result.values.drawCount
      tree.add(leaf: result.number, result.moments)
      for series in hits.indices { hits[series] += UInt64(result.hits[series]) }
      for (scenario, draws) in result.failed.enumerated() {
        failures[scenario].count += draws.count
        failures[scenario].first = failures[scenario].first ?? draws.first
      }
    }
    if case .exact(let known) = quantiles { quantiles = .exact(known + results.map(\.values)) }
  }

  /// Counts the values of some series of leaves, so that several threads can share them out.
  ///
  /// - Parameters:
  ///   - results: The leaves.
  ///   - series: Which series.
  ///   - histograms: Their counts, which grow.
  public static func count(
    _ results: [LeafResult], series: Range<Int>, _ histograms: inout [QuantileHistogram]
  ) {
    for (index, number) in series.enumerated() {
      let start = number * DrawLeaf.size
      for result in results {
        for draw in 0..<result.values.drawCount {
          histograms[index].add(result.values.values[start + draw])
        }
      }
    }
  }

  /// Replaces the counts of quantiles.
  public mutating func setCounts(_ histograms: [QuantileHistogram]) {
    quantiles = .counted(histograms)
  }

  /// This summary with that of the leaves after its own.
  public func joined(with later: EnsembleSummary) -> EnsembleSummary {
    precondition(leaves.upperBound == later.leaves.lowerBound, "leaves follow each other")
    let together: Quantiles
    switch (quantiles, later.quantiles) {
    case (.exact(let own), .exact(let others)): together = .exact(own + others)
    case (.counted(var own), .counted(let others)):
      for series in own.indices { own[series].merge(others[series]) }
      together = .counted(own)
    default: preconditionFailure("quantiles are kept in the same way")
    }
    return EnsembleSummary(
      leaves: leaves.lowerBound..<later.leaves.upperBound,
      drawCount: drawCount + later.drawCount, tree: MomentTree(tree.nodes + later.tree.nodes),
      quantiles: together, hits: zip(hits, later.hits).map { $0 + $1 },
      failures: zip(failures, later.failures).map {
        Failures(count: $0.count + $1.count, first: $0.first ?? $1.first)
      })
  }
}

/// Mean, spread and quantiles of every series of an ensemble.
public struct EnsembleResult: Sendable {
  /// The figures of one series.
  public struct Figure: Sendable, Equatable {
    /// In how many draws it is defined.
    public let count: Int
    /// Mean.
    public let mean: Double
    /// Standard deviation; nil with fewer than two values.
    public let sd: Double?
    /// At 5, 25, 50, 75 and 95 %.
    public let quantiles: [Double]
    /// In how many draws it is above 0 (a difference) or below the baseline (a county).
    public let hits: Int

    /// Standard error of the mean by the number of draws; nil with fewer than two values.
    public var standardError: Double? { sd.map { $0 / Double(count).squareRoot() } }

    /// Part of its draws in which a difference is above 0.
    public var hitShare: Double { Double(hits) / Double(count) }
  }

  /// The fractions of `Figure.quantiles`.
  public static let fractions = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Where each figure stands.
  public let layout: EnsembleLayout
  /// Figures by series; nil where a series is undefined in every draw.
  public let figures: [Figure?]
  /// How many draws there are.
  public let drawCount: Int
  /// Failures by scenario.
  public let failures: [EnsembleSummary.Failures]
  /// Whether quantiles are exact; else within one part in 4,096.
  public let isExact: Bool

  /// Series that are worked out one after the other.
  private static let partSize = 64

  /// Works the figures out.
  ///
  /// - Parameters:
  ///   - summary: What is kept of the draws.
  ///   - layout: The series.
  ///   - map: Works out a number of parts, in any order or at once; the results stand in order.
  public init(
    _ summary: EnsembleSummary, _ layout: EnsembleLayout,
    map: (_ count: Int, _ part: @Sendable (Int) -> [Figure?]) -> [[Figure?]] = { count, part in
      (0..<count).map(part)
    }
  ) {
    self.layout = layout
    drawCount = summary.drawCount
    failures = summary.failures
    if case .exact = summary.quantiles { isExact = true } else { isExact = false }
    guard let moments = summary.tree.moments else {
      figures = Array(repeating: nil, count: layout.seriesCount)
      return
    }
    let (size, end) = (EnsembleResult.partSize, layout.seriesCount)
    let parts = map((end + size - 1) / size) { part in
      ((part * size)..<min(end, (part + 1) * size)).map { series in
        EnsembleResult.quantiles(summary, series).map { quantiles in
          Figure(
            count: Int(moments.counts[series]), mean: moments.means[series],
            sd: moments.standardDeviation(series), quantiles: quantiles,
            hits: Int(summary.hits[series]))
        }
      }
    }
    figures = Array(parts.joined())
  }

  private static func quantiles(_ summary: EnsembleSummary, _ series: Int) -> [Double]? {
    switch summary.quantiles {
    case .counted(let histograms): return histograms[series].quantiles(fractions)
    case .exact(let leaves):
      var values: [Double] = []
      values.reserveCapacity(summary.drawCount)
      for leaf in leaves {
        let start = series * DrawLeaf.size
        for draw in 0..<leaf.drawCount where !leaf.values[start + draw].isNaN {
          values.append(leaf.values[start + draw])
        }
      }
      if values.isEmpty { return nil }
      return Quantile.values(of: &values, at: fractions)
    }
  }
}
