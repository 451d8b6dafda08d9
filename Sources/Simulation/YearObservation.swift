import FundAllocation
import PolicyModel

/// What metrics need of a year beside money and state; NaN for what is not there.
public struct YearObservation<Number: LawNumber>: Sendable {
  /// Rural population.
  ///
  /// Shape: [county]. Persons.
  public var ruralPopulation: [Number]
  /// The indicator of need as the allocation saw it.
  ///
  /// Shape: [county].
  public var need: [Number]
  /// Administrative capacity, 1 if missing.
  ///
  /// Shape: [county].
  public var staff: [Number]
  /// Σ K' · goal share over streams.
  ///
  /// Shape: [county]. Currency units a year.
  public var pipeline: [Number]
  /// 1 for the counties of each group as the allocation saw them, else 0; a county whose membership
  /// cannot be judged is outside.
  ///
  /// Shape: [group][county].
  public var groups: [[Number]] = []
  /// End-of-year score, or the data's where there is no assessment.
  ///
  /// Shape: [county].
  public var score: [Number]
  /// End-of-year effort, or the data's where effort is off.
  ///
  /// Shape: [county].
  public var effort: [Number]
  /// End-of-year income per rural person, or the data's.
  ///
  /// Shape: [county]. Currency units.
  public var income: [Number]
  /// End-of-year assets, or the data's.
  ///
  /// Shape: [county]. Currency units.
  public var assetStock: [Number]
  /// End-of-year monitored persons, or the data's.
  ///
  /// Shape: [county].
  public var monitored: [Number]

  init(countyCount: Int) {
    ruralPopulation = Array(repeating: Number.missing, count: countyCount)
    need = ruralPopulation
    staff = ruralPopulation
    pipeline = ruralPopulation
    score = ruralPopulation
    effort = ruralPopulation
    income = ruralPopulation
    assetStock = ruralPopulation
    monitored = ruralPopulation
  }
}

extension Simulator {
  /// Reads population, need and staff before the year's end changes what they rest on.
  mutating func observe() throws(LawError) {
    if Rule.isExplained || plan.recordsGroups { observeGroups() }
    try readPopulation()
    try readStaff()
    guard let need = plan.columns.need, let reference = plan.scenario.need else { return }
    for county in 0..<plan.countyCount {
      let lives = observation.ruralPopulation[county] .> Number.zero
      if !lives.holdsForAny { continue }
      observation.need[county] = try value(
        need, county: county, active: lives, reader: reference)
    }
  }

  /// Reads the rural population of the year.
  mutating func readPopulation() throws(LawError) {
    var column: [Number] = []
    swap(&column, &observation.ruralPopulation)
    defer { swap(&column, &observation.ruralPopulation) }
    try readAll(plan.columns.ruralPopulation, ifMissing: .nan, into: &column)
  }

  private mutating func readStaff() throws(LawError) {
    var column: [Number] = []
    swap(&column, &observation.staff)
    defer { swap(&column, &observation.staff) }
    try readAll(plan.columns.staff, ifMissing: 1, into: &column)
  }

  private mutating func observeGroups() {
    // What cannot be judged is outside; it does not make a draw fail.
    let failedBefore = failed
    defer { failed = failedBefore }
    let active = Number.Mask(repeating: true)
    observation.groups = plan.groups.indices.map { group in
      (0..<plan.countyCount).map { county in
        let isInside = try? isMember(group, county: county, active: active)
        return Number.indicator(isInside ?? Number.Mask(repeating: false))
      }
    }
  }

  /// What the year's end shows: simulated values where their part is on, else the data's.
  mutating func observeEnd() {
    let behaviour = plan.behaviour
    let columns = plan.columns
    observation.score =
      plan.assessment != nil ? state.score : row(columns.score).column(plan.countyCount)
    observation.effort =
      behaviour?.effort != nil ? state.effort : row(columns.effort).column(plan.countyCount)
    observation.income = shownIncome
    observation.assetStock =
      behaviour?.assets != nil ? state.assetStock : row(columns.assetStock).column(plan.countyCount)
    observation.monitored =
      behaviour?.monitored != nil
      ? state.monitored : row(columns.monitored).column(plan.countyCount)
    observePipelines()
  }

  /// End-of-year income per rural person, or the data's where income is off.
  ///
  /// Shape: [county]. Currency units; NaN where there is none.
  public var shownIncome: [Number] {
    plan.behaviour?.income != nil
      ? state.income : row(plan.columns.income).column(plan.countyCount)
  }

  /// A data table in the year that runs.
  func row(_ table: [Double]) -> DataRow<Number> {
    DataRow(table: table, start: yearIndex * plan.countyCount)
  }

  /// Σ K' · goal share over the streams that have a pipeline.
  private mutating func observePipelines() {
    let depths = plan.streams.indices.map { PipelineDepth($0, plan, yearIndex: yearIndex) }
    for county in 0..<plan.countyCount {
      var sum = Number.missing
      for stream in plan.streams.indices {
        let depth = depths[stream].value(of: county, state.pipelines[stream])
        let added = Number.choose(sum.isThere, sum, Number.zero) + depth
        sum = Number.choose(depth.isThere, added, sum)
      }
      observation.pipeline[county] = sum * scratch.goalShare[county]
    }
  }
}

/// A year of a data table, the same in every draw; missing where there is none.
struct DataRow<Number: LawNumber> {
  /// Shape: [year][county], flat; may be empty.
  let table: [Double]
  /// Where the year stands.
  let start: Int

  @inline(__always)
  subscript(county: Int) -> Number {
    let index = start &+ county
    return Number(repeating: index < table.count ? table[index] : .nan)
  }

  /// The value of a county, or another where there is none.
  @inline(__always)
  func value(_ county: Int, ifMissing other: Number) -> Number {
    let value = self[county]
    return Number.choose(value.isThere, value, other)
  }

  /// All counties.
  func column(_ countyCount: Int) -> [Number] { (0..<countyCount).map { self[$0] } }
}
