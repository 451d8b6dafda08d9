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

  /// At most so many of a front: the best first metric at even levels of the second.
  ///
  /// - Returns: Designs by the first metric from its best.
  func thinned(_ entries: [Entry], to count: Int) -> [WrittenDesign] {
    guard let low = entries.first?.costs[1], let high = entries.last?.costs[1] else { return [] }
    var chosen: [Int] = []
    for step in 0..<count {
      let level = step == count - 1 ? high : low + (high - low) * Double(step) / Double(count - 1)
      let last = entries.lastIndex { $0.costs[1] <= level } ?? 0
      if !chosen.contains(last) { chosen.append(last) }
    }
    return chosen.reversed().map { entries[$0].written }
  }
}
