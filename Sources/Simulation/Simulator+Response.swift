import FundAllocation
import PolicyModel

extension Simulator {
  /// E' = clip01(E + κ (E0 + α μ staff − E)).
  mutating func updateEffort() {
    guard let effort = plan.behaviour?.effort else { return }
    let start = parameter(effort.start)
    let response = parameter(effort.response)
    let adjustment = parameter(effort.adjustment)
    // `observe` read the capacity of this year.
    @inline(__always) func next(_ now: Number, _ staff: Number, _ power: Number) -> Number {
      let wanted = start + response * power * staff
      return (now + adjustment * (wanted - now)).clippedToUnit
    }
    state.effort.update(observation.staff, incentivePower, next)
  }

  /// E0, what extra effort is counted from; nil without effort.
  private var effortStart: Number? {
    @inline(__always) get { parameter(ifAny: plan.behaviour?.effort?.start) }
  }

  /// q' = clip01(q + ρ (q̄ + b (E' − E0) − q) + σ ε).
  mutating func updateLevels() {
    guard let levels = plan.behaviour?.levels else { return }
    let start = effortStart
    for (index, level) in levels.enumerated() {
      let shock = shockStart(plan.shockSource(.level(index)))
      let sigma = parameter(level.noise)
      let (persistence, response) = (parameter(level.persistence), parameter(level.response))
      let row = yearIndex * plan.countyCount
      let (effort, shocks, means) = (state.effort, shocks, level.data)
      @inline(__always) func next(_ county: Int, _ now: Number) -> Number {
        var wanted = Number(repeating: means[row &+ county])
        if let start { wanted = wanted + response * (effort[county] - start) }
        var moved = now + persistence * (wanted - now)
        if let shock { moved = moved + sigma * shocks[shock &+ county] }
        return Number.choose(moved.isThere, moved.clippedToUnit, Number.missing)
      }
      state.levels[index].updateEach(next)
    }
  }

  /// K' = max(0, K (1 + γ + b (E' − E0))), used from the next year.
  mutating func updatePipelines() {
    guard let pipeline = plan.behaviour?.pipeline else { return }
    let start = effortStart
    let growth = Number.one + parameter(pipeline.growth)
    let response = parameter(pipeline.response)
    scratch.used.set(state.effort) { effort in
      start.map { growth + response * (effort - $0) } ?? growth
    }
    @inline(__always) func next(_ now: Number, _ factor: Number) -> Number {
      let grown = now * factor
      return Number.choose(grown .< Number.zero, Number.zero, grown)
    }
    for stream in state.pipelines.indices { state.pipelines[stream].update(scratch.used, next) }
  }

  /// H' = (1 − δ) H + ι X.
  mutating func updateAssets() {
    guard let assets = plan.behaviour?.assets else { return }
    let kept = Number.one - parameter(assets.depreciation)
    let fixedShare = parameter(assets.fixedShare)
    state.assetStock.update(state.spent) { stock, spent in kept * stock + fixedShare * spent }
  }

  /// b' = b (1 + growth + σ ε), income = b' + r H' q / rural population.
  mutating func updateIncome() throws(LawError) {
    guard let income = plan.behaviour?.income else { return }
    let growth = Number.one + parameter(income.growth)
    let sigma = parameter(income.noise)
    let shock = shockStart(plan.shockSource(.income))
    let shocks = shocks
    @inline(__always) func next(_ county: Int, _ own: Number) -> Number {
      var factor = growth
      if let shock { factor = factor + sigma * shocks[shock &+ county] }
      return own * factor
    }
    state.ownIncome.updateEach(next)
    try addAssetReturns()
  }

  /// M' = max(0, M (1 + inflow) − ω M X / (X + cost M)).
  mutating func updateMonitored() {
    guard let monitored = plan.behaviour?.monitored else { return }
    let cost = parameter(monitored.cost) / Number(repeating: 100)
    let inflow = Number.one + parameter(monitored.inflow)
    let reliefShare = parameter(monitored.relief)
    let spent = state.spent
    @inline(__always) func next(_ county: Int, _ now: Number) -> Number {
      let need = spent[county] + cost * now
      let relieved = reliefShare * now * spent[county] / need
      let relief = Number.choose(need .> Number.zero, relieved, Number.zero)
      let moved = now * inflow - relief
      return Number.choose(moved .< Number.zero, Number.zero, moved)
    }
    state.monitored.updateEach(next)
  }
}
