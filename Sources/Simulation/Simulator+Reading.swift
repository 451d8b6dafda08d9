import FundAllocation
import PolicyModel

extension Simulator {
  /// The values of an indicator for the active counties, into a column; what stands there for the
  /// others is not meant to be read.
  ///
  /// - Throws: `LawError` if there is none for an active county and draw.
  mutating func read(
    _ indicator: Int, _ active: [Number], _ reader: Reference, into column: inout [Number]
  ) throws(LawError) {
    var isMissing = Number.Mask(repeating: false)
    if let known = wholeColumn(indicator) {
      @inline(__always) func checked(_ value: Number, _ active: Number) -> Number {
        isMissing = isMissing .| ((active .> Number.zero) .& (.!value.isThere))
        return value
      }
      column.set(known, active, checked)
    } else if fillFromTable(indicator, &column) {
      return
    } else {
      for county in column.indices {
        let isActive = active[county] .> Number.zero
        if !isActive.holdsForAny { continue }
        column[county] = try value(indicator, county: county, active: isActive, reader: reader)
      }
      return
    }
    if !isMissing.holdsForAny { return }
    for county in column.indices {
      let isActive = active[county] .> Number.zero
      if !isActive.holdsForAny { continue }
      _ = try value(indicator, county: county, active: isActive, reader: reader)
    }
  }

  /// The column of a simulated indicator; nil for any other.
  private mutating func wholeColumn(_ indicator: Int) -> [Number]? {
    guard case .state(let variable) = plan.indicators[indicator].source else { return nil }
    return stateColumn(variable)
  }

  /// Fills a column from what is known before the run; false if any value is not.
  private mutating func fillFromTable(_ indicator: Int, _ column: inout [Number]) -> Bool {
    let table = plan.indicators[indicator].table
    if table.isEmpty { return false }
    let row = yearIndex * plan.countyCount
    for county in column.indices {
      let value = table[row + county]
      if value.isNaN { return false }
      column[county] = Number(repeating: value)
    }
    return true
  }

  /// The value of an indicator for a county as the year's allocation sees it (model, section 7).
  ///
  /// - Throws: `LawError` if there is none for an active draw.
  mutating func value(
    _ indicator: Int, county index: Int, active: Number.Mask, reader: Reference
  ) throws(LawError) -> Number {
    let known = try valueIfThere(indicator, county: index, active: active)
    let isMissing = active .& (.!known.isThere)
    if isMissing.holdsForAny {
      let name = plan.indicators[indicator].name
      try refuse(where: isMissing) {
        .missingValue(indicator: name, county: $0.county(index), year: $0.year, reader: reader)
      }
    }
    return known
  }

  /// The value of an indicator, NaN where there is none.
  ///
  /// A formula that meets a missing value still ends in an error.
  mutating func valueIfThere(
    _ indicator: Int, county: Int, active: Number.Mask
  ) throws(LawError) -> Number {
    if !plan.indicators[indicator].table.isEmpty {
      let value = plan.indicators[indicator].table[yearIndex * plan.countyCount + county]
      if !value.isNaN { return Number(repeating: value) }
    }
    switch plan.indicators[indicator].source {
    case .data: return Number.missing
    case .formula(let node, _, let location):
      let context = FormulaContext(
        name: plan.indicators[indicator].name, county: county, location: location)
      return try evaluate(node, context, active: active)
    case .state(let variable): return stateColumn(variable)[county]
    case .lastAmount(.base(let stream)):
      return state.lastBase[stream][county] / Number(repeating: 100)
    case .lastAmount(.final(let stream)):
      return state.lastFinal[stream][county] / Number(repeating: 100)
    }
  }

  private mutating func stateColumn(_ variable: StateVariable) -> [Number] {
    switch variable {
    case .score: state.score
    case .effort: state.effort
    case .income: state.income
    case .assetStock: state.assetStock
    case .monitored: state.monitored
    case .executionRate: state.executionRate
    case .spent: state.spent
    case .level(let level): state.levels[level]
    case .pipeline(let stream): state.pipelines[stream]
    }
  }

  /// The value of a column that may be missing.
  mutating func value(
    _ indicator: Int?, county: Int, ifMissing value: Double
  ) throws(LawError) -> Number {
    guard let indicator else { return Number(repeating: value) }
    let known = try valueIfThere(indicator, county: county, active: everywhere)
    return Number.choose(known.isThere, known, Number(repeating: value))
  }

  /// Reads a column that may be missing, for every county.
  mutating func readAll(
    _ indicator: Int?, ifMissing value: Double, into column: inout [Number]
  ) throws(LawError) {
    guard let indicator else {
      column.setEach { _ in Number(repeating: value) }
      return
    }
    if fillFromTable(indicator, &column) { return }
    for county in column.indices {
      column[county] = try self.value(indicator, county: county, ifMissing: value)
    }
  }

  /// Whether a county belongs to a group this year.
  mutating func isMember(
    _ group: Int, county: Int, active: Number.Mask
  ) throws(LawError) -> Number.Mask {
    var isInside = active
    for condition in plan.groups[group].conditions {
      switch condition {
      case .fixed(let members):
        isInside = isInside .& Number.Mask(repeating: members[county])
      case .indicator(let indicator, let side, let slot, let reader):
        if !isInside.holdsForAny { break }
        let value = try value(indicator, county: county, active: isInside, reader: reader)
        isInside = isInside .& Simulator.isBeyond(value, side, parameter(slot))
      }
    }
    return isInside
  }

  /// Strictly below or above a threshold.
  static func isBeyond(_ value: Number, _ side: Gate.Side, _ threshold: Number) -> Number.Mask {
    side == .below ? value .< threshold : value .> threshold
  }
}
