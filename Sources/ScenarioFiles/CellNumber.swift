import PolicyModel

/// Reads the number of a data cell.
enum CellNumber {
  /// The number, NaN for an empty cell.
  ///
  /// - Throws: `DecimalFault` for anything that formats.md refuses.
  static func read(_ bytes: ArraySlice<UInt8>) throws(DecimalFault) -> Double {
    if bytes.isEmpty { return .nan }
    if let value = plain(bytes) { return value }
    var text = String(decoding: bytes, as: UTF8.self)[...]
    if text.count >= 2, text.first == "\"", text.last == "\"" {
      text = text.dropFirst().dropLast()
    }
    if text.allSatisfy(\.isWhitespace) { return .nan }
    return try DecimalText(text).double()
  }

  /// Up to 15 digits with a point, without sign of thousands or power: exact by one division.
  ///
  /// Source: Clinger (1990), How to read floating point numbers accurately.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> Double? {
    var digits: Int64 = 0
    var digitCount = 0
    var decimals = -1
    var isNegative = false
    for (position, byte) in bytes.enumerated() {
      switch byte {
      case 48...57:
        digits = digits * 10 + Int64(byte - 48)
        digitCount += 1
        if decimals >= 0 { decimals += 1 }
        if digitCount > 15 { return nil }
      case UInt8(ascii: "."):
        if decimals >= 0 { return nil }
        decimals = 0
      case UInt8(ascii: "-"):
        if position > 0 { return nil }
        isNegative = true
      default: return nil
      }
    }
    if digitCount == 0 { return nil }
    let value = Double(digits) / powersOfTen[max(0, decimals)]
    return isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// What is wrong, in words.
  static func wording(_ fault: DecimalFault, cell: String) -> Wording {
    let shown = String(cell.prefix(40))
    switch fault {
    case .notANumber:
      return Wording(
        "\"\(shown)\" is not a number; write digits, or leave the cell empty if it is missing",
        "“\(shown)”不是数字；请填写数字，缺失时留空")
    case .badSeparators:
      return Wording(
        "\"\(shown)\" is not a number: commas only separate thousands; write 1.5 for one and a half",
        "“\(shown)”不是数字：逗号只能作千位分隔符；小数请写作1.5")
    case .percent:
      return Wording(
        "\"\(shown)\" has a percent sign; write a fraction such as 0.2",
        "“\(shown)”带有百分号；请写作小数，如0.2")
    case .notFinite:
      return Wording(
        "\"\(shown)\" is not a finite number; leave the cell empty if it is missing",
        "“\(shown)”不是有限的数；缺失时请留空")
    case .hexadecimal:
      return Wording(
        "\"\(shown)\" is hexadecimal; write decimal digits", "“\(shown)”是十六进制；请写十进制数字")
    }
  }
}
