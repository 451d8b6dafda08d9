import PolicyModel
import TestFixtures
import Testing

struct DecimalTextTests {
  private func fault(_ text: String) -> DecimalFault? {
    do throws(DecimalFault) {
      _ = try DecimalText(text[...]).double()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("12", 12.0), ("-3.5", -3.5), ("+7", 7), (".5", 0.5), ("5.", 5), ("1e3", 1_000),
    ("1.5E-2", 0.015), ("1,234", 1_234), ("12,345,678.9", 12_345_678.9), (" 4 ", 4), ("007", 7),
    ("０．５", 0.5), ("－１２", -12), ("１，２３４", 1_234), ("−8", -8), ("\u{3000}9\u{A0}", 9), ("0", 0),
    ("1e-400", 0),
  ])
  func `numbers are read as written`(text: String, value: Double) throws {
    #expect(try DecimalText(text[...]).double() == value)
  }

  @Test(arguments: [
    ("1,5", DecimalFault.badSeparators), ("1,2345", .badSeparators), ("1234,567", .badSeparators),
    (",5", .badSeparators), ("1,23,456", .badSeparators), ("1,234,56", .badSeparators),
    ("20 %", .percent), ("20%", .percent), ("２０％", .percent), ("nan", .notFinite),
    ("NaN", .notFinite), ("-inf", .notFinite), (".inf", .notFinite), ("Infinity", .notFinite),
    ("1e400", .notFinite), ("0x1F", .hexadecimal), ("-0X2", .hexadecimal), ("", .notANumber),
    ("-", .notANumber), (".", .notANumber), ("e5", .notANumber), ("1e", .notANumber),
    ("1 2", .notANumber), ("十二", .notANumber), ("1.2.3", .notANumber), ("--1", .notANumber),
    ("1e100001", .notANumber), ("٣", .notANumber),
  ])
  func `everything else is refused by its kind`(text: String, wanted: DecimalFault) {
    #expect(fault(text) == wanted)
  }

  @Test(arguments: ["1e-9223372036854775808", "1e9223372036854775807", "1e99999999999999999999"])
  func `a power beyond all integers is refused`(text: String) {
    #expect(fault(text) == .notANumber)
  }

  @Test(arguments: [
    ("45", 10, DecimalText.WholeNumber.whole(450_000_000_000)), ("0.01", 2, .whole(1)),
    ("0.001", 2, .fraction), ("1.50", 1, .whole(15)), ("1.55", 1, .fraction),
    ("-2", 2, .whole(-200)), ("0.000", 0, .whole(0)), ("1e308", 2, .tooLarge),
    ("1e-308", 2, .fraction), ("9e15", 0, .whole(9_000_000_000_000_000)),
    ("9000000000000001", 0, .tooLarge), ("90000000000000000000", -4, .whole(9_000_000_000_000_000)),
    ("0.1e1", 0, .whole(1)), ("1.00000000000000000000000001", 2, .fraction),
  ])
  func `money is exact`(text: String, power: Int, wanted: DecimalText.WholeNumber) throws {
    let number = try DecimalText(text[...])
    #expect(number.wholeNumber(timesTenTo: power, limit: Money.limit) == wanted)
  }

  @Test(arguments: 0..<200) func `a double survives its own text`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let value = Double(bitPattern: random.next())
    if value.isFinite { #expect(try DecimalText("\(value)"[...]).double() == value) }
    let small = Double(random.whole(-99_999_999...99_999_999)) / 1_000
    #expect(try DecimalText("\(small)"[...]).double() == small)
  }
}
