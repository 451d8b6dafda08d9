/// Rewards and deductions of one stream in one year (model, section 4).
public struct IncentiveOutcome<Number: LawNumber>: Sendable {
  /// D, deductions ≥ 0.
  ///
  /// Shape: [county]. Fen.
  public var deduction: [Number]
  /// W, rewards ≥ 0.
  ///
  /// Shape: [county]. Fen.
  public var reward: [Number]
  /// f = a − D + W.
  ///
  /// Shape: [county]. Fen.
  public var final: [Number]
  /// R, the money for rewards.
  ///
  /// Fen.
  public var rewardPool: Number
  /// Σ n, reward units.
  public var unitSum: Number
  /// b, what reward units are measured by.
  ///
  /// Shape: [county].
  public var basis: [Number]
  /// Reward money that nobody could take.
  ///
  /// Fen.
  public var unplaced: Number

  /// n, reward units; what an outcome needs while it is worked out.
  @usableFromInline var units: [Number]
  /// Largest rewards.
  @usableFromInline var caps: [Number]
  /// What of the reward pool nobody could take, by county.
  @usableFromInline var rest: [Number]
  /// Zeros: nobody has a least reward.
  @usableFromInline let floors: [Number]

  /// No incentives: final amounts are base amounts.
  @inlinable public init(base: [Number]) {
    let zero = Array(repeating: Number.zero, count: base.count)
    deduction = zero
    reward = zero
    final = base
    rewardPool = Number.zero
    unitSum = Number.zero
    basis = []
    unplaced = Number.zero
    units = zero
    caps = Array(repeating: Number(repeating: .infinity), count: base.count)
    floors = zero
    rest = zero
  }

  /// f = a − D + W of everybody.
  @inlinable mutating func setFinal(base: [Number]) {
    final.set(base, deduction, reward) { amount, deducted, rewarded in
      amount - deducted + rewarded
    }
  }

  /// Final amounts where there are no incentives.
  @inlinable public mutating func keep(base: [Number]) { final.set(base) }
}

/// r and d of every county by its grade.
///
/// Shapes: [county].
public struct GradeRates<Number: LawNumber>: Sendable {
  /// r, reward units per unit of the basis; 0 without a grade.
  public var rewards: [Number]
  /// d, deducted part of the base amount; 0 without a grade.
  public var deductions: [Number]

  /// Room for a number of counties.
  public init(countyCount: Int) {
    rewards = Array(repeating: Number.zero, count: countyCount)
    deductions = rewards
  }

  /// Sets the rates of counties from a table and their grades.
  ///
  /// - Parameters:
  ///   - table: The rates of each grade.
  ///   - grades: 0 for A to 3 for D, missing for none. Shape: [county].
  @inlinable public mutating func set(_ table: GradeIncentives<Number>, grades: [Number]) {
    let (units, taken) = (table.rewards, table.deductions)
    @inline(__always) func rates(_ grade: Number, _: Number) -> (Number, Number) {
      var reward = Number.zero
      var deduction = Number.zero
      for index in units.indices {
        let isIt = grade .== Number(repeating: Double(index))
        reward = reward.replacing(with: units[index], where: isIt)
        deduction = deduction.replacing(with: taken[index], where: isIt)
      }
      return (reward, deduction)
    }
    setBoth(&rewards, &deductions, grades, grades, rates)
  }
}

/// Rewards and deductions by grade, in numbers.
public struct GradeIncentives<Number: LawNumber>: Sendable {
  /// r, reward units per unit of the basis, A to D.
  public var rewards: [Number]
  /// d, deducted part of the base amount, A to D.
  public var deductions: [Number]
  /// Largest reward as a part of the base amount.
  public var rewardCap: Number?

  /// Makes the table.
  public init(rewards: [Number], deductions: [Number], rewardCap: Number?) {
    self.rewards = rewards
    self.deductions = deductions
    self.rewardCap = rewardCap
  }

  /// The entry of a grade (0 for A to 3 for D), 0 for a county without a grade.
  @inlinable @inline(__always)
  public static func entry(_ table: [Number], of grade: Number) -> Number {
    var value = Number.zero
    for index in table.indices {
      value = value.replacing(with: table[index], where: grade .== Number(repeating: Double(index)))
    }
    return value
  }

  /// Works out deductions, rewards and final amounts.
  ///
  /// - Parameters:
  ///   - base: a, base amounts. Shape: [county]. Fen.
  ///   - reserve: R0. Fen.
  ///   - grades: 0 for A to 3 for D, missing for none. Shape: [county].
  ///   - basis: b, 0 for who is not eligible. Shape: [county].
  ///   - money: How money is rounded.
  /// - Returns: Deductions, rewards and final amounts.
  @inlinable public func outcome<Rule: MoneyRule>(
    base: [Number], reserve: Number, grades: [Number], basis: [Number], money: Rule
  ) -> IncentiveOutcome<Number> where Rule.Number == Number {
    var outcome = IncentiveOutcome(base: base)
    outcome.basis = basis
    var rates = GradeRates<Number>(countyCount: base.count)
    rates.set(self, grades: grades)
    workOut(&outcome, base: base, reserve: reserve, rates: rates, money: money)
    return outcome
  }

  /// The same in the room of an outcome whose `basis` is set.
  ///
  /// - Parameters:
  ///   - outcome: Room for the result.
  ///   - base: a, base amounts. Shape: [county]. Fen.
  ///   - reserve: R0. Fen.
  ///   - rates: r and d of every county.
  ///   - money: How money is rounded.
  @inlinable public func workOut<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, base: [Number], reserve: Number,
    rates: GradeRates<Number>, money: Rule
  ) where Rule.Number == Number {
    let deducted = setUnits(&outcome, base, rates, money)
    outcome.rewardPool = reserve + deducted
    share(&outcome, base: base, money: money)
    outcome.setFinal(base: base)
  }

  /// Sets deductions and the shares of units; returns Σ D.
  @inlinable func setUnits<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, _ base: [Number], _ rates: GradeRates<Number>,
    _ money: Rule
  ) -> Number where Rule.Number == Number {
    var deducted = Number.zero
    var unitSum = Number.zero
    @inline(__always) func both(
      _ amount: Number, _ basis: Number, _ rate: Number, _ share: Number
    ) -> (Number, Number) {
      let deduction = money.roundedToQuantum(share * amount)
      deducted = deducted + deduction
      let unit = rate * basis
      unitSum = unitSum + unit
      return (deduction, unit)
    }
    setBoth(
      &outcome.deduction, &outcome.units, base, outcome.basis, rates.rewards, rates.deductions,
      both)
    outcome.unitSum = unitSum
    let scale = Number.choose(unitSum .> Number.zero, Number.one / unitSum, Number.zero)
    outcome.units.updateEach { _, unit in unit * scale }
    return deducted
  }

  /// Shares the reward pool by units within the cap, the rest by what is left of the base.
  @inlinable func share<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, base: [Number], money: Rule
  ) where Rule.Number == Number {
    if let rewardCap {
      outcome.caps.set(base) { money.roundedToQuantum(rewardCap * $0) }
    }
    let placed = Placement<Number>.place(
      pool: outcome.rewardPool, shares: outcome.units, floors: outcome.floors,
      caps: outcome.caps, into: &outcome.reward)
    money.apportion(&outcome.reward, total: placed.total, quantum: money.quantum)
    outcome.unplaced = placed.unplaced
    if (placed.unplaced .> Number.zero).holdsForAny { shareRest(&outcome, base, money) }
  }

  /// Adds what nobody could take to the rewards, in proportion to a − D.
  @inlinable func shareRest<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, _ base: [Number], _ money: Rule
  ) where Rule.Number == Number {
    var keptSum = Number.zero
    outcome.rest.set(base, outcome.deduction) { amount, deducted in
      let kept = amount - deducted
      keptSum = keptSum + kept
      return kept
    }
    let canKeep = keptSum .> Number.zero
    let perFen = Number.choose(canKeep, outcome.unplaced / keptSum, Number.zero)
    outcome.rest.updateEach { _, kept in kept * perFen }
    let total = Number.choose(canKeep, outcome.unplaced, Number.zero)
    money.apportion(&outcome.rest, total: total, quantum: money.quantum)
    outcome.unplaced = outcome.unplaced - total
    outcome.reward.update(outcome.rest) { $0 + $1 }
  }
}
