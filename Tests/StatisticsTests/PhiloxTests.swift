import TestFixtures
import Testing

@testable import Statistics

struct PhiloxTests {
  /// Known answers of philox4x32-10.
  ///
  /// Source: Random123, file kat_vectors (Salmon, Moraes, Dror and Shaw 2011).
  private static let known: [[UInt32]] = [
    [0, 0, 0, 0, 0, 0, 0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8],
    [
      0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF,
      0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD,
    ],
    [
      0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344, 0xA409_3822, 0x299F_31D0,
      0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1,
    ],
  ]

  @Test(arguments: known) func `the published known answers`(row: [UInt32]) {
    let words = Philox.words(counter: (row[0], row[1], row[2], row[3]), key: (row[4], row[5]))
    #expect([words.0, words.1, words.2, words.3] == Array(row[6...]))
    #expect(PlainPhilox.words(Array(row[0..<4]), key: Array(row[4..<6])) == Array(row[6...]))
  }

  @Test(arguments: 0..<100)
  func `any counter and key as in the plain algorithm`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let counter = (0..<4).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    let key = (0..<2).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    let words = Philox.words(
      counter: (counter[0], counter[1], counter[2], counter[3]), key: (key[0], key[1]))
    #expect([words.0, words.1, words.2, words.3] == PlainPhilox.words(counter, key: key))
  }

  @Test(arguments: 0..<100)
  func `eight draws side by side and counties one after another`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var draws = SIMD8<UInt64>()
    for lane in 0..<8 { draws[lane] = random.next() >> 32 }
    let year = UInt32(truncatingIfNeeded: random.next())
    let source = UInt32(truncatingIfNeeded: random.next())
    let key = random.next()
    let row = PhiloxRow(draws, year: UInt64(year), source: UInt64(source), seed: key)
    for _ in 0..<5 {
      let county = UInt32(truncatingIfNeeded: random.next())
      let words = row.words(county: UInt64(county))
      for lane in 0..<8 {
        let wanted = PlainPhilox.words([UInt32(draws[lane]), county, year, source], seed: key)
        let found = [words.a[lane], words.b[lane], words.c[lane], words.d[lane]]
        #expect(found == wanted.map { UInt64($0) })
      }
    }
  }

  /// Source of "", "a" and "foobar": the test vectors of draft-eastlake-fnv; the others were worked
  /// out byte by byte.
  @Test(arguments: [
    ("", UInt32(0x811C_9DC5)), ("a", 0xE40C_292C), ("b", 0xE70C_2DE5), ("fo", 0x6222_E842),
    ("foo", 0xA9F3_7ED7), ("foobar", 0xBF9C_F968), ("新疆", 0x6067_249C),
  ])
  func `the known hashes of names`(name: String, hash: UInt32) {
    #expect(nameHash(name) == hash)
  }
}

/// Philox4x32-10 as the paper writes it, one counter after another.
///
/// Source: Salmon, Moraes, Dror and Shaw (2011), section 3.3.
enum PlainPhilox {
  static func words(_ counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var state = counter
    var key = key
    for _ in 0..<10 {
      let first = state[0].multipliedFullWidth(by: 0xD251_1F53)
      let second = state[2].multipliedFullWidth(by: 0xCD9E_8D57)
      state = [
        second.high ^ state[1] ^ key[0], second.low, first.high ^ state[3] ^ key[1], first.low,
      ]
      key[0] &+= 0x9E37_79B9
      key[1] &+= 0xBB67_AE85
    }
    return state
  }

  static func words(_ counter: [UInt32], seed: UInt64) -> [UInt32] {
    words(
      counter,
      key: [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)])
  }

  /// The two uniform numbers of a counter, by the formula of `NormalDraws`.
  static func uniforms(_ counter: [UInt32], seed: UInt64) -> (first: Double, second: Double) {
    let words = words(counter, seed: seed)
    func unit(_ high: UInt32, _ low: UInt32) -> Double {
      (Double(UInt64(high) << 20 + UInt64(low >> 12)) + 0.5) / 0x1p52
    }
    return (unit(words[0], words[1]), unit(words[2], words[3]))
  }
}
