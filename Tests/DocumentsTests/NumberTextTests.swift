import Documents
import Foundation
import TestFixtures
import Testing

struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-12.5, "-12.5"), (1.0 / 3, "0.333333333333"),
    (2e-5, "0.00002"), (1e-6, "1e-6"), (1.25e-7, "1.25e-7"), (123_456_789_012, "123456789012"),
    (1_234_567_890_123, "1.23456789012e12"), (1e300, "1e300"), (0.1 + 0.2, "0.3"),
    (99_999_999_999.95, "100000000000"), (.nan, ""), (.infinity, ""),
  ])
  func `12 significant digits`(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }

  // C rounds the binary value, we round its shortest digits: they part only where the 13th digit
  // is a last 5, which random bits do not give.
  @Test(arguments: 0..<500) func `the digits are those of C`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let scale = pow(10, Double(random.whole(-20...20)))
    let values = [Double(bitPattern: random.next()), (random.fraction() - 0.5) * scale]
    for value in values where value.isFinite {
      let wanted = try #require(Double(String(format: "%.12g", value)))
      #expect(Double(NumberText.significant(value)) == wanted, "\(value)")
    }
  }

  @Test(arguments: [
    (0.005, 2, "0.01"), (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (-0.005, 2, "-0.01"),
    (999.995, 2, "1000.00"), (0.5, 0, "1"), (1.5, 0, "2"), (0.4999, 0, "0"), (12, 3, "12.000"),
    (1e21, 1, "1000000000000000000000.0"), (1e-9, 2, "0.00"), (.nan, 2, ""),
  ])
  func `fixed decimals, halves away from zero`(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: 0..<200) func `fixed decimals of thousandths are exact`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let thousandths = random.whole(0...99_999_999)
    let cents = (thousandths + 5) / 10
    let wanted = "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
    #expect(NumberText.fixed(Double(thousandths) / 1_000, decimals: 2) == wanted)
  }

  @Test(arguments: [
    (1_234.5, 1, "1,234.5"), (999, 0, "999"), (1_000, 0, "1,000"), (-1_234_567, 0, "-1,234,567"),
    (0, 2, "0.00"), (-123, 0, "-123"),
  ])
  func `thousands are separated`(value: Double, decimals: Int, text: String) {
    #expect(NumberText.grouped(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (1_234.0, 0, "+1,234"), (-5, 0, "−5"), (0, 0, "0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"),
    (-0.06, 1, "−0.1"),
  ])
  func `differences have a sign, nothing has none`(value: Double, decimals: Int, text: String) {
    #expect(NumberText.signed(value, decimals: decimals) == text)
  }

  @Test func `fractions as percent`() {
    #expect(NumberText.signedPercent(0.032) == "+3.2 %")
    #expect(NumberText.signedPercent(-0.5) == "−50.0 %")
    #expect(NumberText.signedPercent(0.0001) == "0.0 %")
  }
}
