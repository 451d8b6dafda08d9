import FundAllocation
import PolicyModel

extension Simulator {
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
    let table = plan.indicators[indicator].table
    if !table.isEmpty {
      let value = table[yearIndex * plan.countyCount + county]
      if !value.isNaN { return Number(repeating: value) }
    }
    switch plan.indicators[indicator].source {
    case .data: return Number.missing
    case .formula(let node, _, let location):
      let context = FormulaContext(
        name: plan.indicators[indicator].name, county: county, location: location)
      return try evaluate(node, context, active: active)
    case .state(let variable): return stateValue(variable, county: county)
    case .lastAmount(.base(let stream)):
      return state.lastBase[stream][county] / Number(repeating: 100)
    case .lastAmount(.final(let stream)):
      return state.lastFinal[stream][county] / Number(repeating: 100)
    }
  }

  private func stateValue(_ variable: StateVariable, county: Int) -> Number {
    switch variable {
    case .score: state.score[county]
    case .effort: state.effort[county]
    case .income: state.income[county]
    case .assetStock: state.assetStock[county]
    case .monitored: state.monitored[county]
    case .executionRate: state.executionRate[county]
    case .spent: state.spent[county]
    case .level(let level): state.levels[level][county]
    case .pipeline(let stream): state.pipelines[stream][county]
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
        isInside = isInside .& isBeyond(value, side, parameter(slot))
      }
    }
    return isInside
  }

  /// Strictly below or above a threshold.
  func isBeyond(_ value: Number, _ side: Gate.Side, _ threshold: Number) -> Number.Mask {
    side == .below ? value .< threshold : value .> threshold
  }
}
