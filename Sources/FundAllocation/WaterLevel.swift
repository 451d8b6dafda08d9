/// The level λ at which shares, cut to bounds, fill a pool (model, section 2):
/// a = min(u, max(ℓ, λ s)), λ the smallest λ ≥ 0 with Σ a = pool.
///
/// Aims, in order: the exact level; always an end; few passes. Σ a is piecewise linear and
/// rises with λ. Within one piece the level follows from the pool, the sums of the floors and
/// caps that bind, and the sum of the free shares. So a Newton step lands on the exact level
/// as soon as it is taken from the right piece; a bracket, halved when a step leaves it, makes
/// the method end whatever the data, because doubles between two bounds are finitely many.
/// Rejected: sorting the breakpoints, which is slower and does not run across draws; it is the
/// reference in the tests.
public struct WaterLevel<Number: LawNumber>: Sendable {
  /// The level, in fen; meaningless where `isUndefined`.
  public var level: Number
  /// Where the floors alone reach the pool; they are scaled to it.
  public var floorsFill: Number.Mask
  /// Where the caps leave money over: everyone has all that they may have.
  public var isUndefined: Number.Mask
  /// What scales the floors: pool / Σ floors where the floors exceed the pool, else 1.
  public var floorScale: Number
  /// Σ floors, in fen.
  public var floorSum: Number
  /// The most that can be placed, in fen; infinite where somebody has no cap.
  public var capacity: Number

  /// Finds the level.
  ///
  /// - Parameters:
  ///   - shares: Share of each recipient, ≥ 0, 0 for who takes no part. Shape: [recipient].
  ///   - floors: Least amounts. Shape: [recipient]. Fen.
  ///   - caps: Largest amounts, at least the floors, infinite for none. Shape: [recipient]. Fen.
  ///   - pool: The money to place. Fen.
  /// - Complexity: O(*n*) a pass; two to six passes as a rule.
  @inlinable public init(
    shares: [Number], floors: [Number], caps: [Number], pool: Number
  ) {
    self.init(
      shares: shares, floors: floors, caps: caps, pool: pool,
      sums: BoundSums(shares.span, floors.span, caps.span, level: Number.zero))
  }

  /// Finds the level where the sums over the recipients are known.
  @inlinable init(
    shares: [Number], floors: [Number], caps: [Number], pool: Number, sums: BoundSums<Number>
  ) {
    floorSum = sums.floor
    capacity = sums.capacity
    floorsFill = floorSum .>= pool
    let exceeds = floorSum .> pool
    floorScale = Number.choose(exceeds, pool / floorSum, Number.one)
    isUndefined = (capacity .< pool) .& (.!floorsFill)
    level = Number.zero
    let settled = floorsFill .| isUndefined
    if settled.holdsForAll { return }
    let start = Number.choose(settled, Number.zero, pool / sums.share)
    search(shares.span, floors.span, caps.span, pool: pool, start: start, settled: settled)
  }

  /// The amount of one recipient at the level found.
  @inlinable @inline(__always)
  public func amount(share: Number, floor: Number, cap: Number) -> Number {
    let atLevel = (level * share).clipped(floor, cap)
    let most = Number.choose(share .> Number.zero, cap, floor)
    let open = Number.choose(isUndefined, most, atLevel)
    return Number.choose(floorsFill, floor * floorScale, open)
  }

  /// Writes the amounts of all recipients at the level found.
  ///
  /// - Parameters:
  ///   - amounts: Room for them. Shape: [recipient]. Fen.
  ///   - shares: Share of each recipient. Shape: [recipient].
  ///   - floors: Least amounts. Shape: [recipient]. Fen.
  ///   - caps: Largest amounts. Shape: [recipient]. Fen.
  @inlinable public func fill(
    _ amounts: inout [Number], shares: [Number], floors: [Number], caps: [Number]
  ) {
    var amount = amounts.mutableSpan
    let (share, floor, cap) = (shares.span, floors.span, caps.span)
    precondition(
      share.count == amount.count && floor.count == amount.count && cap.count == amount.count,
      "bounds of others")
    let level = level
    if !(floorsFill .| isUndefined).holdsForAny {
      for index in amount.indices {
        amount[index] = (level * share[index]).clipped(floor[index], cap[index])
      }
      return
    }
    for index in amount.indices {
      amount[index] = self.amount(share: share[index], floor: floor[index], cap: cap[index])
    }
  }

  @inlinable
  mutating func search(
    _ shares: Span<Number>, _ floors: Span<Number>, _ caps: Span<Number>, pool: Number,
    start: Number, settled: Number.Mask
  ) {
    var bracket = LevelBracket(low: Number.zero, high: Number(repeating: .infinity))
    var done = settled
    level = start
    while true {
      let piece = LevelPiece(shares, floors, caps, level: level)
      let step = piece.step(from: level, pool: pool, shares, floors)
      let isFull = piece.isFull(pool, step: step)
      let next = bracket.narrowed(at: level, piece: piece, pool: pool, step: step)
      let ends = isFull .| (step .== level) .| bracket.isClosed .| (.!next.isThere)
      level = Number.choose(done .| isFull, level, next)
      done = done .| ends
      if done.holdsForAll { break }
    }
    level = Number.choose(settled, level, lowestLevel(shares, floors, caps))
  }

  /// The left end of a flat piece: where nothing moves when the level falls, the level at which
  /// the last of the binding caps began to bind; elsewhere the level itself.
  @inlinable func lowestLevel(
    _ shares: Span<Number>, _ floors: Span<Number>, _ caps: Span<Number>
  ) -> Number {
    let falls = someFalls(shares, floors, caps)
    if falls.holdsForAll { return level }
    var highest = Number.zero
    for index in shares.indices {
      let above = isAbove(shares[index], floors[index], caps[index])
      let breakpoint = caps[index] / shares[index]
      highest = Number.choose(above, Number.greatest(highest, breakpoint), highest)
    }
    return Number.choose(falls, level, highest)
  }

  /// Whether anybody's amount falls with the level: above the floor and not above the cap.
  @inlinable func someFalls(
    _ shares: Span<Number>, _ floors: Span<Number>, _ caps: Span<Number>
  ) -> Number.Mask {
    var falls = Number.Mask(repeating: false)
    for index in shares.indices {
      let isUncut = level * shares[index] .<= caps[index] * levelSlack
      falls = falls .| (isAbove(shares[index], floors[index], caps[index]) .& isUncut)
      if falls.holdsForAll { break }
    }
    return falls
  }

  /// Whether a recipient who may have more than the floor gets more.
  @inlinable func isAbove(_ share: Number, _ floor: Number, _ cap: Number) -> Number.Mask {
    let moves = (share .> Number.zero) .& (cap .> floor)
    return moves .& (level * share .> floor * levelSlack)
  }

  /// What the arithmetic of the level may be off by, as a part.
  @inlinable var levelSlack: Number { Number(repeating: 1 + 1e-12) }
}

/// The bounds between which the level is known to lie.
@usableFromInline
struct LevelBracket<Number: LawNumber> {
  @usableFromInline var low: Number
  @usableFromInline var high: Number
  /// Where no number lies between the bounds any more.
  @usableFromInline var isClosed: Number.Mask

  @inlinable init(low: Number, high: Number) {
    self.low = low
    self.high = high
    isClosed = Number.Mask(repeating: false)
  }

  /// The next level to try: the step if it is strictly inside the bounds or stays where it is,
  /// else their middle; the upper bound once nothing lies between.
  @inlinable mutating func narrowed(
    at level: Number, piece: LevelPiece<Number>, pool: Number, step: Number
  ) -> Number {
    let isBelow = piece.placed(at: level) .< pool
    low = Number.choose(isBelow, level, low)
    high = Number.choose(isBelow, high, level)
    let isInside = (step .> low) .& (step .< high)
    let doubled = Number.greatest(low + low, Number.one)
    let isOpen = high .== Number(repeating: .infinity)
    let middle = Number.choose(isOpen, doubled, (low + high) * Number(repeating: 0.5))
    let keeps = isInside .| (step .== level)
    isClosed = (.!keeps) .& ((middle .<= low) .| (middle .>= high))
    return Number.choose(keeps, step, Number.choose(isClosed, high, middle))
  }
}
