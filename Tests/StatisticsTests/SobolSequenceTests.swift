import Foundation
import Testing

@testable import Statistics

struct SobolSequenceTests {
  /// The first ten points in three dimensions (SALib, tests/test_sobol.py; MIT licence).
  private static let published: [[Double]] = [
    [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625],
    [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375],
    [0.1875, 0.3125, 0.9375], [0.6875, 0.8125, 0.4375],
  ]

  @Test func `the first points are those published`() {
    let sequence = SobolSequence(dimensions: 3, seed: nil)
    #expect(SobolSequenceTests.published.indices.map { sequence.point($0) } == Self.published)
  }

  /// Points of SciPy 1.17 (stats.qmc.Sobol, not scrambled), which reads the whole table.
  @Test(arguments: [
    (1, 511, 0.5), (5, 2, 0.125), (100, 37, 0.4765625), (517, 255, 0.0283203125),
    (1023, 511, 0.6142578125), (1023, 100, 0.2373046875), (700, 300, 0.5009765625),
  ]) func `late dimensions are those of SciPy`(index: Int, dimension: Int, value: Double) {
    #expect(SobolSequence(dimensions: 512, seed: nil).point(index)[dimension] == value)
  }

  // 2ᵐ points: one in each of 2ᵐ equal intervals, in every dimension, scrambled or not.
  @Test(arguments: [nil, 0, 1, 99] as [UInt64?]) func `every dimension is stratified`(
    seed: UInt64?
  ) {
    let sequence = SobolSequence(dimensions: 512, seed: seed)
    let points = (0..<64).map { sequence.point($0) }
    for dimension in 0..<512 {
      #expect(Set(points.map { Int($0[dimension] * 64) }).count == 64)
    }
  }

  // The first two dimensions are a (0, m, 2)-net: one point in every elementary box.
  @Test(arguments: [nil, 7, 8] as [UInt64?]) func `two dimensions are a net`(seed: UInt64?) {
    let sequence = SobolSequence(dimensions: 2, seed: seed)
    let points = (0..<256).map { sequence.point($0) }
    for power in 0...8 {
      let boxes = points.map { point in
        Int(point[0] * Double(1 << power)) << 8 | Int(point[1] * Double(1 << (8 - power)))
      }
      #expect(Set(boxes).count == 256)
    }
  }

  // Over 400 seeds a coordinate is uniform: mean ½ ± 5 standard errors, one in eight in each eighth.
  @Test(arguments: [0, 100]) func `a scrambled point is uniform over seeds`(index: Int) {
    let values = (0..<400).map {
      SobolSequence(dimensions: 2, seed: UInt64($0)).point(index)[1]
    }
    let mean = values.reduce(0, +) / 400
    #expect(abs(mean - 0.5) < 5 * (1.0 / 12 / 400).squareRoot())
    for eighth in 0..<8 {
      let count = values.count { Int($0 * 8) == eighth }
      #expect(abs(count - 50) < 34)
    }
  }

  @Test func `points lie strictly inside and seeds differ`() {
    let one = SobolSequence(dimensions: 9, seed: 1)
    let other = SobolSequence(dimensions: 9, seed: 2)
    for index in 0..<64 {
      #expect(one.point(index).allSatisfy { $0 > 0 && $0 < 1 })
      #expect(one.point(index) != other.point(index))
    }
  }

  @Test func `a block holds its points`() {
    let sequence = SobolSequence(dimensions: 5, seed: 3)
    var lanes = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: 5)
    sequence.fill(&lanes, block: 12_345)
    for lane in 0..<8 {
      #expect(lanes.map { $0[lane] } == sequence.point(12_345 * 8 + lane))
    }
  }
}
