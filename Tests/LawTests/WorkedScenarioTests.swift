import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

/// The tables of Scenarios/worked/README.md, which were worked out by hand.
struct WorkedScenarioTests {
  private func ledger(_ name: String) throws -> Ledger {
    var loader = ScenarioLoader()
    let path = ReferenceFile.url("../../Scenarios/worked/\(name)").path
    let loaded = try #require(loader.load([path]).first)
    return try Ledger(
      try Plan.compile(loaded.scenario, counties: loaded.counties, panel: loaded.panel))
  }

  /// In units of 万元.
  private func final(_ ledger: Ledger, _ stream: Int) -> [[Double]] {
    ledger.years.map { $0.streams[stream].final.map { $0 / 1e6 } }
  }

  @Test func `final amounts of three years`() throws {
    let ledger = try ledger("baseline.yaml")
    #expect(final(ledger, 0) == [[256, 309, 435], [237, 318, 445], [256, 343, 480]])
    #expect(final(ledger, 1) == [[100, 100, 200], [100, 100, 200], [110, 109, 219]])
    #expect(ledger.years.map { $0.streams[0].year.pool / 1e6 } == [1_000, 1_000, 1_079])
    #expect(ledger.years[0].streams[0].allocation.base.map { $0 / 1e6 } == [198, 269, 483])
  }

  @Test func `spending and scores of the first year`() throws {
    let year = try ledger("baseline.yaml").years[0]
    #expect(year.streams[0].spent.map { $0 / 1e6 } == [230.4, 247.2, 130.5])
    #expect(year.streams[0].carriedOut.map { $0 / 1e6 } == [25.6, 61.8, 304.5])
    #expect(year.streams[1].spent.map { $0 / 1e6 } == [90, 80, 60])
    #expect(year.end.score == [90, 80, 30])
    #expect(year.end.grade == [0, 1, 3])
  }

  @Test func `the reform`() throws {
    let ledger = try ledger("performance-40.yaml")
    #expect(final(ledger, 0)[0] == [288, 323, 389])
    #expect(ledger.years[1].streams[0].allocation.base[2] == 406e6)
  }
}
