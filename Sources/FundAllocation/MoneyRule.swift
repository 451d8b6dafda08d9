import PolicyModel

/// How money is rounded: what differs between the ledger and an ensemble.
public protocol MoneyRule: Sendable {
  /// The number the law computes with.
  associatedtype Number: LawNumber

  /// `round_Q`: to whole fen, then to a multiple of the quantum, halves away from zero.
  func roundedToQuantum(_ fen: Number) -> Number
  /// To whole fen, halves away from zero.
  func roundedToFen(_ fen: Number) -> Number
  /// The whole quanta of an amount, the rest cut off.
  func wholeQuanta(_ fen: Number) -> Number
  /// Rounds amounts to multiples of the quantum so that they sum to a total, in place.
  ///
  /// - Parameters:
  ///   - amounts: Real amounts; their sum is the total but for the arithmetic. Fen.
  ///   - total: What they must sum to. Fen.
  ///   - quantum: The unit: the quantum, or 1 fen.
  func apportion(_ amounts: inout [Number], total: Number, quantum: Double)
  /// The quantum in fen.
  var quantum: Double { get }
  /// Whether what a person asks about is kept too: unrounded amounts, the steps in which shares come
  /// about, notices, groups.
  static var isExplained: Bool { get }
  /// Whether amounts keep their proportions because nothing is rounded: then what holds for the sum
  /// of recipients who are treated alike holds for each of them.
  static var keepsProportions: Bool { get }
}

/// The ledger's rule: whole quanta, whole fen, largest remainder.
public struct LedgerMoney: MoneyRule {
  /// One path.
  public typealias Number = Double

  /// Every amount is explained.
  public static var isExplained: Bool { true }

  /// Rounded amounts are not in proportion.
  public static var keepsProportions: Bool { false }

  /// The quantum in fen.
  public let quantum: Double

  /// Makes the rule for a quantum.
  public init(quantum: Money) {
    self.quantum = quantum.asDouble
  }

  /// To whole fen, then to a multiple of the quantum, halves away from zero both times.
  @inlinable public func roundedToQuantum(_ fen: Double) -> Double {
    let whole = roundedToFen(fen)
    let cut = LedgerMoney.cutToWhole(whole / quantum) * quantum
    // Both are worked out and one is chosen: which it is cannot be foretold by a branch.
    let rest = whole - cut
    let away = cut + Double(signOf: rest, magnitudeOf: quantum)
    return cut.replacing(with: away, where: 2 * abs(rest) >= quantum)
  }

  /// To whole fen, halves away from zero.
  ///
  /// Not `rounded(_:)`, here and below: without SSE 4.1, which a portable build may not use, that
  /// is a call. Adding 2⁵² rounds to the nearest whole number, halves to the even one.
  @inlinable public func roundedToFen(_ fen: Double) -> Double {
    let base = 4_503_599_627_370_496.0
    let size = abs(fen)
    if !(size < base) { return fen }
    let nearest = (size + base) - base
    return Double(signOf: fen, magnitudeOf: size - nearest == 0.5 ? nearest + 1 : nearest)
  }

  /// The whole part of a number.
  @inlinable static func cutToWhole(_ number: Double) -> Double {
    let base = 4_503_599_627_370_496.0
    let size = abs(number)
    if !(size < base) { return number }
    let nearest = (size + base) - base
    return Double(signOf: number, magnitudeOf: nearest > size ? nearest - 1 : nearest)
  }

  /// The whole quanta of an amount.
  @inlinable public func wholeQuanta(_ fen: Double) -> Double {
    (fen / quantum).rounded(.down) * quantum
  }

  /// Largest remainder (Hamilton), ties to the earlier.
  @inlinable public func apportion(_ amounts: inout [Double], total: Double, quantum: Double) {
    LargestRemainder.round(&amounts, total: total, quantum: quantum)
  }
}

/// The ensemble's rule: money is real, nothing is rounded.
public struct RealMoney<Number: LawNumber>: MoneyRule {
  /// Amounts only.
  public static var isExplained: Bool { false }

  /// Real amounts stay in proportion.
  public static var keepsProportions: Bool { true }

  /// The quantum in fen; nothing is rounded to it.
  public let quantum: Double

  /// Makes the rule; the quantum is kept for reports.
  public init(quantum: Money) {
    self.quantum = quantum.asDouble
  }

  /// The amount itself.
  @inlinable public func roundedToQuantum(_ fen: Number) -> Number { fen }

  /// The amount itself.
  @inlinable public func roundedToFen(_ fen: Number) -> Number { fen }

  /// The amount itself.
  @inlinable public func wholeQuanta(_ fen: Number) -> Number { fen }

  /// Leaves the amounts as they are.
  @inlinable public func apportion(
    _ amounts: inout [Number], total: Number, quantum: Double
  ) {}
}
