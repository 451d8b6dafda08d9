// Makes data/indicators.csv, the synthetic county indicators of the Xinjiang scenario.
//
// Usage, in a copy of this folder made in a temporary directory:
//
//   swiftc generate.swift -o generate && ./generate
//
// Reads data/counties.csv (codes and flags) and data/facts.csv (the few real totals and the round
// assumptions), writes data/indicators.csv for 2023 and 2024, and prints the codes of the twenty
// counties with the least staff, which baseline-2024.yaml lists as the group `weakest`.
//
// The figures are invented. What is real in them: area and frontier length, the regional totals
// marked S in facts.csv, and the flags behind `policy_points`. What they are meant to be is
// plausible: of the right order, adding up to the known totals, and correlated as such data are,
// by way of one hidden number per county, its hardship (0–1).
//
// Only + − × ÷ and sqrt are used, every draw comes from the county's code and the name of the
// column, and every result is rounded: the file is the same on every machine, and a county keeps
// its figures when another one is added.

import Foundation

/// Changes every draw; the date of the notice.
let seed: UInt64 = 20_240_126

// MARK: - Random numbers

/// SplitMix64 (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in [0, 1) with 53 bits.
  mutating func uniform() -> Double {
    Double(next() >> 11) / 9_007_199_254_740_992
  }
}

/// A generator of its own for one county and one column (64-bit FNV-1a of both names).
func generator(_ code: String, _ column: String) -> SplitMix64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in "\(code)/\(column)".utf8 {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
  return SplitMix64(state: hash ^ seed)
}

/// A uniform draw in [0, 1).
func uniform(_ code: String, _ column: String) -> Double {
  var random = generator(code, column)
  return random.uniform()
}

/// A bell-shaped draw in [−1, 1] with standard deviation 1/3: three uniform draws, centred.
func bell(_ code: String, _ column: String) -> Double {
  var random = generator(code, column)
  return (random.uniform() + random.uniform() + random.uniform() - 1.5) / 1.5
}

func clip(_ x: Double, _ low: Double, _ high: Double) -> Double {
  min(high, max(low, x))
}

// MARK: - Input

enum GeneratorError: Error {
  case badLine(file: String, line: Int)
  case missing(String)
}

/// Reads a CSV file without quoted cells: one dictionary per line, keyed by the header.
func table(_ path: String) throws -> [[String: String]] {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let lines = text.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
  guard let header = lines.first else { throw GeneratorError.badLine(file: path, line: 1) }
  return try lines.dropFirst().enumerated().map { index, cells in
    guard cells.count == header.count else {
      throw GeneratorError.badLine(file: path, line: index + 2)
    }
    return Dictionary(uniqueKeysWithValues: zip(header, cells))
  }
}

/// The numbers of facts.csv by scope (region, prefecture or county code) and item.
struct Facts {
  let values: [String: Double]

  init(_ path: String) throws {
    var values: [String: Double] = [:]
    for row in try table(path) {
      guard let scope = row["scope"], let item = row["item"], let text = row["value"],
        let value = Double(text)
      else { throw GeneratorError.missing("a scope, item or value in \(path)") }
      values["\(scope)/\(item)"] = value
    }
    self.values = values
  }

  func number(_ item: String, of scope: String = "region") throws -> Double {
    guard let value = values["\(scope)/\(item)"] else {
      throw GeneratorError.missing("\(scope) \(item) in facts.csv")
    }
    return value
  }

  func optional(_ item: String, of scope: String) -> Double? { values["\(scope)/\(item)"] }
}

/// One county that takes part.
struct County {
  let code: String
  let prefecture: String
  let relieved: Double
  let southern: Double
  let border: Double
  let delisted2020: Double
  let area: Double
  let frontier: Double
}

/// The counties flagged `regional`, by code, with area and frontier length of sites.csv.
func counties() throws -> [County] {
  let sites = try table("data/sites.csv")
  return try table("data/counties.csv").filter { $0["regional"] == "1" }.map { row in
    func number(_ text: String?) throws -> Double {
      guard let text, let value = Double(text) else { throw GeneratorError.missing("\(row)") }
      return value
    }
    guard let code = row["code"], let prefecture = row["prefecture"],
      let site = sites.first(where: { $0["code"] == code })
    else { throw GeneratorError.missing("code, prefecture or site of \(row)") }
    return County(
      code: code, prefecture: prefecture,
      relieved: try number(row["relieved_county"]), southern: try number(row["southern_four"]),
      border: try number(row["border_county"]), delisted2020: try number(row["delisted_2020"]),
      area: try number(site["area_km2"]), frontier: try number(site["border_km"]))
  }.sorted { $0.code < $1.code }
}

// MARK: - The panel being made

/// Columns of the year 2024, one number a county, and the rules by which they are filled.
final class Panel {
  let counties: [County]
  let facts: Facts
  var columns: [String: [Double]] = [:]

  init(counties: [County], facts: Facts) {
    self.counties = counties
    self.facts = facts
  }

  /// A column that has been filled before.
  func column(_ name: String) throws -> [Double] {
    guard let values = columns[name] else { throw GeneratorError.missing("column \(name)") }
    return values
  }

  /// The values of several columns for county `index`, in the order of the names.
  func cells(_ names: String..., at index: Int) throws -> [Double] {
    try names.map { try column($0)[index] }
  }

  /// Fills a column county by county.
  func fill(_ name: String, _ value: (Int, County) throws -> Double) rethrows {
    columns[name] = try counties.enumerated().map { try value($0.offset, $0.element) }
  }

  /// Scales a column to a total and rounds it to whole units.
  func scale(_ name: String, to total: Double) throws {
    let values = try column(name)
    let sum = values.reduce(0, +)
    columns[name] = values.map { ($0 * total / sum).rounded() }
  }
}

// MARK: - People and income

extension Panel {
  /// Hardship (0–1), the hidden number that ties the columns together and is not written.
  func fillHardship() {
    fill("hardship") { _, c in
      let remote = facts.optional("size_class", of: c.code) == 1 ? -0.12 : 0
      let flags = 0.30 * c.relieved + 0.10 * c.southern + 0.08 * c.delisted2020 + 0.04 * c.border
      return clip(0.22 + flags + remote + 0.26 * bell(c.code, "hardship"), 0.02, 0.98)
    }
  }

  /// Rural population: the prefecture's round total over its counties by size class (Hotan: by
  /// the head-count weights of facts.csv).
  func fillPopulation() throws {
    let thousands: [Double: Double] = [1: 3, 2: 30, 3: 90, 4: 230, 5: 520]
    let weights = try counties.map { c -> Double in
      if let known = facts.optional("head_count_weight", of: c.code) { return known }
      let size = try facts.number("size_class", of: c.code)
      return (thousands[size] ?? 0) * (1 + 0.35 * bell(c.code, "rural_population"))
    }
    try fill("rural_population") { index, c in
      let total = try facts.number("rural_population", of: c.prefecture)
      let sum = zip(counties, weights).filter { $0.0.prefecture == c.prefecture }
        .reduce(0) { $0 + $1.1 }
      return (total * weights[index] / sum).rounded()
    }
  }

  /// Relieved and monitored persons, scaled to the regional totals.
  func fillPersons() throws {
    try fill("relieved_population") { index, c in
      let v = try cells("rural_population", "hardship", at: index)
      let rate = c.relieved == 1 ? 0.30 + 0.25 * v[1] : 0.015 + 0.10 * v[1]
      return v[0] * rate * (1 + 0.2 * bell(c.code, "relieved_population"))
    }
    try scale("relieved_population", to: facts.number("relieved_population"))
    try fill("monitored") { index, c in
      let v = try cells("rural_population", "hardship", at: index)
      return v[0] * (0.01 + 0.10 * v[1]) * (1 + 0.3 * bell(c.code, "monitored"))
    }
    try scale("monitored", to: facts.number("monitored"))
  }

  /// Rural income per head in yuan.
  ///
  /// The relieved counties together meet the known mean of 2021, carried to 2024; the others lie
  /// around their prefecture's round figure.
  func fillIncome() throws {
    try fill("income") { index, c in
      let hardship = try column("hardship")[index]
      let level = try facts.number("income_2024", of: c.prefecture)
      return level * (1.14 - 0.26 * hardship) * (1 + 0.08 * bell(c.code, "income"))
    }
    let growth = 1 + (try facts.number("income_growth"))
    let target = try facts.number("relieved_income_2021") * growth * growth * growth
    let people = try column("rural_population")
    let income = try column("income")
    let relieved = counties.indices.filter { counties[$0].relieved == 1 }
    let total = relieved.reduce(0) { $0 + people[$1] * income[$1] }
    let mean = total / relieved.reduce(0) { $0 + people[$1] }
    fill("income") { index, c in
      (c.relieved == 1 ? income[index] * target / mean : income[index]).rounded()
    }
  }
}

// MARK: - Place, policy and state farms

extension Panel {
  /// Area and frontier length as derived from boundaries; policy points as counted from the flags.
  func fillPlace() throws {
    fill("area_km2") { _, c in c.area }
    fill("border_km") { _, c in c.frontier }
    fill("policy_points") { _, c in 2 * c.relieved + c.southern + c.border + c.delisted2020 }
    try fill("fiscal_difficulty") { index, c in
      let hardship = try column("hardship")[index]
      return clip(0.78 + 0.48 * hardship + 0.10 * bell(c.code, "fiscal"), 0.8, 1.3)
    }
  }

  /// Workers of poor state farms, forest farms and pastures: none in most counties.
  func fillFarms() {
    for (name, chance) in [
      ("farm_workers", 0.36), ("forest_farm_workers", 0.30), ("pasture_workers", 0.26),
    ] {
      fill(name) { _, c in
        let small = facts.optional("size_class", of: c.code) == 1
        guard !small, uniform(c.code, name + "/any") < chance else { return 0 }
        let size = uniform(c.code, name)
        return (120 + 1_600 * size * size).rounded()
      }
    }
  }
}

// MARK: - Capacity, levels and score

extension Panel {
  /// Administrative capacity, and what hangs on it in a county office.
  func fillCapacity() throws {
    try fill("staff") { index, c in
      let hardship = try column("hardship")[index]
      return clip(0.88 - 0.68 * hardship + 0.45 * bell(c.code, "staff"), 0.10, 0.96)
    }
    try fill("goal_share") { index, c in
      let staff = try column("staff")[index]
      return clip(0.58 + 0.40 * staff + 0.42 * bell(c.code, "goal_share"), 0.35, 1)
    }
    try fill("execution") { index, c in
      let staff = try column("staff")[index]
      return clip(0.90 + 0.09 * staff + 0.03 * bell(c.code, "execution"), 0.85, 1)
    }
    for (name, base) in [
      ("project_plan", 0.53), ("asset_upkeep", 0.46), ("fund_management", 0.57),
    ] {
      try fill("level_" + name) { index, c in
        let staff = try column("staff")[index]
        return clip(base + 0.45 * staff + 0.16 * bell(c.code, name), 0.2, 0.99)
      }
    }
  }

  /// Depth of the pipeline: ready projects per year as a multiple of the county's money.
  func fillDepth() throws {
    try fill("depth") { index, c in
      let staff = try column("staff")[index]
      return (2.4 + 28 * staff * staff) * (1 + 0.25 * bell(c.code, "depth"))
    }
  }

  /// The execution rate that the spending rule of the model settles at, `η (1 − delay/12) − 1/K`
  /// for a pipeline of K times the yearly money, and the score that follows with a little noise.
  func fillScore() throws {
    try fill("execution_rate") { index, c in
      let v = try cells("execution", "depth", "goal_share", at: index)
      let rate = v[0] * (1 - 0.5 / 12) - 1 / (v[1] * v[2])
      return clip(rate + 0.03 * bell(c.code, "execution_rate"), 0.25, 0.97)
    }
    try fill("score") { index, c in
      let v = try cells(
        "level_project_plan", "level_asset_upkeep", "level_fund_management", "execution_rate",
        at: index)
      let execution = clip((v[3] - 0.5) / 0.4, 0, 1)
      let points = 25 * v[0] + 25 * v[1] + 20 * v[2] + 30 * execution
      return clip(points + 4 * bell(c.code, "score"), 0, 100)
    }
  }
}

// MARK: - Money

/// One factor of a stream: its weight and its value in each county.
typealias Factor = (weight: Double, values: [Double])

extension Panel {
  /// Value of the bands of `policy_points`, as in baseline-2024.yaml.
  func policyBand(_ points: Double) -> Double {
    points >= 4 ? 2 : points >= 3 ? 1.7 : points >= 2 ? 1.5 : points >= 1 ? 1.2 : 1
  }

  /// Factors of one stream, in the order of `weights`: `head`, then low income, policy and score,
  /// these three scaled by `people`.
  func factors(of people: String, head: String, weights: [Double]) throws -> [Factor] {
    let persons = try column(people)
    let income = try column("income")
    let highest = income.max() ?? 0
    let points = try column("policy_points")
    let score = try column("score")
    let values = [
      try column(head),
      counties.indices.map { (highest - income[$0]) * persons[$0] },
      counties.indices.map { policyBand(points[$0]) * persons[$0] },
      counties.indices.map { score[$0] * persons[$0] },
    ]
    return zip(weights, values).map { (weight: $0, values: $1) }
  }

  /// Factors of each stream, close to those of baseline-2024.yaml.
  func factors(_ stream: String) throws -> [Factor] {
    let served = [
      "state_farms_central": "farm_workers", "forest_farms_central": "forest_farm_workers",
      "pastures_central": "pasture_workers",
    ]
    let common = [0.30, 0.30, 0.30, 0.10]
    if let workers = served[stream] {
      return try factors(of: workers, head: workers, weights: common)
    }
    let people = "rural_population"
    if stream.hasPrefix("ethnic") {
      return try factors(of: people, head: people, weights: [0.45, 0.45, 0, 0.10])
    }
    let head = stream.hasPrefix("consolidation") ? "relieved_population" : people
    return try factors(of: people, head: head, weights: common)
  }

  /// Last year's base amounts in 万元, which sum to the stream's base of 2023.
  ///
  /// What the factors give, moved towards hardship, because the years before 2021 favored the
  /// hardest places more than these factors do, and off by up to 0.3 at random, because last
  /// year's data and rules were other ones. So some floors bind for several years.
  func fillPrevious(_ stream: String) throws {
    var shares = [Double](repeating: 0, count: counties.count)
    for factor in try factors(stream) {
      let sum = factor.values.reduce(0, +)
      for index in shares.indices { shares[index] += factor.weight * factor.values[index] / sum }
    }
    try fill("previous_" + stream) { index, c in
      let legacy = 0.70 + 0.75 * (try column("hardship")[index])
      return shares[index] * legacy * (1 + 0.30 * bell(c.code, "previous_" + stream))
    }
    try scale("previous_" + stream, to: facts.number("base_" + stream))
  }

  /// Ready projects per year in 万元: the county's depth times its money in the stream, thin in
  /// some directions and deep in others.
  func fillPipeline(_ stream: String) throws {
    let previous = try column("previous_" + stream)
    let depth = try column("depth")
    fill("pipeline_" + stream) { index, c in
      let noise = 0.25 + 1.5 * uniform(c.code, "pipeline_" + stream)
      return (depth[index] * previous[index] * noise).rounded()
    }
  }

  /// Book value of assets in 万元: some three years of money, less where upkeep is poor.
  func fillAssets(_ streams: [String]) throws {
    let previous = try streams.map { try column("previous_" + $0) }
    try fill("asset_stock") { index, c in
      let money = previous.reduce(0) { $0 + $1[index] }
      let upkeep = try column("level_asset_upkeep")[index]
      return (money * (1.6 + 2 * upkeep) * (1 + 0.2 * bell(c.code, "asset_stock"))).rounded()
    }
  }
}

// MARK: - Output

/// A column of the file: its decimals, and how a value of 2023 comes from one of 2024.
struct Output {
  let name: String
  let decimals: Int
  let earlier: (Double, County) -> Double?
}

/// What is written, in order.
func outputs(_ streams: [String]) -> [Output] {
  func same(_ name: String, _ decimals: Int) -> Output {
    Output(name: name, decimals: decimals) { value, _ in value }
  }
  func times(_ name: String, _ factor: Double) -> Output {
    Output(name: name, decimals: 0) { value, c in
      value * (factor + 0.01 * bell(c.code, name + "/2023"))
    }
  }
  func near(_ name: String, _ decimals: Int, _ reach: Double, _ high: Double) -> Output {
    Output(name: name, decimals: decimals) { value, c in
      clip(value + reach * bell(c.code, name + "/2023"), 0, high)
    }
  }
  let levels = ["level_project_plan", "level_asset_upkeep", "level_fund_management"]
  let places = [same("area_km2", 1), same("border_km", 1), same("policy_points", 0)]
  let people = [
    times("rural_population", 1.008), same("relieved_population", 0), times("monitored", 1.04),
    times("income", 1 / 1.06), same("fiscal_difficulty", 3), same("farm_workers", 0),
    same("forest_farm_workers", 0), same("pasture_workers", 0), same("staff", 3),
  ]
  let work = [same("execution", 3), near("goal_share", 3, 0.1, 1), near("score", 1, 6, 100)]
  let rates = levels.map { near($0, 3, 0.06, 1) } + [near("execution_rate", 3, 0.08, 0.99)]
  let money = ["asset_stock"] + streams.map { "previous_" + $0 } + streams.map { "pipeline_" + $0 }
  let once = money.map { Output(name: $0, decimals: 0) { _, _ in nil } }
  return places + people + work + rates + once
}

/// A number with a fixed count of decimals, halves away from zero, without the locale's help.
func text(_ value: Double, _ decimals: Int) -> String {
  var unit = 1
  for _ in 0..<decimals { unit *= 10 }
  let whole = Int((value * Double(unit)).rounded())
  guard decimals > 0 else { return String(whole) }
  let digits = String(abs(whole) % unit)
  let padded = String(repeating: "0", count: decimals - digits.count) + digits
  return (whole < 0 ? "-" : "") + "\(abs(whole) / unit).\(padded)"
}

/// The whole file: counties by code, each with 2023 and then 2024.
func document(_ panel: Panel, _ outputs: [Output]) throws -> String {
  var lines = [(["code", "year"] + outputs.map(\.name)).joined(separator: ",")]
  for (index, county) in panel.counties.enumerated() {
    let values = try outputs.map { try panel.column($0.name)[index] }
    let now = zip(outputs, values).map { text($1, $0.decimals) }
    let before = zip(outputs, values).map { output, value in
      output.earlier(value, county).map { text($0, output.decimals) } ?? ""
    }
    lines.append(([county.code, "2023"] + before).joined(separator: ","))
    lines.append(([county.code, "2024"] + now).joined(separator: ","))
  }
  return lines.joined(separator: "\n") + "\n"
}

/// Rounds what the written file rounds, so that every later column builds on the published value.
func roundColumns(_ panel: Panel, _ names: [String], decimals: Int) throws {
  var unit = 1.0
  for _ in 0..<decimals { unit *= 10 }
  for name in names {
    panel.columns[name] = try panel.column(name).map { ($0 * unit).rounded() / unit }
  }
}

/// Fills every column in the order in which one needs the other.
func makePanel(_ streams: [String]) throws -> Panel {
  let panel = Panel(counties: try counties(), facts: try Facts("data/facts.csv"))
  panel.fillHardship()
  try panel.fillPopulation()
  try panel.fillPersons()
  try panel.fillIncome()
  try panel.fillPlace()
  panel.fillFarms()
  try panel.fillCapacity()
  try panel.fillDepth()
  try panel.fillScore()
  try roundColumns(panel, ["score"], decimals: 1)
  for stream in streams {
    try panel.fillPrevious(stream)
    try panel.fillPipeline(stream)
  }
  try panel.fillAssets(streams)
  return panel
}

let streams = [
  "consolidation_central", "consolidation_regional", "work_relief_central",
  "ethnic_development_central", "ethnic_development_regional", "state_farms_central",
  "forest_farms_central", "pastures_central",
]
let panel = try makePanel(streams)
try document(panel, outputs(streams))
  .write(toFile: "data/indicators.csv", atomically: true, encoding: .utf8)
let staff = try panel.column("staff")
let weakest = panel.counties.indices.sorted { (staff[$0], $0) < (staff[$1], $1) }.prefix(20)
print("weakest:", weakest.map { panel.counties[$0].code }.sorted().joined(separator: ", "))
