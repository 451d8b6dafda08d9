/// Quantiles of values.
public enum Quantile {
  /// The value at a fraction of the way, between neighbours by a straight line.
  ///
  /// - Parameters:
  ///   - sorted: Values, ascending; at least one.
  ///   - fraction: From 0 to 1.
  /// - Returns: The quantile.
  ///
  /// Source: Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7.
  public static func value(of sorted: [Double], at fraction: Double) -> Double {
    precondition(!sorted.isEmpty, "a quantile needs a value")
    let place = fraction * Double(sorted.count - 1)
    let low = Int(place.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  /// The same of values in any order, without sorting more of them than the fractions ask for.
  ///
  /// - Parameters:
  ///   - values: At least one, none NaN; they change places.
  ///   - fractions: Each from 0 to 1.
  /// - Returns: The quantiles, one a fraction.
  /// - Complexity: O(*n* · fractions) as a rule, O(*n* log *n*) at the worst.
  ///
  /// Source: Hoare (1961), Algorithm 65: Find.
  public static func values(of values: inout [Double], at fractions: [Double]) -> [Double] {
    var ranks: Set<Int> = []
    for fraction in fractions {
      let place = Int((fraction * Double(values.count - 1)).rounded(.down))
      ranks.formUnion([place, min(place + 1, values.count - 1)])
    }
    place(ranks.sorted()[...], of: &values, in: 0..<values.count, splitsLeft: 64)
    return fractions.map { value(of: values, at: $0) }
  }

  /// Puts the values of some ranks, ascending, where they stand in order; all ranks lie in the range,
  /// whose values lie between those before and those after it.
  private static func place(
    _ ranks: ArraySlice<Int>, of values: inout [Double], in range: Range<Int>, splitsLeft: Int
  ) {
    if ranks.isEmpty { return }
    if range.count <= 32 || splitsLeft == 0 {
      values[range].sort()
      return
    }
    let middle = split(&values, range)
    let below = ranks.prefix { $0 < middle.lowerBound }
    let above = ranks.drop { $0 < middle.upperBound }
    place(below, of: &values, in: range.lowerBound..<middle.lowerBound, splitsLeft: splitsLeft - 1)
    place(above, of: &values, in: middle.upperBound..<range.upperBound, splitsLeft: splitsLeft - 1)
  }

  /// Puts what is less than one of the values before it and what is more after it; returns where its
  /// equals stand.
  private static func split(_ values: inout [Double], _ range: Range<Int>) -> Range<Int> {
    var values = values.mutableSpan
    let (first, last) = (values[range.lowerBound], values[range.upperBound - 1])
    let middle = values[range.lowerBound + range.count / 2]
    let pivot = max(min(first, middle), min(max(first, middle), last))
    var (less, next, more) = (range.lowerBound, range.lowerBound, range.upperBound)
    while next < more {
      let value = values[next]
      if value < pivot {
        values.swapAt(less, next)
        less += 1
        next += 1
      } else if value > pivot {
        more -= 1
        values.swapAt(next, more)
      } else {
        next += 1
      }
    }
    return less..<more
  }
}
