import Foundation

/// A synthetic scenario with every part of the law: five streams, assessment, rewards, a gate,
/// carry-over and behaviour.
///
/// Invented from a seed; it stands for no place.
struct NationalScenario {
  let counties: Int
  let years: Int
  static let streams = ["consolidation", "relief", "roads", "water", "farms"]

  /// Writes the files; returns the scenario's path.
  func write(to folder: URL) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("national.yaml")
    try Data(scenario.utf8).write(to: file)
    try Data(countyTable.utf8).write(to: folder.appendingPathComponent("counties.csv"))
    try Data(indicatorTable.utf8).write(to: folder.appendingPathComponent("indicators.csv"))
    return file
  }

  private func code(_ county: Int) -> String { String(100_000 + county) }

  private var countyTable: String {
    let header = "code,name,name_zh,prefecture,prefecture_name,prefecture_name_zh,relieved\n"
    return header
      + (0..<counties).map { county in
        let prefecture = county / 9
        return "\(code(county)),County \(county),县\(county),\(900_000 + prefecture),"
          + "Prefecture \(prefecture),地区\(prefecture),\(county % 3 == 0 ? 1 : 0)\n"
      }.joined()
  }

  private var indicatorTable: String {
    let amounts = ["previous", "pipeline"].flatMap { kind in
      NationalScenario.streams.map { "\(kind)_\($0)" }
    }
    let names =
      [
        "code", "year", "rural_population", "income", "poor", "area_km2", "road_km", "workers",
        "staff", "execution", "goal_share", "score", "level_plan", "level_upkeep",
        "execution_rate", "asset_stock", "monitored",
      ] + amounts
    return names.joined(separator: ",") + "\n" + (0..<counties).map(row).joined()
  }

  private func row(_ county: Int) -> String {
    var random = Random(seed: UInt64(county))
    let people = random.size(4_000, 900_000).rounded()
    let hardship = random.uniform(0, 1)
    var values = [
      people, (26_000 - 14_000 * hardship).rounded(), (people * 0.3 * hardship).rounded(),
      random.size(100, 9_000).rounded(), random.size(50, 5_000).rounded(),
      random.size(0, 20_000).rounded(),
    ]
    values += [0.95, 1, 0.9].map { ($0 - random.uniform(0, 0.3)).rounded(to: 3) }
    values.append((95 - 40 * random.uniform(0, 1)).rounded(to: 1))
    values += (0..<3).map { _ in random.uniform(0.45, 0.98).rounded(to: 3) }
    values += [(people * random.uniform(500, 5_000)).rounded(), (people * 0.01).rounded()]
    let perHead = random.uniform(60, 240)
    let previous = (0..<5).map { _ in (people * perHead * random.uniform(0.7, 1.3)).rounded() }
    values += previous + previous.map { ($0 * random.uniform(1, 6)).rounded() }
    return "\(code(county)),2024," + values.map { "\($0)" }.joined(separator: ",") + "\n"
  }

  private var scenario: String {
    """
    schema: 1
    name: national
    title: Synthetic benchmark
    source: invented
    data: { counties: counties.csv, indicators: indicators.csv }
    years: [2024, \(2023 + years)]
    quantum: 1 万元
    groups:
      relieved: { column: relieved }
    derived:
      gap: max(0, highest(income) - income) * rural_population
      spread: sqrt(area_km2 * rural_population)
    streams:
    \(NationalScenario.streams.enumerated().map(stream).joined())
    assessment:
      indicators:
        plan: { points: 35 }
        upkeep: { points: 30 }
        execution: { points: 35, low: 0.5, high: 0.95 }
      cutoffs: { A: 85, B: 75, C: 60 }
    incentives:
      reserve: 0.05
      rewards: { A: 1.0, B: 0.3 }
      deductions: { C: 0.02, D: 0.10 }
      basis: allocation
      reward_cap: 0.25
      streams: [consolidation, relief]
    gates:
      - { indicator: execution_rate, below: 0.5, effect: exclude, streams: [roads] }
    carryover: { years: 2, recycle: true }
    execution: { delay: 0.5 }
    projections: { rural_population: -0.01 }
    behaviour:
      reach: 10
      effort: { start: 0.5, adjustment: 0.4, response: 2.0 }
      levels:
        plan: { persistence: 0.3, response: 0.4, noise: 0.03 }
        upkeep: { persistence: 0.3, response: 0.4, noise: 0.03 }
      pipeline: { growth: 0.01, response: 0.5 }
      assets: { depreciation: 0.08, fixed_share: 0.6, return: 0.05, asset_indicator: upkeep }
      income: { growth: 0.06, noise: 0.01 }
      monitored: { inflow: 0.02, relief: 0.2, cost: 1 万元 }
    need: gap

    """
  }

  private func stream(_ index: Int, _ key: String) -> String {
    let own = ["poor", "workers", "road_km", "area_km2", "spread"][index]
    return """
        \(key):
          pool: { amount: \(counties * 3_600) 万元, growth: 0.02 }
          factors:
            \(own): { weight: 0.4 }
            low_income: { indicator: income, transform: distance, scale: rural_population, weight: 0.3 }
            people: { indicator: rural_population, weight: 0.2 }
            performance: { indicator: score, scale: rural_population, weight: 0.1 }
          floor: 0.90
          cap: 1.20

      """
  }
}

extension Double {
  func rounded(to decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
