/// The level λ by sorting all breakpoints, without rounding: slow, plain, the reference.
struct SortedBreakpoints {
  struct Recipient {
    let share: Int
    let floor: Int
    /// Nil for none.
    let cap: Int?
  }

  let recipients: [Recipient]
  let pool: Int

  /// How the pool and the bounds stand to each other.
  enum Answer: Equatable {
    /// The floors alone reach the pool and are scaled by pool / Σ floors.
    case floorsFill(scale: Fraction)
    /// The caps leave money over.
    case capsShort(placed: Int)
    /// The smallest level that places the pool.
    case level(Fraction)
  }

  /// Σ a at a level.
  func placed(at level: Fraction) -> Fraction {
    recipients.reduce(Fraction(0)) { $0 + amount(of: $1, at: level) }
  }

  func amount(of recipient: Recipient, at level: Fraction) -> Fraction {
    let atLeast = max(level * recipient.share, Fraction(Int128(recipient.floor)))
    guard let cap = recipient.cap else { return atLeast }
    return min(atLeast, Fraction(Int128(cap)))
  }

  var answer: Answer {
    let floors = recipients.reduce(0) { $0 + $1.floor }
    if floors >= pool {
      return .floorsFill(
        scale: floors == pool ? Fraction(1) : Fraction(Int128(pool), over: Int128(floors)))
    }
    let most = recipients.map { $0.share > 0 ? $0.cap : $0.floor }
    if !most.contains(nil) {
      let capacity = most.reduce(0) { $0 + ($1 ?? 0) }
      if capacity < pool { return .capsShort(placed: capacity) }
    }
    return .level(smallestLevel)
  }

  private var breakpoints: [Fraction] {
    let active = recipients.filter { $0.share > 0 }
    let bounds = active.flatMap { recipient in
      [recipient.floor, recipient.cap].compactMap { $0 }.map {
        Fraction(Int128($0), over: Int128(recipient.share))
      }
    }
    return ([Fraction(0)] + bounds).sorted()
  }

  private var smallestLevel: Fraction {
    let wanted = Fraction(Int128(pool))
    var below = Fraction(0)
    for level in breakpoints {
      let sum = placed(at: level)
      if sum == wanted { return level }
      if sum > wanted { break }
      below = level
    }
    let free = recipients.filter { recipient in
      let amount = below * recipient.share
      let isAbove = amount >= Fraction(Int128(recipient.floor))
      return isAbove && (recipient.cap.map { amount < Fraction(Int128($0)) } ?? true)
    }
    return below + (wanted - placed(at: below)) / free.reduce(0) { $0 + $1.share }
  }
}
