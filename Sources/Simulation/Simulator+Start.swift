import FundAllocation
import PolicyModel

extension Simulator {
  /// Sets the state with which the first year begins, from the data.
  public mutating func start() throws(LawError) {
    try findWhoTakesPart()
    for index in plan.streams.indices {
      state.reference[index] = plan.streams[index].previous.map { Number(repeating: $0) }
      state.lastBase[index] = state.reference[index]
      state.lastFinal[index] = state.reference[index]
      state.pipelines[index] = ofYear(plan.streams[index].pipeline)
    }
    startScores()
    try startLevels()
    try startIncome()
  }

  private mutating func startScores() {
    state.score = ofYear(plan.columns.score)
    state.spent = ofYear(plan.columns.spent)
    state.monitored = ofYear(plan.columns.monitored)
    state.assetStock = ofYear(plan.columns.assetStock).map {
      Number.choose($0.isThere, $0, Number.zero)
    }
    let start = plan.behaviour?.effort.map { parameter($0.start) } ?? Number.missing
    state.effort = ofYear(plan.columns.effort).map { Number.choose($0.isThere, $0, start) }
    if plan.assessment == nil { return }
    var graded = state
    grade(&graded)
    state = graded
  }

  private mutating func startLevels() throws(LawError) {
    let rates = ofYear(plan.columns.executionRate)
    for county in rates.indices {
      let speed = try paymentSpeed(county)
      state.executionRate[county] = Number.choose(rates[county].isThere, rates[county], speed)
    }
    guard let levels = plan.behaviour?.levels else { return }
    for (index, level) in levels.enumerated() {
      state.levels[index] = ofYear(level.data)
      for county in rates.indices {
        let value = state.levels[index][county]
        try requireStart(value, "level_\(level.key)", county, level.reference)
      }
    }
  }

  /// Refuses a missing start value of a county that takes part.
  private mutating func requireStart(
    _ value: Number, _ indicator: String, _ index: Int, _ reader: Reference
  ) throws(LawError) {
    if !takesPart[index] { return }
    try refuse(where: .!value.isThere) {
      .missingValue(indicator: indicator, county: $0.county(index), year: $0.year, reader: reader)
    }
  }

  private mutating func startIncome() throws(LawError) {
    guard let behaviour = plan.behaviour else { return }
    for county in state.monitored.indices where behaviour.monitored != nil {
      let value = state.monitored[county]
      try requireStart(
        value, "monitored", county,
        Reference(name: "monitored", path: "behaviour.monitored", location: nil))
    }
    guard behaviour.income != nil else { return }
    state.income = ofYear(plan.columns.income)
    for county in state.income.indices {
      let value = state.income[county]
      try requireStart(
        value, "income", county,
        Reference(name: "income", path: "behaviour.income", location: nil))
      let earned = try assetReturn(state, county)
      state.ownIncome[county] = state.income[county] - earned
    }
  }

  /// r H q / rural population: what assets earn per rural person. Currency units.
  mutating func assetReturn(
    _ state: CountyState<Number>, _ index: Int
  ) throws(LawError) -> Number {
    guard let assets = plan.behaviour?.assets else { return Number.zero }
    let rate = parameter(assets.returnRate)
    let stock = state.assetStock[index]
    let earns = .!(rate * stock .== Number.zero)
    if !earns.holdsForAny { return Number.zero }
    let people = try value(plan.columns.ruralPopulation, county: index, ifMissing: .nan)
    try requireStart(
      Number.choose(earns, people, Number.zero), "rural_population", index,
      Reference(name: "rural_population", path: "behaviour.assets", location: nil))
    var quality = Number.one
    if let level = assets.quality {
      quality = try self.level(level, of: state, county: index)
    }
    let perHead = rate * stock * quality / people
    return Number.choose(earns .& (people .> Number.zero), perHead, Number.zero)
  }
}
