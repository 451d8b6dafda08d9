/// What one stream's allocation of one year needs to know, in numbers.
public struct StreamYear<Number: LawNumber>: Sendable {
  /// P, the pool.
  ///
  /// Fen.
  public var pool: Number
  /// ρ, the part of the pool kept for rewards.
  public var reserveShare: Number
  /// 1 for eligible counties, else 0.
  ///
  /// Shape: [county].
  public var eligible: [Number]
  /// ā, the reference amount, 0 for none.
  ///
  /// Shape: [county]. Fen.
  public var reference: [Number]
  /// Factors, coefficients and guarantees of the region's split (or the counties', if direct).
  public var rules: ShareRules<Number>
  /// The split within prefectures; nil for a direct stream.
  public var countyRules: ShareRules<Number>?
  /// Floor as a part of the reference amount.
  public var floor: Number?
  /// Cap as a part of the reference amount.
  public var cap: Number?
  /// Least amount in fen.
  public var minimum: Number?

  /// Makes the input.
  public init(
    pool: Number, reserveShare: Number, eligible: [Number], reference: [Number],
    rules: ShareRules<Number>, countyRules: ShareRules<Number>?, floor: Number?, cap: Number?,
    minimum: Number?
  ) {
    self.pool = pool
    self.reserveShare = reserveShare
    self.eligible = eligible
    self.reference = reference
    self.rules = rules
    self.countyRules = countyRules
    self.floor = floor
    self.cap = cap
    self.minimum = minimum
  }
}

/// One stream, one year: shares, bounds and base amounts (model, sections 2 and 3).
public struct StreamAllocation<Number: LawNumber>: Sendable {
  /// Shares; for a stream through prefectures those of the counties within their prefecture.
  public var shares: CompositeShares<Number>
  /// Share of each county in the base pool.
  ///
  /// Shape: [county].
  public var share: [Number]
  /// ℓ, least amounts.
  ///
  /// Shape: [county]. Fen.
  public var floors: [Number]
  /// u, largest amounts.
  ///
  /// Shape: [county]. Fen.
  public var caps: [Number]
  /// Amounts before rounding.
  ///
  /// Shape: [county]. Fen.
  public var unrounded: [Number]
  /// a, base amounts.
  ///
  /// Shape: [county]. Fen.
  public var base: [Number]
  /// R0, the reserve.
  ///
  /// Fen.
  public var reserve: Number
  /// B, the base pool.
  ///
  /// Fen.
  public var basePool: Number
  /// Base pool that caps left over.
  ///
  /// Fen.
  public var unplaced: Number
  /// λ in fen; missing where it is undefined.
  public var level: Number
  /// What the user should know.
  public var notices: [AllocationNotice] = []

  /// Room for a number of counties, to be filled year after year.
  public init(countyCount: Int) {
    let zero = Array(repeating: Number.zero, count: countyCount)
    shares = CompositeShares(countyCount: countyCount)
    share = zero
    floors = zero
    caps = zero
    unrounded = zero
    base = zero
    reserve = Number.zero
    basePool = Number.zero
    unplaced = Number.zero
    level = Number.missing
  }

  /// Allocates.
  ///
  /// - Parameters:
  ///   - year: The stream's numbers of the year.
  ///   - prefectures: Counties of each prefecture. Shape: [prefecture][county index].
  ///   - money: How money is rounded.
  @inlinable public init<Rule: MoneyRule>(
    _ year: StreamYear<Number>, prefectures: [[Int]], money: Rule
  ) where Rule.Number == Number {
    self.init(countyCount: year.eligible.count)
    workOut(year, prefectures: prefectures, money: money, isExplained: true)
  }

  /// Allocates another year in the room of the last.
  ///
  /// - Parameters:
  ///   - year: The stream's numbers of the year.
  ///   - prefectures: Counties of each prefecture. Shape: [prefecture][county index].
  ///   - money: How money is rounded.
  ///   - isExplained: Whether steps, unrounded amounts and notices are kept.
  @inlinable public mutating func workOut<Rule: MoneyRule>(
    _ year: StreamYear<Number>, prefectures: [[Int]], money: Rule, isExplained: Bool
  ) where Rule.Number == Number {
    // Not without need: an empty list would be given room.
    if !notices.isEmpty { notices.removeAll(keepingCapacity: true) }
    if !shares.notices.isEmpty { shares.notices.removeAll(keepingCapacity: true) }
    reserve = money.roundedToQuantum(year.reserveShare * year.pool)
    basePool = year.pool - reserve
    level = Number.missing
    if let countyRules = year.countyRules {
      setBounds(year, money)
      allocateThroughPrefectures(year, countyRules, prefectures, money)
    } else {
      allocateDirectly(year, money, isExplained: isExplained)
    }
    if isExplained { noticeMissedGuarantees(year) }
  }

  /// Sets ℓ and u of every county.
  @inlinable mutating func setBounds<Rule: MoneyRule>(
    _ year: StreamYear<Number>, _ money: Rule
  ) where Rule.Number == Number {
    let rule = BoundRule(year, money)
    setBoth(&floors, &caps, year.reference, year.eligible) { rule.bounds($0, $1) }
  }

  /// Sets ℓ and u; returns their sums and that of the shares.
  @inlinable mutating func sumBounds<Rule: MoneyRule>(
    _ year: StreamYear<Number>, _ money: Rule
  ) -> BoundSums<Number> where Rule.Number == Number {
    // Where neighbours stand side by side, a pass of its own adds faster.
    if Number.laneCount > 1 {
      setBounds(year, money)
      return BoundSums(share.span, floors.span, caps.span, level: Number.zero)
    }
    return BoundRule(year, money).fill(&floors, &caps, year, share)
  }

  @inlinable mutating func allocateDirectly<Rule: MoneyRule>(
    _ year: StreamYear<Number>, _ money: Rule, isExplained: Bool
  ) where Rule.Number == Number {
    shares.workOut(year.rules, members: year.eligible.indices, keepsSteps: isExplained)
    if isExplained { share = shares.final } else { swap(&share, &shares.final) }
    let sums = sumBounds(year, money)
    let water = WaterLevel(
      shares: share, floors: floors, caps: caps, pool: basePool, sums: sums)
    water.fill(&base, shares: share, floors: floors, caps: caps)
    let placed = Placement<Number>.Result(water, pool: basePool)
    if isExplained { unrounded = base }
    money.apportion(&base, total: placed.total, quantum: money.quantum)
    level = placed.level
    unplaced = placed.unplaced
    if !placed.notices.isEmpty { notices += placed.notices }
  }

  /// Exchanges the columns that are worked in with those of another, so that streams of which no step
  /// is kept work in the same room, which stays close to the processor.
  @inlinable public mutating func exchangeRoom(with other: inout StreamAllocation) {
    swap(&shares, &other.shares)
    swap(&share, &other.share)
    swap(&floors, &other.floors)
    swap(&caps, &other.caps)
  }

  @inlinable mutating func noticeMissedGuarantees(_ year: StreamYear<Number>) {
    let guarantees = (year.countyRules ?? year.rules).guarantees
    for (index, guarantee) in guarantees.enumerated() {
      var amount = Number.zero
      var all = Number.zero
      var shareOfGroup = Number.zero
      for county in base.indices {
        amount = amount + unrounded[county] * guarantee.members[county]
        shareOfGroup = shareOfGroup + share[county] * guarantee.members[county]
        all = all + unrounded[county]
      }
      let slack = Number(repeating: 1 - 1e-9)
      let isMissed = (amount .< guarantee.share * all * slack) .& (shareOfGroup .> Number.zero)
      if isMissed.holdsForAny { notices.append(.guaranteeMissed(guarantee: index)) }
    }
  }
}

/// ℓ and u of a county in one stream and year (model, section 2, Bounds).
@usableFromInline
struct BoundRule<Rule: MoneyRule> {
  @usableFromInline typealias Number = Rule.Number
  @usableFromInline let money: Rule
  @usableFromInline let floor: Number?
  @usableFromInline let cap: Number?
  /// The least amount, before and after rounding.
  @usableFromInline let rawMinimum: Number
  @usableFromInline let minimum: Number

  @inlinable init(_ year: StreamYear<Number>, _ money: Rule) {
    self.money = money
    floor = year.floor
    cap = year.cap
    rawMinimum = year.minimum ?? Number.zero
    minimum = year.minimum.map { money.roundedToQuantum($0) } ?? Number.zero
  }

  /// Sets the bounds of all counties; returns their sums and that of the shares.
  @inlinable func fill(
    _ floors: inout [Number], _ caps: inout [Number], _ year: StreamYear<Number>,
    _ shares: [Number]
  ) -> BoundSums<Number> {
    var sums = BoundSums<Number>()
    var low = floors.mutableSpan
    var high = caps.mutableSpan
    let (share, reference, eligible) = (shares.span, year.reference.span, year.eligible.span)
    precondition(
      low.count == share.count && high.count == share.count && reference.count == share.count
        && eligible.count == share.count, "columns of others")
    for county in 0..<share.count {
      let (floor, cap) = bounds(reference[county], eligible[county])
      low[county] = floor
      high[county] = cap
      sums.add(Recipient(share: share[county], floor: floor, cap: cap), level: Number.zero)
    }
    return sums
  }

  /// Both from the reference amount, and whether the county is eligible.
  @inlinable @inline(__always)
  func bounds(_ reference: Number, _ eligible: Number) -> (Number, Number) {
    let hasReference = reference .> Number.zero
    var low = minimum
    if let floor {
      let raw = Number.greatest(rawMinimum, floor * reference)
      low = Number.choose(hasReference, money.roundedToQuantum(raw), minimum)
    }
    var high = Number(repeating: .infinity)
    if let cap {
      let raw = Number.greatest(money.roundedToQuantum(cap * reference), low)
      high = Number.choose(hasReference, raw, high)
    }
    let isEligible = eligible .> Number.zero
    return (
      Number.choose(isEligible, low, Number.zero), Number.choose(isEligible, high, Number.zero)
    )
  }
}

/// A pool placed on recipients within bounds and rounded.
public struct Placement<Number: LawNumber>: Sendable {
  /// Rounded amounts.
  ///
  /// Shape: [recipient]. Fen.
  public var amounts: [Number]
  /// Amounts before rounding.
  ///
  /// Shape: [recipient]. Fen.
  public var unrounded: [Number]
  /// What the placement came to.
  public let result: Result

  /// What nobody may take.
  ///
  /// Fen.
  public var unplaced: Number { result.unplaced }

  /// λ in fen; missing where it is undefined.
  public var level: Number { result.level }

  /// What a placement came to beside the amounts.
  public struct Result: Sendable {
    /// What was placed.
    ///
    /// Fen.
    public let total: Number
    /// What nobody may take.
    ///
    /// Fen.
    public let unplaced: Number
    /// λ in fen; missing where it is undefined.
    public let level: Number
    /// What the user should know.
    public let notices: [AllocationNotice]

    @inlinable init(_ water: WaterLevel<Number>, pool: Number) {
      total = Number.choose(water.isUndefined, water.capacity, pool)
      unplaced = pool - total
      level = Number.choose(water.isUndefined, Number.missing, water.level)
      var notices: [AllocationNotice] = []
      if (water.floorScale .< Number.one).holdsForAny { notices.append(.floorsExceedPool) }
      if (unplaced .> Number.zero).holdsForAny { notices.append(.poolNotPlaced) }
      self.notices = notices
    }
  }

  /// Places a pool: bounds first, then largest remainder.
  @inlinable public init<Rule: MoneyRule>(
    shares: [Number], floors: [Number], caps: [Number], pool: Number, money: Rule
  ) where Rule.Number == Number {
    unrounded = shares
    result = Placement.place(
      pool: pool, shares: shares, floors: floors, caps: caps, into: &unrounded)
    amounts = unrounded
    money.apportion(&amounts, total: result.total, quantum: money.quantum)
  }

  /// Places a pool within bounds; nothing is rounded.
  @inlinable public static func place(
    pool: Number, shares: [Number], floors: [Number], caps: [Number], into amounts: inout [Number]
  ) -> Result {
    let water = WaterLevel(shares: shares, floors: floors, caps: caps, pool: pool)
    water.fill(&amounts, shares: shares, floors: floors, caps: caps)
    return Result(water, pool: pool)
  }
}
