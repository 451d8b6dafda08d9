import Statistics
import TestFixtures
import Testing

struct WarmOrderTests {
  private func plain(_ values: [Double]) -> [Int] {
    values.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
      .map { $0.offset }
  }

  private func check(_ order: inout WarmOrder, _ values: [Double], _ step: String) {
    order.sort(values)
    let wanted = plain(values)
    #expect(order.order == wanted, "\(step)")
    #expect(order.values == wanted.map { values[$0] }, "\(step)")
  }

  /// Values as years and draws bring them: most near the last, now and then all others.
  private func next(_ values: [Double], _ random: inout SplitMix64) -> ([Double], String) {
    switch random.whole(0...9) {
    case 0: return (values.map { _ in random.fraction() }, "all new")
    case 1: return (values.reversed(), "reversed")
    case 2: return (values.map { _ in Double(random.whole(0...4)) }, "many ties")
    case 3: return (values.map { _ in 7 }, "all tied")
    case 4:
      let count = random.whole(0...120)
      return ((0..<count).map { _ in Double(random.whole(0...50)) }, "another count")
    case 5: return (values, "unchanged")
    case 6:
      var changed = values
      if !changed.isEmpty {
        changed[random.whole(0...(changed.count - 1))] = random.happens(0.5) ? 1e9 : -.infinity
      }
      return (changed, "one far off")
    case 7: return (values.map { $0 == 0 ? -0.0 : -$0 }, "signs turned")
    default: return (values.map { $0 + random.fraction() * 0.02 }, "near the last")
    }
  }

  @Test(arguments: 0..<100) func `the order of a plain stable sort`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var order = WarmOrder()
    var values = (0..<random.whole(0...120)).map { _ in random.fraction() }
    check(&order, values, "first")
    for _ in 0..<20 {
      let (changed, step) = next(values, &random)
      values = changed
      check(&order, values, step)
    }
  }

  @Test(arguments: 0..<30) func `slow changes of many values`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var order = WarmOrder()
    var values = (0..<200).map { _ in Double(random.whole(0...400)) / 4 }
    for _ in 0..<15 {
      check(&order, values, "slow")
      values = values.map { $0 + Double(random.whole(-1...1)) / 4 }
    }
  }

  @Test(arguments: 0..<30) func `where it began does not matter`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = (0..<60).map { _ in Double(random.whole(0...20)) }
    var cold = WarmOrder()
    cold.sort(values)
    for _ in 0..<5 {
      var warm = WarmOrder()
      warm.sort(values.map { $0 + random.fraction() * 10 })
      warm.sort(values)
      #expect(warm.order == cold.order)
      #expect(warm.values == cold.values)
    }
  }

  @Test func `nothing has no order`() {
    var order = WarmOrder()
    order.sort([])
    #expect(order.order.isEmpty && order.values.isEmpty)
    order.sort([2, 1])
    order.sort([])
    #expect(order.order.isEmpty && order.values.isEmpty)
  }
}
