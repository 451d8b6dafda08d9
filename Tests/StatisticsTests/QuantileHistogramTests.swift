import Foundation
import TestFixtures
import Testing

@testable import Statistics

struct QuantileHistogramTests {
  /// Values of many magnitudes and both signs, with zeros, tiny values and repeats.
  private func values(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    let positive = random.happens(0.3)
    var values: [Double] = []
    while values.count < count {
      let value: Double
      switch random.whole(0...9) {
      case 0: value = 0
      case 1: value = random.fraction() * 1e-12
      case 2 where !values.isEmpty: value = values[random.whole(0...(values.count - 1))]
      case 3...5: value = 1000 + 50 * random.fraction()
      default: value = pow(10, random.fraction() * 40 - 13)
      }
      values.append(positive || random.happens(0.6) ? abs(value) : -value)
    }
    return values
  }

  private func histogram(_ values: some Sequence<Double>) -> QuantileHistogram {
    var histogram = QuantileHistogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  /// Off by less than 1/4,096 of its size, or below 2⁻⁴⁰ and so 0.
  private func isNear(_ found: Double, _ exact: Double) -> Bool {
    abs(exact) < 0x1p-40 ? found == 0 : abs(found - exact) < abs(exact) / 4096
  }

  // With 2ᵏ + 1 values, quarters and eighths of the way fall on a value.
  @Test(arguments: 0..<60)
  func `quantiles that fall on a value are within 1∕4,096 of it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let steps = 1 << random.whole(3...10)
    let values = values(steps + 1, &random).sorted()
    let fractions = (0...steps).map { Double($0) / Double(steps) }
    let found = try #require(histogram(values.shuffled(using: &random)).quantiles(fractions))
    for rank in 0...steps {
      #expect(
        isNear(found[rank], values[rank]), "\(found[rank]) for \(values[rank]), rank \(rank)")
    }
    #expect(found == found.sorted())
  }

  // Neighbours so near that the way between them is short beside the bound.
  @Test(arguments: [(1.0, 2.0), (-5, -4), (1e6, 1.5e6), (-1e-9, -0.7e-9)], [0.9, 0.95])
  func `quantiles of many values are within 1∕4,096 of the exact ones`(
    range: (Double, Double), most: Double
  ) throws {
    var random = SplitMix64(seed: 6)
    let values = (0..<20_000).map { _ in
      range.0 + (range.1 - range.0) * random.fraction()
    }.sorted()
    let fractions = [0, 0.05, 0.1, 0.25, 0.5, 0.75, most, 1]
    let found = try #require(histogram(values).quantiles(fractions))
    for (fraction, quantile) in zip(fractions, found) {
      #expect(isNear(quantile, Quantile.value(of: values, at: fraction)))
    }
  }

  // Between neighbours in different buckets definition 7 takes the straight line.
  @Test(arguments: 0..<20)
  func `quantiles between far neighbours are within 1∕4,096 of the exact ones`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let values = values(random.whole(2...300), &random).sorted()
    let fractions = [0.05, 0.1, 0.25, 0.29, 0.5, 0.75, 0.9, 0.95]
    let found = try #require(histogram(values).quantiles(fractions))
    var misses = 0
    for (fraction, quantile) in zip(fractions, found) {
      let place = fraction * Double(values.count - 1)
      let low = Int(place)
      let high = min(low + 1, values.count - 1)
      let part = place - Double(low)
      // Its size where both have one sign; where they have not, that of the way's two parts.
      let size = (1 - part) * abs(values[low]) + part * abs(values[high])
      let exact = Quantile.value(of: values, at: fraction)
      if abs(quantile - exact) > size / 4096 + 0x1p-40 { misses += 1 }
    }
    #expect(misses == 0)
  }

  @Test(arguments: 0..<50) func `merging in any order and grouping counts the same`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = values(random.whole(1...400), &random)
    let whole = histogram(values)
    var parts: [[Double]] = Array(repeating: [], count: random.whole(1...9))
    for value in values { parts[random.whole(0...(parts.count - 1))].append(value) }
    var histograms = parts.map { histogram($0) }.shuffled(using: &random)
    while histograms.count > 1 {
      let other = histograms.remove(at: random.whole(0...(histograms.count - 1)))
      histograms[random.whole(0...(histograms.count - 1))].merge(other)
    }
    #expect(histograms[0] == whole)
    let fractions = [0, 0.1, 0.5, 0.9, 1]
    #expect(histograms[0].quantiles(fractions) == whole.quantiles(fractions))
    var more = whole
    more.add(values[0])
    #expect(more != whole)
    #expect(histogram(values + [1e30]) != histogram(values + [-1e30]))
  }

  @Test(arguments: 0..<50) func `entries make the same histogram again`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = values(random.whole(0...400), &random)
    let whole = histogram(values)
    let entries = whole.entries
    #expect(entries.reduce(0) { $0 + Int($1.count) } == values.count)
    #expect(entries.allSatisfy { $0.count > 0 })
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.key < $1.key })
    let counts = Dictionary(grouping: values, by: QuantileHistogram.key).mapValues { $0.count }
    #expect(entries.allSatisfy { counts[$0.key] == Int($0.count) })
    let again = QuantileHistogram(entries: entries)
    #expect(again == whole)
    #expect(QuantileHistogram(entries: entries.shuffled(using: &random)) == whole)
    #expect(again.quantiles([0, 0.3, 1]) == whole.quantiles([0, 0.3, 1]))
  }

  @Test func `missing values are not counted`() throws {
    let histogram = histogram([.nan, 3, .nan, -.nan, .signalingNaN])
    #expect(histogram.entries.map { $0.count } == [1])
    #expect(histogram == self.histogram([3]))
    let found = try #require(histogram.quantiles([0, 0.5, 1]))
    #expect(found.allSatisfy { isNear($0, 3) })
  }

  @Test func `without values there is no quantile`() {
    #expect(QuantileHistogram().quantiles([0.5]) == nil)
    #expect(histogram([.nan]).quantiles([0.5]) == nil)
    #expect(QuantileHistogram().entries.isEmpty)
    #expect(QuantileHistogram() == histogram([.nan]))
    var merged = QuantileHistogram()
    merged.merge(QuantileHistogram())
    #expect(merged.quantiles([0.5]) == nil)
  }

  @Test(arguments: 0..<20) func `keys ascend with values and bounds hold them`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let numbers =
      [0, -0.0, 0x1p-40, -0x1p-40, 0x1p-41, 0x1p200, 1e300, .infinity, -.infinity]
      + values(300, &random)
      + (0..<300).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
    let values = numbers.sorted()
    let keys = values.map { QuantileHistogram.key($0) }
    #expect(keys == keys.sorted())
    for (value, key) in zip(values, keys) {
      #expect(QuantileHistogram.key(-value) == -key)
      let bounds = QuantileHistogram.bounds(of: key)
      if value.magnitude < 0x1p-40 {
        #expect(key == 0 && bounds.low == 0 && bounds.high == 0)
      } else if value.magnitude < 0x1p200 {
        #expect(bounds.low <= value && value <= bounds.high)
        #expect(bounds.high - bounds.low <= value.magnitude / 4096)
      }
    }
  }

  @Test func `buckets follow one another without a gap`() {
    #expect(QuantileHistogram.key(0x1p-40) == 1)
    #expect(QuantileHistogram.key((0x1p-40).nextDown) == 0)
    #expect(QuantileHistogram.key(-0x1p-40) == -1)
    for number in [1, 1.5, 3.75, 1024, 0x1p-39] {
      let key = QuantileHistogram.key(number)
      let bounds = QuantileHistogram.bounds(of: key)
      #expect(bounds.low == number)
      #expect(QuantileHistogram.bounds(of: key + 1).low == bounds.high)
      #expect(QuantileHistogram.key(number.nextDown) == key - 1)
      #expect(QuantileHistogram.key(bounds.high) == key + 1)
    }
  }
}
