import FundAllocation
import PolicyModel

extension Ledger {
  /// The value of an indicator as a year's allocation saw it; nil where there is none.
  ///
  /// - Parameters:
  ///   - name: A name that the scenario's rules use.
  ///   - county: Index of the county.
  ///   - yearIndex: Index of the year in the run.
  /// - Returns: The value, or nil.
  public func value(of name: String, county: Int, yearIndex: Int) -> Double? {
    guard let indicator = plan.indicators.firstIndex(where: { $0.name == name }) else {
      return nil
    }
    var simulator = Simulator(
      plan: plan, money: LedgerMoney(quantum: plan.scenario.quantum),
      parameters: plan.parameterValues)
    simulator.state = years[yearIndex].start
    simulator.yearIndex = yearIndex
    guard
      let value = try? simulator.valueIfThere(indicator, county: county, active: true),
      !value.isNaN
    else { return nil }
    return value
  }

  /// One coefficient of a county as a year's allocation saw it; 1 where it cannot be told.
  public func coefficient(_ index: Int, stream: Int, county: Int, yearIndex: Int) -> Double {
    var simulator = Simulator(
      plan: plan, money: LedgerMoney(quantum: plan.scenario.quantum),
      parameters: plan.parameterValues)
    simulator.state = years[yearIndex].start
    simulator.yearIndex = yearIndex
    let eligible = years[yearIndex].streams[stream].year.eligible
    let values = try? simulator.coefficientValues(
      plan.streams[stream].coefficients[index], eligible)
    return values?[county] ?? 1
  }
}
