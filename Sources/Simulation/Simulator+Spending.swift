import FundAllocation
import PolicyModel

extension Simulator {
  /// Spends, recovers, carries over and sets the execution rate (model, sections 6 and 8).
  mutating func spend(_ next: inout CountyState<Number>) throws(LawError) {
    for county in 0..<plan.countyCount {
      let available = try moneyAtHand(county)
      let spent = try spending(county, available)
      settleMoney(county, available, spent, &next)
      let total = available.reduce(Number.zero, +)
      let used = spent.reduce(Number.zero, +)
      next.executionRate[county] = Number.choose(
        total .> Number.zero, used / total, state.executionRate[county])
      next.spent[county] = used / Number(repeating: 100)
    }
    recycle(&next)
  }

  /// V of each stream: the final amount and what was carried in.
  ///
  /// Shape: [stream]. Fen.
  private mutating func moneyAtHand(_ county: Int) throws(LawError) -> [Number] {
    var available: [Number] = []
    for index in streams.indices {
      var carried = Number.zero
      for age in state.carried[index].indices {
        carried = carried + state.carried[index][age][county]
      }
      streams[index].carriedIn[county] = carried
      let sum = streams[index].final[county] + carried
      available.append(sum)
      try refuse(where: sum .> Number(repeating: Money.limit)) {
        .amountTooLarge(year: $0.year, reader: $0.plan.streams[index].reference)
      }
    }
    return available
  }

  /// X of each stream.
  ///
  /// Shape: [stream]. Fen.
  private mutating func spending(
    _ county: Int, _ available: [Number]
  ) throws(LawError) -> [Number] {
    let speed = try paymentSpeed(county)
    let goalShare = try value(plan.columns.goalShare, county: county, ifMissing: 1)
    let depths = plan.streams.indices.map { index in
      pipeline(index, county, of: state) * goalShare * Number(repeating: 100)
    }
    var spent = available.indices.map { spendable(available[$0], depths[$0], speed) }
    guard let group = plan.integration else { return spent }
    let isPooled = try isMember(group, county: county, active: everywhere)
    if !isPooled.holdsForAny { return spent }
    let pooled = pooledSpending(available, depths, speed)
    for index in spent.indices {
      spent[index] = Number.choose(isPooled, pooled[index], spent[index])
    }
    return spent
  }

  /// η (1 − delay / 12).
  mutating func paymentSpeed(_ county: Int) throws(LawError) -> Number {
    let factor = try value(plan.columns.executionFactor, county: county, ifMissing: 1)
    return factor * (Number.one - parameter(plan.delay) / Number(repeating: 12))
  }

  /// K of a stream, missing where there is none.
  ///
  /// Currency units a year.
  func pipeline(_ stream: Int, _ county: Int, of state: CountyState<Number>) -> Number {
    if plan.behaviour?.pipeline != nil { return state.pipelines[stream][county] }
    let table = plan.streams[stream].pipeline
    return table.isEmpty
      ? Number.missing : Number(repeating: table[yearIndex * plan.countyCount + county])
  }

  /// X = η (1 − delay/12) V K / (V + K), or without K where no pipeline is known.
  private func spendable(_ available: Number, _ depth: Number, _ speed: Number) -> Number {
    let sum = available + depth
    let limited = speed * available * depth / sum
    let isLimited = depth.isThere
    let raw = Number.choose(isLimited, limited, speed * available)
    let isPositive = (available .> Number.zero) .& ((.!isLimited) .| (sum .> Number.zero))
    let spent = Number.choose(isPositive, raw, Number.zero)
    return Number.least(money.roundedToFen(spent), available)
  }

  /// X of pooled streams: worked out on the sums, shared in proportion to V.
  private func pooledSpending(
    _ available: [Number], _ depths: [Number], _ speed: Number
  ) -> [Number] {
    let total = available.reduce(Number.zero, +)
    let spent = spendable(total, depths.reduce(Number.zero, +), speed)
    let scale = Number.choose(total .> Number.zero, spent / total, Number.zero)
    var shares = available.map { $0 * scale }
    money.apportion(&shares, total: spent, quantum: 1)
    return shares
  }

  /// Takes spending from the oldest money, recovers what is too old, carries the rest.
  private mutating func settleMoney(
    _ county: Int, _ available: [Number], _ spent: [Number], _ next: inout CountyState<Number>
  ) {
    let years = plan.carryOver.years.map { parameter($0) }
    for index in streams.indices {
      let oldest = plan.carryOver.ageLimit - 1
      var toSpend = spent[index]
      var recovered = Number.zero
      var out = Number.zero
      var aged = Array(repeating: Number.zero, count: plan.carryOver.ageLimit)
      for age in stride(from: oldest + 1, through: 0, by: -1) {
        let amount =
          age == 0 ? streams[index].final[county] : state.carried[index][age - 1][county]
        let used = Number.least(amount, toSpend)
        toSpend = toSpend - used
        let rest = amount - used
        let isOver = years.map { Number(repeating: Double(age + 1)) .>= $0 }
        let kept = Number.choose(isOver ?? Number.Mask(repeating: false), Number.zero, rest)
        recovered = recovered + rest - kept
        aged[min(age, oldest)] = aged[min(age, oldest)] + kept
        out = out + kept
      }
      for age in aged.indices { next.carried[index][age][county] = aged[age] }
      streams[index].spent[county] = spent[index]
      streams[index].recovered[county] = recovered
      streams[index].carriedOut[county] = out
    }
  }

  /// Lets recovered and unallocated money wait for the next pool.
  private func recycle(_ next: inout CountyState<Number>) {
    guard plan.carryOver.recycles else { return }
    for index in streams.indices {
      let recovered = streams[index].recovered.reduce(Number.zero, +)
      next.waiting[index] = state.waiting[index] + recovered + streams[index].unallocated
    }
  }
}
