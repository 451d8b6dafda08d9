import FundAllocation
import PolicyModel
import Simulation
import Statistics

/// How much of every change each provision of a reform causes (Shapley values).
public struct Attribution: Sendable {
  /// What one provision causes of one figure.
  public struct Effect: Sendable, Hashable {
    /// Its part of the change; the parts of all provisions sum to the change.
    public let amount: Double
    /// What it changes alone, on top of the baseline.
    public let first: Double
    /// What it changes last, on top of all others.
    public let last: Double
  }

  /// Names of the provisions.
  public let provisions: [String]
  /// Baseline and whole reform.
  public let baseline: Ledger
  /// The whole reform.
  public let reform: Ledger
  /// Name and title of the reform as its file says them.
  public let reformName: String
  /// Title of the reform.
  public let reformTitle: Wording
  /// Effects on final amounts in whole fen.
  ///
  /// Shape: [provision][year][stream][county].
  public let amounts: [[[[Effect]]]]
  /// Effects on metrics; nil where one is undefined.
  ///
  /// Shape: [provision][year][metric].
  public let metrics: [[[Effect?]]]
  /// Streams by key: those of the baseline, then new ones of the reform.
  public let streams: [String]
  /// How many runs were made.
  public let runCount: Int
  /// Largest standard error of a sampled part of a county's amount, in fen; nil if exact.
  public let standardError: Double?
}

/// The figures of one run that are attributed, flat: amounts first, then metrics.
struct AttributedFigures: Sendable {
  /// Final amounts in fen.
  ///
  /// Shape: [year][stream][county], flat.
  let amounts: [Double]
  /// Metrics, NaN where undefined.
  ///
  /// Shape: [year][metric], flat.
  let metrics: [Double]

  init(_ ledger: Ledger, baseline: Ledger, streams: [String]) {
    let keys = ledger.plan.scenario.streams.map(\.key)
    let positions = streams.map { keys.firstIndex(of: $0) }
    let none = [Double](repeating: 0, count: ledger.plan.counties.count)
    amounts = ledger.years.flatMap { year in
      positions.flatMap { position in position.map { year.streams[$0].final } ?? none }
    }
    let table = MetricTable(ledger, baseline: baseline)
    metrics = table.values.flatMap { row in row.map { $0 ?? .nan } }
  }
}

/// Collects runs of subsets of provisions and works the attribution out.
public struct AttributionBuilder: Sendable {
  private let provisions: [String]
  private let baseline: Ledger
  private let reform: Ledger
  private let name: String
  private let title: Wording
  private let streams: [String]

  /// Starts from the two ends.
  ///
  /// - Precondition: Both ran the same years over the same counties.
  public init(
    provisions: [String], baseline: Ledger, reform: Ledger, name: String, title: Wording
  ) {
    self.provisions = provisions
    self.name = name
    self.title = title
    self.baseline = baseline
    self.reform = reform
    var keys = baseline.plan.scenario.streams.map(\.key)
    keys += reform.plan.scenario.streams.map(\.key).filter { !keys.contains($0) }
    streams = keys
  }

  /// What is kept of a run of a subset.
  public struct SubsetRun: Sendable {
    let figures: AttributedFigures
  }

  /// Takes from a run what the attribution needs, so that the rest can be let go.
  public func keep(_ ledger: Ledger) -> SubsetRun {
    SubsetRun(
      figures: AttributedFigures(ledger, baseline: baseline, streams: streams))
  }

  /// Works out exact Shapley values.
  ///
  /// - Parameter runs: The run of every subset; bit i of the index is provision i.
  /// - Returns: The attribution.
  public func exact(_ runs: [SubsetRun]) -> Attribution {
    let count = provisions.count
    let amounts = Shapley.exact(
      players: count, components: runs[0].figures.amounts.count
    ) { runs[$0].figures.amounts[$1] }
    let metrics = Shapley.exact(
      players: count, components: runs[0].figures.metrics.count
    ) { runs[$0].figures.metrics[$1] }
    let all = (1 << count) - 1
    return assemble(
      amounts: amounts, metrics: metrics, runs: { runs[$0].figures }, all: all,
      runCount: runs.count, standardError: nil)
  }

  /// Works out sampled Shapley values from runs along orders of joining.
  ///
  /// - Parameters:
  ///   - orders: The orders, antithetic pairs one after another.
  ///   - runs: The run of every subset that the orders pass, by bits; also each provision alone and
  ///     all without each.
  /// - Returns: The attribution, with its largest standard error.
  public func sampled(orders: [[Int]], runs: [UInt64: SubsetRun]) -> Attribution {
    let count = provisions.count
    let all = (UInt64(1) << UInt64(count)) - 1
    let size = runs[0]?.figures.amounts.count ?? 0
    let metricSize = runs[0]?.figures.metrics.count ?? 0
    var sums = Array(repeating: [Double](repeating: 0, count: size), count: count)
    var squares = sums
    var metricSums = Array(repeating: [Double](repeating: 0, count: metricSize), count: count)
    for pair in stride(from: 0, to: orders.count, by: 2) {
      var parts = Array(repeating: [Double](repeating: 0, count: size), count: count)
      for order in orders[pair..<min(pair + 2, orders.count)] {
        var subset: UInt64 = 0
        for player in order {
          let next = subset | 1 << UInt64(player)
          guard let before = runs[subset]?.figures, let after = runs[next]?.figures else {
            continue
          }
          for index in 0..<size {
            parts[player][index] += (after.amounts[index] - before.amounts[index]) / 2
          }
          for index in 0..<metricSize {
            metricSums[player][index] += after.metrics[index] - before.metrics[index]
          }
          subset = next
        }
      }
      for player in 0..<count {
        for index in 0..<size {
          sums[player][index] += parts[player][index]
          squares[player][index] += parts[player][index] * parts[player][index]
        }
      }
    }
    let pairs = Double(orders.count / 2)
    let error = AttributionBuilder.largestError(sums, squares, pairs)
    return assemble(
      amounts: sums.map { $0.map { $0 / pairs } },
      metrics: metricSums.map { $0.map { $0 / (2 * pairs) } },
      runs: {
        runs[UInt64($0)]?.figures ?? runs[0]?.figures
          ?? AttributedFigures(baseline, baseline: baseline, streams: streams)
      },
      all: Int(all), runCount: runs.count, standardError: error)
  }

  private static func largestError(
    _ sums: [[Double]], _ squares: [[Double]], _ pairs: Double
  ) -> Double {
    var largest = 0.0
    for (sum, square) in zip(sums, squares) {
      for (total, squared) in zip(sum, square) {
        let variance = max(0, squared / pairs - (total / pairs) * (total / pairs))
        largest = max(largest, (variance / max(1, pairs - 1)).squareRoot())
      }
    }
    return largest
  }

  // MARK: Assembly

  private func assemble(
    amounts: [[Double]], metrics: [[Double]], runs: (Int) -> AttributedFigures, all: Int,
    runCount: Int, standardError: Double?
  ) -> Attribution {
    let none = runs(0)
    let whole = runs(all)
    let parts = wholeFen(amounts, change: zip(whole.amounts, none.amounts).map { $0 - $1 })
    let alone = provisions.indices.map { runs(1 << $0) }
    let without = provisions.indices.map { runs(all & ~(1 << $0)) }
    let effects = provisions.indices.map { player in
      parts[player].indices.map { index in
        Attribution.Effect(
          amount: parts[player][index],
          first: alone[player].amounts[index] - none.amounts[index],
          last: whole.amounts[index] - without[player].amounts[index])
      }
    }
    let metricEffects = provisions.indices.map { player in
      metrics[player].indices.map { index -> Attribution.Effect? in
        let value = metrics[player][index]
        if value.isNaN { return nil }
        return Attribution.Effect(
          amount: value, first: alone[player].metrics[index] - none.metrics[index],
          last: whole.metrics[index] - without[player].metrics[index])
      }
    }
    return Attribution(
      provisions: provisions, baseline: baseline, reform: reform,
      reformName: name, reformTitle: title, amounts: effects.map { shaped($0) },
      metrics: metricEffects.map { chunks($0, of: Metric.allCases.count) }, streams: streams,
      runCount: runCount, standardError: standardError)
  }

  /// Parts in whole fen that sum to each change: cut down, the rest to the largest remainders; a
  /// part of exactly 0 stays 0.
  ///
  /// Ties go to the earlier name, so that the order of the provisions does not matter.
  private func wholeFen(_ parts: [[Double]], change: [Double]) -> [[Double]] {
    var result = parts
    let byName = provisions.indices.sorted { provisions[$0] < provisions[$1] }
    for index in change.indices {
      let active = byName.filter { parts[$0][index] != 0 }
      var given = 0.0
      for player in active {
        result[player][index] = parts[player][index].rounded(.down)
        given += result[player][index]
      }
      let remainders = active.map { parts[$0][index] - parts[$0][index].rounded(.down) }
      let ranked = active.indices.sorted {
        let left = (remainders[$0] * 1e6).rounded()
        let right = (remainders[$1] * 1e6).rounded()
        return left == right ? $0 < $1 : left > right
      }
      for rank in ranked.prefix(max(0, Int(change[index] - given))) {
        result[active[rank]][index] += 1
      }
    }
    return result
  }

  private func shaped(_ flat: [Attribution.Effect]) -> [[[Attribution.Effect]]] {
    let counties = baseline.plan.counties.count
    return chunks(flat, of: streams.count * counties).map { chunks($0, of: counties) }
  }

  private func chunks<Value>(_ list: [Value], of size: Int) -> [[Value]] {
    stride(from: 0, to: list.count, by: max(1, size)).map {
      Array(list[$0..<min($0 + size, list.count)])
    }
  }
}
