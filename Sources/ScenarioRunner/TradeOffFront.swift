import Comparison
import Simulation

/// The front among points in plain numbers, by their figures in the ledger.
struct TradeOffFront: Sendable {
  let setup: DesignSetup
  let pair: [MetricPreference]

  /// A design and its two metrics, as they are made small.
  struct Entry: Sendable {
    let written: WrittenDesign
    let costs: [Double]
  }

  /// Rounds points, runs their ledgers, and keeps those that meet the goals and of which no other is
  /// better in one metric and not worse in the other; by the second metric from its best.
  func measured(_ points: [[Double]]) -> [Entry] {
    let rounding = DesignRounding(
      space: setup.space, currency: setup.baseline.plan.scenario.currency)
    var designs: [WrittenDesign] = []
    for point in points {
      let values = setup.space.values(at: point)
      let ways = (0...DesignRounding.finest).lazy.map {
        rounding.candidates(values, fineness: $0)
      }
      guard let design = ways.first(where: { !$0.isEmpty })?.first else { continue }
      if !designs.contains(design) { designs.append(design) }
    }
    let costs = concurrentMap(count: designs.count, threads: setup.request.threads) {
      [designs] in self.costs(designs[$0])
    }
    let entries = zip(designs, costs).compactMap { design, costs in
      costs.map { Entry(written: design, costs: $0) }
    }
    return entries.indices.filter { index in
      !entries.indices.contains { isBetter($0, than: index, entries) }
    }.map { entries[$0] }.sorted { $0.costs[1] < $1.costs[1] }
  }

  private func isBetter(_ other: Int, than index: Int, _ entries: [Entry]) -> Bool {
    let (a, b) = (entries[other].costs, entries[index].costs)
    return a[0] <= b[0] && a[1] <= b[1] && (a != b || other < index)
  }

  /// The two metrics in the ledger; nil if a goal is not met or a metric is undefined.
  private func costs(_ design: WrittenDesign) -> [Double]? {
    let values = zip(setup.space.parameters, design.values).flatMap { parameter, own in
      zip(parameter.members, own).map { (path: $0, value: $1) }
    }
    guard let ledger = try? Ledger(setup.experiment.plan.setting(values)) else { return nil }
    let figures = GoalFigures.years(ledger, baseline: setup.baseline)
    let costs = pair.map { $0.sign * figures[figures.count - 1].metric($0.metric) }
    let isMet = setup.measuring.measures(figures).allSatisfy(\.isMet)
    return isMet && costs.allSatisfy(\.isFinite) ? costs : nil
  }

  /// At most so many of a front: the best first metric at even levels of the second, then those that
  /// stand farthest from the ones chosen.
  ///
  /// - Returns: Designs by the first metric from its best.
  func thinned(_ entries: [Entry], to count: Int) -> [WrittenDesign] {
    guard let first = entries.first, let last = entries.last else { return [] }
    let (low, high) = (first.costs[1], last.costs[1])
    var chosen: Set<Int> = [0, entries.count - 1]
    for step in 1..<max(2, count - 1) where chosen.count < count {
      let level = low + (high - low) * Double(step) / Double(count - 1)
      chosen.insert(entries.lastIndex { $0.costs[1] <= level } ?? 0)
    }
    while chosen.count < min(count, entries.count) {
      let gaps = entries.indices.map { gap(entries, $0, chosen) }
      chosen.insert(gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0)
    }
    return chosen.sorted(by: >).map { entries[$0].written }
  }

  /// How far an entry is from the nearest chosen one, each metric in units of the front's width.
  private func gap(_ entries: [Entry], _ index: Int, _ chosen: Set<Int>) -> Double {
    if chosen.contains(index) { return -1 }
    let ends = [entries[0], entries[entries.count - 1]]
    let widths = [0, 1].map { max(1e-300, abs(ends[0].costs[$0] - ends[1].costs[$0])) }
    return chosen.map { other in
      [0, 1].map { abs(entries[index].costs[$0] - entries[other].costs[$0]) / widths[$0] }
        .reduce(0, +)
    }.min() ?? 0
  }
}
