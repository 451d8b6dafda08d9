/// Numbers as text, the same on every machine.
public enum NumberText {
  /// A number with at most 12 significant digits, as in the CSV files.
  public static func significant(_ value: Double, digits: Int = 12) -> String {
    if value == 0 { return "0" }
    if value == value.rounded(), abs(value) < 1e12 { return "\(Int64(value))" }
    guard value.isFinite else { return "" }
    var decimal = DecimalDigits(value)
    decimal.round(to: digits)
    return decimal.generalText(digits)
  }

  /// A number with a fixed number of decimals, halves away from zero.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "" }
    var decimal = DecimalDigits(value)
    decimal.round(to: decimal.exponent + 1 + decimals)
    return decimal.fixedText(decimals)
  }

  /// A fixed number of decimals with thousands separators: `1,234.5`.
  public static func grouped(_ value: Double, decimals: Int) -> String {
    let text = fixed(value, decimals: decimals)
    let isNegative = text.hasPrefix("-")
    let bare = isNegative ? text.dropFirst() : text[...]
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    let whole = grouped(parts.first ?? "")
    let rest = parts.count > 1 ? "." + parts[1] : ""
    return (isNegative ? "-" : "") + whole + rest
  }

  private static func grouped(_ digits: Substring) -> String {
    var result: [Character] = []
    for (position, digit) in digits.reversed().enumerated() {
      if position > 0 && position % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }

  /// A signed number with thousands separators: `+1,234`, `−5`, `0`.
  public static func signed(_ value: Double, decimals: Int) -> String {
    let text = grouped(abs(value), decimals: decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    if isZero { return text }
    return (value < 0 ? "−" : "+") + text
  }

  /// A fraction as a signed percentage: `+3.2 %`.
  public static func signedPercent(_ fraction: Double) -> String {
    signed(fraction * 100, decimals: 1) + " %"
  }
}

/// The shortest decimal digits that name a double, and their power of ten.
struct DecimalDigits {
  private var isNegative: Bool
  private var digits: [UInt8]
  /// Power of ten of the first digit.
  private(set) var exponent: Int

  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    var power = 0
    var pointAt: Int?
    let text = "\(abs(value))".utf8
    for byte in text.prefix(while: { $0 != UInt8(ascii: "e") }) {
      if byte == UInt8(ascii: ".") {
        pointAt = digits.count
      } else {
        digits.append(byte - 48)
      }
    }
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      power = Int(String(text[text.index(after: mark)...]) ?? "") ?? 0
    }
    exponent = (pointAt ?? digits.count) - 1 + power
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.isEmpty || digits == [0] {
      digits = [0]
      exponent = 0
    }
  }

  /// Rounds to a number of significant digits, half up on the digits.
  mutating func round(to count: Int) {
    if count < 0 {
      digits = [0]
      exponent = 0
      return
    }
    guard digits.count > count else { return }
    let goesUp = digits[count] >= 5
    digits = Array(digits.prefix(count))
    if !goesUp {
      if digits.isEmpty {
        digits = [0]
        exponent = 0
      }
      return
    }
    var position = count - 1
    while position >= 0 {
      if digits[position] < 9 {
        digits[position] += 1
        return
      }
      digits[position] = 0
      position -= 1
    }
    digits.insert(1, at: 0)
    exponent += 1
  }

  private var isZero: Bool { digits.allSatisfy { $0 == 0 } }

  private func text(_ part: some Sequence<UInt8>) -> String {
    String(decoding: part.map { $0 + 48 }, as: UTF8.self)
  }

  private var sign: String { isNegative && !isZero ? "-" : "" }

  /// Plain digits, or a power of ten where the number is very small or large.
  func generalText(_ limit: Int) -> String {
    let trimmed = Array(digits.reversed().drop { $0 == 0 }.reversed())
    if isZero { return "0" }
    if exponent < -5 || exponent >= limit {
      let rest = trimmed.dropFirst()
      return sign + text(trimmed.prefix(1)) + (rest.isEmpty ? "" : "." + text(rest))
        + "e\(exponent)"
    }
    if exponent < 0 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + text(trimmed)
    }
    let whole = padded(trimmed.prefix(exponent + 1), to: exponent + 1)
    let rest = trimmed.dropFirst(exponent + 1)
    return sign + text(whole) + (rest.isEmpty ? "" : "." + text(rest))
  }

  func fixedText(_ decimals: Int) -> String {
    let whole = exponent < 0 ? [0] : padded(digits.prefix(exponent + 1), to: exponent + 1)
    if decimals == 0 { return sign + text(whole) }
    let leading = max(0, -exponent - 1)
    let zeros = [UInt8](repeating: 0, count: min(leading, decimals))
    let rest = digits.dropFirst(max(0, exponent + 1)).prefix(max(0, decimals - zeros.count))
    return sign + text(whole) + "." + text(padded(zeros + rest, to: decimals))
  }

  private func padded(_ part: some Sequence<UInt8>, to count: Int) -> [UInt8] {
    let list = Array(part)
    return list + [UInt8](repeating: 0, count: max(0, count - list.count))
  }
}
