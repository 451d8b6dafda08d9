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
  static let rounds = 10

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
    var words = Words(
      a: counter.draw, b: SIMD8(repeating: counter.county), c: SIMD8(repeating: counter.year),
      d: SIMD8(repeating: counter.source))
    let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
    var keyA = seed & 0xFFFF_FFFF
    var keyB = seed >> 32
    var round = 0
    while round < rounds {
      // Products of two 32-bit words fit a lane: the high half goes on, the low half stays.
      let first = (words.a & low) &* multiplierA
      let second = (words.c & low) &* multiplierB
      words = Words(
        a: (second &>> 32) ^ words.b ^ SIMD8(repeating: keyA), b: second & low,
        c: (first &>> 32) ^ words.d ^ SIMD8(repeating: keyB), d: first & low)
      keyA = (keyA &+ weylA) & 0xFFFF_FFFF
      keyB = (keyB &+ weylB) & 0xFFFF_FFFF
      round &+= 1
    }
    return words
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
