/// One recipient, or several side by side.
@usableFromInline
struct Recipient<Number: LawNumber> {
  @usableFromInline let share: Number
  @usableFromInline let floor: Number
  @usableFromInline let cap: Number

  @inlinable init(share: Number, floor: Number, cap: Number) {
    self.share = share
    self.floor = floor
    self.cap = cap
  }
}

/// A sum over the recipients at a level.
///
/// It is taken in lanes, so that recipient i is added to the partial sum of i modulo the number
/// of lanes: one addition after the other would wait for each result, three times as long.
@usableFromInline
protocol LevelSum {
  associatedtype Number: LawNumber
  /// The same sum, of recipients side by side.
  associatedtype OfLanes: LevelSum where OfLanes.Number == Number.Lanes
  /// Nothing added.
  init()
  /// The sum of the lanes.
  init(joining lanes: OfLanes)
  /// Adds a recipient.
  mutating func add(_ recipient: Recipient<Number>, level: Number)
}

extension LevelSum {
  /// Sums over all recipients.
  @inlinable init(
    _ share: Span<Number>, _ floor: Span<Number>, _ cap: Span<Number>, level: Number
  ) {
    precondition(floor.count == share.count && cap.count == share.count, "bounds of others")
    let laneLevel = Number.lanes(repeating: level)
    let laneEnd = share.count - share.count % Number.laneCount
    var lanes = OfLanes()
    var index = 0
    while index < laneEnd {
      lanes.add(
        Recipient(
          share: Number.lanes(share, at: index), floor: Number.lanes(floor, at: index),
          cap: Number.lanes(cap, at: index)), level: laneLevel)
      index &+= Number.laneCount
    }
    self.init(joining: lanes)
    while index < share.count {
      add(Recipient(share: share[index], floor: floor[index], cap: cap[index]), level: level)
      index &+= 1
    }
  }
}

/// Sums that are the same at every level.
@usableFromInline
struct BoundSums<Number: LawNumber>: LevelSum {
  @usableFromInline typealias OfLanes = BoundSums<Number.Lanes>
  @usableFromInline var share = Number.zero
  @usableFromInline var floor = Number.zero
  /// Σ of the most that each may have.
  @usableFromInline var capacity = Number.zero

  @inlinable init() {}

  @inlinable init(joining lanes: OfLanes) {
    share = Number.sum(lanes.share)
    floor = Number.sum(lanes.floor)
    capacity = Number.sum(lanes.capacity)
  }

  @inlinable @inline(__always)
  mutating func add(_ recipient: Recipient<Number>, level: Number) {
    share = share + recipient.share
    floor = floor + recipient.floor
    capacity =
      capacity
      + Number.choose(recipient.share .> Number.zero, recipient.cap, recipient.floor)
  }
}

/// The piece of Σ a(λ) on which a level stands.
@usableFromInline
struct LevelPiece<Number: LawNumber>: LevelSum {
  @usableFromInline typealias OfLanes = LevelPiece<Number.Lanes>
  /// Σ of the floors and caps that bind, in fen.
  @usableFromInline var bound = Number.zero
  /// Σ of the shares that are free: those that move when the level rises.
  @usableFromInline var freeShare = Number.zero

  @inlinable init() {}

  @inlinable init(joining lanes: OfLanes) {
    bound = Number.sum(lanes.bound)
    freeShare = Number.sum(lanes.freeShare)
  }

  @inlinable @inline(__always)
  mutating func add(_ recipient: Recipient<Number>, level: Number) {
    let wanted = level * recipient.share
    let amount = wanted.clipped(recipient.floor, recipient.cap)
    let isFree = (wanted .>= recipient.floor) .& (wanted .< recipient.cap)
    bound = bound + amount.replacing(with: Number.zero, where: isFree)
    freeShare = freeShare + Number.choose(isFree, recipient.share, Number.zero)
  }

  /// Σ a at the level, in fen.
  @inlinable func placed(at level: Number) -> Number {
    let free = Number.choose(freeShare .> Number.zero, level * freeShare, Number.zero)
    return bound + free
  }

  /// The level that would place the pool if the piece went on; where nothing is free, the next
  /// floor that is left behind, infinite if there is none.
  @inlinable func step(
    from level: Number, pool: Number, _ shares: Span<Number>, _ floors: Span<Number>
  ) -> Number {
    let isFree = freeShare .> Number.zero
    let newton = (pool - bound) / freeShare
    if isFree.holdsForAll { return newton }
    return Number.choose(isFree, newton, nextFloorLevel(above: level, shares, floors))
  }

  @inlinable func nextFloorLevel(
    above level: Number, _ shares: Span<Number>, _ floors: Span<Number>
  ) -> Number {
    let infinite = Number(repeating: .infinity)
    let justAbove = level * Number(repeating: 1 + 4 * Double.ulpOfOne)
    var next = infinite
    for index in shares.indices {
      let breakpoint = Number.greatest(floors[index] / shares[index], justAbove)
      let isBelow = level * shares[index] .< floors[index]
      let isAhead = (shares[index] .> Number.zero) .& isBelow
      next = Number.choose(isAhead, Number.least(next, breakpoint), next)
    }
    return next
  }

  /// Where nothing is free and all that can be placed is placed: every level of the piece
  /// would do.
  @inlinable func isFull(_ pool: Number, step: Number) -> Number.Mask {
    let isExact = bound .== pool
    let isAll = (bound .<= pool) .& (step .== Number(repeating: .infinity))
    return (freeShare .== Number.zero) .& (isExact .| isAll)
  }
}
