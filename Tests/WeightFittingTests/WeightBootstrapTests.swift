import LinearAlgebra
import Statistics
import TestFixtures
import Testing

@testable import WeightFitting

struct WeightBootstrapTests {
  /// The slow reference: the resampled rows written out and fitted by QR.
  private func slow(_ fit: WeightFit, _ counts: [Double]) throws -> [Double] {
    var problem = fit.problem
    for row in problem.rows.indices {
      problem.rows[row].weight = fit.influence[row] * counts[problem.rows[row].cluster]
    }
    let rows = problem.rows.indices.filter { problem.rows[$0].weight > 0 }
    let hasSum = !problem.hasUnknownLevel && fit.boundRows == 0
    let identity = FactorIdentity(problem, marks: fit.marks)
    let solver = WeightSolver(
      bounds: identity.boundsOfKept, total: hasSum ? .one : .free, isShortest: false)
    let roots = rows.map { problem.rows[$0].weight.squareRoot() }
    let columns = problem.shares.map { shares in
      zip(rows, roots).map { shares[$0] * fit.levels[problem.rows[$0].pool] * $1 }
    }
    let found = try solver.weights(
      columns: columns, target: zip(rows, roots).map { problem.rows[$0].amount * $1 })
    let sum = found.reduce(0, +)
    return found.map { $0 / sum }
  }

  private func check(_ fit: WeightFit) throws {
    let replicates = try WeightBootstrap(fit, seed: 7).weights(0..<19)
    #expect(replicates.count == 19)
    var resampling = Resampling(
      itemCount: fit.problem.clusterCount, seed: 7, name: "bootstrap")
    var counts = [SIMD8<Double>](repeating: .zero, count: fit.problem.clusterCount)
    for (number, weights) in replicates.enumerated() {
      if number % 8 == 0 { resampling.fill(&counts, firstReplicate: number) }
      let wanted = try slow(fit, counts.map { $0[number % 8] })
      for (found, wanted) in zip(weights, wanted) { #expect(abs(found - wanted) < 1e-7) }
    }
  }

  @Test(arguments: 0..<20) func `replicates are fits to resampled counties`(
    seed: UInt64
  ) throws {
    // Much noise, so that weights meet 0 in some replicates.
    let known = try FitCase(
      seed: seed, counties: 30, factors: 2 + Int(seed % 6), pools: 1 + Int(seed % 2), noise: 0.8)
    try check(try WeightFit(known.problem))
  }

  @Test(arguments: 0..<10) func `replicates keep bounds`(seed: UInt64) throws {
    let known = try FitCase(seed: seed, counties: 40, factors: 4, noise: 0.5)
    var problem = known.problem
    problem.bounds = [0.1...0.3, 0.2...0.2, 0...0.4, 0...1]
    try check(try WeightFit(problem))
    problem.hasUnknownLevel = true
    try check(try WeightFit(problem))
  }

  @Test(arguments: 0..<10) func `replicates leave rows at floors and caps out`(
    seed: UInt64
  ) throws {
    let known = try FitCase(
      seed: seed, counties: 50, factors: 3, pools: 2, noise: 0.1, floor: 0.8, cap: 1.3)
    try check(try WeightFit(known.problem))
  }

  @Test func `a replicate does not depend on what it is worked out with`() throws {
    let known = try FitCase(seed: 3, counties: 30, factors: 4, noise: 0.5)
    let bootstrap = try WeightBootstrap(try WeightFit(known.problem), seed: 1)
    let all = bootstrap.weights(0..<40)
    #expect(bootstrap.weights(16..<24) == Array(all[16..<24]))
    #expect(bootstrap.weights(32..<37) == Array(all[32..<37]))
  }

  @Test func `each item is drawn as often as any other`() {
    var resampling = Resampling(itemCount: 7, seed: 5, name: "test")
    var counts = [SIMD8<Double>](repeating: .zero, count: 7)
    var sums = [Double](repeating: 0, count: 7)
    for first in stride(from: 0, to: 8_000, by: 8) {
      resampling.fill(&counts, firstReplicate: first)
      let total = counts.reduce(.zero, +)
      #expect(total == SIMD8(repeating: 7))
      for item in sums.indices { sums[item] += counts[item].sum() }
    }
    // Standard deviation of each sum: √(56,000 · 1/7 · 6/7) ≈ 83.
    for sum in sums { #expect(abs(sum - 8_000) < 5 * 83) }
  }

  /// 200 allocations with known weights: the intervals cover them about as often as they say.
  @Test func `nine intervals in ten hold the weight`() throws {
    var held = 0
    var count = 0
    for seed in 0..<200 {
      let known = try FitCase(seed: UInt64(seed), counties: 96, factors: 4, pools: 2, noise: 0.2)
      let fit = try WeightFit(known.problem)
      let replicates = try WeightBootstrap(fit, seed: UInt64(seed)).weights(0..<200)
      let intervals = WeightIntervals(replicates, level: 0.9, undetermined: [])
      for (ends, wanted) in zip(intervals.ends, known.weights) {
        let ends = try #require(ends)
        count += 1
        if ends.low <= wanted && wanted <= ends.high { held += 1 }
      }
    }
    let part = Double(held) / Double(count)
    print("90 % intervals hold the weight in \(part * 100) % of \(count) cases")
    #expect(part > 0.85 && part < 0.95)
  }
}
