import Documents
import Foundation
import PolicyModel
import Testing

@testable import ScenarioRunner

/// What drives a result, from files to tables.
@Suite struct SensitivityCommandTests {
  /// The rows of a file that is written, by column.
  private func rows(
    _ request: SensitivityRequest, _ file: String = "sensitivity.csv"
  ) throws -> [[String: String]] {
    try ShippedScenario.withTemporaryFolder { folder in
      try SensitivityOutcome(request, language: .english).write(to: folder + "/out")
      let text = try String(contentsOfFile: folder + "/out/" + file, encoding: .utf8)
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }
  }

  private func value(
    _ rows: [[String: String]], _ input: String, _ measure: String, metric: String? = nil
  ) throws -> Double {
    let row = try #require(
      rows.first {
        $0["input"] == input && $0["measure"] == measure
          && (metric == nil || $0["metric"] == metric)
      })
    return try #require(Double(row["value"] ?? ""))
  }

  private static let product = """
    incentives: { deductions: null }
    uncertainty:
      incentives.reserve: { distribution: uniform, low: 0.02, high: 0.10 }
      streams.consolidation.pool: { distribution: uniform, low: 800 万元, high: 1200 万元 }

    """

  // Rewards are ρ P: with Eρ = 0.06, Vρ = 0.08²/12, EP = 1000, VP = 400²/12 the parts of the variance
  // Vρ VP + Vρ EP² + VP Eρ² are 0.0121, 0.9063 and 0.0816.
  @Test func `rewards are a reserve times a pool`() throws {
    try SensitivityExample.withExample(Self.product) { request in
      var request = request
      request.metrics = ["rewarded"]
      request.year = 2024
      let found = try rows(request)
      #expect(found.count == 4)
      let (reserve, pool) = ("incentives.reserve", "streams.consolidation.pool")
      #expect(try abs(value(found, reserve, "first") - 0.9063) < 0.01)
      #expect(try abs(value(found, reserve, "total") - 0.9184) < 0.01)
      #expect(try abs(value(found, pool, "first") - 0.0816) < 0.01)
      #expect(try abs(value(found, pool, "total") - 0.0937) < 0.01)
      request.method = .shapley
      let effects = try rows(request)
      #expect(try abs(value(effects, reserve, "shapley") - 0.9124) < 0.01)
      #expect(try abs(value(effects, pool, "shapley") - 0.0876) < 0.01)
      // The effect of ρ over its whole range: 0.08 E P, of P: 400 E ρ; in yuan.
      request.method = .morris
      request.points = 500
      let moves = try rows(request)
      #expect(try abs(value(moves, reserve, "mu_star") / 8e5 - 1) < 0.03)
      #expect(try abs(value(moves, pool, "mu") / 2.4e5 - 1) < 0.05)
      #expect(try value(moves, pool, "sigma") > 5e4)
    }
  }

  @Test func `the same bytes for any number of threads, other ones for another seed`() throws {
    try SensitivityExample.withExample(Self.product) { request in
      var request = request
      request.metrics = ["gini_amount", "losers"]
      request.points = 64
      request.robust = "consolidation"
      request.threads = 1
      let alone = try SensitivityExample.text(request)
      request.threads = 5
      #expect(try SensitivityExample.text(request) == alone)
      request.seed = 5
      #expect(try SensitivityExample.text(request) != alone)
    }
  }

  @Test func `an output that does not vary has 0 and says so`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount", "pool_moved"]
      request.year = 2024
      request.points = 64
      // Late release changes nothing in the amounts of its first year.
      request.vary = ["execution.delay=0:3"]
      for row in try rows(request) {
        #expect([row["value"], row["low"], row["high"]] == ["0", "0", "0"])
      }
      let words = "It does not vary over the ranges: no input matters."
      #expect(try SensitivityExample.text(request).contains(words))
      #expect(try SensitivityExample.text(request, .chinese).contains("在区间内没有变化：各参数均无影响。"))
      request.method = .morris
      #expect(try rows(request).allSatisfy { $0["value"] == "0" })
      #expect(try SensitivityExample.text(request).contains(words))
      request.method = .shapley
      #expect(try rows(request).allSatisfy { $0["value"] == "0" })
    }
  }

  /// The inputs when some ranges vary.
  private func inputs(
    _ request: SensitivityRequest, _ vary: [String], only: Bool = false
  ) throws -> [String] {
    var request = request
    request.vary = vary
    request.onlyVary = only
    var names: [String] = []
    for row in try rows(request) {
      let name = row["input"] ?? ""
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  @Test func `what varies is what the scenario and the ranges say`() throws {
    try SensitivityExample.withExample(Self.product) { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.points = 8
      let (reserve, pool) = ("incentives.reserve", "streams.consolidation.pool")
      let declared = try inputs(request, [])
      #expect(declared == [reserve, pool])
      #expect(try inputs(request, ["execution.delay=0:1"]) == [reserve, pool, "execution.delay"])
      #expect(try inputs(request, ["execution.delay=0:1"], only: true) == ["execution.delay"])
      #expect(try inputs(request, [reserve], only: true) == [reserve])
      // A pool without growth is its amount.
      #expect(try inputs(request, [pool + ".amount=9 万元:1000 万元"], only: true) == [pool])
      #expect(
        try inputs(request, ["streams.consolidation.weights"], only: true)
          == ["streams.consolidation.weights"])
      request.eachWeight = true
      #expect(
        try inputs(request, ["streams.consolidation.weights=50"], only: true)
          == ["rural_population", "income_gap", "performance"].map {
            "streams.consolidation.factors.\($0).weight"
          })
      request.vary = ["streams.consolidation.weights=50"]
      #expect(try SensitivityExample.text(request).contains("Dirichlet, concentration 50"))
    }
  }

  @Test func `a range replaces the scenario's distribution`() throws {
    try SensitivityExample.withExample(Self.product) { request in
      var request = request
      request.metrics = ["rewarded"]
      request.points = 8
      request.vary = ["incentives.reserve = 0.5 ： 0.6"]
      let shown = try SensitivityExample.text(request)
      #expect(shown.contains("uniform 0.5 to 0.6"))
      #expect(!shown.contains("0.02 to 0.1"))
    }
  }

  // Weights of three factors as inputs that cannot vary alone; the law makes shares of them alone.
  @Test func `Shapley effects of each weight sum to 1`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.year = 2024
      request.method = .shapley
      request.eachWeight = true
      request.points = 256
      request.vary = ["streams.consolidation.weights=20"]
      let found = try rows(request).map { Double($0["value"] ?? "") ?? .nan }
      #expect(found.count == 3)
      #expect(abs(found.reduce(0, +) - 1) < 1e-9)
      #expect(found.allSatisfy { $0 > -0.05 })
    }
  }

  @Test func `weights are picked from what the others leave`() {
    let (a, b) = ([0.5, 0.3, 0.2], [0.2, 0.2, 0.6])
    #expect(SimplexMixer.weights(a, b, [true, true, true]) == b)
    #expect(SimplexMixer.weights(a, b, [false, false, false]) == a)
    // A weight whose others are known is known.
    #expect(SimplexMixer.weights(a, b, [true, false, false]) == a)
    // Two of three share what the third leaves as B shares it.
    let mixed = SimplexMixer.weights(a, b, [false, true, true])
    #expect(mixed[0] == 0.5)
    #expect(abs(mixed[1] - 0.125) < 1e-15 && abs(mixed[2] - 0.375) < 1e-15)
    #expect(SimplexMixer.weights(a, [1, 0, 0], [false, true, true]) == a)
  }

  // Shares of the worked example are Σ w z, with z by hand: its README has them for 2024.
  @Test func `ranks under other weights are those of the formula`() throws {
    let z: [String: [Double]] = [
      "rural_population": [0.2, 0.3, 0.5], "income_gap": [0, 0.2, 0.8],
      "performance": [90.0 / 200, 80.0 / 200, 30.0 / 200],
    ]
    let keys = ["rural_population", "income_gap", "performance"]
    let written = [0.5, 0.3, 0.2]
    func shares(_ weights: [Double]) -> [Double] {
      (0..<3).map { county in
        zip(keys, weights).reduce(0) { $0 + $1.1 * (z[$1.0]?[county] ?? .nan) }
      }
    }
    func weights(_ change: String) -> [Double] {
      if change == "written" { return written }
      if change.hasPrefix("without ") {
        let out = keys.firstIndex { change.hasSuffix($0) } ?? 0
        return keys.indices.map { $0 == out ? 0 : written[$0] / (1 - written[out]) }
      }
      let words = change.split(separator: " ").map(String.init)
      let (up, down) = (keys.firstIndex(of: words[0]) ?? 0, keys.firstIndex(of: words[2]) ?? 0)
      let amount = min(0.45, written[down])
      return keys.indices.map {
        written[$0] + ($0 == up ? amount : 0) - ($0 == down ? amount : 0)
      }
    }
    try SensitivityExample.withExample { request in
      var request = request
      request.robust = "consolidation"
      request.delta = 0.45
      request.year = 2024
      // Cells with commas are quoted; the commas of changes are taken out first.
      let text = try ShippedScenario.withTemporaryFolder { folder in
        try SensitivityOutcome(request, language: .english).write(to: folder + "/out")
        return try String(contentsOfFile: folder + "/out/rank_changes.csv", encoding: .utf8)
      }
      let lines = text.replacing(" up, ", with: " up; ").replacing("\"", with: "")
        .replacing(" down", with: "").split(separator: "\n").dropFirst()
      #expect(lines.count == 3 * (1 + 3 + 6))
      for line in lines {
        let cells = line.split(separator: ",").map(String.init)
        let change = cells[2].replacing(";", with: "")
        let county = ["650001", "650002", "650003"].firstIndex(of: cells[3]) ?? 0
        let known = shares(weights(change))
        #expect(abs((Double(cells[4]) ?? .nan) - known[county]) < 1e-11, "\(line)")
        #expect(Int(cells[5]) == 1 + known.count { $0 > known[county] + 1e-9 }, "\(line)")
      }
    }
  }

  @Test func `probabilities of ranks sum to 1`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.robust = "consolidation"
      request.delta = 0.45
      request.points = 512
      let found = try rows(request, "rank_probabilities.csv")
      for county in ["650001", "650002", "650003"] {
        let own = found.filter { $0["county"] == county }
        let sum = own.reduce(0) { $0 + (Double($1["probability"] ?? "") ?? .nan) }
        #expect(abs(sum - 1) < 1e-9)
      }
      #expect(found.count > 3)
    }
  }

  @Test func `made-up data are marked in every form`() throws {
    var request = SensitivityRequest(scenario: ShippedScenario.path("xinjiang/baseline-2024.yaml"))
    request.metrics = ["gini_amount"]
    request.points = 8
    request.vary = ["incentives.reserve=0.02:0.1"]
    let outcome = try SensitivityOutcome(request, language: .english)
    for format in [TableFormat.table, .markdown, .json] {
      #expect(outcome.document(top: 5).rendered(as: format).contains("SYNTHETIC DATA"))
    }
    #expect(outcome.provenance.first?.hasPrefix("SYNTHETIC DATA") == true)
    request.robust = "consolidation_central"
    request.delta = 0.05
    let tables = try ShippedScenario.withTemporaryFolder { folder in
      try SensitivityOutcome(request, language: .english).write(to: folder + "/out")
      return try ["sensitivity.csv", "rank_probabilities.csv", "rank_changes.csv"].map {
        try String(contentsOfFile: folder + "/out/" + $0, encoding: .utf8).split(separator: "\n")
      }
    }
    for lines in tables {
      #expect(lines.count > 1 && lines[0].hasSuffix(",data"))
      #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",synthetic") })
    }
    #expect(
      outcome.notes == [
        "the scenario has noise; here it is off, so that indices are parts of what parameters do"
      ])
    let widest = outcome.document(top: 5).rendered(as: .table).split(separator: "\n")
      .map { displayWidth(String($0)) }.max()
    #expect((widest ?? 0) <= 100)
  }
}
