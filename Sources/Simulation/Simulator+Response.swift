import FundAllocation
import PolicyModel

extension Simulator {
  /// E' = clip01(E + κ (E0 + α μ staff − E)).
  mutating func updateEffort(_ next: inout CountyState<Number>) throws(LawError) {
    guard let effort = plan.behaviour?.effort else { return }
    let start = parameter(effort.start)
    for county in next.effort.indices {
      let staff = try value(plan.columns.staff, county: county, ifMissing: 1)
      let wanted = start + parameter(effort.response) * incentivePower[county] * staff
      let now = state.effort[county]
      next.effort[county] = (now + parameter(effort.adjustment) * (wanted - now)).clippedToUnit
    }
  }

  /// E' − E0, 0 without effort.
  private func extraEffort(_ next: CountyState<Number>, _ county: Int) -> Number {
    guard let effort = plan.behaviour?.effort else { return Number.zero }
    return next.effort[county] - parameter(effort.start)
  }

  /// q' = clip01(q + ρ (q̄ + b (E' − E0) − q) + σ ε).
  mutating func updateLevels(_ next: inout CountyState<Number>) {
    guard let levels = plan.behaviour?.levels else { return }
    for (index, level) in levels.enumerated() {
      for county in 0..<plan.countyCount {
        let now = state.levels[index][county]
        let mean = level.data[yearIndex * plan.countyCount + county]
        let response = parameter(level.response) * extraEffort(next, county)
        let wanted = Number(repeating: mean) + response
        let moved = now + parameter(level.persistence) * (wanted - now)
        next.levels[index][county] = Number.choose(
          moved.isThere, moved.clippedToUnit, Number.missing)
      }
    }
  }

  /// K' = max(0, K (1 + γ + b (E' − E0))), used from the next year.
  mutating func updatePipelines(_ next: inout CountyState<Number>) {
    guard let pipeline = plan.behaviour?.pipeline else { return }
    for stream in next.pipelines.indices {
      for county in 0..<plan.countyCount {
        let response = parameter(pipeline.response) * extraEffort(next, county)
        let grown =
          state.pipelines[stream][county]
          * (Number.one + parameter(pipeline.growth) + response)
        next.pipelines[stream][county] = Number.choose(
          grown .< Number.zero, Number.zero, grown)
      }
    }
  }

  /// H' = (1 − δ) H + ι X.
  mutating func updateAssets(_ next: inout CountyState<Number>) {
    guard let assets = plan.behaviour?.assets else { return }
    let kept = Number.one - parameter(assets.depreciation)
    for county in next.assetStock.indices {
      next.assetStock[county] =
        kept * state.assetStock[county] + parameter(assets.fixedShare) * next.spent[county]
    }
  }

  /// b' = b (1 + growth + σ ε), income = b' + r H' q / rural population.
  mutating func updateIncome(_ next: inout CountyState<Number>) throws(LawError) {
    guard let income = plan.behaviour?.income else { return }
    for county in next.income.indices {
      next.ownIncome[county] = state.ownIncome[county] * (Number.one + parameter(income.growth))
      next.income[county] = next.ownIncome[county] + (try assetReturn(next, county))
    }
  }

  /// M' = max(0, M (1 + inflow) − ω M X / (X + cost M)).
  mutating func updateMonitored(_ next: inout CountyState<Number>) {
    guard let monitored = plan.behaviour?.monitored else { return }
    let cost = parameter(monitored.cost) / Number(repeating: 100)
    for county in next.monitored.indices {
      let now = state.monitored[county]
      let spent = next.spent[county]
      let need = spent + cost * now
      let relieved = parameter(monitored.relief) * now * spent / need
      let relief = Number.choose(need .> Number.zero, relieved, Number.zero)
      let moved = now * (Number.one + parameter(monitored.inflow)) - relief
      next.monitored[county] = Number.choose(moved .< Number.zero, Number.zero, moved)
    }
  }
}
