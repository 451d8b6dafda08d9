/// An amount of money: a whole number of fen (0.01 of the currency unit).
///
/// At most 9 × 10¹⁵ fen in size, so that every amount is also exact in a `Double`
/// (model, section 1).
public struct Money: Sendable, Hashable, Comparable {
  /// The amount in fen.
  public let fen: Int64

  /// Makes an amount of whole fen.
  public init(fen: Int64) {
    self.fen = fen
  }

  /// Makes an amount of a number that is a whole number of fen already.
  ///
  /// - Precondition: `wholeFen` is an integer within ±9 × 10¹⁵.
  public init(wholeFen: Double) {
    precondition(abs(wholeFen) <= Money.limit, "an amount is larger than money can be")
    self.init(fen: Int64(wholeFen))
  }

  /// The largest amount, in fen.
  public static let limit: Double = 9e15

  /// No money.
  public static let zero = Money(fen: 0)

  /// The amount as a number of fen, exact.
  public var asDouble: Double { Double(fen) }

  /// Compares by amount.
  public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

  /// Adds two amounts.
  public static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }

  /// Takes one amount from another.
  public static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }

  /// Adds an amount.
  public static func += (left: inout Money, right: Money) { left = left + right }

  /// The currency units with two decimals: `-1234.50`.
  public var decimalText: String {
    let units = fen.magnitude / 100
    let cents = fen.magnitude % 100
    return (fen < 0 ? "-" : "") + "\(units)." + (cents < 10 ? "0\(cents)" : "\(cents)")
  }
}
