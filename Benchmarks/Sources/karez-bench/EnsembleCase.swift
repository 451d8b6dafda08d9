import Foundation

/// The subset of the law that the peers of the ensemble implement (Peers/MODEL.md): synthetic
/// data as a scenario for Karez and as one binary file for the peers.
///
/// Invented from a seed; it stands for no place.
struct EnsembleCase {
  let counties: Int
  let streams: Int
  let years: Int
  /// Factors beyond the four of the peers' subset, at most six; each changes with every draw.
  var extraFactors = 0
  static let firstYear = 2024
  static let seed: UInt64 = 20_240_126

  /// The numbers of one county.
  private struct Place {
    let people: Double
    let need: Double
    let area: Double
    let income: Double
    let score: Double
    let stock: Double
    let speed: Double
    let staff: Double
    let levels: [Double]
    let previous: [Double]
    let pipeline: [Double]

    init(_ index: Int, streams: Int) {
      var random = Random(seed: UInt64(index) + 1)
      people = random.size(20_000, 400_000).rounded()
      let hardship = random.uniform(0, 1)
      need = (people * 0.3 * hardship).rounded() + 100
      area = random.size(100, 9_000).rounded()
      income = (20_000 - 11_000 * hardship).rounded()
      score = random.uniform(55, 97).rounded(to: 1)
      stock = random.size(1e7, 1e9).rounded()
      speed = random.uniform(0.7, 1).rounded(to: 3)
      staff = random.uniform(0.3, 1).rounded(to: 3)
      levels = (0..<2).map { _ in random.uniform(0.45, 0.95).rounded(to: 3) }
      let size = people * random.uniform(200, 900) * (0.5 + hardship)
      let sizes = (0..<streams).map { _ in (size * random.uniform(0.5, 1.5)).rounded() }
      previous = sizes
      pipeline = sizes.map { ($0 * random.uniform(3, 10)).rounded() }
    }

    /// Rural population after some years.
    func people(after years: Int) -> Double {
      (people * pow(0.992, Double(years))).rounded()
    }
  }

  private var places: [Place] { (0..<counties).map { Place($0, streams: streams) } }

  private func weights(_ stream: Int) -> [Double] {
    let need = [0.30, 0.25, 0.35, 0.20, 0.40, 0.15][stream % 6]
    return [need, 0.20, 0.70 - need, 0.10]
  }

  private func pool(_ stream: Int, _ places: [Place]) -> Double {
    (places.reduce(0) { $0 + $1.previous[stream] } * 1.03 / 10_000).rounded() * 10_000
  }

  private func key(_ stream: Int) -> String { "s\(stream + 1)" }

  private func code(_ county: Int) -> Int { 650_001 + county }

  // MARK: For Karez

  /// Writes scenario and data; returns the scenario's path.
  func write(to folder: URL) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("ensemble.yaml")
    let places = places
    try Data(scenario(places).utf8).write(to: file)
    try Data(EnsembleCase.reform.utf8).write(to: folder.appendingPathComponent("reform.yaml"))
    try Data(countyTable.utf8).write(to: folder.appendingPathComponent("counties.csv"))
    try Data(indicatorTable(places).utf8)
      .write(to: folder.appendingPathComponent("indicators.csv"))
    return file
  }

  /// A reform to compare with.
  private static let reform = """
    extends: ensemble.yaml
    name: reform
    incentives: { reserve: 0.08, deductions: { D: 0.15 } }

    """

  private var countyTable: String {
    "code,name,name_zh,prefecture,prefecture_name,prefecture_name_zh\n"
      + (0..<counties).map { county in
        "\(code(county)),County \(county),县\(county),\(9_000 + county / 7),Prefecture,地区\n"
      }.joined()
  }

  private func indicatorTable(_ places: [Place]) -> String {
    let amounts = ["previous", "pipeline"].flatMap { kind in
      (0..<streams).map { "\(kind)_\(key($0))" }
    }
    let names =
      [
        "code", "year", "rural_population", "need", "area", "income", "score", "asset_stock",
        "execution", "staff", "level_a", "level_b",
      ] + amounts
    var text = names.joined(separator: ",") + "\n"
    for (county, place) in places.enumerated() {
      let numbers =
        [
          place.people, place.need, place.area, place.income, place.score, place.stock,
          place.speed, place.staff,
        ] + place.levels + place.previous + place.pipeline
      text += "\(code(county)),\(EnsembleCase.firstYear),"
      text += numbers.map { "\($0)" }.joined(separator: ",") + "\n"
      let rest = String(repeating: ",", count: numbers.count - 1)
      for year in 1..<years {
        text +=
          "\(code(county)),\(EnsembleCase.firstYear + year),\(place.people(after: year))\(rest)\n"
      }
    }
    return text
  }

  /// The part of the weight of performance that goes to the factors beyond the four.
  private var extraShare: Double { extraFactors > 0 ? 0.5 : 0 }

  private func extras(_ weight: Double) -> String {
    (0..<extraFactors).map { index in
      let indicator =
        ["indicator: score", "indicator: income, transform: distance"][index % 2]
      let scale = ["need", "area", "staff"][index / 2]
      let part = weight * extraShare / Double(extraFactors)
      return "      extra_\(index + 1): { \(indicator), scale: \(scale), weight: \(part) }"
    }.joined(separator: "\n")
  }

  private func scenario(_ places: [Place]) -> String {
    let streamTexts = (0..<streams).map { stream in
      let weights = weights(stream)
      return """
          \(key(stream)):
            pool: { amount: \(Int(pool(stream, places))) 元, growth: 0.02 }
            factors:
              need: { weight: \(weights[0]) }
              area: { weight: \(weights[1]) }
              low_income: { indicator: income, transform: distance, scale: rural_population,
                weight: \(weights[2]) }
              performance: { indicator: score, scale: rural_population,
                weight: \(weights[3] * (1 - extraShare)) }
        \(extras(weights[3]))
            floor: 0.9
            cap: 1.2
        """
    }
    return """
      schema: 1
      name: benchmark
      data: { counties: counties.csv, indicators: indicators.csv }
      years: [\(EnsembleCase.firstYear), \(EnsembleCase.firstYear + years - 1)]
      quantum: 1 元
      seed: \(EnsembleCase.seed)
      streams:
      \(streamTexts.joined(separator: "\n"))
      assessment:
        indicators: { a: { points: 25 }, b: { points: 25 },
          execution: { points: 50, low: 0.5, high: 0.9 } }
        cutoffs: { A: 90, B: 80, C: 60 }
      incentives: { reserve: 0.05, rewards: { A: 1.0, B: 0.3 }, deductions: { C: 0.02, D: 0.10 },
        reward_cap: 0.25 }
      carryover: { years: 2, recycle: true }
      behaviour:
        effort: { start: 0.5, adjustment: 0.4, response: 4.0 }
        levels:
          a: { persistence: 0.3, response: 0.4, noise: 0.03 }
          b: { persistence: 0.3, response: 0.4, noise: 0.03 }
        pipeline: { growth: 0.01, response: 0.5 }
        assets: { depreciation: 0.08, fixed_share: 0.6, return: 0.05, asset_indicator: a }
        income: { growth: 0.06, noise: 0.01 }
        score_noise: 2.0

      """
  }

  // MARK: For the peers

  /// The input of the peers.
  var binary: Data {
    let places = places
    let header: [Int64] = [
      20_240_126, Int64(counties), Int64(streams), Int64(years), Int64(EnsembleCase.seed),
      Int64(EnsembleCase.firstYear), 0, 0,
    ]
    var numbers = (0..<counties).map { Double(code($0)) }
    for year in 0..<years { numbers += places.map { $0.people(after: year) } }
    for _ in 0..<years { numbers += places.map(\.need) }
    for _ in 0..<years { numbers += places.map(\.area) }
    for part in [\Place.income, \.score, \.stock, \.speed, \.staff] {
      numbers += places.map { $0[keyPath: part] }
    }
    for level in 0..<2 { numbers += places.map { $0.levels[level] } }
    for stream in 0..<streams { numbers += places.map { $0.pipeline[stream] } }
    for stream in 0..<streams { numbers += places.map { $0.previous[stream] * 100 } }
    numbers += (0..<streams).map { pool($0, places) * 100 }
    numbers += (0..<streams).flatMap { weights($0) }
    var data = Data()
    for word in header { data.append(bytes(UInt64(bitPattern: word))) }
    for number in numbers { data.append(bytes(number.bitPattern)) }
    return data
  }

  private func bytes(_ word: UInt64) -> Data {
    Data((0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) })
  }
}
