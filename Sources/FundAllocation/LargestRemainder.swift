/// Largest remainder (Hamilton): amounts are cut down to multiples of a quantum; the units left
/// go one each to the largest remainders.
///
/// Remainders are compared in whole millionths of the quantum (half up), ties to the earlier
/// recipient (model, section 1). The millionths keep the answer independent of the last bits
/// of the arithmetic before it.
/// Source: Balinski and Young (1982), Fair Representation, chapter 3.
public enum LargestRemainder {
  /// Rounds amounts to multiples of a quantum that sum to a total, in place.
  ///
  /// - Parameters:
  ///   - amounts: Real amounts ≥ 0. Shape: [recipient].
  ///   - total: A multiple of `quantum`, the sum of the amounts but for the arithmetic.
  ///   - quantum: The unit, > 0.
  /// - Complexity: O(*n*) for *n* recipients.
  public static func round(_ amounts: inout [Double], total: Double, quantum: Double) {
    let blockCount = (amounts.count + Double.laneCount - 1) / Double.laneCount
    var remainders = [SIMD4<Double>](repeating: .zero, count: blockCount)
    let unit = Unit(quantum: quantum, isLarge: total / quantum >= Parts.base)
    let unitsGiven = cut(&amounts, &remainders, unit)
    let unitsLeft = Int((total / quantum - unitsGiven).rounded())
    if unitsLeft > 0 {
      hand(unitsLeft, to: &amounts, by: remainders, quantum: quantum)
    } else if unitsLeft < 0 {
      takeBack(-unitsLeft, from: &amounts, by: remainders, quantum: quantum)
    }
  }

  /// Cuts amounts down to whole units; returns how many units they keep.
  private static func cut(
    _ amounts: inout [Double], _ remainders: inout [SIMD4<Double>], _ unit: Unit
  ) -> Double {
    var amount = amounts.mutableSpan
    var remainder = remainders.mutableSpan
    var unitsGiven = SIMD4<Double>.zero
    for block in 0..<(amount.count / Double.laneCount) {
      let start = block &* Double.laneCount
      let parts = Parts(of: Double.lanes(amount.span, at: start), unit)
      Double.store(parts.amount, to: &amount, at: start)
      remainder[block] = parts.key
      unitsGiven = unitsGiven + parts.units
    }
    let rest = amount.count - amount.count % Double.laneCount
    if rest < amount.count {
      let parts = Parts(of: Double.lanesOrZero(amount.span, at: rest), unit)
      for index in rest..<amount.count { amount[index] = parts.amount[index &- rest] }
      remainder[rest / Double.laneCount] = parts.key
      unitsGiven = unitsGiven + parts.units
    }
    return Double.sum(unitsGiven)
  }

  /// What amounts are cut into.
  private struct Unit {
    let quantum: Double
    /// Whether amounts may hold so many units that `Parts.base` cannot round them.
    let isLarge: Bool
  }

  /// Four amounts cut down to whole units.
  private struct Parts {
    let units: SIMD4<Double>
    let amount: SIMD4<Double>
    /// What was cut off in whole millionths of a unit, `base` added.
    let key: SIMD4<Double>

    /// 2⁵², from where on every double is whole.
    ///
    /// Adding it rounds to the nearest whole number, and the last bits of the sum are that number.
    static var base: Double { 4_503_599_627_370_496 }

    @inline(__always)
    init(of whole: SIMD4<Double>, _ unit: Unit) {
      let base = SIMD4(repeating: Parts.base)
      let exact = whole / unit.quantum
      units = unit.isLarge ? exact.roundedDown() : Parts.roundedDown(exact) - base
      amount = units * unit.quantum
      key = Parts.roundedDown((exact - units) * 1e6 + 0.5)
    }

    /// The largest whole number at or below a number from 0 to `base`, with `base` added.
    ///
    /// Not `rounded(.down)`, which is a call a lane where SSE 4.1 may not be used.
    @inline(__always)
    private static func roundedDown(_ number: SIMD4<Double>) -> SIMD4<Double> {
      let base = SIMD4(repeating: Parts.base)
      let nearest = number + base
      return nearest - SIMD4<Double>.zero.replacing(with: .one, where: nearest - base .> number)
    }
  }

  /// Gives one unit each to the largest remainders, ties to the earlier.
  private static func hand(
    _ count: Int, to amounts: inout [Double], by remainders: [SIMD4<Double>], quantum: Double
  ) {
    var left = count
    while left > 0 {
      let round = min(left, amounts.count)
      if round == 0 { return }
      let threshold = Threshold(largest: round, of: remainders)
      give(to: &amounts, by: remainders, above: threshold.key, quantum: quantum)
      giveTied(threshold, to: &amounts, by: remainders, quantum: quantum)
      left -= round
    }
  }

  /// Gives one unit to every remainder above a threshold.
  private static func give(
    to amounts: inout [Double], by remainders: [SIMD4<Double>], above key: Double,
    quantum: Double
  ) {
    var amount = amounts.mutableSpan
    let unit = SIMD4(repeating: quantum)
    for block in 0..<(amount.count / Double.laneCount) {
      let start = block &* Double.laneCount
      let given = SIMD4<Double>.zero.replacing(with: unit, where: remainders[block] .> key)
      let sum = Double.lanes(amount.span, at: start) + given
      Double.store(sum, to: &amount, at: start)
    }
    for index in (amount.count - amount.count % Double.laneCount)..<amount.count
    where self.key(of: index, in: remainders) > key {
      amount[index] += quantum
    }
  }

  /// Gives one unit each to the first of those at the threshold.
  private static func giveTied(
    _ threshold: Threshold, to amounts: inout [Double], by remainders: [SIMD4<Double>],
    quantum: Double
  ) {
    var left = threshold.tied
    for block in threshold.blocks {
      for lane in 0..<Double.laneCount where remainders[block][lane] == threshold.key {
        if left == 0 { return }
        amounts[block * Double.laneCount + lane] += quantum
        left -= 1
      }
    }
  }

  private static func key(of index: Int, in remainders: [SIMD4<Double>]) -> Double {
    remainders[index / Double.laneCount][index % Double.laneCount]
  }

  /// Undoes units that the arithmetic before gave too many of, the smallest remainders first.
  private static func takeBack(
    _ count: Int, from amounts: inout [Double], by remainders: [SIMD4<Double>], quantum: Double
  ) {
    let keys = amounts.indices.map { key(of: $0, in: remainders) }
    let order = amounts.indices.sorted {
      keys[$0] == keys[$1] ? $0 > $1 : keys[$0] < keys[$1]
    }
    for index in order.filter({ amounts[$0] >= quantum }).prefix(count) {
      amounts[index] -= quantum
    }
  }

  /// The remainder of the last recipient served, and how many with just that remainder are.
  struct Threshold {
    let key: Double
    let tied: Int
    /// The blocks of lanes among which the tied are, ascending.
    private(set) var blocks: [Int] = []

    /// Finds it by counting: first in steps of 1,024 millionths, then within one step.
    ///
    /// The lanes beyond the last recipient count as remainders of 0, which come last.
    init(largest count: Int, of remainders: [SIMD4<Double>]) {
      var counts = [Int32](repeating: 0, count: 1_024)
      for block in remainders {
        for lane in 0..<Double.laneCount { counts[Threshold.millionths(block[lane]) >> 10] &+= 1 }
      }
      var above = 0
      let step = Threshold.bucket(of: count, in: counts, above: &above)
      for bucket in counts.indices { counts[bucket] = 0 }
      let low = Parts.base + Double(step << 10)
      for block in remainders.indices {
        let keys = remainders[block]
        if !((keys .>= low) .& (keys .< low + 1_024)).holdsForAny { continue }
        blocks.append(block)
        for lane in 0..<Double.laneCount {
          let millionths = Threshold.millionths(keys[lane])
          if millionths >> 10 == step { counts[millionths & 1_023] &+= 1 }
        }
      }
      let rest = Threshold.bucket(of: count, in: counts, above: &above)
      key = low + Double(rest)
      tied = count - above
    }

    /// The whole number, at most 1,000,000, in the last bits of a key.
    private static func millionths(_ key: Double) -> Int {
      Int(truncatingIfNeeded: key.bitPattern & 0xF_FFFF)
    }

    /// The bucket in which the recipient of a rank falls, from the top; `above` gets the number
    /// of those in higher ones.
    private static func bucket(of rank: Int, in counts: [Int32], above: inout Int) -> Int {
      var bucket = counts.count - 1
      while bucket > 0 {
        let reached = above &+ Int(counts[bucket])
        if reached >= rank { break }
        above = reached
        bucket &-= 1
      }
      return bucket
    }
  }
}
