import PolicyModel
import Testing

struct CurrencyTests {
  @Test func `units of the renminbi`() {
    let currency = Currency.renminbi
    #expect(["元", "万元", "亿元", "yuan"].map { currency.power(ofUnit: $0) } == [0, 4, 8, 0])
    #expect(currency.power(ofUnit: "EUR") == nil)
    #expect(currency.power(ofUnit: "") == nil)
    #expect(currency.unitList == "元, 万元, 亿元, yuan")
  }

  @Test func `units of another currency`() {
    let euro = Currency(code: "EUR")
    #expect(euro.power(ofUnit: "EUR") == 0)
    #expect(euro.power(ofUnit: "million   EUR") == 6)
    #expect(euro.power(ofUnit: "万元") == nil)
    #expect(euro.power(ofUnit: "million USD") == nil)
    #expect(euro.unitList == "EUR, million EUR")
  }

  @Test func `units of columns may be per head`() {
    #expect(Currency.renminbi.size(ofColumnUnit: "万元") == 10_000)
    #expect(Currency.renminbi.size(ofColumnUnit: "元/人") == 1)
    #expect(Currency(code: "EUR").size(ofColumnUnit: "EUR/person") == 1)
    #expect(Currency(code: "EUR").size(ofColumnUnit: "million EUR") == 1e6)
    #expect(Currency.renminbi.size(ofColumnUnit: "EUR/person") == nil)
    #expect(Currency.renminbi.size(ofColumnUnit: "persons") == nil)
  }

  @Test func `codes have three capital letters`() {
    #expect(Currency.isWellFormed("EUR"))
    for code in ["", "EU", "EURO", "eur", "E1R", "欧元"] { #expect(!Currency.isWellFormed(code)) }
  }

  @Test func `money is written in whole fen`() {
    #expect(Money(fen: 0).decimalText == "0.00")
    #expect(Money(fen: -5).decimalText == "-0.05")
    #expect(Money(fen: 123_456).decimalText == "1234.56")
    #expect(Money(wholeFen: 9e15).decimalText == "90000000000000.00")
    #expect(Money(fen: 3) + Money(fen: 4) - Money(fen: 5) == Money(fen: 2))
    #expect(Money(fen: -1) < Money.zero)
  }
}
