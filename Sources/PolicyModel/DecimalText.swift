/// Why a text is not a number that Karez accepts.
public enum DecimalFault: Error, Sendable, Equatable {
  /// Not a decimal number at all.
  case notANumber
  /// Commas that are not thousands separators, as in `1,5`.
  case badSeparators
  /// A percent sign.
  case percent
  /// NaN or an infinity, by name or by size.
  case notFinite
  /// A hexadecimal number.
  case hexadecimal
}

/// A decimal number as it was written: digits and a power of ten, exact.
///
/// Accepts full-width characters and thousands separators of the form `\d{1,3}(,\d{3})+`
/// (formats, Data).
public struct DecimalText: Sendable {
  /// Whether a minus sign stands before it.
  public let isNegative: Bool
  /// Its digits without separators and without leading zeros.
  public let digits: [UInt8]
  /// The power of ten of the last digit.
  public let exponent: Int

  /// Reads a number.
  ///
  /// - Throws: `DecimalFault` that says what is wrong.
  public init(_ text: Substring) throws(DecimalFault) {
    let folded = foldedToHalfWidth(text)
    try DecimalText.refuseSpecials(folded)
    var scanner = DecimalScanner(characters: folded)
    guard scanner.scan() else {
      throw folded.contains(UInt8(ascii: ",")) ? .badSeparators : .notANumber
    }
    isNegative = scanner.isNegative
    digits = Array(scanner.digits.drop { $0 == 0 })
    exponent = scanner.exponent
  }

  private static func refuseSpecials(_ text: [UInt8]) throws(DecimalFault) {
    if text.last == UInt8(ascii: "%") { throw .percent }
    let lowered = String(decoding: text, as: UTF8.self).lowercased()
    let bare = lowered.drop { "+-.".contains($0) }
    if ["nan", "inf", "infinity"].contains(bare) { throw .notFinite }
    if bare.hasPrefix("0x") { throw .hexadecimal }
  }

  /// The nearest double.
  ///
  /// - Throws: `DecimalFault.notFinite` if it is larger than a double can be.
  public func double() throws(DecimalFault) -> Double {
    let text = (isNegative ? "-" : "") + digitText + "e\(exponent)"
    guard let value = Double(text), value.isFinite else { throw .notFinite }
    return value
  }

  private var digitText: String {
    digits.isEmpty ? "0" : String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// The number times a power of ten, if that is a whole number of at most `limit`.
  public func wholeNumber(timesTenTo power: Int, limit: Double) -> WholeNumber {
    if digits.isEmpty { return .whole(0) }
    let shift = exponent + power
    let significant = Array(digits.reversed().drop { $0 == 0 }.reversed())
    let trailing = digits.count - significant.count + shift
    if significant.count + trailing > 17 { return .tooLarge }
    if trailing < 0 { return .fraction }
    var value: Int64 = 0
    for digit in significant { value = value * 10 + Int64(digit) }
    for _ in 0..<trailing { value *= 10 }
    return Double(value) > limit ? .tooLarge : .whole(isNegative ? -value : value)
  }

  /// What a number is as a multiple of a smallest unit.
  public enum WholeNumber: Sendable, Equatable {
    /// A whole number of them.
    case whole(Int64)
    /// Not a whole number of them.
    case fraction
    /// More than the limit.
    case tooLarge
  }
}

/// Full-width digits and signs as their ASCII forms, surrounding spaces removed.
func foldedToHalfWidth(_ text: Substring) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0xFF01...0xFF5E: result.append(UInt8(scalar.value - 0xFEE0))
    case 0x3000, 0xA0: result.append(UInt8(ascii: " "))
    case 0x2212: result.append(UInt8(ascii: "-"))
    case 0..<128: result.append(UInt8(scalar.value))
    default: return [UInt8(ascii: "?")]
    }
  }
  let space = UInt8(ascii: " ")
  return Array(result.drop { $0 == space }.reversed().drop { $0 == space }.reversed())
}

private struct DecimalScanner {
  let characters: [UInt8]
  var position = 0
  var isNegative = false
  var digits: [UInt8] = []
  var exponent = 0

  init(characters: [UInt8]) { self.characters = characters }

  private var current: UInt8? { position < characters.count ? characters[position] : nil }

  mutating func scan() -> Bool {
    scanSign()
    guard scanWhole() else { return false }
    let hadWhole = !digits.isEmpty
    if current == UInt8(ascii: ".") {
      position += 1
      let before = digits.count
      scanDigits()
      exponent -= digits.count - before
      if !hadWhole && digits.isEmpty { return false }
    }
    return !digits.isEmpty && scanExponent() && position == characters.count
  }

  private mutating func scanSign() {
    guard let sign = current, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return }
    isNegative = sign == UInt8(ascii: "-")
    position += 1
  }

  private mutating func scanDigits() {
    while let character = current, (48...57).contains(character) {
      digits.append(character - 48)
      position += 1
    }
  }

  private mutating func scanWhole() -> Bool {
    scanDigits()
    guard current == UInt8(ascii: ",") else { return true }
    guard (1...3).contains(digits.count) else { return false }
    while current == UInt8(ascii: ",") {
      position += 1
      let before = digits.count
      scanDigits()
      guard digits.count - before == 3 else { return false }
    }
    return true
  }

  private mutating func scanExponent() -> Bool {
    guard let mark = current, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else {
      return true
    }
    position += 1
    let start = position
    if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { position += 1 }
    while let character = current, (48...57).contains(character) { position += 1 }
    let text = String(decoding: characters[start..<position], as: UTF8.self)
    guard let power = Int(text), power.magnitude <= 100_000 else { return false }
    exponent += power
    return true
  }
}
