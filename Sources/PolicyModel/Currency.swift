/// The currency of a scenario and the units in which its amounts are written.
public struct Currency: Sendable, Hashable {
  /// ISO 4217 code, such as `CNY`.
  public let code: String

  /// Makes a currency of its ISO 4217 code.
  public init(code: String) {
    self.code = code
  }

  /// The renminbi.
  public static let renminbi = Currency(code: "CNY")

  /// Whether amounts are written in 元, 万元 and 亿元.
  public var isRenminbi: Bool { code == "CNY" }

  /// Units by name with their size as a power of ten of the currency unit.
  var unitPowers: [(name: String, power: Int)] {
    isRenminbi
      ? [("元", 0), ("万元", 4), ("亿元", 8), ("yuan", 0)]
      : [(code, 0), ("million \(code)", 6)]
  }

  /// The power of ten of a unit of amounts, or nil if it is none of this currency.
  public func power(ofUnit unit: String) -> Int? {
    let folded = unit.split(separator: " ").joined(separator: " ")
    return unitPowers.first { $0.name == folded }?.power
  }

  /// The size of a column's unit (`万元`, `元/人`, `EUR/person`) in currency units, or nil.
  public func size(ofColumnUnit unit: String) -> Double? {
    let perHead = ["/人", "/person", "/ person"]
    var text = unit.split(separator: " ").joined(separator: " ")
    for suffix in perHead where text.hasSuffix(suffix) {
      text = String(text.dropLast(suffix.count))
      break
    }
    return power(ofUnit: text).map { powerOfTen($0) }
  }

  /// The units that a user may write, for messages.
  public var unitList: String { unitPowers.map(\.name).joined(separator: ", ") }

  /// The unit in which tables for people show money, with its size in fen.
  public var tableUnit: (name: Wording, fen: Double) {
    isRenminbi
      ? (Wording("10,000 yuan", "万元"), 1e6)
      : (Wording("thousand \(code)", "千\(code)"), 1e5)
  }

  /// The currency unit itself: 元 or the code.
  public var unitName: Wording { isRenminbi ? Wording("yuan", "元") : Wording(same: code) }

  /// Whether the code has the form of ISO 4217.
  public static func isWellFormed(_ code: String) -> Bool {
    code.utf8.count == 3 && code.utf8.allSatisfy { (65...90).contains($0) }
  }
}

private func powerOfTen(_ power: Int) -> Double {
  var result = 1.0
  for _ in 0..<power { result *= 10 }
  return result
}
