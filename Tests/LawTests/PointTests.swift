import PolicyModel
import Statistics
import TestFixtures
import Testing

@testable import Comparison
@testable import Simulation

/// Plans at chosen values of their uncertain parameters.
struct PointTests {
  private func compile(_ lines: [String], _ replacing: [(String, String)] = []) throws -> Plan {
    var files = SoundScenario.files
    var text = files["scenario.yaml"] ?? ""
    for (old, new) in replacing { text = text.replacing(old, with: new) }
    files["scenario.yaml"] = text + "uncertainty:\n" + lines.map { "  " + $0 + "\n" }.joined()
    return try plan(files)
  }

  private static let everyKind = [
    "incentives.reserve: { distribution: uniform, low: 0.02, high: 0.1 }",
    "streams.s0.pool.amount: { distribution: normal, mean: 1000 万元, sd: 50 万元 }",
    "streams.s0.cap: { distribution: triangular, low: 1.1, mode: 1.15, high: 1.4 }",
    "execution.delay: { distribution: lognormal, sigma: 0.3, apply: factor, highest: 1.5 }",
    "streams.s0.weights: { distribution: dirichlet, concentration: 40 }",
  ]

  /// The points that are the random numbers of a draw themselves.
  ///
  /// Uniform and triangular numbers of a draw are the inverse distribution function of its u.
  @Test func `a unit point of a draw's own numbers gives the draw's parameters`() throws {
    let plan = try compile(Array(PointTests.everyKind[...0]) + [PointTests.everyKind[2]])
    let draws = NormalDraws(seed: 11)
    let sampler = ParameterSampler(plan, draws: draws)
    var drawn = plan.parameterValues.map { SIMD8<Double>(repeating: $0) }
    var chosen = drawn
    _ = sampler.set(&drawn, firstDraw: 16)
    let unit = plan.uncertainty.drawn.map {
      draws.uniforms(first: 16, county: 0, year: 0, source: $0.source).first
    }
    _ = ParameterSpace(plan).set(parameters: &chosen, unit: unit)
    #expect(drawn == chosen)
    #expect(drawn != plan.parameterValues.map { SIMD8<Double>(repeating: $0) })
  }

  @Test func `inputs are the uncertain parameters and the weights of a stream are one`() throws {
    let space = ParameterSpace(try compile(PointTests.everyKind))
    #expect(
      space.inputs.map(\.path) == [
        "incentives.reserve", "streams.s0.pool.amount", "streams.s0.cap", "execution.delay",
        "streams.s0.weights",
      ])
    #expect(space.inputs.map(\.dimensions) == [0..<1, 1..<2, 2..<3, 3..<4, 4..<6])
    #expect(space.inputs[4].factors == ["people", "gap"])
    #expect(
      space.dimensions.map(\.path).suffix(2) == [
        "streams.s0.factors.people.weight", "streams.s0.factors.gap.weight",
      ])
  }

  @Test func `medians stand in the middle of the unit cube`() throws {
    let space = ParameterSpace(try compile(PointTests.everyKind))
    let settings = space.settings(at: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    #expect(abs(settings[0][0] - 0.06) < 1e-15)
    #expect(abs(settings[1][0] - 1e9) < 1e-3)
    // Triangular: b − √((b − a)(b − c) / 2).
    #expect(abs(settings[2][0] - (1.4 - (0.3 * 0.25 / 2).squareRoot())) < 1e-14)
    #expect(settings[3] == [1])
    #expect(abs(settings[4].reduce(0, +) - 1) < 1e-15)
  }

  // By the rule of midpoints; the variance is w (1 − w) / (concentration + 1).
  @Test func `weights of the unit cube have the Dirichlet's mean and variance`() throws {
    let space = ParameterSpace(
      try compile(["streams.s0.weights: { distribution: dirichlet, concentration: 40 }"]))
    var sum = 0.0
    var square = 0.0
    let side = 40
    for i in 0..<side {
      for j in 0..<side {
        let unit = [(Double(i) + 0.5) / Double(side), (Double(j) + 0.5) / Double(side)]
        let weight = space.settings(at: unit)[0][0]
        sum += weight
        square += weight * weight
      }
    }
    let mean = sum / Double(side * side)
    #expect(abs(mean - 0.6) < 2e-4)
    #expect(abs(square / Double(side * side) - mean * mean - 0.6 * 0.4 / 41) < 3e-4)
  }

  @Test func `settings of a unit point give what the point gives`() throws {
    let plan = try compile(PointTests.everyKind)
    var experiment = PlanExperiment(plan)
    let unit = [0.2, 0.7, 0.4, 0.9, 0.3, 0.6]
    let direct = experiment.run([unit])[0]
    let set = experiment.run(settings: [experiment.space.settings(at: unit)])[0]
    #expect(!direct.isFailed)
    for (a, b) in zip(direct.amounts.joined(), set.amounts.joined()) {
      #expect(abs(a - b) <= 1e-9 * abs(a))
    }
  }

  @Test func `a point does not depend on those beside it`() throws {
    let plan = try compile(PointTests.everyKind)
    var experiment = PlanExperiment(plan)
    let points: [[Double]] = (0..<8).map { row in
      (0..<6).map { (column: Int) -> Double in
        let step = (row * 7 + column * 13) % 31 + 1
        return Double(step) / 33
      }
    }
    let together = experiment.run(points)
    for (row, point) in points.enumerated() {
      var other = PlanExperiment(plan)
      let alone = other.run([point])[0]
      #expect(alone.amounts == together[row].amounts)
      let bits = { (values: [Double]) in values.map { $0.bitPattern } }
      #expect(bits(alone.metrics[1]) == bits(together[row].metrics[1]))
    }
  }

  /// The independent reference: the parameters written into the scenario, run by the ledger, which
  /// rounds to 0.01 元 here.
  @Test func `a point is the scenario with its values written`() throws {
    let quantum = [("quantum: 1 万元", "quantum: 0.01 元")]
    let uncertain = try compile(
      [
        "incentives.reserve: { distribution: uniform, low: 0.02, high: 0.1 }",
        "streams.s0.weights: { distribution: dirichlet, concentration: 40 }",
        "behaviour.score_noise: { distribution: uniform, low: 1, high: 2 }",
      ], quantum)
    var experiment = PlanExperiment(uncertain)
    let found = experiment.run(settings: [[[0.07], [1.5], [0.45, 0.55]]])[0]
    let written = try compile(
      ["execution.delay: null"],
      quantum + [
        ("reserve: 0.05", "reserve: 0.07"), ("weight: 0.6", "weight: 0.45"),
        ("weight: 0.4 ", "weight: 0.55 "),
      ])
    let ledger = try Ledger(written)
    for yearIndex in 0..<2 {
      for county in 0..<3 {
        let amount = ledger.finalAmount(yearIndex: yearIndex, county: county).asDouble
        #expect(abs(found.amounts[yearIndex][county] - amount) < 20)
      }
    }
    let base = try Ledger(try compile(["execution.delay: null"], quantum))
    let metrics = MetricTable(ledger, baseline: base)
    for metric in Metric.allCases {
      let own = found.value(metric, yearIndex: 1)
      let other = metrics.value(metric, year: 2025) ?? .nan
      let isSame = abs(own - other) < 1e-6 * max(1, abs(other))
      #expect(isSame || (own.isNaN && other.isNaN), "\(metric)")
    }
    #expect(found.value(.poolMoved, yearIndex: 1) > 0.01)
  }

  @Test func `what is written is no change against the baseline`() throws {
    var experiment = PlanExperiment(try compile(PointTests.everyKind))
    _ = experiment.run([[0.9, 0.9, 0.9, 0.9, 0.9, 0.1]])
    let result = experiment.runAsWritten()
    #expect(result.value(.poolMoved, yearIndex: 0) == 0)
    #expect(result.value(.winners, yearIndex: 1) == 0)
  }

  @Test func `a refused point says why and leaves its neighbours alone`() throws {
    let plan = try compile([
      "incentives.reserve: { distribution: uniform, low: 0.9, high: 1.3 }"
    ])
    var experiment = PlanExperiment(plan)
    let results = experiment.run([[0.125], [0.75]])
    let set = experiment.run(settings: [[[1.2]], [[0.95]]])
    #expect(set.map(\.isFailed) == [true, false])
    #expect(!results[0].isFailed)
    #expect(results[1].isFailed)
    #expect(results[1].amounts.joined().allSatisfy { $0.isNaN })
    #expect(results[1].metrics.joined().allSatisfy { $0.isNaN })
    #expect(plan.error(atUnit: [0.125]) == nil)
    #expect(plan.error(atUnit: [0.75])?.path == "incentives.reserve")
    let problem = try #require(plan.error(atSettings: [[1.2]]))
    #expect(
      problem.wording
        == Wording(
          "the drawn value 1.2 is out of range; it must be from 0.0 to 1.0; cut the distribution "
            + "with lowest and highest",
          "抽样值 1.2 超出范围，须在0.0到1.0之间；请用 lowest、highest 限制分布"))
  }

  @Test(arguments: [[0.5, 0.4], [1.2, -0.2], [Double.nan, 1]])
  func `weights that are none are refused`(weights: [Double]) throws {
    let plan = try compile(["streams.s0.weights: { distribution: dirichlet, concentration: 9 }"])
    var experiment = PlanExperiment(plan)
    let results = experiment.run(settings: [[weights], [[0.5, 0.5]]])
    #expect(results[0].isFailed)
    #expect(!results[1].isFailed)
  }

  @Test func `another baseline is what money moves against`() throws {
    let plan = try compile(["incentives.reserve: { distribution: uniform, low: 0, high: 0.1 }"])
    let base = try compile(["execution.delay: null"], [("reserve: 0.05", "reserve: 0.1")])
    var experiment = PlanExperiment(plan, baseline: base)
    let results = experiment.run([[0.5], [1 - 0x1p-53]])
    #expect(results[0].value(.poolMoved, yearIndex: 0) > 1e-4)
    #expect(results[1].value(.poolMoved, yearIndex: 0) < 1e-9)
  }
}
