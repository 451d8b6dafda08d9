import Comparison
import PolicyModel
import ScenarioFiles
import Simulation
import Statistics
import TestFixtures
import Testing

/// What is kept of draws: metrics, differences, losses, and joining in any split.
struct EnsembleTests {
  private let plans: [Plan]
  private let layout: EnsembleLayout

  /// The worked example with noise, and a reform of it.
  init() throws {
    let base = ReferenceFile.url("../../Scenarios/worked/baseline.yaml").path
    let folder = try TemporaryFolder([
      "noisy.yaml": """
      extends: \(base)
      name: noisy
      behaviour: { income: { growth: 0.03, noise: 0.02 }, score_noise: 4 }

      """,
      "reform.yaml": "extends: noisy.yaml\nname: reform\nincentives: { reserve: 0.1 }\n",
    ])
    var loader = ScenarioLoader()
    plans = try loader.load([folder / "noisy.yaml", folder / "reform.yaml"]).map {
      try Plan.compile($0.scenario, counties: $0.counties, panel: $0.panel)
    }
    layout = EnsembleLayout(plans)
  }

  private func leaves(_ numbers: Range<Int>) -> [LeafResult] {
    var worker = EnsembleWorker(plans, seed: 9)
    return numbers.map { worker.run(leaf: $0, drawCount: $0 == 2 ? 24 : 64) }
  }

  private func summary(_ results: [LeafResult], isExact: Bool) -> EnsembleSummary {
    var summary = EnsembleSummary(
      layout, firstLeaf: results.first?.number ?? 0, isExact: isExact)
    summary.add(results)
    if case .counted(var histograms) = summary.quantiles {
      EnsembleSummary.count(results, series: 0..<layout.seriesCount, &histograms)
      summary.setCounts(histograms)
    }
    return summary
  }

  @Test(arguments: [true, false])
  func `any split into ranges gives the same figures`(isExact: Bool) throws {
    let whole = EnsembleResult(summary(leaves(0..<3), isExact: isExact), layout)
    for split in [1, 2] {
      let joined = summary(leaves(0..<split), isExact: isExact).joined(
        with: summary(leaves(split..<3), isExact: isExact))
      #expect(EnsembleResult(joined, layout).figures == whole.figures)
    }
    #expect(whole.drawCount == 152 && whole.isExact == isExact)
  }

  @Test func `a draw's metrics are those of its ledger`() throws {
    let result = leaves(0..<1)[0]
    let ledgers = try Ledger.ofDraw(37, plans, seed: 9).map { try #require($0) }
    for (scenario, ledger) in ledgers.enumerated() {
      let table = MetricTable(ledger, baseline: ledgers[0])
      for (position, metric) in Metric.allCases.enumerated() {
        let series = layout.metric(scenario, yearIndex: 2, position)
        let drawn = result.values.values[series * DrawLeaf.size + 37]
        guard let wanted = table.value(metric, year: 2026) else {
          #expect(drawn.isNaN)
          continue
        }
        // The listing is rounded to whole fen.
        #expect(abs(drawn - wanted) <= 1e-6 * max(1, abs(wanted)), "\(metric)")
      }
      for county in 0..<3 {
        let series = layout.county(scenario, yearIndex: 2, county)
        let drawn = result.values.values[series * DrawLeaf.size + 37]
        let wanted = ledger.finalAmount(yearIndex: 2, county: county).asDouble / 100
        #expect(abs(drawn - wanted) < 0.05)
      }
    }
  }

  @Test func `differences are taken draw by draw`() throws {
    let leaf = leaves(0..<1)[0]
    for metric in Metric.allCases.indices {
      let series = try #require(layout.difference(1, yearIndex: 1, metric))
      let (own, base) = (
        layout.metric(1, yearIndex: 1, metric), layout.metric(0, yearIndex: 1, metric)
      )
      for draw in 0..<64 {
        let values = [series, own, base].map { leaf.values.values[$0 * DrawLeaf.size + draw] }
        #expect(values[0] == values[1] - values[2] || values[0].isNaN)
      }
    }
    #expect(layout.difference(0, yearIndex: 3, 0) == nil)
  }

  @Test func `counted quantiles are near the exact ones`() throws {
    let results = leaves(0..<3)
    let exact = EnsembleResult(summary(results, isExact: true), layout)
    let counted = EnsembleResult(summary(results, isExact: false), layout)
    for (left, right) in zip(exact.figures, counted.figures) {
      guard let left, let right else {
        #expect(left == nil && right == nil)
        continue
      }
      #expect(left.mean == right.mean && left.sd == right.sd && left.hits == right.hits)
      // With 152 draws the neighbours of a quantile are apart; its bucket is 1/4,096 wide.
      #expect(
        abs(left.quantiles[2] - right.quantiles[2]) <= 0.2 * (left.sd ?? 0) + 1e-3 * abs(left.mean))
    }
  }

  @Test func `every value is kept up to 25 million`() {
    #expect(EnsembleSummary.isExact(draws: 25_000, seriesCount: 1_000))
    #expect(!EnsembleSummary.isExact(draws: 25_001, seriesCount: 1_000))
    #expect(!EnsembleSummary.isExact(draws: .max, seriesCount: 1_000))
  }
}
