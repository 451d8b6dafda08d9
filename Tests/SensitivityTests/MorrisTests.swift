import Foundation
import TestFixtures
import Testing

@testable import Sensitivity

struct MorrisTests {
  private func screening(
    _ design: MorrisDesign, _ model: ([Double]) -> Double
  ) throws -> MorrisScreening {
    let trajectories = (0..<design.trajectoryCount).map { index in
      let points = design.points(index)
      return MorrisScreening.Trajectory(points: points, values: points.map(model))
    }
    return try #require(MorrisScreening(trajectories, groups: design.groups))
  }

  // Saltelli et al. (2008), Global sensitivity analysis, the primer, exercise 4 of chapter 3.
  @Test func `Saltelli's exercise`() throws {
    let exercise = try #require(
      ReferenceFile.json("Reference/sensitivity.json")["morris_saltelli2008_exercise4"]
        as? [String: Any])
    let points = try #require(exercise["model_input"] as? [[Double]])
    let values = try #require(exercise["model_output"] as? [Double])
    let expected = try #require(exercise["expected"] as? [String: [Double]])
    let trajectories = stride(from: 0, to: points.count, by: 3).map {
      MorrisScreening.Trajectory(
        points: Array(points[$0..<($0 + 3)]), values: Array(values[$0..<($0 + 3)]))
    }
    let found = try #require(MorrisScreening(trajectories, groups: [[0], [1]]))
    #expect(found.trajectoryCount == 6)
    for (group, measures) in found.groups.enumerated() {
      let mean = try #require(measures.mean)
      let deviation = try #require(measures.deviation)
      #expect(abs(mean - (expected["mu"]?[group] ?? 0)) < 0.01)
      #expect(abs(measures.size.value - (expected["mu_star"]?[group] ?? 0)) < 0.01)
      #expect(abs(deviation - (expected["sigma"]?[group] ?? 0)) < 0.01)
    }
  }

  @Test func `a linear model has its slopes everywhere`() throws {
    let design = MorrisDesign(groups: [[0], [1], [2]], trajectoryCount: 20, seed: 3)
    let found = try screening(design) { 3 * $0[0] - 2 * $0[1] }
    #expect(abs((found.groups[0].mean ?? 0) - 3) < 1e-12)
    #expect(abs((found.groups[1].mean ?? 0) + 2) < 1e-12)
    #expect(abs(found.groups[1].size.value - 2) < 1e-12)
    #expect(abs(found.groups[1].size.low - 2) < 1e-12 && abs(found.groups[1].size.high - 2) < 1e-12)
    #expect((found.groups[0].deviation ?? 1) < 1e-12)
    #expect(found.groups[2] == .init(size: .zero, mean: 0, deviation: 0))
  }

  // x y: the effect of x is y, uniform over the levels: mean ½, deviation √((1 − 1/p²)/12).
  @Test func `an interaction shows in the deviation`() throws {
    let design = MorrisDesign(groups: [[0], [1]], trajectoryCount: 2_000, seed: 8)
    let found = try screening(design) { $0[0] * $0[1] }
    let deviation = ((1 - 1.0 / 64) / 12).squareRoot()
    for measures in found.groups {
      #expect(abs((measures.mean ?? 0) - 0.5) < 5 * deviation / 2_000.0.squareRoot())
      #expect(abs((measures.deviation ?? 0) / deviation - 1) < 0.05)
      #expect(measures.size.low < 0.5 && measures.size.high > 0.5)
    }
  }

  @Test func `a group moves at once and has no direction`() throws {
    let design = MorrisDesign(groups: [[0, 2], [1]], trajectoryCount: 10, seed: 1)
    for index in 0..<10 {
      let points = design.points(index)
      #expect(points.count == 3)
      for (before, after) in zip(points, points.dropFirst()) {
        let moved = before.indices.filter { before[$0] != after[$0] }
        #expect(moved == [0, 2] || moved == [1])
        #expect(moved.allSatisfy { abs(before[$0] - after[$0]) == 0.5 })
      }
      #expect(points.joined().allSatisfy { (0.0625...0.9375).contains($0) })
    }
    let found = try screening(design) { $0[0] + $0[1] + $0[2] }
    #expect(found.groups[0].mean == nil && found.groups[0].deviation == nil)
    #expect(found.groups[1].mean == 1)
  }

  @Test func `a constant output has 0`() throws {
    let design = MorrisDesign(groups: [[0], [1]], trajectoryCount: 4, seed: 1)
    let found = try screening(design) { 3 + 1e-14 * $0[0] }
    #expect(found.groups.allSatisfy { $0 == .init(size: .zero, mean: 0, deviation: 0) })
  }

  @Test func `trajectories without a value are left out`() throws {
    let design = MorrisDesign(groups: [[0], [1]], trajectoryCount: 40, seed: 1)
    let found = try screening(design) { $0[0] > 0.9 ? .nan : $0[1] }
    #expect(found.trajectoryCount < 40 && found.trajectoryCount > 20)
    #expect(found.groups[1].mean == 1)
    #expect(
      MorrisScreening([.init(points: [[0], [1]], values: [.nan, 1])], groups: [[0]]) == nil)
  }

  @Test func `levels and orders are even`() {
    let design = MorrisDesign(groups: [[0], [1]], trajectoryCount: 1, levelCount: 4, seed: 6)
    let all = (0..<4_000).map { design.points($0) }
    for level in [0.125, 0.375, 0.625, 0.875] {
      #expect(abs(all.count { $0[0][1] == level } - 1_000) < 140)
    }
    #expect(abs(all.count { $0[0][0] != $0[1][0] } - 2_000) < 160)
  }
}
