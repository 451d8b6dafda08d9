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
    var remainders = [Int32](repeating: 0, count: amounts.count)
    var unitsGiven = 0.0
    for index in amounts.indices {
      let units = amounts[index] / quantum
      let whole = units.rounded(.down)
      remainders[index] = Int32(((units - whole) * 1e6 + 0.5).rounded(.down))
      amounts[index] = whole * quantum
      unitsGiven += whole
    }
    let unitsLeft = Int((total / quantum - unitsGiven).rounded())
    if unitsLeft > 0 {
      hand(unitsLeft, to: &amounts, by: remainders, quantum: quantum)
    } else if unitsLeft < 0 {
      takeBack(-unitsLeft, from: &amounts, by: remainders, quantum: quantum)
    }
  }

  /// Gives one unit each to the largest remainders, ties to the earlier.
  private static func hand(
    _ count: Int, to amounts: inout [Double], by remainders: [Int32], quantum: Double
  ) {
    var left = count
    while left > 0 {
      let round = min(left, amounts.count)
      if round == 0 { return }
      let threshold = Threshold(largest: round, of: remainders)
      var tied = threshold.tied
      for index in amounts.indices {
        if remainders[index] > threshold.value {
          amounts[index] += quantum
        } else if remainders[index] == threshold.value && tied > 0 {
          amounts[index] += quantum
          tied -= 1
        }
      }
      left -= round
    }
  }

  /// Undoes units that the arithmetic before gave too many of, the smallest remainders first.
  private static func takeBack(
    _ count: Int, from amounts: inout [Double], by remainders: [Int32], quantum: Double
  ) {
    let order = amounts.indices.sorted {
      remainders[$0] == remainders[$1] ? $0 > $1 : remainders[$0] < remainders[$1]
    }
    for index in order.filter({ amounts[$0] >= quantum }).prefix(count) {
      amounts[index] -= quantum
    }
  }

  /// The remainder of the last recipient served, and how many with just that remainder are.
  struct Threshold {
    let value: Int32
    let tied: Int

    /// Finds it by counting: first in steps of 1,024 millionths, then within one step.
    init(largest count: Int, of remainders: [Int32]) {
      var coarse = [Int](repeating: 0, count: 1_024)
      for remainder in remainders { coarse[Int(remainder) >> 10] += 1 }
      var above = 0
      let step = Threshold.bucket(of: count, in: coarse, above: &above)
      var fine = [Int](repeating: 0, count: 1_024)
      for remainder in remainders where Int(remainder) >> 10 == step {
        fine[Int(remainder) & 1_023] += 1
      }
      let rest = Threshold.bucket(of: count, in: fine, above: &above)
      value = Int32(step << 10 + rest)
      tied = count - above
    }

    private static func bucket(of count: Int, in counts: [Int], above: inout Int) -> Int {
      var bucket = counts.count - 1
      while bucket > 0 && above + counts[bucket] < count {
        above += counts[bucket]
        bucket -= 1
      }
      return bucket
    }
  }
}
