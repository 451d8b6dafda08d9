import FundAllocation
import PolicyModel
import TestFixtures
import Testing

struct LargestRemainderTests {
  /// Hamilton by sorting, in whole numbers: the reference.
  private func bySorting(_ amounts: [Int], total: Int, quantum: Int) -> [Int] {
    var result = amounts.map { $0 / quantum * quantum }
    let remainders = amounts.map { amount in
      ((amount % quantum) * 2_000_000 + quantum) / (2 * quantum)
    }
    let order = amounts.indices.sorted {
      remainders[$0] == remainders[$1] ? $0 < $1 : remainders[$0] > remainders[$1]
    }
    var left = (total - result.reduce(0, +)) / quantum
    while left > 0 {
      for index in order where left > 0 {
        result[index] += quantum
        left -= 1
      }
    }
    return result
  }

  /// Amounts in fen that sum to a multiple of the quantum; few different remainders give ties.
  private func amounts(_ random: inout SplitMix64, quantum: Int) -> [Int] {
    let kinds = random.whole(1...6)
    let remainders = (0..<kinds).map { _ in random.whole(0...(quantum - 1)) / 7 * 7 }
    var amounts = (0..<random.whole(1...60)).map { _ in
      random.whole(0...5_000) * quantum + remainders[random.whole(0...(kinds - 1))]
    }
    let over = amounts.reduce(0, +) % quantum
    amounts[0] += over == 0 ? 0 : quantum - over
    return amounts
  }

  @Test(arguments: 0..<300)
  func `amounts are those of sorting by remainder`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let quantum = [1_000_000, 100, 1, 30_000][random.whole(0...3)]
    let fen = amounts(&random, quantum: quantum)
    let total = fen.reduce(0, +)
    var rounded = fen.map { Double($0) }
    LargestRemainder.round(&rounded, total: Double(total), quantum: Double(quantum))
    #expect(rounded == bySorting(fen, total: total, quantum: quantum).map { Double($0) })
    #expect(rounded.reduce(0, +) == Double(total))
  }

  @Test(arguments: 0..<100)
  func `nobody is a whole quantum off`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let shares = (0..<random.whole(2...40)).map { _ in random.fraction() }
    let sum = shares.reduce(0, +)
    let total = Double(random.whole(0...100_000)) * 1e6
    let exact = shares.map { $0 / sum * total }
    var rounded = exact
    LargestRemainder.round(&rounded, total: total, quantum: 1e6)
    #expect(rounded.reduce(0, +) == total)
    for (exact, rounded) in zip(exact, rounded) {
      #expect(abs(exact - rounded) < 1e6)
      #expect(rounded.truncatingRemainder(dividingBy: 1e6) == 0)
    }
  }

  @Test func `ties go to the earlier`() {
    var amounts = [50.0, 50, 50, 50]
    LargestRemainder.round(&amounts, total: 200, quantum: 100)
    #expect(amounts == [100, 100, 0, 0])
  }

  @Test func `remainders that differ by less than a millionth tie`() {
    var amounts = [0.5, 0.500_000_3]
    LargestRemainder.round(&amounts, total: 1, quantum: 1)
    #expect(amounts == [1, 0])
  }

  @Test func `a bit below a whole number counts as that number`() {
    var amounts = [Double(3).nextDown, 2, 5]
    LargestRemainder.round(&amounts, total: 10, quantum: 1)
    #expect(amounts == [3, 2, 5])
  }

  @Test func `nobody and nothing`() {
    var nobody: [Double] = []
    LargestRemainder.round(&nobody, total: 0, quantum: 1)
    #expect(nobody.isEmpty)
    var nothing = [0.0, 0]
    LargestRemainder.round(&nothing, total: 0, quantum: 1)
    #expect(nothing == [0, 0])
  }

  @Test func `a unit too much goes back to the smallest remainder`() {
    var amounts = [3.0, 2.000_000_1, 1.5]
    LargestRemainder.round(&amounts, total: 5, quantum: 1)
    #expect(amounts.reduce(0, +) == 5)
    #expect(amounts.allSatisfy { $0 >= 1 })
  }
}
