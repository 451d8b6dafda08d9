import Foundation
import TestFixtures
import Testing

@testable import Sensitivity

struct SobolIndicesTests {
  private static let seeds: [UInt64] = [1, 20_240_126]

  private static func reference(_ key: String) throws -> Any {
    try #require(ReferenceFile.json("Reference/sensitivity.json")[key])
  }

  private func indices(
    groups: [[Int]], points: Int, seed: UInt64, replicates: Int = 8,
    _ model: ([SIMD8<Double>]) -> [SIMD8<Double>]
  ) throws -> SobolIndices {
    let design = PickFreezeDesign(groups: groups, pointCount: points, seed: seed)
    return try #require(
      SobolIndices(PickFreezeRuns(design, model: model), replicates: replicates))
  }

  private func values(_ estimates: [Estimate]) -> [Double] { estimates.map(\.value) }

  private func expect(_ found: [Double], _ known: [Double], within tolerance: Double) {
    #expect(found.count == known.count)
    for (one, other) in zip(found, known) {
      #expect(abs(one - other) < tolerance, "\(found) \(known)")
    }
  }

  // At 2¹⁵ points within 0.01, as asked for.
  @Test(arguments: seeds) func `Ishigami's indices`(seed: UInt64) throws {
    let known = try #require(try Self.reference("ishigami_analytic") as? [String: Any])
    let found = try indices(
      groups: [[0], [1], [2]], points: 1 << 15, seed: seed, TestModel.ishigami)
    expect(values(found.first), try #require(known["S1"] as? [Double]), within: 0.01)
    expect(values(found.total), try #require(known["ST"] as? [Double]), within: 0.01)
    #expect(abs(found.mean - 3.5) < 0.01)
    #expect(abs(found.variance - 13.844587940719254) < 0.1)
    #expect(found.rowCount == 1 << 15)
  }

  @Test func `the indices of Sobol's G`() throws {
    let cases = try #require(try Self.reference("sobol_g") as? [[String: Any]])
    #expect(cases.count >= 2)
    for known in cases {
      let a = try #require(known["a"] as? [Double])
      let found = try indices(
        groups: a.indices.map { [$0] }, points: 1 << 15, seed: 1, TestModel.sobolG(a))
      expect(values(found.first), try #require(known["S1"] as? [Double]), within: 0.01)
      expect(values(found.total), try #require(known["ST"] as? [Double]), within: 0.01)
    }
  }

  @Test func `grouped indices of Ishigami`() throws {
    let known = try #require(try Self.reference("ishigami_groups") as? [String: Any])
    let analytic = try #require(known["analytic_S1"] as? [Double])
    let found = try indices(
      groups: [[0, 2], [1]], points: 1 << 13, seed: 5, TestModel.ishigami)
    // Two groups that do not interact: first and total order are the same.
    expect(values(found.first), analytic, within: 0.01)
    expect(values(found.total), analytic, within: 0.01)
  }

  /// An independent, slow reference: indices by a product rule over a grid, for a model of two inputs
  /// that interact.
  @Test func `indices are those of a grid`() throws {
    func model(_ x: Double, _ y: Double) -> Double { x * x + 3 * x * y + 0.5 * y }
    let side = 400
    let grid = (0..<side).map { (Double($0) + 0.5) / Double(side) }
    let table = grid.map { x in grid.map { model(x, $0) } }
    let all = table.joined()
    let mean = all.reduce(0, +) / Double(all.count)
    let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
    func part(_ means: [Double]) -> Double {
      means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(side) / variance
    }
    let ofX = part(table.map { $0.reduce(0, +) / Double(side) })
    let ofY = part(grid.indices.map { y in table.reduce(0) { $0 + $1[y] } / Double(side) })
    let found = try indices(groups: [[0], [1]], points: 1 << 13, seed: 3) { points in
      [points[0] * points[0] + 3.0 * points[0] * points[1] + 0.5 * points[1]]
    }
    expect(values(found.first), [ofX, ofY], within: 0.003)
    expect(values(found.total), [1 - ofY, 1 - ofX], within: 0.003)
    #expect(found.firstOrderSum < 0.99)
  }

  // The intervals are those of rows drawn at random, wider than the error of Sobol' points: over
  // 40 seeds 95 % of them hold the answer, so that fewer than 32 would be one chance in 10⁴.
  @Test func `intervals hold the answer`() throws {
    let c: [Double] = [1, 2, 3]
    var held = 0
    for seed in 0..<40 {
      let found = try indices(
        groups: [[0], [1], [2]], points: 256, seed: UInt64(seed), replicates: 100,
        TestModel.linear(c))
      let (first, total) = (found.first[1], found.total[1])
      #expect(first.low < first.value && first.value < first.high)
      if (first.low...first.high).contains(4.0 / 14), (total.low...total.high).contains(4.0 / 14) {
        held += 1
      }
    }
    #expect(held >= 32)
  }

  @Test(arguments: [7.25, 0, -1e9, 1e-300]) func `a constant output has 0, not NaN`(
    value: Double
  ) throws {
    let found = try indices(groups: [[0], [1, 2]], points: 64, seed: 1) { _ in
      [SIMD8(repeating: value)]
    }
    #expect(found.isConstant)
    #expect(found.first == [.zero, .zero] && found.total == [.zero, .zero])
    #expect(abs(found.mean - value) <= 1e-14 * abs(value))
  }

  @Test func `rounding is no variation`() throws {
    let found = try indices(groups: [[0]], points: 64, seed: 1) { points in
      [1e6 + points[0] * 1e-9]
    }
    #expect(found.isConstant)
    let design = PickFreezeDesign(groups: [[0]], pointCount: 64, seed: 1)
    let runs = PickFreezeRuns(design) { [$0[0] * 1e-13] }
    let small = try #require(SobolIndices(runs, negligible: Negligible(size: 1e-12)))
    #expect(small.isConstant && small.first == [.zero])
    #expect(try #require(SobolIndices(runs)).isConstant == false)
  }

  @Test func `rows without a value are left out and counted`() throws {
    let design = PickFreezeDesign(groups: [[0], [1]], pointCount: 1_024, seed: 2)
    let runs = PickFreezeRuns(design) { points in
      [(points[0] + points[1]).replacing(with: .nan, where: points[0] .> 0.75)]
    }
    let found = try #require(SobolIndices(runs, replicates: 8))
    #expect(found.rowCount > 400 && found.rowCount < 700)
    // X₀ is now uniform up to ¾: variances 0.75²/12 and 1/12.
    expect(values(found.first), [0.36, 0.64], within: 0.06)
    let none = PickFreezeRuns(design) { _ in [SIMD8(repeating: .nan)] }
    #expect(SobolIndices(none) == nil)
  }

  @Test func `outputs stand by themselves`() throws {
    let design = PickFreezeDesign(groups: [[0], [1]], pointCount: 512, seed: 2)
    let both = PickFreezeRuns(design, outputCount: 2) { [$0[0], $0[1] * $0[0]] }
    let second = PickFreezeRuns(design) { [$0[1] * $0[0]] }
    let one = try #require(SobolIndices(both, output: 1))
    let other = try #require(SobolIndices(second))
    #expect(one.first == other.first && one.total == other.total)
  }

  @Test func `an input that does nothing has a total of exactly 0`() throws {
    let found = try indices(groups: [[0], [1]], points: 256, seed: 9, TestModel.linear([1, 0]))
    #expect(found.total[1] == .zero && found.first[1] == .zero)
    #expect(abs(found.total[0].value - 1) < 0.02)
  }

  @Test func `names of coordinates do not matter`() throws {
    let design = PickFreezeDesign(groups: [[1], [0]], pointCount: 64, seed: 4)
    let (a, b) = design.block(3)
    #expect(design.picked(a, b, subset: 0b01) == [a[0], b[1]])
    #expect(design.picked(a, b, subset: 0b11) == b)
    #expect(design.picked(a, b, subset: 0) == a)
    #expect(design.singles == [1, 2])
  }
}
