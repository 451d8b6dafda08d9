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

  /// No incentives: final amounts are base amounts.
  @inlinable public init(base: [Number]) {
    deduction = Array(repeating: Number.zero, count: base.count)
    reward = deduction
    final = base
    rewardPool = Number.zero
    unitSum = Number.zero
    basis = []
    unplaced = Number.zero
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
  @inlinable public static func entry(_ table: [Number], of grade: Number) -> Number {
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
    var units = basis
    var deducted = Number.zero
    for county in base.indices {
      let share = Self.entry(deductions, of: grades[county])
      outcome.deduction[county] = money.roundedToQuantum(share * base[county])
      deducted = deducted + outcome.deduction[county]
      units[county] = Self.entry(rewards, of: grades[county]) * basis[county]
      outcome.unitSum = outcome.unitSum + units[county]
    }
    outcome.rewardPool = reserve + deducted
    share(&outcome, units: units, base: base, money: money)
    for county in base.indices {
      outcome.final[county] = base[county] - outcome.deduction[county] + outcome.reward[county]
    }
    return outcome
  }

  /// Shares the reward pool by units within the cap, the rest by what is left of the base.
  @inlinable func share<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, units: [Number], base: [Number], money: Rule
  ) where Rule.Number == Number {
    let infinite = Number(repeating: .infinity)
    let caps = base.map { amount in
      rewardCap.map { money.roundedToQuantum($0 * amount) } ?? infinite
    }
    let floors = Array(repeating: Number.zero, count: base.count)
    let scale = Number.choose(
      outcome.unitSum .> Number.zero, Number.one / outcome.unitSum, Number.zero)
    let placed = Placement(
      shares: units.map { $0 * scale }, floors: floors, caps: caps, pool: outcome.rewardPool,
      money: money)
    let kept = base.indices.map { base[$0] - outcome.deduction[$0] }
    let keptSum = kept.reduce(Number.zero, +)
    let canKeep = keptSum .> Number.zero
    let perFen = Number.choose(canKeep, placed.unplaced / keptSum, Number.zero)
    var rest = kept.map { $0 * perFen }
    let restTotal = Number.choose(canKeep, placed.unplaced, Number.zero)
    money.apportion(&rest, total: restTotal, quantum: money.quantum)
    outcome.unplaced = placed.unplaced - restTotal
    for county in base.indices { outcome.reward[county] = placed.amounts[county] + rest[county] }
  }
}
