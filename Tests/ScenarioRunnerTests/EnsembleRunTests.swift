import Documents
import Foundation
import PolicyModel
import Reporting
import TestFixtures
import Testing

@testable import ScenarioRunner

/// Ensembles from files to files: the same bytes however the work was done.
@Suite struct EnsembleRunTests {
  /// The worked example with noise and a reform of it: small, because tests run without optimisation.
  private let folder: TemporaryFolder
  private let noisy: [String]

  init() throws {
    let noise = "behaviour: { income: { growth: 0.03, noise: 0.02 }, score_noise: 4 }\n"
    let base = ShippedScenario.path("worked/baseline.yaml")
    let own = ["", "incentives: { reserve: 0.1 }\n"]
    let texts = own.indices.map { "extends: \(base)\nname: noisy-\($0)\n\(noise)\(own[$0])" }
    let names = own.indices.map { "noisy-\($0).yaml" }
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: zip(names, texts)))
    self.folder = folder
    noisy = names.map { folder / $0 }
  }

  private func request(
    _ draws: Int, _ scenarios: [String]? = nil, threads: Int = 2, shard: String? = nil,
    resume: String? = nil, allowedFailures: Int = 0
  ) -> CompareRequest {
    CompareRequest(
      run: RunRequest(scenarios: scenarios ?? noisy, language: .english, threads: threads),
      draws: draws, allowedFailures: allowedFailures, shard: shard.flatMap { Shard($0) },
      resume: resume)
  }

  private func bytes(_ outcome: CompareOutcome) throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try outcome.results().map { ($0.name, $0.bytes) })
  }

  private func folderBytes(_ folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
      })
  }

  /// A scenario of three counties with changes to its text.
  private func withExample<Value>(
    _ reform: String, _ body: (_ baseline: String, _ reform: String) throws -> Value
  ) throws -> Value {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/example")
      let path = folder + "/example/reform.yaml"
      try ("extends: baseline.yaml\nname: reform\n" + reform)
        .write(toFile: path, atomically: true, encoding: .utf8)
      return try body(folder + "/example/baseline.yaml", path)
    }
  }

  private func problems(_ request: CompareRequest) throws -> [String] {
    do throws(RunFailure) {
      _ = try CompareOutcome(request)
      return []
    } catch {
      return error.problems.map { $0.text(in: .english) }
    }
  }

  // MARK: The same bytes

  @Test func `threads change no byte`() throws {
    let one = try bytes(try CompareOutcome(request(200, threads: 1)))
    for threads in [2, 3] {
      #expect(try bytes(try CompareOutcome(request(200, threads: threads))) == one)
    }
    #expect(one.count == 9)
  }

  @Test(arguments: [2, 3, 5]) func `shards join to one run`(count: Int) throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try CompareOutcome(request(200)).write(to: folder + "/whole")
      let parts = (1...count).map { folder + "/part-\($0)" }
      for (index, part) in parts.enumerated() {
        try CompareOutcome(request(200, shard: "\(index + 1)/\(count)")).write(to: part)
      }
      try MergeRequest(folders: parts.reversed(), threads: 2).outcome()
        .write(to: folder + "/merged")
      #expect(try folderBytes(folder + "/merged") == folderBytes(folder + "/whole"))
      #expect(try Verification(folder: folder + "/merged").isClean)
      #expect(try Verification(folder: parts[0]).isClean)
    }
  }

  @Test func `a stopped run goes on to the same bytes`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let whole = try bytes(try CompareOutcome(request(3_000)))
      let interrupt = Interrupt()
      let stopped = request(3_000, resume: folder + "/work")
      var said = ""
      do throws(RunFailure) {
        _ = try CompareOutcome(stopped, interrupt: interrupt) { done, _ in
          if done >= 1_024 { interrupt.request() }
        }
      } catch {
        #expect(error.exitCode == 130)
        said = error.problems[0].text(in: .english)
      }
      #expect(said.contains("no result was written; run it again with --resume"))
      #expect(FileManager.default.fileExists(atPath: folder + "/work/checkpoint.part"))
      #expect(try bytes(try CompareOutcome(stopped)) == whole)
      #expect(!FileManager.default.fileExists(atPath: folder + "/work"))
    }
  }

  @Test func `the checkpoint of another run is refused`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let interrupt = Interrupt()
      interrupt.request()
      _ = try? CompareOutcome(request(500, resume: folder), interrupt: interrupt)
      let said = try problems(request(501, resume: folder))
      #expect(said.count == 1 && said[0].contains("the checkpoint of another run"))
      let path = folder + "/checkpoint.part"
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes.removeLast()
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect(try problems(request(500, resume: folder))[0].contains("no whole part"))
    }
  }

  @Test func `parts that do not make a whole are refused`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      for number in [1, 2] {
        try CompareOutcome(request(200, shard: "\(number)/2")).write(to: folder + "/\(number)")
      }
      try CompareOutcome(request(264, shard: "2/2")).write(to: folder + "/other")
      func said(_ names: [String]) -> String {
        do throws(RunFailure) {
          _ = try MergeRequest(folders: names.map { folder + "/" + $0 }, threads: 1).outcome()
          return ""
        } catch {
          return error.problems[0].text(in: .english)
        }
      }
      #expect(said(["1"]).contains("draws 128 to 199 are in none of the folders"))
      #expect(said(["2"]).contains("draws 0 to 127 are in none of the folders"))
      #expect(said(["1", "2", "2"]).contains("this part is there twice"))
      #expect(said(["1", "other"]).contains("a part of another ensemble"))
      #expect(said(["1", "2"]).isEmpty)
    }
  }

  @Test func `merging onto a part writes nothing`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      for number in [1, 2] {
        try CompareOutcome(request(200, shard: "\(number)/2")).write(to: folder + "/\(number)")
      }
      let before = try folderBytes(folder + "/1")
      let merged = try MergeRequest(folders: ["/1", "/2"].map { folder + $0 }, threads: 1).outcome()
      #expect(throws: RunFailure.self) { try merged.write(to: folder + "/1") }
      #expect(try folderBytes(folder + "/1") == before)
    }
  }

  @Test func `a folder that cannot be written is refused before any draw`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      for place in ["/file", "/file/below"] {
        var asked = request(200, resume: folder + place)
        #expect(try problems(asked).contains { $0.contains("cannot write here") })
        asked = request(200)
        asked.out = folder + place
        #expect(try problems(asked).contains { $0.contains("cannot write here") })
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test func `a part does not mix with results`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try CompareOutcome(request(64)).write(to: folder)
      var asked = request(64, shard: "1/2")
      asked.out = folder
      #expect(try problems(asked)[0].contains("the results of another run"))
    }
  }

  @Test func `there is no loss in a year that the baseline does not run`() throws {
    try withExample("years: [2025, 2027]\n") { baseline, reform in
      let files = try bytes(try CompareOutcome(request(64, [baseline, reform])))
      let rows = String(decoding: files["ensemble_counties.csv"] ?? [], as: UTF8.self)
        .split(separator: "\n").filter { $0.hasPrefix("reform,") }
      #expect(rows.filter { $0.hasPrefix("reform,2027,") && $0.hasSuffix(",") }.count == 3)
      #expect(rows.filter { $0.hasSuffix(",") }.count == 3)
    }
  }

  // MARK: What it says

  @Test func `a reform that changes nothing differs by exactly 0`() throws {
    try withExample("title: the same again\n") { baseline, _ in
      let noise = "behaviour: { income: { growth: 0.03, noise: 0.02 }, score_noise: 4 }\n"
      let paths = try ["one", "two"].map { name in
        let path = URL(fileURLWithPath: baseline).deletingLastPathComponent().path + "/\(name).yaml"
        try ("extends: baseline.yaml\nname: \(name)\n" + noise)
          .write(toFile: path, atomically: true, encoding: .utf8)
        return path
      }
      let files = try bytes(try CompareOutcome(request(100, paths)))
      let text = String(decoding: files["ensemble_differences.csv"] ?? [], as: UTF8.self)
      let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
      #expect(rows.count > 40)
      for row in rows where row.count > 4 {
        #expect(row.dropFirst(3).allSatisfy { Double($0) == 0 }, "\(row)")
      }
      let counties = String(decoding: files["ensemble_counties.csv"] ?? [], as: UTF8.self)
      let other = counties.split(separator: "\n").filter { $0.hasPrefix("two,") }
      #expect(!other.isEmpty && other.allSatisfy { $0.hasSuffix(",0") })
    }
  }

  /// Nothing but the pool of one stream is uncertain.
  private static let uncertainPool = """
    incentives: null
    carryover: null
    assessment: null
    streams:
      consolidation:
        pool: 1000 万元
        factors: { performance: null, rural_population: { weight: 0.6 }, income_gap: { weight: 0.4 } }
        floor: null
        cap: null
    uncertainty:
      streams.consolidation.pool: { distribution: normal, sd: 0.1, apply: factor }

    """

  // An amount is its share of the pool, so with an uncertain pool alone its quantiles are known.
  @Test func `quantiles of a known distribution`() throws {
    try withExample(EnsembleRunTests.uncertainPool) { baseline, reform in
      let files = try bytes(try CompareOutcome(request(4_000, [reform])))
      let text = String(decoding: files["ensemble_counties.csv"] ?? [], as: UTF8.self)
      let ledgers = String(decoding: files["ledger.csv"] ?? [], as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      let row = try #require(text.split(separator: "\n").dropFirst().first).split(separator: ",")
      let figures = row[3...7].compactMap { Double($0) }
      // Other streams are certain: what is uncertain is the share of 1,000 万元.
      let own = try #require(
        ledgers.first { $0[1] == row[1] && $0[3] == row[2] && $0[2] == "consolidation" })
      let share = try #require(Double(own[5]))
      let sd = share * 1e6
      let mean = figures[0]
      #expect(abs(figures[1] / sd - 1) < 0.05)
      // The standard error of a 5 % quantile is about 2.1 sd / √n.
      for (figure, z) in zip(figures[2...], [-1.644854, 0, 1.644854]) {
        #expect(abs(figure - mean - z * sd) < 4 * 2.1 * sd / 4_000.0.squareRoot())
      }
    }
  }

  // 200 ensembles of 64 draws: an interval of 90 % for the mean covers it in 85 to 95 of 100.
  @Test func `intervals cover as often as they say`() throws {
    try withExample(EnsembleRunTests.uncertainPool) { _, reform in
      var covered = 0
      for seed in 0..<200 as Range<UInt64> {
        var own = request(64, [reform], threads: 1)
        own.run.seed = seed
        let text = try CompareOutcome(own).report.countiesCSV
        let row = try #require(text.split(separator: "\n").dropFirst().first).split(separator: ",")
        let (mean, sd) = (try #require(Double(row[3])), try #require(Double(row[4])))
        let known = try knownMean(reform)
        // Student's t with 63 degrees of freedom at 95 %.
        if abs(mean - known) <= 1.6694 * sd / 8 { covered += 1 }
      }
      #expect((165...195).contains(covered), "\(covered) of 200")
    }
  }

  /// The amount without draws, not rounded to the quantum: shares of 1,000 and 400 万元.
  private func knownMean(_ path: String) throws -> Double {
    let run = try LoadedRun([path])
    let year = run.ledgers[0].years[0]
    return zip(year.streams, [1e7, 4e6]).reduce(0) { $0 + $1.0.allocation.share[0] * $1.1 }
  }

  @Test func `failed draws stop the run, or are counted`() throws {
    let reform =
      "uncertainty: { incentives.reserve: { distribution: uniform, low: 0.5, high: 1.2 } }\n"
    try withExample(reform) { baseline, reform in
      let said = try problems(request(100, [baseline, reform]))
      #expect(said.count == 1)
      #expect(said[0].contains("draws of reform ended in an error, more than --allow-failed 0"))
      #expect(said[0].contains("incentives.reserve: the drawn value"))
      let outcome = try CompareOutcome(request(100, [baseline, reform], allowedFailures: 100))
      let text = try outcome.document(ComparisonOptions()).rendered(as: .table)
      #expect(text.contains("Failed draws, left out of the scenario's figures: reform "))
      let failed = outcome.part.summary.failures
      #expect(failed[0].count == 0 && (10...50).contains(failed[1].count))
      let counts = outcome.part.summary.tree.moments?.counts ?? []
      #expect(counts.contains(Double(100 - failed[1].count)))
      // One standard error of a mean is 1 / √n of the draws that are left.
      let error = 1 / Double(100 - failed[1].count).squareRoot()
      #expect(text.contains("of a mean \(NumberText.fixed(error, decimals: 4))"))
      // As the baseline it leaves pairs only: who then gets less in every pair, does so surely.
      let turned = try bytes(
        try CompareOutcome(request(100, [reform, baseline], allowedFailures: 100)))
      let shares = String(decoding: turned["ensemble_counties.csv"] ?? [], as: UTF8.self)
        .split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").last }
        .compactMap { Double($0) }
      #expect(shares.allSatisfy { (0...1).contains($0) } && shares.contains(1))
    }
  }

  @Test func `the document says draws, error and synthetic data`() throws {
    let outcome = try CompareOutcome(request(100))
    for language in [Language.english, .chinese] {
      var own = request(100)
      own.run.language = language
      let text = try CompareOutcome(own).document(ComparisonOptions()).rendered(as: .table)
      #expect(text.contains(language == .english ? "SYNTHETIC DATA" : "合成数据"))
      #expect(text.contains(language == .english ? "Monte Carlo error" : "蒙特卡洛误差"))
      #expect(text.contains("100"))
    }
    let tables = try outcome.document(ComparisonOptions(top: 3)).tables
    #expect(tables.count == 3)
    #expect(tables.allSatisfy { $0.notes.contains { $0.contains("100 draws") } })
    #expect(tables[2].rows.count == 3)
  }

  @Test func `one draw is listed in full`() throws {
    let listing = try DrawListing(
      RunRequest(scenarios: noisy, language: .english), draw: 11)
    let tables = listing.document.tables
    // Two scenarios, three years, two streams, three counties.
    #expect(tables[0].rows.count == 2 * 3 * 2 * 3)
    #expect(tables[0].columns.map(\.title).prefix(4) == ["scenario", "year", "stream", "county"])
    let sum = tables[0].rows.filter { $0[0].text == "noisy-0" && $0[1].text == "2024" }
      .reduce(0.0) { $0 + ($1[10].number ?? 0) }
    // 1,000 and 400 万元, each county rounded to the fen.
    #expect(abs(sum - 1.4e7) < 0.05)
  }

  @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3"])
  func `shards that are none`(text: String) {
    #expect(Shard(text) == nil)
  }
}
