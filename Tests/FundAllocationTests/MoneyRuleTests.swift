import FundAllocation
import PolicyModel
import Testing

struct MoneyRuleTests {
  private let money = LedgerMoney(quantum: Money(fen: 100))

  @Test func `halves go away from zero, to fen and then to quanta`() {
    #expect(money.roundedToQuantum(150) == 200)
    #expect(money.roundedToQuantum(149.5) == 200)  // 150 fen first
    #expect(money.roundedToQuantum(149.4) == 100)
    #expect(money.roundedToQuantum(-150) == -200)
    #expect(money.roundedToFen(0.5) == 1)
    #expect(money.roundedToFen(-0.5) == -1)
  }

  @Test func `whole quanta are cut down`() {
    #expect(money.wholeQuanta(199.99) == 100)
    #expect(money.wholeQuanta(200) == 200)
  }

  @Test func `the largest amount is exact`() {
    #expect(LedgerMoney(quantum: Money(fen: 1)).roundedToQuantum(Money.limit) == Money.limit)
  }

  @Test func `real money is not rounded`() {
    let real = RealMoney<Double>(quantum: Money(fen: 100))
    #expect(real.roundedToQuantum(150.25) == 150.25)
    #expect(real.roundedToFen(0.5) == 0.5)
    #expect(real.wholeQuanta(199.5) == 199.5)
    var amounts = [1.5, 2.5]
    real.apportion(&amounts, total: 100, quantum: 100)
    #expect(amounts == [1.5, 2.5])
  }
}
