import Statistics
import TestFixtures
import Testing

struct RankCorrelationTests {
  @Test func `ties share the average rank`() {
    #expect(RankCorrelation.averageRanks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1])
    #expect(RankCorrelation.averageRanks([7, 7, 7]) == [2, 2, 2])
    #expect(RankCorrelation.averageRanks([]).isEmpty)
  }

  @Test func `ten persons by hand`() throws {
    // Σ d² = 194, so 1 − 6 · 194 / (10 · 99) = −29/165.
    let quotient = [106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    let hours = [7.0, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    let found = try #require(RankCorrelation.spearman(quotient, hours))
    #expect(abs(found + 29.0 / 165) < 1e-15)
  }

  @Test func `ties by hand`() throws {
    // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: products 4.5, squares 4.5 and 5.
    let found = try #require(RankCorrelation.spearman([1, 2, 2, 4], [10, 20, 30, 40]))
    #expect(abs(found - 4.5 / 22.5.squareRoot()) < 1e-15)
  }

  @Test func `only order counts`() throws {
    #expect(RankCorrelation.spearman([1, 2, 3], [1, 100, 1e9]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3], [3, 2, -5]) == -1)
  }

  @Test func `a constant side or a single pair is undefined`() {
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == nil)
    #expect(RankCorrelation.spearman([1, 2, 3], [4, 4, 4]) == nil)
    #expect(RankCorrelation.spearman([1], [2]) == nil)
    #expect(RankCorrelation.spearman([], []) == nil)
  }

  @Test(arguments: 0..<100)
  func `without ties it is the formula of squared differences`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = random.whole(2...40)
    let left = (1...count).shuffled(using: &random).map { Double($0) }
    let right = (1...count).shuffled(using: &random).map { Double($0) }
    let squares = zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let size = Double(count)
    let found = try #require(RankCorrelation.spearman(left, right))
    #expect(abs(found - (1 - 6 * squares / (size * (size * size - 1)))) < 1e-12)
  }

  @Test(arguments: 0..<50)
  func `warm orders give the same bits as none`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(2...80)
    var left = (0..<count).map { _ in Double(random.whole(1...40)) / 4 }
    var right = (0..<count).map { _ in random.fraction() }
    var orders = (left: WarmOrder(), right: WarmOrder())
    for year in 0..<12 {
      let warm = RankCorrelation.spearman(left, right, orders: &orders)
      let cold = RankCorrelation.spearman(left, right)
      #expect(warm?.bitPattern == cold?.bitPattern)
      left = left.map { $0 + Double(random.whole(0...1)) / 4 }
      right = right.map { year % 5 == 4 ? random.fraction() : $0 + random.fraction() * 0.02 }
    }
  }
}
