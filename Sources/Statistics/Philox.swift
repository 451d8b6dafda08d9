/// Philox4x32-10: random bits as a function of a key and a counter, without any state.
///
/// Any number of any draw can be worked out alone, in any order, on any machine, with the same
/// bits. Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
/// section 3.3; the constants are those of its reference implementation (Random123).
public enum Philox {
  static let multiplierA: UInt64 = 0xD251_1F53
  static let multiplierB: UInt64 = 0xCD9E_8D57
  static let weylA: UInt64 = 0x9E37_79B9
  static let weylB: UInt64 = 0xBB67_AE85
  static let rounds: UInt64 = 10

  /// The four words of one counter.
  ///
  /// - Parameters:
  ///   - counter: Four words.
  ///   - key: Two words: the low and the high half of a seed.
  /// - Returns: Four words.
  public static func words(
    counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    let result = lanes(
      counter: CounterLanes(
        draw: SIMD8(repeating: UInt64(counter.0)), county: UInt64(counter.1),
        year: UInt64(counter.2), source: UInt64(counter.3)),
      seed: UInt64(key.1) << 32 | UInt64(key.0))
    return (
      UInt32(result.a[0]), UInt32(result.b[0]), UInt32(result.c[0]), UInt32(result.d[0])
    )
  }

  /// Counters of eight draws side by side; each word in the low half of its lane.
  struct CounterLanes {
    let draw: SIMD8<UInt64>
    let county: UInt64
    let year: UInt64
    let source: UInt64
  }

  /// Four words of each of eight draws, in the low halves of the lanes.
  struct Words {
    var a: SIMD8<UInt64>
    var b: SIMD8<UInt64>
    var c: SIMD8<UInt64>
    var d: SIMD8<UInt64>
  }

  @inline(__always)
  static func lanes(counter: CounterLanes, seed: UInt64) -> Words {
    PhiloxRow(counter.draw, year: counter.year, source: counter.source, seed: seed)
      .words(county: counter.county)
  }
}

/// Philox for many counties of the same draws, year and source.
///
/// The words of a counter reach the whole state only round after round: what the first three rounds
/// make of draw, year and source is worked out once for all counties.
struct PhiloxRow {
  typealias Lanes = SIMD8<UInt64>
  private static var low: Lanes { Lanes(repeating: 0xFFFF_FFFF) }
  private let seed: UInt64
  /// What the county meets in the first round.
  private let ofYear: UInt64
  /// The low half of the draw's product.
  private let ofDraw: Lanes
  /// Words a, c and d of the third round, less what the county adds.
  private let startA: Lanes
  private let startC: Lanes
  private let startD: Lanes

  @inline(__always)
  init(_ draw: Lanes, year: UInt64, source: UInt64, seed: UInt64) {
    self.seed = seed
    let product = draw &* Philox.multiplierA
    let yearProduct = year &* Philox.multiplierB
    ofDraw = product & PhiloxRow.low
    ofYear = (yearProduct >> 32) ^ PhiloxRow.keyA(seed, 0)
    let c1 = (product &>> 32) ^ (source ^ PhiloxRow.keyB(seed, 0))
    let second = c1 &* Philox.multiplierB
    let a2 = (second &>> 32) ^ ((yearProduct & 0xFFFF_FFFF) ^ PhiloxRow.keyA(seed, 1))
    let third = a2 &* Philox.multiplierA
    startA = (second & PhiloxRow.low) ^ PhiloxRow.keyA(seed, 2)
    startC = (third &>> 32) ^ PhiloxRow.keyB(seed, 2)
    startD = third & PhiloxRow.low
  }

  /// The first key word of a round.
  @inline(__always)
  private static func keyA(_ seed: UInt64, _ round: UInt64) -> UInt64 {
    (seed &+ round &* Philox.weylA) & 0xFFFF_FFFF
  }

  /// The second key word of a round.
  @inline(__always)
  private static func keyB(_ seed: UInt64, _ round: UInt64) -> UInt64 {
    ((seed >> 32) &+ round &* Philox.weylB) & 0xFFFF_FFFF
  }

  /// The four words of each draw for a county.
  @inline(__always)
  func words(county: UInt64) -> Philox.Words {
    let pairs = pairs(county: county)
    let low = PhiloxRow.low
    return Philox.Words(
      a: pairs.first &>> 32, b: pairs.first & low, c: pairs.second &>> 32, d: pairs.second & low)
  }

  /// The words of each draw for a county in two pairs: 2³² a + b and 2³² c + d.
  @inline(__always)
  func pairs(county: UInt64) -> (first: Lanes, second: Lanes) {
    let low = PhiloxRow.low
    let ofCounty = (ofYear ^ county) &* Philox.multiplierA
    let c2 = ofDraw ^ ((ofCounty >> 32) ^ PhiloxRow.keyB(seed, 1))
    let third = c2 &* Philox.multiplierB
    // Words keep what stands above their 32 bits: a product of low halves does not see it.
    var words = Philox.Words(
      a: (third &>> 32) ^ startA, b: third, c: startC ^ (ofCounty & 0xFFFF_FFFF), d: startD)
    let last = Philox.rounds - 1
    var round: UInt64 = 3
    while round < last {
      let first = (words.a & low) &* Philox.multiplierA
      let second = (words.c & low) &* Philox.multiplierB
      words = Philox.Words(
        a: (second &>> 32) ^ words.b ^ PhiloxRow.keyA(seed, round), b: second,
        c: (first &>> 32) ^ words.d ^ PhiloxRow.keyB(seed, round), d: first)
      round &+= 1
    }
    // The last round's products are the pairs but for what their upper halves meet. (The key goes
    // in before the shift, or the compiler makes a 64-bit multiplication of shift and product.)
    let first = (words.a & low) &* Philox.multiplierA
    let second = (words.c & low) &* Philox.multiplierB
    return (
      second ^ ((words.b ^ PhiloxRow.keyA(seed, last)) &<< 32),
      first ^ ((words.d ^ PhiloxRow.keyB(seed, last)) &<< 32)
    )
  }
}

/// The number by which a name stands in a counter: its 32-bit FNV-1a hash.
///
/// Source: Fowler, Noll and Vo; the parameters of draft-eastlake-fnv, section 5.
///
/// - Parameter name: A text; its UTF-8 bytes are hashed.
/// - Returns: The hash.
public func nameHash(_ name: String) -> UInt32 {
  name.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
}
