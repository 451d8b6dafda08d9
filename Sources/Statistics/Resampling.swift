/// Bootstrap samples: how often each of some items is drawn when as many are drawn with replacement.
///
/// Replicate r draws its items from the words of the counters (r, block, 0, name), block = 0, 1, …, each
/// word w one item ⌊w n / 2³²⌋: any replicate alone, with the same bits on every machine. An item's
/// chance differs from 1/n by less than 2⁻³².
/// Source: Efron (1979), Bootstrap methods: another look at the jackknife; Lemire (2019), Fast random
/// integer generation in an interval, for the multiplication.
public struct Resampling: Sendable {
  /// How many replicates stand side by side.
  public static let laneCount = 8
  private let itemCount: Int
  private let seed: UInt64
  private let source: UInt64
  /// How often each item was drawn, by lane.
  ///
  /// Shape: [item][lane], flat.
  private var tallies: [Double]

  /// Prepares samples.
  ///
  /// - Parameters:
  ///   - itemCount: How many items there are, and how many each sample draws.
  ///   - seed: The seed.
  ///   - name: What the samples are for.
  public init(itemCount: Int, seed: UInt64, name: String) {
    precondition(itemCount > 0 && itemCount < 1 << 31, "a sample needs an item")
    self.itemCount = itemCount
    self.seed = seed
    source = UInt64(nameHash(name))
    tallies = Array(repeating: 0, count: itemCount * Resampling.laneCount)
  }

  /// Writes how often each item is drawn in eight replicates.
  ///
  /// - Parameters:
  ///   - counts: Room for them. Shape: [item].
  ///   - firstReplicate: The first of the eight.
  public mutating func fill(_ counts: inout [SIMD8<Double>], firstReplicate: Int) {
    precondition(counts.count == itemCount, "a count for every item")
    let base = SIMD8<UInt64>(repeating: UInt64(truncatingIfNeeded: firstReplicate))
    let replicates = (base &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)) & 0xFFFF_FFFF
    let row = PhiloxRow(replicates, year: 0, source: source, seed: seed)
    let count = itemCount
    var tallies = tallies.mutableSpan
    for place in tallies.indices { tallies[place] = 0 }
    var left = count
    var block: UInt64 = 0
    while left > 0 {
      let words = row.words(county: block)
      Resampling.tally(words.a, count, &tallies)
      if left > 1 { Resampling.tally(words.b, count, &tallies) }
      if left > 2 { Resampling.tally(words.c, count, &tallies) }
      if left > 3 { Resampling.tally(words.d, count, &tallies) }
      left -= 4
      block &+= 1
    }
    var result = counts.mutableSpan
    for item in result.indices {
      let place = item &* 8
      result[item] = SIMD8(
        tallies[place], tallies[place &+ 1], tallies[place &+ 2], tallies[place &+ 3],
        tallies[place &+ 4], tallies[place &+ 5], tallies[place &+ 6], tallies[place &+ 7])
    }
  }

  @inline(__always)
  private static func tally(
    _ words: SIMD8<UInt64>, _ itemCount: Int, _ tallies: inout MutableSpan<Double>
  ) {
    let items = (words &* UInt64(itemCount)) &>> 32
    for lane in 0..<8 {
      tallies[Int(truncatingIfNeeded: items[lane]) &* 8 &+ lane] += 1
    }
  }
}
