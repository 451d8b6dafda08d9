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
    let limited = Number.choose(
      sum .> Number.zero, speed * available * depth / sum, Number.zero)
    let raw = Number.choose(depth.isThere, limited, speed * available)
    let spent = Number.choose(available .> Number.zero, raw, Number.zero)
    return Number.least(money.roundedToFen(spent), available)
  }
}

/// X of the counties that pool their streams, in one stream.
struct PooledSpending<Number: LawNumber> {
  /// Who pools.
  ///
  /// Shape: [county].
  let isPooled: [Number.Mask]
  /// X of those.
  ///
  /// Shape: [county]. Fen.
  let spent: [Number]
}

/// What streams come to by county while they spend, in fen.
///
/// Shapes: [county].
struct SpendingTotals<Number: LawNumber>: Sendable {
  /// ΣV over streams.
  var atHand: [Number]
  /// ΣX over streams.
  var used: [Number]
  /// Σf over streams.
  var final: [Number]

  /// Starts a year.
  mutating func clear() {
    atHand.setEach { _ in Number.zero }
    used.setEach { _ in Number.zero }
    final.setEach { _ in Number.zero }
  }
}

/// A stream's money of a year, summed over counties, in fen.
public struct StreamFlows<Number: LawNumber>: Sendable {
  /// Σ f.
  public internal(set) var final = Number.zero
  /// Σ of what is carried in.
  public internal(set) var carriedIn = Number.zero
  /// Σ X.
  public internal(set) var spent = Number.zero
  /// Σ of what stays.
  public internal(set) var carriedOut = Number.zero
  /// Σ of what the region takes back.
  public internal(set) var recovered = Number.zero
}

extension StreamResult {
  /// Spends, takes it from the oldest money, recovers what is too old and carries the rest (model,
  /// sections 6 and 8), in one pass over the counties.
  ///
  /// - Parameters:
  ///   - terms: What spending rests on.
  ///   - pooled: X of the counties that pool streams; nil if none does.
  ///   - ages: Unspent money. Shape: [county][age], flat, the youngest first. Fen.
  ///   - isOver: For each age, the youngest first, the draws in which its money is recovered.
  ///   - totals: Over the streams so far.
  ///   - keepsColumns: Whether what each county carries, spends and gives back is written down.
  ///   - money: How money is rounded.
  /// - Returns: Where money at hand is more than money can be.
  mutating func spend<Rule: MoneyRule>(
    _ terms: SpendingTerms<Number>, pooled: PooledSpending<Number>?, ages: inout [Number],
    isOver: [Number.Mask], totals: inout SpendingTotals<Number>, keepsColumns: Bool, _ money: Rule
  ) -> Number.Mask where Rule.Number == Number {
    @inline(__always) func spend(ageCount: Int) -> Number.Mask {
      self.spend(
        terms, pooled: pooled, ages: &ages, ageCount: ageCount, isOver: isOver, totals: &totals,
        keepsColumns: keepsColumns, money)
    }
    // The usual numbers are known to the compiler, which writes their loops out.
    switch isOver.count {
    case 2: return spend(ageCount: 1)
    case 3: return spend(ageCount: 2)
    default: return spend(ageCount: isOver.count - 1)
    }
  }

  @inline(__always)
  private mutating func spend<Rule: MoneyRule>(
    _ terms: SpendingTerms<Number>, pooled: PooledSpending<Number>?, ages: inout [Number],
    ageCount: Int, isOver: [Number.Mask], totals: inout SpendingTotals<Number>,
    keepsColumns: Bool, _ money: Rule
  ) -> Number.Mask where Rule.Number == Number {
    // Sums of their own, not fields of one value: those would be written at every county.
    var (sumFinal, sumIn, sumSpent) = (Number.zero, Number.zero, Number.zero)
    var (sumBack, sumOut) = (Number.zero, Number.zero)
    var isTooLarge = Number.Mask(repeating: false)
    precondition(isOver.count == ageCount + 1, "ages of others")
    let finals = final
    // Taken out, so that each is written as a span of its own.
    var (allAtHand, allUsed, allFinal) = ([Number](), [Number](), [Number]())
    swap(&allAtHand, &totals.atHand)
    swap(&allUsed, &totals.used)
    swap(&allFinal, &totals.final)
    defer {
      swap(&allAtHand, &totals.atHand)
      swap(&allUsed, &totals.used)
      swap(&allFinal, &totals.final)
    }
    var carried = ages.mutableSpan
    var atHand = allAtHand.mutableSpan
    var used = allUsed.mutableSpan
    var got = allFinal.mutableSpan
    let (final, depth, goal, speed) = (
      finals.span, terms.depth.span, terms.goalShare.span, terms.speed.span
    )
    precondition(
      carried.count == final.count * ageCount && depth.count == final.count
        && goal.count == final.count && speed.count == final.count && atHand.count == final.count
        && used.count == final.count && got.count == final.count, "columns of others")
    for county in 0..<final.count {
      let start = county &* ageCount
      let amount = final[county]
      var old = carried[start]
      for age in 1..<ageCount { old = old + carried[start &+ age] }
      let available = amount + old
      isTooLarge = isTooLarge .| (available .> Number(repeating: Money.limit))
      let ready = depth[county] * goal[county] * Number(repeating: 100)
      var paid = SpendingTerms.spendable(available, ready, speed[county], money)
      if let pooled {
        paid = Number.choose(pooled.isPooled[county], pooled.spent[county], paid)
      }
      let (back, out) = StreamResult.settle(
        amount, spent: paid, &carried, start, ageCount: ageCount, isOver: isOver)
      atHand[county] = atHand[county] + available
      used[county] = used[county] + paid
      got[county] = got[county] + amount
      sumFinal = sumFinal + amount
      sumIn = sumIn + old
      sumSpent = sumSpent + paid
      sumBack = sumBack + back
      sumOut = sumOut + out
      if keepsColumns {
        carriedIn[county] = old
        spent[county] = paid
        recovered[county] = back
        carriedOut[county] = out
      }
    }
    flows = StreamFlows(
      final: sumFinal, carriedIn: sumIn, spent: sumSpent, carriedOut: sumOut, recovered: sumBack)
    return isTooLarge
  }

  /// Takes a county's spending from the oldest money and recovers what is too old; returns what goes
  /// back to the region and what stays.
  @inline(__always)
  private static func settle(
    _ final: Number, spent: Number, _ carried: inout MutableSpan<Number>, _ start: Int,
    ageCount: Int, isOver: [Number.Mask]
  ) -> (back: Number, out: Number) {
    let oldest = ageCount - 1
    var toSpend = spent
    var back = Number.zero
    var out = Number.zero
    /// What of an amount is neither spent nor recovered.
    @inline(__always) func kept(_ amount: Number, _ isOver: Number.Mask) -> Number {
      let taken = Number.least(amount, toSpend)
      toSpend = toSpend - taken
      let rest = amount - taken
      let kept = rest.replacing(with: Number.zero, where: isOver)
      back = back + rest - kept
      out = out + kept
      return kept
    }
    var merged = kept(carried[start &+ oldest], isOver[oldest &+ 1])
    var age = oldest
    while age > 0 {
      carried[start &+ age] = merged + kept(carried[start &+ age &- 1], isOver[age])
      merged = Number.zero  // Only the oldest place holds money of two ages.
      age &-= 1
    }
    carried[start] = merged + kept(final, isOver[0])
    return (back, out)
  }
}
