import FundAllocation
import PolicyModel

extension Simulator {
  /// Sets the state with which the first year begins, from the data.
  public mutating func start() throws(LawError) {
    yearIndex = 0
    failed = Number.Mask(repeating: false)
    for index in plan.streams.indices {
      let previous = plan.streams[index].previous
      state.reference[index].setEach { Number(repeating: previous[$0]) }
      if plan.readsLastAmounts {
        state.lastBase[index].setEach { Number(repeating: previous[$0]) }
        state.lastFinal[index].setEach { Number(repeating: previous[$0]) }
      }
      let pipeline = row(plan.streams[index].pipeline)
      state.pipelines[index].setEach { pipeline[$0] }
      state.carried[index].setEach { _ in Number.zero }
      state.waiting[index] = Number.zero
    }
    startOutcomes()
    try startExecutionRates()
    for (index, level) in (plan.behaviour?.levels ?? []).enumerated() {
      let data = row(level.data)
      state.levels[index].setEach { data[$0] }
    }
    try findWhoTakesPart()
    if !plan.startsComplete { try requireStartValues() }
    try startOwnIncome()
  }

  private mutating func startOutcomes() {
    let columns = plan.columns
    let (score, spent, monitored) = (row(columns.score), row(columns.spent), row(columns.monitored))
    let (income, stock, effort) = (
      row(columns.income), row(columns.assetStock), row(columns.effort)
    )
    state.score.setEach { score[$0] }
    state.spent.setEach { spent[$0] }
    state.monitored.setEach { monitored[$0] }
    state.income.setEach { income[$0] }
    state.assetStock.setEach { stock.value($0, ifMissing: Number.zero) }
    let start = parameter(plan.behaviour?.effort?.start, otherwise: .nan)
    state.effort.setEach { effort.value($0, ifMissing: start) }
    grade()
  }

  private mutating func startExecutionRates() throws(LawError) {
    let rates = row(plan.columns.executionRate)
    try setPaymentSpeed()
    let speed = scratch.speed
    state.executionRate.setEach { rates.value($0, ifMissing: speed[$0]) }
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
    try readPopulation()
    try readAssetQuality()
    state.ownIncome = zeroColumn
    let income = state.income
    try addAssetReturns()
    for county in income.indices {
      state.ownIncome[county] = income[county] - state.income[county]
    }
    state.income = income
  }

  /// income = b + r H q / rural population: what assets earn per rural person is added.
  ///
  /// Currency units.
  mutating func addAssetReturns() throws(LawError) {
    guard let assets = plan.behaviour?.assets else {
      let own = state.ownIncome
      state.income.setEach { own[$0] }
      return
    }
    let rate = parameter(assets.returnRate)
    try requirePopulation(rate)
    let quality = try assets.quality.map { (level) throws(LawError) in
      try assetQuality(level, rate: rate)
    }
    let (own, stock, people) = (state.ownIncome, state.assetStock, observation.ruralPopulation)
    @inline(__always) func value(_ county: Int) -> Number {
      let earned = rate * stock[county]
      let looked = quality.map { earned * $0[county] } ?? earned
      let earns = (.!(earned .== Number.zero)) .& (people[county] .> Number.zero)
      return own[county] + Number.choose(earns, looked / people[county], Number.zero)
    }
    state.income.setEach(value)
  }

  /// Refuses a missing population where assets earn.
  private mutating func requirePopulation(_ rate: Number) throws(LawError) {
    var isMissing = Number.Mask(repeating: false)
    for county in observation.ruralPopulation.indices {
      let earns = .!(rate * state.assetStock[county] .== Number.zero)
      isMissing = isMissing .| (earns .& (.!observation.ruralPopulation[county].isThere))
    }
    if !isMissing.holdsForAny { return }
    for county in observation.ruralPopulation.indices {
      let earns = .!(rate * state.assetStock[county] .== Number.zero)
      try requireStart(
        Number.choose(earns, observation.ruralPopulation[county], Number.zero), "rural_population",
        county,
        reader("assets"))
    }
  }

  /// Reads the level of the assets' upkeep where it is an indicator of the data or a formula, while
  /// the state is that of the year's start.
  mutating func readAssetQuality() throws(LawError) {
    guard let assets = plan.behaviour?.assets, case .data(let indicator, _)? = assets.quality,
      !(parameter(assets.returnRate) .== Number.zero).holdsForAll
    else { return }
    for county in scratch.quality.indices {
      let lives = observation.ruralPopulation[county] .> Number.zero
      if !lives.holdsForAny { continue }
      scratch.quality[county] = try valueIfThere(indicator, county: county, active: lives)
    }
  }

  /// q of the assets' upkeep; refused where it is missing and assets earn.
  private mutating func assetQuality(
    _ level: AssessmentPlan.Level, rate: Number
  ) throws(LawError) -> [Number] {
    switch level {
    case .simulated(let index): return state.levels[index]
    case .execution(let low, let high): return executionLevels(low, high)
    case .data(let indicator, let reader):
      for county in scratch.quality.indices where takesPart[county] {
        let earns = .!(rate * state.assetStock[county] .== Number.zero)
        let isRead = earns .& (observation.ruralPopulation[county] .> Number.zero)
        try refuse(where: isRead .& (.!scratch.quality[county].isThere)) {
          .missingValue(
            indicator: $0.plan.indicators[indicator].name, county: $0.county(county),
            year: $0.year, reader: reader)
        }
      }
      return scratch.quality
    }
  }
}
