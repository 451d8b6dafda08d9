import FundAllocation
import PolicyModel
import Statistics

extension Ledger {
  /// One draw of a comparison in the form of a ledger, amounts rounded to whole fen.
  ///
  /// - Parameters:
  ///   - draw: The number of the draw.
  ///   - plans: One a scenario, the baseline first.
  ///   - seed: The seed of the draws.
  /// - Returns: A ledger a scenario; nil for one whose law ends in an error in this draw.
  public static func ofDraw(_ draw: Int, _ plans: [Plan], seed: UInt64) -> [Ledger?] {
    var block = DrawBlock(plans, seed: seed, keepsListing: true)
    let lane = draw % DrawBlock.laneCount
    var years: [[Year]] = plans.map { _ in [] }
    block.run(firstDraw: draw - lane) { scenario, simulator in
      simulator.observeEnd()
      years[scenario].append(Year(simulator, lane: lane))
    }
    return plans.indices.map { scenario in
      if block.simulators[scenario].failed[lane] { return nil }
      return Ledger(plan: plans[scenario], years: years[scenario], warnings: [])
    }
  }
}

extension Ledger.Year {
  /// A draw's year.
  fileprivate init(_ simulator: DrawSimulator, lane: Int) {
    let end = CountyState(simulator.state, lane: lane)
    self.init(
      year: simulator.year,
      streams: simulator.streams.map { StreamResult($0, lane: lane) }, start: end, end: end,
      incentivePower: column(simulator.incentivePower, lane),
      observation: YearObservation(simulator.observation, lane: lane),
      levels: simulator.assessedLevels.map { column($0, lane) })
  }
}

/// One draw of a column.
private func column(_ lanes: [SIMD8<Double>], _ lane: Int) -> [Double] {
  lanes.map { $0[lane] }
}

/// One draw of a column of money, in whole fen.
private func fen(_ lanes: [SIMD8<Double>], _ lane: Int) -> [Double] {
  lanes.map { $0[lane].rounded(.toNearestOrAwayFromZero) }
}

extension CountyState<Double> {
  fileprivate init(_ lanes: CountyState<SIMD8<Double>>, lane: Int) {
    self.init(
      countyCount: lanes.score.count, streamCount: 0, levelCount: 0, ageLimit: 1)
    score = column(lanes.score, lane)
    grade = column(lanes.grade, lane)
    executionRate = column(lanes.executionRate, lane)
  }
}

extension YearObservation<Double> {
  fileprivate init(_ lanes: YearObservation<SIMD8<Double>>, lane: Int) {
    self.init(countyCount: lanes.score.count)
    ruralPopulation = column(lanes.ruralPopulation, lane)
    need = column(lanes.need, lane)
    staff = column(lanes.staff, lane)
    pipeline = column(lanes.pipeline, lane)
    score = column(lanes.score, lane)
    effort = column(lanes.effort, lane)
    income = column(lanes.income, lane)
    assetStock = column(lanes.assetStock, lane)
    monitored = column(lanes.monitored, lane)
  }
}

extension StreamResult<Double> {
  fileprivate init(_ lanes: StreamResult<SIMD8<Double>>, lane: Int) {
    func whole(_ number: SIMD8<Double>) -> Double {
      number[lane].rounded(.toNearestOrAwayFromZero)
    }
    self.init(countyCount: lanes.final.count, factorCount: 0)
    year.pool = whole(lanes.year.pool)
    year.eligible = column(lanes.year.eligible, lane)
    allocation.share = column(lanes.allocation.share, lane)
    allocation.base = fen(lanes.allocation.base, lane)
    allocation.reserve = whole(lanes.allocation.reserve)
    allocation.basePool = whole(lanes.allocation.basePool)
    allocation.level = year.eligible.contains(1) ? lanes.allocation.level[lane] : .nan
    outcome.deduction = fen(lanes.outcome.deduction, lane)
    outcome.reward = fen(lanes.outcome.reward, lane)
    held = fen(lanes.held, lane)
    final = fen(lanes.final, lane)
    recycled = whole(lanes.recycled)
    unallocated = whole(lanes.unallocated)
    carriedIn = fen(lanes.carriedIn, lane)
    spent = fen(lanes.spent, lane)
    recovered = fen(lanes.recovered, lane)
    carriedOut = fen(lanes.carriedOut, lane)
  }
}
