/// Rewards and deductions by a straight line in the score, in numbers (model, section 4).
public struct LinearIncentives<Number: LawNumber>: Sendable {
  /// β.
  public var slope: Number
  /// Least multiplier.
  public var lowest: Number
  /// Largest multiplier; nil for none.
  public var highest: Number?

  /// Makes the line.
  public init(slope: Number, lowest: Number, highest: Number?) {
    self.slope = slope
    self.lowest = lowest
    self.highest = highest
  }

  /// S̄, the mean score weighted by base amounts, over counties with a score.
  @inlinable public func meanScore(base: [Number], scores: [Number]) -> Number {
    var weighted = Number.zero
    var weight = Number.zero
    for county in base.indices {
      let isScored = scores[county].isThere
      weighted = weighted + Number.choose(isScored, base[county] * scores[county], Number.zero)
      weight = weight + Number.choose(isScored, base[county], Number.zero)
    }
    return weighted / weight
  }

  /// The multiplier of one score: 1 for a county without.
  @inlinable public func multiplier(score: Number, mean: Number) -> Number {
    let line = Number.one + slope * (score - mean) / Number(repeating: 100)
    var bounded = Number.greatest(line, lowest)
    if let highest { bounded = Number.least(bounded, highest) }
    return Number.choose(line.isThere, bounded, Number.one)
  }

  /// Works out final amounts; what a county gains is its reward, what it loses its deduction.
  ///
  /// - Parameters:
  ///   - base: a, base amounts. Shape: [county]. Fen.
  ///   - reserve: R0. Fen.
  ///   - scores: S of the year before, missing for none. Shape: [county].
  ///   - money: How money is rounded.
  /// - Returns: Deductions, rewards and final amounts.
  @inlinable public func outcome<Rule: MoneyRule>(
    base: [Number], reserve: Number, scores: [Number], money: Rule
  ) -> IncentiveOutcome<Number> where Rule.Number == Number {
    var outcome = IncentiveOutcome(base: base)
    workOut(&outcome, base: base, reserve: reserve, scores: scores, money: money)
    return outcome
  }

  /// The same in the room of an outcome.
  ///
  /// - Parameters:
  ///   - outcome: Room for the result.
  ///   - base: a, base amounts. Shape: [county]. Fen.
  ///   - reserve: R0. Fen.
  ///   - scores: S of the year before, missing for none. Shape: [county].
  ///   - money: How money is rounded.
  @inlinable public func workOut<Rule: MoneyRule>(
    _ outcome: inout IncentiveOutcome<Number>, base: [Number], reserve: Number, scores: [Number],
    money: Rule
  ) where Rule.Number == Number {
    let mean = meanScore(base: base, scores: scores)
    let total = base.reduce(reserve, +)
    var scaledSum = Number.zero
    for county in base.indices {
      outcome.final[county] = base[county] * multiplier(score: scores[county], mean: mean)
      scaledSum = scaledSum + outcome.final[county]
    }
    let canScale = scaledSum .> Number.zero
    let scale = Number.choose(canScale, total / scaledSum, Number.zero)
    for county in base.indices {
      outcome.final[county] = Number.choose(
        canScale, outcome.final[county] * scale, base[county])
    }
    money.apportion(
      &outcome.final, total: Number.choose(canScale, total, total - reserve),
      quantum: money.quantum)
    outcome.rewardPool = reserve
    outcome.unplaced = Number.choose(canScale, Number.zero, reserve)
    for county in base.indices {
      let change = outcome.final[county] - base[county]
      outcome.reward[county] = Number.greatest(change, Number.zero)
      outcome.deduction[county] = Number.greatest(Number.zero - change, Number.zero)
    }
  }
}
