import TestFixtures
import Testing

@testable import Statistics

struct MomentsTests {
  /// A leaf of random values, some of them missing; behind its draws stands what must not count.
  private func leaf(
    _ random: inout SplitMix64, series: Int, draws: Int = DrawLeaf.size, missing: Double = 0.1
  ) -> DrawLeaf {
    var leaf = DrawLeaf(seriesCount: series, drawCount: draws)
    for series in 0..<series {
      let middle = random.fraction() * 1000
      for draw in 0..<DrawLeaf.size {
        let value = random.happens(missing) ? .nan : middle + random.fraction()
        leaf.values[series * DrawLeaf.size + draw] = draw < draws ? value : 1e30
      }
    }
    return leaf
  }

  private func values(_ leaf: DrawLeaf, _ series: Int) -> [Double] {
    leaf.values[(series * DrawLeaf.size)...].prefix(leaf.drawCount).filter { !$0.isNaN }
  }

  /// Mean and squares in two plain passes against the moments found.
  private func compare(_ found: Moments, _ series: Int, _ values: [Double]) {
    #expect(found.counts[series] == Double(values.count))
    if values.isEmpty {
      #expect(found.means[series] == 0 && found.squares[series] == 0)
      return
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(found.means[series] - mean) <= 1e-13 * abs(mean))
    // Taken from a mean that is off by 10⁻¹³ of 1000.
    #expect(abs(found.squares[series] - squares) <= 1e-11 * squares + 1e-18)
  }

  @Test(arguments: 0..<100) func `a leaf as two plain passes see it`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = random.whole(1...DrawLeaf.size)
    let missing = [0, 0.1, 0.9, 1][random.whole(0...3)]
    let leaf = leaf(&random, series: 4, draws: draws, missing: missing)
    let moments = Moments(leaf)
    for series in 0..<4 { compare(moments, series, values(leaf, series)) }
  }

  @Test(arguments: [0.1, -1e9 / 3, 1e-200, 12_345_678.9, 0])
  func `a constant has exactly that mean and no variance`(constant: Double) throws {
    var tree = MomentTree()
    for number in 0..<13 {
      var leaf = DrawLeaf(seriesCount: 2, drawCount: number == 12 ? 5 : DrawLeaf.size)
      for draw in 0..<leaf.drawCount {
        leaf.values[DrawLeaf.size + draw] = constant
        if draw % 3 == number % 2 { leaf.values[draw] = constant }
      }
      let moments = Moments(leaf)
      #expect(moments.means == [constant, constant])
      #expect(moments.squares == [0, 0])
      tree.add(leaf: number, moments)
    }
    let all = try #require(tree.moments)
    #expect(all.means == [constant, constant])
    #expect(all.squares == [0, 0])
    #expect(all.counts[1] == 12 * 64 + 5)
    #expect(all.standardDeviation(1) == 0)
  }

  @Test func `missing values are left out`() {
    var leaf = DrawLeaf(seriesCount: 3, drawCount: 5)
    for (draw, value) in [Double.nan, 2, .nan, 4, 9].enumerated() { leaf.values[draw] = value }
    leaf.values[2 * DrawLeaf.size + 4] = 7
    let moments = Moments(leaf)
    #expect(moments == Moments(counts: [3, 0, 1], means: [5, 0, 7], squares: [26, 0, 0]))
    #expect(moments.standardDeviation(0) == 13.0.squareRoot())
    #expect(moments.standardDeviation(1) == nil)
    #expect(moments.standardDeviation(2) == nil)
    let twice = moments.merged(
      with: Moments(counts: [0, 2, 1], means: [0, 3, 9], squares: [0, 8, 0]))
    #expect(twice == Moments(counts: [3, 2, 2], means: [5, 3, 8], squares: [26, 8, 2]))
  }

  private func tree(_ leaves: ArraySlice<Moments>, from first: Int = 0) -> MomentTree {
    var tree = MomentTree()
    for (index, moments) in zip(leaves.indices, leaves) {
      tree.add(leaf: first + index, moments)
    }
    return tree
  }

  private func bits(_ moments: Moments?) -> [UInt64] {
    guard let moments else { return [] }
    return (moments.counts + moments.means + moments.squares).map { $0.bitPattern }
  }

  @Test(arguments: 0..<100)
  func `any split into ranges gives the same bits as one run`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...70)
    let first = random.happens(0.5) ? 0 : random.whole(1...100)
    let leaves = (0..<count).map { number in
      Moments(
        leaf(&random, series: 2, draws: number == count - 1 ? random.whole(1...64) : 64))
    }
    let whole = tree(leaves[...], from: first)
    #expect(bits(whole.moments).count == 6)
    for _ in 0..<10 {
      let cuts = Set((0..<random.whole(0...9)).map { _ in random.whole(0...count) })
      let bounds = [0] + cuts.sorted() + [count]
      var parts = zip(bounds, bounds.dropFirst()).map { tree(leaves[$0..<$1], from: first) }
      // Neighbours join in any order.
      while parts.count > 1 {
        let place = random.whole(0...(parts.count - 2))
        parts[place] = MomentTree(parts[place].nodes + parts.remove(at: place + 1).nodes)
      }
      #expect(parts[0] == whole)
      #expect(bits(parts[0].moments) == bits(whole.moments))
    }
  }

  @Test(arguments: 0..<20) func `the tree as two plain passes see it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = random.whole(1...40)
    var tree = MomentTree()
    var all: [[Double]] = [[], [], []]
    for number in 0..<count {
      let missing = [0, 0.1, 1][random.whole(0...2)]
      let leaf = leaf(
        &random, series: 3, draws: number == count - 1 ? random.whole(1...64) : 64,
        missing: missing)
      for series in 0..<3 { all[series] += values(leaf, series) }
      tree.add(leaf: number, Moments(leaf))
    }
    let moments = try #require(tree.moments)
    for series in 0..<3 {
      compare(moments, series, all[series])
      guard all[series].count >= 2 else { continue }
      let mean = all[series].reduce(0, +) / Double(all[series].count)
      let squares = all[series].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let wanted = (squares / Double(all[series].count - 1)).squareRoot()
      let found = try #require(moments.standardDeviation(series))
      #expect(abs(found - wanted) <= 1e-10 * wanted)
    }
  }

  @Test func `memory grows with the logarithm of the leaves`() {
    let moments = Moments(counts: [1], means: [2], squares: [0])
    for first in [0, 1, 37] {
      var tree = MomentTree()
      for count in 1...1100 {
        tree.add(leaf: first + count - 1, moments)
        let logarithm = Int.bitWidth - 1 - count.leadingZeroBitCount
        if first == 0 {
          #expect(tree.nodes.count == count.nonzeroBitCount)
          #expect(tree.nodes.count <= logarithm + 1)
        }
        #expect(tree.nodes.count <= 2 * logarithm + 1)
        #expect(tree.nodes.first?.firstLeaf == first)
        #expect(tree.nodes.last?.endLeaf == first + count)
      }
    }
  }

  @Test func `a tree without leaves has no moments`() {
    #expect(MomentTree().moments == nil)
    #expect(MomentTree([]).nodes.isEmpty)
  }
}
