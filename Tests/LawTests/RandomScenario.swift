import TestFixtures

/// A random scenario with its data, as the text of its files.
///
/// Every part of the law can be switched on; values are such that nothing is refused.
struct RandomScenario {
  /// What may occur.
  struct Parts: OptionSet {
    let rawValue: Int
    static let floors = Parts(rawValue: 1)
    static let caps = Parts(rawValue: 2)
    static let performance = Parts(rawValue: 4)
    static let gates = Parts(rawValue: 8)
    static let tiers = Parts(rawValue: 16)
    static let guarantees = Parts(rawValue: 32)
    static let carryOver = Parts(rawValue: 64)
    static let behaviour = Parts(rawValue: 128)
    static let coefficients = Parts(rawValue: 256)
    static let line = Parts(rawValue: 512)
    static let everything: Parts = [
      .floors, .caps, .performance, .gates, .tiers, .guarantees, .carryOver, .behaviour,
      .coefficients,
    ]
  }

  struct County {
    var code: String
    var prefecture: String
    var isRemote: Bool
    /// Cells of `indicators.csv` after code and year, by column.
    var cells: [String]
  }

  static let columns = [
    "rural_population", "income", "need", "points", "score", "level_plan", "execution", "staff",
    "goal_share", "monitored", "asset_stock", "previous_s0", "previous_s1", "pipeline_s0",
  ]

  var counties: [County]
  /// The scenario below its head; streams first.
  let rules: String
  let quantum: String
  let lastYear: Int
  /// Factor by which every pool is multiplied.
  var poolScale = 1
  let pools: [Int]

  init(seed: UInt64, parts: Parts, years: ClosedRange<Int> = 0...3, quantum: String? = nil) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(2...9)
    let streamCount = random.whole(1...2)
    let pools = (0..<streamCount).map { _ in random.whole(20...900) * 10_000 + 3_333 }
    counties = (0..<count).map { RandomScenario.county($0, mean: pools[0] / count, &random) }
    self.quantum = quantum ?? ["1 元", "1 万元", "0.01 元", "300 元"][random.whole(0...3)]
    lastYear = 2024 + random.whole(years)
    self.pools = pools
    var text = ""
    for stream in 0..<streamCount {
      text += RandomScenario.stream(stream, parts, &random)
    }
    rules = text + RandomScenario.performance(parts, &random)
  }

  private static func county(_ index: Int, mean: Int, _ random: inout SplitMix64) -> County {
    let numbers: [Double] = [
      Double(random.whole(1_000...90_000)), Double(random.whole(4_000...30_000)),
      random.fraction() * 100, Double(random.whole(0...9)), random.fraction() * 100,
      random.fraction(), 0.2 + random.fraction() * 0.8, random.fraction(), random.fraction(),
      Double(random.whole(0...900)), Double(random.whole(0...9_000_000)),
      Double(random.whole(0...(2 * mean))), Double(random.whole(0...(2 * mean))),
      Double(random.whole(0...(2 * mean))),
    ]
    // A county may lack its first amount of a stream; some have no staff or pipeline known.
    let mayMiss = ["staff", "goal_share", "previous_s1", "pipeline_s0"]
    let cells = zip(columns, numbers).map { name, number in
      mayMiss.contains(name) && random.happens(0.2) ? "" : "\(number)"
    }
    return County(
      code: "65\(1_000 + index)", prefecture: "65\(random.whole(1...3))",
      isRemote: random.happens(0.4), cells: cells)
  }

  private static func stream(
    _ index: Int, _ parts: Parts, _ random: inout SplitMix64
  ) -> String {
    let first = random.whole(1...8)
    let second = random.whole(1...(9 - first))
    let last = 10 - first - second
    let transforms = ["value", "log", "distance", "inverse"]
    var lines = [
      "  s\(index):", "    pool: POOL\(index)", "    factors:",
      "      rural_population: { weight: 0.\(first) }",
      "      poverty: { indicator: income, transform: \(transforms[random.whole(0...3)]), "
        + "scale: rural_population, weight: 0.\(second) }",
      "      need: { weight: 0.\(last) }",
    ]
    func add(_ part: Parts, _ chance: Double, _ line: String) {
      if parts.contains(part) && random.happens(chance) { lines.append("    " + line) }
    }
    add(.floors, 0.7, "floor: \(0.5 + random.fraction() * 0.5)")
    add(.caps, 0.6, "cap: \(1 + random.fraction() * 0.5)")
    add(.floors, 0.3, "minimum: \(random.whole(1...20_000)) 元")
    add(.tiers, 0.4, "tiers: prefecture")
    add(.guarantees, 0.5, "guarantees: [{ group: remote, share: \(random.fraction() * 0.7) }]")
    if parts.contains(.gates) && random.happens(0.3) { lines.append("    eligible: poor") }
    if parts.contains(.coefficients) {
      lines.append("    coefficients:")
      lines.append("      place: { by: group, table: { remote: \(1 + random.fraction()) } }")
      lines.append(
        "      points: { transform: bands, bands: [{ from: 0, value: 1 }, { from: 5, value: 2 }] }")
      if parts.contains(.performance) {
        lines.append("      grade: { by: grade, table: { A: 1.1, C: 0.9, D: 0.7 } }")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func performance(_ parts: Parts, _ random: inout SplitMix64) -> String {
    var text = ""
    if parts.contains(.performance) || parts.contains(.line) {
      let grading =
        random.happens(0.5)
        ? "cutoffs: { A: 75, B: 50, C: 25 }" : "quotas: { A: 0.2, B: 0.5, C: 0.25 }"
      text += """
        assessment:
          indicators:
            plan: { points: 60 }
            execution: { points: 40, low: 0.2, high: 0.9 }
          \(grading)

        """
      text += incentives(isLine: parts.contains(.line) || random.happens(0.3), &random)
    }
    if parts.contains(.gates) {
      let effect = random.happens(0.5) ? "exclude" : "hold"
      text += "gates: [{ indicator: points, below: 2, effect: \(effect), streams: [s0] }]\n"
    }
    if parts.contains(.carryOver) {
      let recycles = random.happens(0.6)
      text += "carryover: { years: \(random.whole(1...3)), recycle: \(recycles) }\n"
      text += "execution: { delay: \(random.whole(0...6)) }\n"
      if random.happens(0.4) { text += "integration: remote\n" }
    }
    if parts.contains(.behaviour) { text += behaviour }
    return text
  }

  private static func incentives(isLine: Bool, _ random: inout SplitMix64) -> String {
    let reserve = "reserve: \(random.fraction() * 0.2)"
    if isLine {
      return "incentives: { \(reserve), coefficient: linear, slope: \(random.fraction()), "
        + "lowest: 0.7, highest: 1.3 }\n"
    }
    let cap = random.happens(0.5) ? ", reward_cap: \(random.fraction() * 0.3)" : ""
    return
      "incentives: { \(reserve), rewards: { A: 1, B: 0.4 }, deductions: { C: 0.05, D: 0.2 }\(cap) }\n"
  }

  private static let behaviour = """
    behaviour:
      effort: { start: 0.5, adjustment: 0.4, response: 1 }
      levels:
        plan: { persistence: 0.3, response: 0.4 }
      pipeline: { growth: 0.02, response: 0.5 }
      assets: { depreciation: 0.08, fixed_share: 0.6, return: 0.06, asset_indicator: plan }
      income: { growth: 0.05 }
      monitored: { inflow: 0.01, relief: 0.2, cost: 3 万元 }

    """

  /// The files by name.
  var files: [String: String] {
    var text = """
      schema: 1
      name: random
      data: { counties: counties.csv, indicators: indicators.csv }
      years: [2024, \(lastYear)]
      quantum: \(quantum)
      groups:
        remote: { column: remote }
        poor: { indicator: income, below: 20000 }
      need: need
      streams:
      \(rules)
      """
    for (index, pool) in pools.enumerated() {
      text = text.split(separator: "POOL\(index)", omittingEmptySubsequences: false)
        .joined(separator: "\(pool * poolScale) 元")
    }
    let places = counties.map {
      "\($0.code),\($0.code),\($0.prefecture),\($0.isRemote ? 1 : 0)"
    }
    let rows = counties.map { "\($0.code),2024," + $0.cells.joined(separator: ",") }
    return [
      "scenario.yaml": text,
      "counties.csv": (["code,name,prefecture,remote"] + places).joined(separator: "\n"),
      "indicators.csv": (["code,year," + RandomScenario.columns.joined(separator: ",")] + rows)
        .joined(separator: "\n"),
    ]
  }

  /// The same counties under other codes: each takes the code of another.
  func renamed(_ random: inout SplitMix64) -> (scenario: RandomScenario, newIndex: [Int]) {
    let order = Array(counties.indices).shuffled(using: &random)
    var renamed = self
    for (county, place) in order.enumerated() {
      renamed.counties[county].code = counties[place].code
    }
    renamed.counties.shuffle(using: &random)
    return (renamed, order)
  }
}
