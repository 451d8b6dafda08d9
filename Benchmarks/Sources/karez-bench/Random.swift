/// SplitMix64 (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators).
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in [low, high).
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
  }

  /// Lopsided, as the sizes of counties are: many small, few large.
  mutating func size(_ low: Double, _ high: Double) -> Double {
    let small = uniform(0, 1)
    return low + (high - low) * small * small * uniform(0.5, 1)
  }
}
