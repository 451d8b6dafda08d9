/// Counts of values by size, from which quantiles follow; merging is adding, so it does not depend
/// on any order.
///
/// A bucket holds the numbers that share sign, exponent and the first 12 bits after the point: it is
/// at most one part in 4,096 of its values wide, and within it values are taken to lie evenly. So a
/// quantile is off by less than 1/4,096 of its size (2.5 · 10⁻⁴), in practice by a tenth of that; one
/// between two values by less than 1/4,096 of theirs.
/// Sizes below 2⁻⁴⁰ (10⁻¹²) count as 0.
/// Source of the idea: Masson, Rim and Lee (2019), DDSketch, section 2; here with buckets of equal
/// width within a power of two, which takes no logarithm.
public struct QuantileHistogram: Sendable, Equatable {
  /// Bits after the point that tell buckets apart.
  static let precision = 12
  private static let pageBits = 6
  private static let pageSize = 1 << pageBits
  /// The key of the smallest size that is told apart from 0.
  private static let smallest = Int(0x1p-40.bitPattern >> (52 - UInt64(precision)))
  /// Positive keys run up to this for numbers of 2²⁰⁰.
  private static let largest = Int(0x1p200.bitPattern >> (52 - UInt64(precision)))

  /// Pages of counters, by page; empty pages are not kept.
  private var pages: [[UInt32]] = []
  /// Where the page of a key stands, from `firstPage` on; −1 for none.
  private var places: [Int32] = []
  private var firstPage = 0

  /// Makes one without values.
  public init() {}

  /// Counts a value; a missing one is not counted.
  public mutating func add(_ value: Double) {
    if value.isNaN { return }
    add(key: QuantileHistogram.key(value), count: 1)
  }

  /// Adds the counts of another.
  public mutating func merge(_ other: QuantileHistogram) {
    for (key, count) in other.entries { add(key: key, count: count) }
  }

  /// The keys with their counts, ascending.
  public var entries: [(key: Int, count: UInt32)] {
    places.indices.flatMap { offset -> [(key: Int, count: UInt32)] in
      if places[offset] < 0 { return [] }
      let base = (firstPage + offset) << QuantileHistogram.pageBits
      return pages[Int(places[offset])].enumerated().compactMap { index, count in
        count == 0 ? nil : (base + index, count)
      }
    }
  }

  /// Makes one of keys and counts.
  public init(entries: [(key: Int, count: UInt32)]) {
    for (key, count) in entries { add(key: key, count: count) }
  }

  /// Two are equal if they count the same.
  public static func == (left: QuantileHistogram, right: QuantileHistogram) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.key == $1.key && $0.count == $1.count }
  }

  /// Adds to the counter of a key.
  private mutating func add(key: Int, count: UInt32) {
    let page = key >> QuantileHistogram.pageBits
    if places.isEmpty { firstPage = page }
    if page < firstPage {
      places.insert(contentsOf: repeatElement(-1, count: firstPage - page), at: 0)
      firstPage = page
    }
    while page - firstPage >= places.count { places.append(-1) }
    if places[page - firstPage] < 0 {
      places[page - firstPage] = Int32(pages.count)
      pages.append(Array(repeating: 0, count: QuantileHistogram.pageSize))
    }
    let index = key & (QuantileHistogram.pageSize - 1)
    pages[Int(places[page - firstPage])][index] += count
  }

  /// Keys ascend with values; those next to each other around 0 have keys next to each other.
  static func key(_ value: Double) -> Int {
    let size = Int(value.magnitude.bitPattern >> (52 - UInt64(precision)))
    if size < smallest { return 0 }
    let rank = min(size, largest) - smallest + 1
    return value < 0 ? -rank : rank
  }

  /// The bounds of a key's bucket, the lower first.
  static func bounds(of key: Int) -> (low: Double, high: Double) {
    if key == 0 { return (0, 0) }
    let size = UInt64(key.magnitude) + UInt64(smallest) - 1
    let near = Double(bitPattern: size << (52 - UInt64(precision)))
    let far = Double(bitPattern: (size + 1) << (52 - UInt64(precision)))
    return key > 0 ? (near, far) : (-far, -near)
  }

  /// Values at fractions of the way from the smallest to the largest; nil without values.
  ///
  /// - Parameter fractions: Ascending, from 0 to 1.
  /// - Returns: The quantiles (Hyndman and Fan's definition 7, on values spread within buckets).
  public func quantiles(_ fractions: [Double]) -> [Double]? {
    let entries = entries
    let total = entries.reduce(0.0) { $0 + Double($1.count) }
    if total == 0 { return nil }
    var result: [Double] = []
    var index = 0
    var before = 0.0
    for fraction in fractions {
      let place = fraction * (total - 1)
      let rank = place.rounded(.down)
      while index + 1 < entries.count, before + Double(entries[index].count) <= rank {
        before += Double(entries[index].count)
        index += 1
      }
      let low = QuantileHistogram.value(rank - before, of: entries, in: index)
      let high = QuantileHistogram.value(rank + 1 - before, of: entries, in: index)
      result.append(low + (high - low) * (place - rank))
    }
    return result
  }

  /// The value with a number within its bucket, whose values lie evenly, or the first of the next.
  private static func value(
    _ number: Double, of entries: [(key: Int, count: UInt32)], in index: Int
  ) -> Double {
    let entry = entries[index]
    if number >= Double(entry.count) && index + 1 < entries.count {
      return value(0, of: entries, in: index + 1)
    }
    let bounds = bounds(of: entry.key)
    let part = min(1, (number + 0.5) / Double(entry.count))
    return bounds.low + (bounds.high - bounds.low) * part
  }
}
