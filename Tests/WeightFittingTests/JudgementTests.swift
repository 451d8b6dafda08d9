import Foundation
import TestFixtures
import Testing

@testable import WeightFitting

/// Weights from judgements of pairs.
struct JudgementTests {
  private func weights(_ hierarchy: AnalyticHierarchy) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(hierarchy.leaves, hierarchy.weights))
  }

  private func expectNear(
    _ own: [String: Double], _ published: [String: Double]?, _ tolerance: Double
  ) {
    #expect(Set(own.keys) == Set((published ?? [:]).keys))
    for (name, weight) in published ?? [:] {
      #expect(abs((own[name] ?? 0) - weight) <= tolerance, "\(name)")
    }
  }

  private func random(_ seed: UInt64, names: Int, missing: Int = 0) throws -> Judgements {
    var random = SplitMix64(seed: seed)
    let scale: [Double] = [1.0 / 9, 1.0 / 5, 1.0 / 3, 0.5, 1, 2, 3, 5, 9]
    var list: [Judgement] = []
    for first in 0..<names {
      for second in (first + 1)..<max(names, first + 1) {
        let ratio = scale[Int(random.next() % UInt64(scale.count))]
        list.append(Judgement(first: first, second: second, ratio: ratio))
      }
    }
    // The first row links all names, so anything else may be missing.
    for _ in 0..<missing {
      list.remove(at: names - 1 + Int(random.next() % UInt64(list.count - names + 1)))
    }
    return try Judgements(names: (0..<names).map { "n\($0)" }, list: list)
  }

  // MARK: Published cases

  @Test func `Saaty's drinks`() throws {
    let drinks = try HierarchyCase.named("Saaty 2008")
    let own = HierarchyCase.single(try HierarchyCase.judgements(drinks["comparisons"]))
    expectNear(weights(own), drinks["expected_weights_4dp"] as? [String: Double], 0.5e-4)
    #expect(abs(own.largestRatio - 0.022) <= 0.5e-3)
    #expect(own.levels[0].consistency.decisiveRatio == own.largestRatio)
    #expect(own.isAcceptable)
  }

  @Test func `Saaty's cities in two levels`() throws {
    let cities = try HierarchyCase.named("Saaty 2005")
    let groups = try (cities["alternatives"] as? [String: Any] ?? [:]).sorted { $0.key < $1.key }
      .map { JudgementGroup(name: $0.key, judgements: try HierarchyCase.judgements($0.value)) }
    let goal = JudgementGroup(
      name: "", judgements: try HierarchyCase.judgements(cities["criteria"]), groups: groups)
    let own = AnalyticHierarchy(goal, by: .eigenvector)
    expectNear(
      weights(own), cities["expected_target_weights_4dp"] as? [String: Double], 0.5e-4)
    #expect(own.levels.count == 6)
  }

  @Test func `the cars in three levels, every part of it`() throws {
    let cars = try HierarchyCase.named("Wikipedia")
    let all = try (cars["comparisons"] as? [String: Any] ?? [:])
      .mapValues { try HierarchyCase.judgements($0) }
    func group(_ name: String) throws -> JudgementGroup {
      let own = try #require(all[name])
      return JudgementGroup(
        name: name, judgements: own,
        groups: try own.names.filter { all[$0] != nil }.map { try group($0) })
    }
    let own = AnalyticHierarchy(try group("Criteria"), by: .eigenvector)
    let expected = try #require(cars["expected"] as? [String: Any])
    expectNear(weights(own), expected["target_weights_3dp"] as? [String: Double], 0.5e-3)
    let local = expected["local"] as? [String: [String: Double]] ?? [:]
    for (name, published) in local {
      let level = try #require(own.levels.first { $0.name == name })
      let tolerance = name == "Cost" ? 0.5e-4 : 0.5e-3
      expectNear(
        Dictionary(uniqueKeysWithValues: zip(level.judgements.names, level.localWeights)),
        published, tolerance)
    }
    let ratios = expected["consistency_ratio_saaty"] as? [String: Double] ?? [:]
    for (name, published) in ratios {
      let level = try #require(own.levels.first { $0.name == name })
      #expect(abs(level.consistency.ratio - published) <= 0.5e-3)
    }
    // Style: 0.102 by Saaty's index, so the whole is not acceptable though its total is.
    #expect(own.largestRatio > 0.1 && own.totalRatio < 0.1 && !own.isAcceptable)
  }

  @Test func `a matrix of pymcdm's tests`() throws {
    let rows = try #require(
      (try ReferenceFile.json("Reference/mcdm_weights_pymcdm.json")["cases"] as? [[String: Any]])?
        .first { $0["case"] as? String == "TestAHPWeights.test_output" })
    let matrix = try #require(rows["matrix"] as? [[Double]])
    var list: [Judgement] = []
    for first in matrix.indices {
      for second in matrix.indices where second > first {
        list.append(
          Judgement(first: first, second: second, ratio: matrix[first][second]))
      }
    }
    let own = HierarchyCase.single(
      try Judgements(names: matrix.indices.map { "\($0)" }, list: list))
    #expect(isNear(own.weights, rows["output"] as? [Double] ?? [], 0.5e-4))
  }

  @Test func `an incomplete matrix of Bozóki, Fülöp and Rónyai`() throws {
    let incomplete = try HierarchyCase.named("Bozoki")
    let expected = try #require(incomplete["expected"] as? [String: Any])
    let own = HierarchyCase.single(try HierarchyCase.judgements(incomplete["comparisons"]))
    let level = own.levels[0]
    #expect(level.isConverged)
    #expect(level.judgements.names == ["a", "b", "c", "d"])
    let filled = try #require(level.completed.first)
    #expect(level.completed.count == 1 && filled.first == 2 && filled.second == 3)
    // The published value is that of a search to six digits; the root is √(8/15).
    #expect(abs(filled.ratio - 0.730297106886979) < 1e-6)
    #expect(abs(filled.ratio - (8.0 / 15).squareRoot()) < 1e-12)
    expectNear(weights(own), expected["weights"] as? [String: Double], 0.5e-4)
    // 2 m / (n − 1)(n − 2) = ⅓: the random index is two thirds of the whole one.
    let consistency = level.consistency
    #expect(abs((consistency.incompleteRatio ?? 0) - consistency.ratio * 1.5) < 1e-12)
    #expect(consistency.decisiveRatio == consistency.incompleteRatio)
  }

  // MARK: Laws and second ways

  @Test(arguments: 0..<20) func `weights that explain all judgements are found`(seed: UInt64) throws
  {
    var random = SplitMix64(seed: seed)
    let wanted = (0..<6).map { _ in 1 + random.fraction() }
    let total = wanted.reduce(0, +)
    var list: [Judgement] = []
    for first in 0..<6 {
      for second in (first + 1)..<max(6, first + 1) where second - first < 3 {
        list.append(
          Judgement(first: first, second: second, ratio: wanted[first] / wanted[second]))
      }
    }
    let judgements = try Judgements(names: ["a", "b", "c", "d", "e", "f"], list: list)
    for priorities in [AnalyticHierarchy.Priorities.eigenvector, .geometricMean] {
      let own = HierarchyCase.single(judgements, priorities)
      #expect(isNear(own.weights, wanted.map { $0 / total }, 1e-12))
      #expect(own.largestRatio < 1e-12)
      #expect(own.levels[0].consistency.worst.isEmpty)
    }
  }

  @Test(arguments: 0..<20) func `the geometric mean of a whole matrix`(seed: UInt64) throws {
    let judgements = try random(seed, names: 5)
    var matrix = [[Double]](repeating: [Double](repeating: 1, count: 5), count: 5)
    for judgement in judgements.list {
      matrix[judgement.first][judgement.second] = judgement.ratio
      matrix[judgement.second][judgement.first] = 1 / judgement.ratio
    }
    let means = matrix.map { pow($0.reduce(1, *), 0.2) }
    let total = means.reduce(0, +)
    let own = HierarchyCase.single(judgements, .geometricMean)
    #expect(isNear(own.weights, means.map { $0 / total }, 1e-13))
  }

  /// The largest eigenvalue by the power method, slow and simple.
  private func largestEigenvalue(_ judgements: Judgements, _ filled: [Judgement]) -> Double {
    let count = judgements.names.count
    var matrix = [[Double]](repeating: [Double](repeating: 1, count: count), count: count)
    for judgement in judgements.list + filled {
      matrix[judgement.first][judgement.second] = judgement.ratio
      matrix[judgement.second][judgement.first] = 1 / judgement.ratio
    }
    var vector = [Double](repeating: 1, count: count)
    var value = 0.0
    for _ in 0..<300 {
      let next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      value = next.reduce(0, +) / vector.reduce(0, +)
      let size = next.reduce(0, +)
      vector = next.map { $0 / size }
    }
    return value
  }

  @Test(arguments: 0..<12) func `no other completion contradicts less`(seed: UInt64) throws {
    let judgements = try random(seed, names: 6, missing: Int(seed % 6) + 1)
    let level = HierarchyCase.single(judgements).levels[0]
    #expect(level.isConverged)
    let least = largestEigenvalue(judgements, level.completed)
    #expect(abs(level.consistency.largestEigenvalue - least) < 1e-9)
    for position in level.completed.indices {
      for factor in [0.9, 0.99, 1.01, 1.1] {
        var other = level.completed
        let entry = other[position]
        other[position] = Judgement(
          first: entry.first, second: entry.second, ratio: entry.ratio * factor)
        #expect(largestEigenvalue(judgements, other) > least)
      }
    }
  }

  @Test func `fifteen names with as few judgements as link them`() throws {
    let list = (1..<15).map { Judgement(first: 0, second: $0, ratio: Double($0 % 9 + 1)) }
    let own = HierarchyCase.single(try Judgements(names: (0..<15).map { "\($0)" }, list: list))
    let consistency = own.levels[0].consistency
    #expect(own.levels[0].isConverged)
    #expect(!consistency.isTestable && consistency.decisiveRatio == 0)
    #expect(consistency.worst.isEmpty && consistency.ratio < 1e-9)
  }

  @Test func `up to two names there is nothing to contradict`() throws {
    let own = HierarchyCase.single(
      try Judgements(names: ["a", "b"], list: [Judgement(first: 0, second: 1, ratio: 3)]))
    #expect(isNear(own.weights, [0.75, 0.25], 1e-15))
    #expect(own.largestRatio == 0 && own.totalRatio == 0 && own.isAcceptable)
    #expect(own.levels[0].consistency.alonsoLamataRatio == 0)
    let one = HierarchyCase.single(try Judgements(names: ["a"], list: []))
    #expect(one.weights == [1])
  }

  @Test func `both bounds by hand`() throws {
    // a = 2 b, b = 2 c, a = 2 c: λ = 1 + 2^⅓ + 2^−⅓ (Saaty 1980, chapter 7: a triad's eigenvalue
    // follows from the product around it).
    let own = HierarchyCase.single(
      try Judgements(
        names: ["a", "b", "c"],
        list: [
          Judgement(first: 0, second: 1, ratio: 2), Judgement(first: 1, second: 2, ratio: 2),
          Judgement(first: 0, second: 2, ratio: 2),
        ])
    ).levels[0].consistency
    let value = 1 + cbrt(2.0) + 1 / cbrt(2.0)
    #expect(abs(own.largestEigenvalue - value) < 1e-14)
    #expect(abs(own.ratio - (value - 3) / 2 / 0.58) < 1e-13)
    #expect(abs(own.alonsoLamataRatio - (value - 3) / (2.7699 * 3 - 4.3513 - 3)) < 1e-13)
    // Any one of three judgements can be made to fit the other two.
    #expect(own.worst.count == 3 && own.worst.allSatisfy { $0.ratioAfter < 1e-9 })
    #expect(own.worst.map { ($0.fittingRatio * 1e6).rounded() / 1e6 } == [1, 1, 4])
  }

  @Test func `the judgement that was spoilt is found with what it was`() throws {
    let wanted = [8.0, 4, 2, 1, 1]
    var list: [Judgement] = []
    for first in 0..<5 {
      for second in (first + 1)..<max(5, first + 1) {
        list.append(
          Judgement(first: first, second: second, ratio: wanted[first] / wanted[second]))
      }
    }
    let spoilt = try #require(list.firstIndex { $0.first == 1 && $0.second == 3 })
    list[spoilt] = Judgement(first: 1, second: 3, ratio: 0.25)
    let worst = HierarchyCase.single(try Judgements(names: ["a", "b", "c", "d", "e"], list: list))
      .levels[0].consistency.worst
    #expect(worst.count == 3)
    #expect(worst[0].judgement == list[spoilt])
    #expect(abs(worst[0].fittingRatio - 4) < 1e-9 && worst[0].ratioAfter < 1e-9)
    #expect(worst[1].ratioAfter > worst[0].ratioAfter)
  }

  // MARK: What is refused

  @Test func `judgements that do not link all names`() {
    #expect(throws: WeightError.notConnected(parts: [[0, 1], [2, 3], [4]])) {
      try Judgements(
        names: ["a", "b", "c", "d", "e"],
        list: [
          Judgement(first: 0, second: 1, ratio: 2), Judgement(first: 3, second: 2, ratio: 2),
        ])
    }
  }

  @Test func `more names than there are random indices`() {
    #expect(throws: WeightError.tooManyCompared(count: 16, most: 15)) {
      try Judgements(names: (0..<16).map { "\($0)" }, list: [])
    }
  }
}
