import Statistics
import Testing

@testable import Sensitivity

struct ShapleyEffectsTests {
  private func effects(
    groups: [[Int]], points: Int, seed: UInt64 = 1, pairs: Int = 100,
    _ model: ([SIMD8<Double>]) -> [SIMD8<Double>]
  ) throws -> ShapleyEffects {
    let plan = ShapleyEffects.Plan(groupCount: groups.count, pairs: pairs, seed: seed)
    let design = PickFreezeDesign(groups: groups, pointCount: points, seed: seed)
    let runs = PickFreezeRuns(design, subsets: plan.subsets, model: model)
    return try #require(ShapleyEffects(runs, plan, replicates: 16))
  }

  // Independent inputs: first-order parts, and each interaction shared out evenly. Ishigami:
  // S₁ + S₁₃ / 2, S₂, S₁₃ / 2.
  @Test func `Ishigami's effects`() throws {
    let found = try effects(groups: [[0], [1], [2]], points: 1 << 13, TestModel.ishigami)
    let (s1, s2, s13) = (0.31390519114781146, 0.4424111447900409, 0.2436836640621477)
    for (one, other) in zip(found.effects, [s1 + s13 / 2, s2, s13 / 2]) {
      #expect(abs(one.value - other) < 0.01)
      #expect(one.low <= one.value && one.value <= one.high)
    }
    #expect(abs(found.effects.reduce(0) { $0 + $1.value } - 1) < 1e-12)
  }

  // Iooss and Prieur (2019), Shapley effects for sensitivity analysis with correlated inputs, linear
  // model with two normal inputs: for Y = X₁ a correlation r gives effects 1 − r²/2 and r²/2, though
  // X₂ does not stand in the model.
  @Test(arguments: [0.0, 0.5, 0.9]) func `inputs that hang together share out`(r: Double) throws {
    let plan = ShapleyEffects.Plan(groupCount: 2, pairs: 1, seed: 1)
    let design = PickFreezeDesign(groups: [[0], [1]], pointCount: 1 << 13, seed: 3)
    let side = (1 - r * r).squareRoot()
    func x1(_ u: [SIMD8<Double>]) -> SIMD8<Double> { VectorMath.normalQuantile(u[0]) }
    func x2(_ u: [SIMD8<Double>]) -> SIMD8<Double> {
      x1(u) * r + VectorMath.normalQuantile(u[1]) * side
    }
    var runs = PickFreezeRuns(
      subsets: plan.subsets, pointCount: design.pointCount, outputCount: 1)
    for block in 0..<design.blockCount {
      let (a, b) = design.block(block)
      runs.set(block: block, run: 0, [x1(a)])
      runs.set(block: block, run: 1, [x1(b)])
      // X₁ anew given X₂: mean r X₂, variance 1 − r². X₂ anew: Y stays.
      runs.set(block: block, run: 2, [x2(a) * r + VectorMath.normalQuantile(b[0]) * side])
      runs.set(block: block, run: 3, [x1(a)])
    }
    let found = try #require(ShapleyEffects(runs, plan, replicates: 8))
    #expect(abs(found.effects[0].value - (1 - r * r / 2)) < 0.01)
    #expect(abs(found.effects[1].value - r * r / 2) < 0.01)
  }

  @Test func `many groups are sampled`() throws {
    let c = (1...14).map { Double($0) }
    let sum = c.reduce(0) { $0 + $1 * $1 }
    let found = try effects(
      groups: c.indices.map { [$0] }, points: 512, pairs: 6, TestModel.linear(c))
    for (one, c) in zip(found.effects, c) { #expect(abs(one.value - c * c / sum) < 0.02) }
    #expect(abs(found.effects.reduce(0) { $0 + $1.value } - 1) < 1e-9)
  }

  @Test func `one group has everything and a constant output nothing`() throws {
    #expect(
      try effects(groups: [[0, 1]], points: 64, TestModel.linear([1, 2])).effects.map(\.value)
        == [1])
    let none = try effects(groups: [[0], [1]], points: 64) { _ in [SIMD8(repeating: 4)] }
    #expect(none.effects == [.zero, .zero] && none.isConstant)
  }
}
