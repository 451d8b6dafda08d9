import Comparison
import Foundation
import PolicyModel
import ScenarioRunner
import Testing

/// Why an amount changed: parts that sum to the fen.
@Suite struct AttributionTests {
  /// A copy of the worked example with a reform beside it.
  private func attribute(
    _ reform: String, byKey: Bool = false, pairs: Int = 10
  ) throws -> Attribution {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let path = folder + "/x/reform.yaml"
      try ("extends: baseline.yaml\nname: reform\n" + reform)
        .write(toFile: path, atomically: true, encoding: .utf8)
      let request = AttributeRequest(
        baseline: folder + "/x/baseline.yaml", reform: path, byKey: byKey, pairs: pairs, seed: 1,
        threads: 2)
      return try request.attribution { _, _ in }.result
    }
  }

  private let three = """
    streams:
      consolidation: { floor: 0.5, pool: 1100 万元 }
    incentives: { reserve: 0.10 }

    """

  private func expectEfficient(_ attribution: Attribution) {
    for year in attribution.baseline.years.indices {
      for stream in attribution.streams.indices {
        for county in 0..<attribution.baseline.plan.counties.count {
          let parts = attribution.amounts.map { $0[year][stream][county].amount }
          let before = attribution.baseline.years[year].streams[stream].final[county]
          let after = attribution.reform.years[year].streams[stream].final[county]
          #expect(parts.reduce(0, +) == after - before)
          #expect(parts.allSatisfy { $0 == $0.rounded() })
        }
      }
    }
  }

  @Test func `parts sum to every change to the fen`() throws {
    let attribution = try attribute(three)
    #expect(attribution.provisions.count == 3)
    #expect(attribution.runCount == 8)
    expectEfficient(attribution)
  }

  @Test func `sections are provisions unless keys are asked for`() throws {
    #expect(
      Set(try attribute(three).provisions) == [
        "streams.consolidation.floor", "streams.consolidation.pool", "incentives",
      ])
    #expect(try attribute(three, byKey: true).provisions.contains("incentives.reserve"))
  }

  @Test func `named provisions hold their keys together`() throws {
    let named = three + "provisions:\n  money: [streams.*.pool, incentives.reserve]\n"
    let attribution = try attribute(named)
    #expect(Set(attribution.provisions) == ["money", "streams.consolidation.floor"])
    expectEfficient(attribution)
  }

  @Test func `a provision that does nothing gets exactly nothing`() throws {
    let idle = three + "execution: { delay: 0 }\n"
    let attribution = try attribute(idle)
    let index = try #require(attribution.provisions.firstIndex(of: "execution"))
    for year in attribution.amounts[index] {
      #expect(year.allSatisfy { $0.allSatisfy { $0.amount == 0 && $0.first == 0 && $0.last == 0 } })
    }
    #expect(attribution.metrics[index].allSatisfy { $0.allSatisfy { ($0?.amount ?? 0) == 0 } })
  }

  @Test func `the order in which provisions are written does not matter`() throws {
    let first = try attribute(three)
    let second = try attribute(
      """
      incentives: { reserve: 0.10 }
      streams:
        consolidation: { pool: 1100 万元, floor: 0.5 }

      """)
    for (index, name) in first.provisions.enumerated() {
      let other = try #require(second.provisions.firstIndex(of: name))
      #expect(first.amounts[index] == second.amounts[other])
    }
  }

  @Test func `with one provision its part is the whole change`() throws {
    let attribution = try attribute("streams: { roads: { pool: 500 万元 } }\n")
    let effect = attribution.amounts[0][0][1]
    #expect(effect.reduce(0) { $0 + $1.amount } == 100_000_000)
    #expect(effect.allSatisfy { $0.amount == $0.first && $0.amount == $0.last })
  }

  /// Documentation/attribution.md works this case out by hand.
  @Test func `the case worked by hand`() throws {
    let attribution = try attribute(three)
    func effect(_ name: String) throws -> [Double] {
      let index = try #require(attribution.provisions.firstIndex(of: name))
      let effect = attribution.amounts[index][0][0][0]
      return [effect.amount, effect.first, effect.last]
    }
    #expect(try effect("streams.consolidation.pool") == [15_666_666, 6_000_000, 26_000_000])
    #expect(try effect("incentives") == [24_166_667, 31_000_000, 18_000_000])
    #expect(
      try effect("streams.consolidation.floor") == [-15_833_333, -19_000_000, -12_000_000])
  }

  @Test func `sampling also sums to the fen and repeats`() throws {
    let keys = (0..<14).map { "    f\($0): { indicator: road_km, weight: 0 }" }.joined(
      separator: "\n")
    let many = "streams:\n  roads:\n   factors:\n" + keys + "\n   floor: 0.3\n"
    let attribution = try attribute(many, byKey: true, pairs: 2)
    #expect(attribution.provisions.count == 15)
    #expect(attribution.standardError != nil)
    expectEfficient(attribution)
  }

  @Test func `what cannot be attributed is said`() throws {
    let failure = #expect(throws: RunFailure.self) { try attribute("years: [2024, 2025]\n") }
    #expect(failure?.problems.first?.path == "years")
    let nothing = #expect(throws: RunFailure.self) { try attribute("title: other\n") }
    #expect(nothing?.problems.first?.wording.english.contains("changes nothing") ?? false)
  }

  @Test func `keys that belong together are asked to be put together`() throws {
    let failure = #expect(throws: RunFailure.self) {
      try attribute(
        """
        streams:
          consolidation:
            factors:
              rural_population: { weight: 0.4 }
              income_gap: { weight: 0.4 }

        """, byKey: true)
    }
    #expect(failure?.problems.first?.wording.english.contains("provisions:") ?? false)
  }
}
