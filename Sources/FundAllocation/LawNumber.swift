/// The truth of a condition for every draw that a `LawNumber` holds.
public protocol LawMask: Sendable {
  /// The same truth for every draw.
  init(repeating value: Bool)
  /// Both.
  static func .& (left: Self, right: Self) -> Self
  /// Either.
  static func .| (left: Self, right: Self) -> Self
  /// Not.
  static prefix func .! (mask: Self) -> Self
  /// Whether it holds for any draw.
  var holdsForAny: Bool { get }
  /// Whether it holds for every draw.
  var holdsForAll: Bool { get }
}

/// The number that the law computes with: one `Double` in the ledger, one lane a draw in an
/// ensemble.
///
/// The law is written once, over this protocol.
public protocol LawNumber: Sendable {
  /// Conditions on such numbers.
  associatedtype Mask: LawMask
  /// How many draws it holds.
  static var drawCount: Int { get }
  /// The same number for every draw.
  init(repeating value: Double)
  /// The number of one draw.
  subscript(draw: Int) -> Double { get set }
  /// Sum.
  static func + (left: Self, right: Self) -> Self
  /// Difference.
  static func - (left: Self, right: Self) -> Self
  /// Product.
  static func * (left: Self, right: Self) -> Self
  /// Quotient.
  static func / (left: Self, right: Self) -> Self
  /// Less.
  static func .< (left: Self, right: Self) -> Mask
  /// Less or equal.
  static func .<= (left: Self, right: Self) -> Mask
  /// Greater.
  static func .> (left: Self, right: Self) -> Mask
  /// Greater or equal.
  static func .>= (left: Self, right: Self) -> Mask
  /// Equal.
  static func .== (left: Self, right: Self) -> Mask
  /// This number, or another where a condition holds.
  func replacing(with other: Self, where mask: Mask) -> Self
  /// The largest whole number at or below.
  func roundedDown() -> Self
  /// A column that is the same in every draw, one number a recipient.
  static func column(_ uniform: [Double]) -> [Self]

  // MARK: Neighbouring recipients side by side

  /// Several neighbouring recipients in one number, where loops over recipients gain by it;
  /// the number itself where it fills a register with its draws already.
  associatedtype Lanes: LawNumber = Self
  /// How many recipients `Lanes` holds.
  static var laneCount: Int { get }
  /// The same number in every lane.
  static func lanes(repeating number: Self) -> Lanes
  /// Neighbours of a column, from an index on.
  static func lanes(_ column: Span<Self>, at start: Int) -> Lanes
  /// The sum over the lanes.
  static func sum(_ lanes: Lanes) -> Self
}

extension LawNumber where Lanes == Self {
  /// One recipient.
  @inlinable public static var laneCount: Int { 1 }

  /// The number itself.
  @inlinable public static func lanes(repeating number: Self) -> Self { number }

  /// One recipient of a column.
  @inlinable public static func lanes(_ column: Span<Self>, at start: Int) -> Self {
    column[start]
  }

  /// The number itself.
  @inlinable public static func sum(_ lanes: Self) -> Self { lanes }
}

extension LawNumber {
  /// A column that is the same in every draw.
  @inlinable @inline(__always) public static func column(_ uniform: [Double]) -> [Self] {
    uniform.map { Self(repeating: $0) }
  }

  /// Zero for every draw.
  @inlinable @inline(__always) public static var zero: Self { Self(repeating: 0) }

  /// One for every draw.
  @inlinable @inline(__always) public static var one: Self { Self(repeating: 1) }

  /// "Not there", such as the score of a county that was never assessed.
  @inlinable @inline(__always) public static var missing: Self { Self(repeating: .nan) }

  /// Whether a value is there.
  @inlinable @inline(__always) public var isThere: Mask { self .== self }

  /// The smaller of two.
  @inlinable @inline(__always) public static func least(_ a: Self, _ b: Self) -> Self {
    a.replacing(with: b, where: b .< a)
  }

  /// The larger of two.
  @inlinable @inline(__always) public static func greatest(_ a: Self, _ b: Self) -> Self {
    a.replacing(with: b, where: b .> a)
  }

  /// One of two numbers by a condition.
  @inlinable @inline(__always) public static func choose(_ mask: Mask, _ a: Self, _ b: Self) -> Self
  {
    b.replacing(with: a, where: mask)
  }

  /// Within bounds: min(hi, max(lo, x)).
  @inlinable @inline(__always) public func clipped(_ low: Self, _ high: Self) -> Self {
    Self.least(Self.greatest(self, low), high)
  }

  /// Within 0 and 1.
  @inlinable @inline(__always) public var clippedToUnit: Self { clipped(Self.zero, Self.one) }

  /// 1 where a condition holds, else 0.
  @inlinable @inline(__always) public static func indicator(_ mask: Mask) -> Self {
    choose(mask, one, zero)
  }

  /// Whether it is a number that is neither infinite nor missing.
  @inlinable @inline(__always) public var isFiniteNumber: Mask {
    (self - self) .== Self.zero
  }
}

extension Bool: LawMask {
  /// The truth itself.
  @inlinable public init(repeating value: Bool) { self = value }

  /// Both.
  @inlinable public static func .& (left: Bool, right: Bool) -> Bool { left && right }

  /// Either.
  @inlinable public static func .| (left: Bool, right: Bool) -> Bool { left || right }

  /// Not.
  @inlinable public static prefix func .! (mask: Bool) -> Bool { !mask }

  /// Whether it holds.
  @inlinable public var holdsForAny: Bool { self }

  /// Whether it holds.
  @inlinable public var holdsForAll: Bool { self }
}

extension Double: LawNumber {
  /// Conditions on one number.
  public typealias Mask = Bool

  /// One draw.
  @inlinable public static var drawCount: Int { 1 }

  /// The number itself.
  @inlinable public init(repeating value: Double) { self = value }

  /// The number itself.
  @inlinable public subscript(draw: Int) -> Double {
    get { self }
    set { self = newValue }
  }

  /// Less.
  @inlinable public static func .< (left: Double, right: Double) -> Bool { left < right }

  /// Less or equal.
  @inlinable public static func .<= (left: Double, right: Double) -> Bool { left <= right }

  /// Greater.
  @inlinable public static func .> (left: Double, right: Double) -> Bool { left > right }

  /// Greater or equal.
  @inlinable public static func .>= (left: Double, right: Double) -> Bool { left >= right }

  /// Equal.
  @inlinable public static func .== (left: Double, right: Double) -> Bool { left == right }

  /// This number, or another where a condition holds.
  @inlinable public func replacing(with other: Double, where mask: Bool) -> Double {
    mask ? other : self
  }

  /// The largest whole number at or below.
  @inlinable public func roundedDown() -> Double { self.rounded(.down) }

  /// The column itself.
  @inlinable public static func column(_ uniform: [Double]) -> [Double] { uniform }
}
