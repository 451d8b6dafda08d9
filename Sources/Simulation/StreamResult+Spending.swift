import FundAllocation
import PolicyModel

/// What spending rests on, by county.
///
/// Shapes: [county].
struct SpendingTerms<Number: LawNumber> {
  /// K, in currency units a year; missing where no pipeline is known.
  let depth: [Number]
  /// The part of projects with an approved goal.
  let goalShare: [Number]
  /// η (1 − delay / 12).
  let speed: [Number]

  /// X = η (1 − delay/12) V K / (V + K), or without K where no pipeline is known; amounts in fen.
  @inline(__always)
  static func spendable<Rule: MoneyRule>(
    _ available: Number, _ depth: Number, _ speed: Number, _ money: Rule
  ) -> Number where Rule.Number == Number {
    let sum = available + depth
    let limited = speed * available * depth / sum
    let isLimited = depth.isThere
    let raw = Number.choose(isLimited, limited, speed * available)
    let isPositive = (available .> Number.zero) .& ((.!isLimited) .| (sum .> Number.zero))
    let spent = Number.choose(isPositive, raw, Number.zero)
    return Number.least(money.roundedToFen(spent), available)
  }
}

extension StreamResult {
  /// Sets what is carried in and spent (model, section 8); returns where money at hand is more than
  /// money can be.
  ///
  /// `carried` has the shape [county][age], flat.
  mutating func spend<Rule: MoneyRule>(
    _ terms: SpendingTerms<Number>, carried: [Number], ageCount: Int, _ money: Rule
  ) -> Number.Mask where Rule.Number == Number {
    var isTooLarge = Number.Mask(repeating: false)
    let finals = final
    StreamResult.fill(&carriedIn, &spent) { carriedIn, spent in
      let (final, ages) = (finals.span, carried.span)
      let (depth, goal, speed) = (terms.depth.span, terms.goalShare.span, terms.speed.span)
      precondition(
        final.count == spent.count && ages.count == spent.count * ageCount
          && depth.count == spent.count && goal.count == spent.count
          && speed.count == spent.count && carriedIn.count == spent.count, "columns of others")
      for county in 0..<spent.count {
        var sum = Number.zero
        for age in 0..<ageCount { sum = sum + ages[county &* ageCount &+ age] }
        let available = final[county] + sum
        isTooLarge = isTooLarge .| (available .> Number(repeating: Money.limit))
        let ready = depth[county] * goal[county] * Number(repeating: 100)
        carriedIn[county] = sum
        spent[county] = SpendingTerms.spendable(available, ready, speed[county], money)
      }
    }
    return isTooLarge
  }

  /// Takes spending from the oldest money, recovers what is too old, carries the rest (model,
  /// section 6).
  ///
  /// `ages` has the shape [county][age], flat; `isOver` says for each age, the youngest first, in
  /// which draws its money is recovered.
  mutating func settle(_ ages: inout [Number], isOver: [Number.Mask]) {
    let oldest = isOver.count - 2
    let (finals, spending) = (final, spent)
    var carried = ages.mutableSpan
    StreamResult.fill(&recovered, &carriedOut) { recovered, carriedOut in
      let (final, spent) = (finals.span, spending.span)
      precondition(
        final.count == recovered.count && spent.count == recovered.count
          && carriedOut.count == recovered.count
          && carried.count == recovered.count * (oldest + 1), "columns of others")
      for county in 0..<recovered.count {
        let start = county &* (oldest &+ 1)
        var toSpend = spent[county]
        var back = Number.zero
        var out = Number.zero
        var merged = Number.zero  // What the oldest place will hold.
        var age = oldest &+ 1
        while age >= 0 {
          let amount = age == 0 ? final[county] : carried[start &+ age &- 1]
          let taken = Number.least(amount, toSpend)
          toSpend = toSpend - taken
          let rest = amount - taken
          let kept = rest.replacing(with: Number.zero, where: isOver[age])
          back = back + rest - kept
          out = out + kept
          if age > oldest {
            merged = kept
          } else {
            carried[start &+ age] = age == oldest ? merged + kept : kept
          }
          age &-= 1
        }
        recovered[county] = back
        carriedOut[county] = out
      }
    }
  }

  /// Writes two columns through spans.
  @inline(__always)
  private static func fill(
    _ first: inout [Number], _ second: inout [Number],
    _ body: (inout MutableSpan<Number>, inout MutableSpan<Number>) -> Void
  ) {
    var one = first.mutableSpan
    var two = second.mutableSpan
    body(&one, &two)
  }
}
