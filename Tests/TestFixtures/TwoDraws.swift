import FundAllocation

/// Two draws side by side: what the law must compute as it does each of them alone.
public struct TwoDraws: LawNumber {
  /// Whether something holds in each draw.
  public struct Mask: LawMask {
    var first: Bool
    var second: Bool

    init(_ first: Bool, _ second: Bool) {
      self.first = first
      self.second = second
    }

    /// The same in both draws.
    public init(repeating value: Bool) { self.init(value, value) }

    /// Both.
    public static func .& (left: Mask, right: Mask) -> Mask {
      Mask(left.first && right.first, left.second && right.second)
    }

    /// Either.
    public static func .| (left: Mask, right: Mask) -> Mask {
      Mask(left.first || right.first, left.second || right.second)
    }

    /// Not.
    public static prefix func .! (mask: Mask) -> Mask { Mask(!mask.first, !mask.second) }

    /// Whether it holds in a draw.
    public var holdsForAny: Bool { first || second }

    /// Whether it holds in both draws.
    public var holdsForAll: Bool { first && second }
  }

  var first: Double
  var second: Double

  /// A number a draw.
  public init(_ first: Double, _ second: Double) {
    self.first = first
    self.second = second
  }

  /// The same in both draws.
  public init(repeating value: Double) { self.init(value, value) }

  /// Two.
  public static var drawCount: Int { 2 }

  /// The number of one draw.
  public subscript(draw: Int) -> Double {
    get { draw == 0 ? first : second }
    set { if draw == 0 { first = newValue } else { second = newValue } }
  }

  /// Draw by draw.
  public static func + (left: TwoDraws, right: TwoDraws) -> TwoDraws {
    TwoDraws(left.first + right.first, left.second + right.second)
  }

  /// Draw by draw.
  public static func - (left: TwoDraws, right: TwoDraws) -> TwoDraws {
    TwoDraws(left.first - right.first, left.second - right.second)
  }

  /// Draw by draw.
  public static func * (left: TwoDraws, right: TwoDraws) -> TwoDraws {
    TwoDraws(left.first * right.first, left.second * right.second)
  }

  /// Draw by draw.
  public static func / (left: TwoDraws, right: TwoDraws) -> TwoDraws {
    TwoDraws(left.first / right.first, left.second / right.second)
  }

  /// Draw by draw.
  public static func .< (left: TwoDraws, right: TwoDraws) -> Mask {
    Mask(left.first < right.first, left.second < right.second)
  }

  /// Draw by draw.
  public static func .<= (left: TwoDraws, right: TwoDraws) -> Mask {
    Mask(left.first <= right.first, left.second <= right.second)
  }

  /// Draw by draw.
  public static func .> (left: TwoDraws, right: TwoDraws) -> Mask {
    Mask(left.first > right.first, left.second > right.second)
  }

  /// Draw by draw.
  public static func .>= (left: TwoDraws, right: TwoDraws) -> Mask {
    Mask(left.first >= right.first, left.second >= right.second)
  }

  /// Draw by draw.
  public static func .== (left: TwoDraws, right: TwoDraws) -> Mask {
    Mask(left.first == right.first, left.second == right.second)
  }

  /// The other number where the mask holds.
  public func replacing(with other: TwoDraws, where mask: Mask) -> TwoDraws {
    TwoDraws(mask.first ? other.first : first, mask.second ? other.second : second)
  }

  /// Draw by draw.
  public func roundedDown() -> TwoDraws {
    TwoDraws(first.rounded(.down), second.rounded(.down))
  }
}
