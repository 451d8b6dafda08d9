import PolicyModel
import ScenarioFiles
import Statistics
import TestFixtures
import Testing

@testable import Simulation

/// Uncertain parameters: their distributions, and which scenarios they hold for.
struct UncertaintyTests {
  private func compile(_ lines: [String], reform: String? = nil) throws -> Plan {
    var files = SoundScenario.files
    let text = files["scenario.yaml"] ?? ""
    files["base.yaml"] = text + "uncertainty:\n" + lines.map { "  " + $0 + "\n" }.joined()
    files["scenario.yaml"] = reform ?? "extends: base.yaml\nname: same\n"
    return try plan(files)
  }

  /// The values of a parameter over draws, in the first year.
  private func values(_ plan: Plan, _ path: String, draws: Int) throws -> [Double] {
    let slot = try #require(plan.parameters.firstIndex { $0.path == path })
    let sampler = ParameterSampler(plan, draws: NormalDraws(seed: 3))
    var parameters = plan.parameterValues.map { SIMD8<Double>(repeating: $0) }
    return stride(from: 0, to: draws, by: 8).flatMap { first -> [Double] in
      _ = sampler.set(&parameters, firstDraw: first)
      return (0..<8).map { parameters[slot * plan.yearCount][$0] }
    }
  }

  private func meanAndDeviation(_ values: [Double]) -> (Double, Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (mean, square.squareRoot())
  }

  private static let distributions: [(line: String, mean: Double, sd: Double)] = [
    ("{ distribution: normal, mean: 0.3, sd: 0.02 }", 0.3, 0.02),
    ("{ distribution: uniform, low: 0.1, high: 0.4 }", 0.25, 0.3 / 12.0.squareRoot()),
    // Triangular: (a + b + c)/3 and √((a² + b² + c² − ab − ac − bc)/18).
    ("{ distribution: triangular, low: 0.1, mode: 0.2, high: 0.6 }", 0.3, 0.1080123),
    ("{ distribution: triangular, low: 0.1, mode: 0.1, high: 0.4 }", 0.2, 0.0707107),
    // Lognormal: m exp(σ²/2) and that times √(exp σ² − 1).
    ("{ distribution: lognormal, median: 0.2, sigma: 0.25 }", 0.2063487, 0.0524034),
    ("{ distribution: normal, sd: 0.01, apply: shift }", 0.05, 0.01),
    (
      "{ distribution: uniform, low: 0.5, high: 1.5, apply: factor }", 0.05,
      0.05 / 12.0.squareRoot()
    ),
  ]

  // 20,000 draws: the mean within five standard errors, the deviation within 4 %.
  @Test(arguments: distributions)
  func `a distribution has its mean and deviation`(
    entry: (line: String, mean: Double, sd: Double)
  ) throws {
    let plan = try compile(["incentives.reserve: \(entry.line)"])
    let (mean, sd) = meanAndDeviation(try values(plan, "incentives.reserve", draws: 20_000))
    #expect(abs(mean - entry.mean) < 5 * entry.sd / 20_000.0.squareRoot())
    #expect(abs(sd / entry.sd - 1) < 0.04)
  }

  @Test func `draws are cut to their bounds`() throws {
    let plan = try compile([
      "incentives.reserve: { distribution: normal, mean: 0.3, sd: 0.2, lowest: 0.2, highest: 0.35 }"
    ])
    let found = try values(plan, "incentives.reserve", draws: 800)
    #expect(found.min() == 0.2 && found.max() == 0.35)
  }

  @Test func `amounts are drawn in their unit`() throws {
    let plan = try compile([
      "streams.s0.pool.amount: { distribution: uniform, low: 900 万元, high: 1100 万元 }"
    ])
    let found = try values(plan, "streams.s0.pool.amount", draws: 800)
    #expect(found.allSatisfy { (900e6...1_100e6).contains($0) })
    #expect(Set(found).count == 800)
  }

  @Test func `weights vary around those written and sum to 1`() throws {
    let plan = try compile(["streams.s0.weights: { distribution: dirichlet, concentration: 50 }"])
    let people = try values(plan, "streams.s0.factors.people.weight", draws: 8_000)
    let gap = try values(plan, "streams.s0.factors.gap.weight", draws: 8_000)
    for (one, other) in zip(people, gap) { #expect(abs(one + other - 1) < 1e-12) }
    // Dirichlet: variance w (1 − w) / (concentration + 1).
    let (mean, sd) = meanAndDeviation(people)
    #expect(abs(mean - 0.6) < 0.004)
    #expect(abs(sd - (0.6 * 0.4 / 51).squareRoot()) < 0.003)
  }

  @Test(arguments: [1e-3, 1e-30]) func `a small concentration gives all to one factor`(
    concentration: Double
  ) throws {
    let plan = try compile([
      "streams.s0.weights: { distribution: dirichlet, concentration: \(concentration) }"
    ])
    let people = try values(plan, "streams.s0.factors.people.weight", draws: 8_000)
    let (mean, sd) = meanAndDeviation(people)
    #expect(abs(mean - 0.6) < 0.022)
    #expect(abs(sd - (0.6 * 0.4 / (concentration + 1)).squareRoot()) < 0.005)
  }

  @Test func `shifts of money may be negative`() throws {
    let plan = try compile([
      "streams.s0.pool.amount: { distribution: uniform, low: -3 万元, high: -1 万元, apply: shift }"
    ])
    let slot = try #require(plan.parameters.firstIndex { $0.path == "streams.s0.pool.amount" })
    let written = plan.parameterValues[slot * plan.yearCount]
    let pools = try values(plan, "streams.s0.pool.amount", draws: 800)
    #expect(Set(pools).count > 700)
    #expect(pools.allSatisfy { (1e6...3e6).contains(written - $0) })
  }

  @Test func `a reform that says nothing of it draws the same`() throws {
    let line = "incentives.reserve: { distribution: uniform, low: 0, high: 0.1 }"
    let base = try compile([line])
    let reform = try compile(
      [line], reform: "extends: base.yaml\nname: other\nexecution: { delay: 3 }\n")
    #expect(
      try values(base, "incentives.reserve", draws: 80)
        == values(reform, "incentives.reserve", draws: 80))
  }

  @Test(arguments: [
    "incentives: { reserve: 0.08 }",
    "incentives: null\nassessment: null\nstreams: { s0: { coefficients: null } }",
    "uncertainty: { incentives.reserve: null }", "uncertainty: null",
  ])
  func `what a reform sets is certain there`(text: String) throws {
    let plan = try compile(
      ["incentives.reserve: { distribution: uniform, low: 0, high: 0.1 }"],
      reform: "extends: base.yaml\nname: other\n" + text + "\n")
    #expect(plan.uncertainParameters.isEmpty)
  }

  @Test func `a distribution is replaced whole`() throws {
    let plan = try compile(
      ["incentives.reserve: { distribution: normal, mean: 0.05, sd: 0.01 }"],
      reform: "extends: base.yaml\nname: other\nuncertainty:\n"
        + "  incentives.reserve: { distribution: uniform, low: 0, high: 0.1 }\n")
    #expect(plan.scenario.uncertainty.map(\.distribution) == [.uniform(low: 0, high: 0.1)])
  }

  @Test func `setting a weight makes the stream's weights certain`() throws {
    let plan = try compile(
      ["streams.s0.weights: { distribution: dirichlet, concentration: 50 }"],
      reform: "extends: base.yaml\nname: other\nstreams:\n  s0:\n    factors:\n"
        + "      people: { weight: 0.5 }\n      gap: { weight: 0.5 }\n")
    #expect(plan.uncertainParameters.isEmpty)
  }

  @Test func `a draw out of range says why`() throws {
    let plan = try compile([
      "incentives.reserve: { distribution: uniform, low: 0.9, high: 1.3 }"
    ])
    let draws = try values(plan, "incentives.reserve", draws: 80)
    let bad = try #require(draws.firstIndex { $0 > 1 })
    let problem = try #require(plan.error(inDraw: bad, seed: 3))
    #expect(problem.text(in: .english).contains("the drawn value \(draws[bad]) is out of range"))
    let good = try #require(draws.firstIndex { $0 <= 1 })
    #expect(plan.error(inDraw: good, seed: 3) == nil)
  }
}
