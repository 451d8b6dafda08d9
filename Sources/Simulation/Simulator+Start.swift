import FundAllocation
import PolicyModel

extension Simulator {
  /// Sets the state with which the first year begins, from the data.
  public mutating func start() throws(LawError) {
    for index in plan.streams.indices {
      state.reference[index] = plan.streams[index].previous.map { Number(repeating: $0) }
      state.lastBase[index] = state.reference[index]
      state.lastFinal[index] = state.reference[index]
      state.pipelines[index] = ofYear(plan.streams[index].pipeline)
    }
    startOutcomes()
    try startExecutionRates()
    for (index, level) in (plan.behaviour?.levels ?? []).enumerated() {
      state.levels[index] = ofYear(level.data)
    }
    try findWhoTakesPart()
    try requireStartValues()
    try startOwnIncome()
  }

  private mutating func startOutcomes() {
    state.score = ofYear(plan.columns.score)
    state.spent = ofYear(plan.columns.spent)
    state.monitored = ofYear(plan.columns.monitored)
    state.income = ofYear(plan.columns.income)
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

  private mutating func startExecutionRates() throws(LawError) {
    let rates = ofYear(plan.columns.executionRate)
    for county in rates.indices {
      let speed = try paymentSpeed(county)
      state.executionRate[county] = Number.choose(rates[county].isThere, rates[county], speed)
    }
  }

  /// What the behaviour blocks cannot start without.
  private mutating func requireStartValues() throws(LawError) {
    guard let behaviour = plan.behaviour else { return }
    for county in state.score.indices {
      for (index, level) in behaviour.levels.enumerated() {
        let value = state.levels[index][county]
        try requireStart(value, "level_\(level.key)", county, level.reference)
      }
      let people = state.monitored[county]
      if behaviour.monitored != nil {
        try requireStart(people, "monitored", county, reader("monitored"))
      }
      let income = state.income[county]
      if behaviour.income != nil { try requireStart(income, "income", county, reader("income")) }
    }
  }

  private func reader(_ block: String) -> Reference {
    Reference(name: block, path: "behaviour.\(block)", location: nil)
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

  /// b, so that income does not jump at the start.
  private mutating func startOwnIncome() throws(LawError) {
    if plan.behaviour?.income == nil { return }
    for county in state.income.indices {
      let earned = try assetReturn(state, county)
      state.ownIncome[county] = state.income[county] - earned
    }
  }

  /// r H q / rural population: what assets earn per rural person.
  ///
  /// Currency units.
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
      Number.choose(earns, people, Number.zero), "rural_population", index, reader("assets"))
    var quality = Number.one
    if let level = assets.quality {
      quality = try self.level(level, of: state, county: index)
    }
    let perHead = rate * stock * quality / people
    return Number.choose(earns .& (people .> Number.zero), perHead, Number.zero)
  }
}
