import FundAllocation

/// What a simulation carries from one year to the next.
///
/// Money of streams in fen; `income`, `assetStock`, `spent` and `pipelines` in currency units, as
/// formulas read them. "Not there" is NaN.
public struct CountyState<Number: LawNumber>: Sendable {
  /// S.
  ///
  /// Shape: [county].
  public var score: [Number]
  /// 0 for A to 3 for D, NaN without a grade.
  ///
  /// Shape: [county].
  public var grade: [Number]
  /// The lowest score of each grade, NaN for an empty one.
  ///
  /// Shape: [grade].
  public var lowestScore: [Number]
  /// E.
  ///
  /// Shape: [county].
  public var effort: [Number]
  /// Income per rural person.
  ///
  /// Shape: [county]. Currency units.
  public var income: [Number]
  /// b, income without the return on assets.
  ///
  /// Shape: [county]. Currency units.
  public var ownIncome: [Number]
  /// H.
  ///
  /// Shape: [county]. Currency units.
  public var assetStock: [Number]
  /// M.
  ///
  /// Shape: [county]. Persons.
  public var monitored: [Number]
  /// Part of the money at hand that was spent.
  ///
  /// Shape: [county].
  public var executionRate: [Number]
  /// Money spent in the year.
  ///
  /// Shape: [county]. Currency units.
  public var spent: [Number]
  /// q of the responsive levels.
  ///
  /// Shape: [level][county].
  public var levels: [[Number]]
  /// K of each stream.
  ///
  /// Shape: [stream][county]. Currency units a year.
  public var pipelines: [[Number]]
  /// ā: base amount of the last eligible year, 0 for none.
  ///
  /// Shape: [stream][county]. Fen.
  public var reference: [[Number]]
  /// Last year's base amount, 0 if not eligible.
  ///
  /// Shape: [stream][county]. Fen.
  public var lastBase: [[Number]]
  /// Last year's final amount, 0 if not eligible.
  ///
  /// Shape: [stream][county]. Fen.
  public var lastFinal: [[Number]]
  /// Unspent money by age, the oldest age last and open-ended where money is carried for ever.
  ///
  /// Shape: [stream][county][age], flat in county and age. Fen.
  public var carried: [[Number]]
  /// Money that waits to be recycled.
  ///
  /// Shape: [stream]. Fen.
  public var waiting: [Number]
  /// Pool before rounding and recycling.
  ///
  /// Shape: [stream]. Fen.
  public var poolAmount: [Number]

  init(countyCount: Int, streamCount: Int, levelCount: Int, ageLimit: Int) {
    let missing = Array(repeating: Number.missing, count: countyCount)
    let zero = Array(repeating: Number.zero, count: countyCount)
    let zeroByStream = Array(repeating: zero, count: streamCount)
    score = missing
    grade = missing
    lowestScore = Array(repeating: Number.missing, count: 4)
    effort = missing
    income = missing
    ownIncome = missing
    assetStock = zero
    monitored = missing
    executionRate = missing
    spent = missing
    levels = Array(repeating: missing, count: levelCount)
    pipelines = Array(repeating: missing, count: streamCount)
    reference = zeroByStream
    lastBase = zeroByStream
    lastFinal = zeroByStream
    carried = Array(
      repeating: Array(repeating: Number.zero, count: countyCount * ageLimit), count: streamCount)
    waiting = Array(repeating: Number.zero, count: streamCount)
    poolAmount = waiting
  }
}

/// One stream's year: everything from the pool to what is carried out.
///
/// All money in fen.
public struct StreamResult<Number: LawNumber>: Sendable {
  /// The input of the allocation.
  public var year: StreamYear<Number>
  /// Shares, bounds, base amounts.
  public var allocation: StreamAllocation<Number>
  /// Rewards and deductions.
  public var outcome: IncentiveOutcome<Number>
  /// The first year with the candidates that `year.eligible` holds; nil where it holds others.
  var candidatesAsIn: Int?
  /// Final amounts that the region keeps.
  ///
  /// Shape: [county].
  public var held: [Number]
  /// Final amounts that counties get.
  ///
  /// Shape: [county].
  public var final: [Number]
  /// The part of the pool that was recycled.
  public var recycled: Number
  /// Money of the pool that no county gets.
  public var unallocated: Number
  /// Σ W.
  public internal(set) var rewarded: Number
  /// Σ D.
  public internal(set) var deducted: Number
  /// Sums over the counties.
  public internal(set) var flows = StreamFlows<Number>()
  /// Unspent money of earlier years.
  ///
  /// Shape: [county].
  public var carriedIn: [Number]
  /// X, money spent.
  ///
  /// Shape: [county].
  public var spent: [Number]
  /// Money that the region takes back.
  ///
  /// Shape: [county].
  public var recovered: [Number]
  /// Unspent money that stays.
  ///
  /// Shape: [county].
  public var carriedOut: [Number]

  /// Room for a stream, to be filled year after year.
  init(countyCount: Int, factorCount: Int) {
    let zero = Array(repeating: Number.zero, count: countyCount)
    year = StreamYear(
      pool: Number.zero, reserveShare: Number.zero, eligible: zero, reference: zero,
      rules: ShareRules(factorCount: factorCount, countyCount: countyCount), countyRules: nil,
      floor: nil, cap: nil, minimum: nil)
    allocation = StreamAllocation(countyCount: countyCount)
    outcome = IncentiveOutcome(base: zero)
    held = zero
    final = zero
    recycled = Number.zero
    unallocated = Number.zero
    rewarded = Number.zero
    deducted = Number.zero
    carriedIn = zero
    spent = zero
    recovered = zero
    carriedOut = zero
  }

  /// Allocates what `year` says.
  mutating func allocate<Rule: MoneyRule>(_ prefectures: [[Int]], _ money: Rule)
  where Rule.Number == Number {
    allocation.workOut(
      year, prefectures: prefectures, money: money, isExplained: Rule.isExplained)
  }

  /// Sums rewards and deductions of the counties.
  mutating func sumIncentives() {
    rewarded = outcome.reward.reduce(Number.zero, +)
    deducted = outcome.deduction.reduce(Number.zero, +)
  }

  /// Rewards and deducts by grade.
  mutating func reward<Rule: MoneyRule>(
    _ table: GradeIncentives<Number>, _ rates: GradeRates<Number>, _ money: Rule
  ) where Rule.Number == Number {
    table.workOut(
      &outcome, base: allocation.base, reserve: allocation.reserve, rates: rates, money: money)
  }
}
