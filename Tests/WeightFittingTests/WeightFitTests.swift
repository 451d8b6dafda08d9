import LinearAlgebra
import TestFixtures
import Testing

@testable import WeightFitting

struct WeightFitTests {
  @Test(arguments: 0..<30) func `weights that made the amounts are found again`(
    seed: UInt64
  ) throws {
    let known = try FitCase(seed: seed, factors: 1 + Int(seed % 7), pools: 1 + Int(seed % 3))
    let fit = try WeightFit(known.problem)
    for (found, wanted) in zip(fit.weights, known.weights) { #expect(abs(found - wanted) < 1e-9) }
    #expect(fit.isConverged)
    #expect(abs(fit.weights.reduce(0, +) - 1) < 1e-12)
    #expect(fit.largestError < 1e-3)
    #expect((fit.rSquared ?? 0) > 1 - 1e-12)
    #expect(fit.boundRows == 0)
  }

  @Test(arguments: 0..<30) func `rows at floors and caps do not mislead`(seed: UInt64) throws {
    let known = try FitCase(
      seed: seed, factors: 2 + Int(seed % 4), pools: 1 + Int(seed % 3), floor: 0.9, cap: 1.2)
    let fit = try WeightFit(known.problem)
    let naive = try WeightFit(known.problem, treatsBoundsAsData: true)
    #expect(fit.isConverged)
    #expect(fit.boundRows > 0)
    func error(_ weights: [Double]) -> Double {
      zip(weights, known.weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    #expect(error(fit.weights) < 1e-7)
    #expect(error(naive.weights) > 1e-4)
  }

  /// France's DSU of 2021: the published index is a weighted sum of four ratios.
  @Test func `the published weights of the French DSU are found again`() throws {
    let table = try ReferenceFile.rows("Reference/france_dsu_index_2021.csv")
    let header = Dictionary(uniqueKeysWithValues: zip(table[0], table[0].indices))
    func column(_ name: String) throws -> [Double] {
      let place = try #require(header[name])
      return try table.dropFirst().map { try #require(Double($0[place])) }
    }
    func ratio(_ top: String, _ bottom: String) throws -> [Double] {
      zip(try column(top), try column(bottom)).map { $0 / $1 }
    }
    let index = try column("published_index")
    let potential = try ratio("mean_fin_potential_per_cap", "fin_potential_per_cap")
    let social = zip(try ratio("social_dwellings", "dwellings"), try column("mean_social_share"))
      .map { $0 / $1 }
    let aid = zip(
      try ratio("housing_aid_recipients", "dwellings"), try column("mean_housing_aid_share")
    ).map { $0 / $1 }
    let income = try ratio("mean_income_per_cap", "income_per_cap")
    let problem = FitProblem(
      rows: index.indices.map { FitProblem.Row(pool: 0, cluster: $0, amount: index[$0]) },
      shares: [potential, social, aid, income], isIndex: true)
    let fit = try WeightFit(problem)
    for (found, wanted) in zip(fit.weights, [0.30, 0.15, 0.30, 0.25]) {
      #expect(abs(found - wanted) < 1e-4)
    }
    #expect(fit.largestError < 1e-4)
  }

  @Test func `a copy of a factor gets nothing and is named`() throws {
    let known = try FitCase(seed: 4, factors: 3)
    var problem = known.problem
    problem.shares.append(problem.shares[1])
    problem.bounds.append(0...1)
    let fit = try WeightFit(problem)
    #expect(fit.copies.map(\.factor) == [3])
    #expect(fit.copies.map(\.of) == [1])
    #expect(fit.weights[3] == 0)
    #expect(abs(fit.weights[1] - known.weights[1]) < 1e-9)
    let diagnostics = try FitDiagnostics(problem)
    #expect(diagnostics.rank == 3)
    #expect(diagnostics.conditionNumber == .infinity)
    #expect(diagnostics.varianceInflation[3] == .infinity)
    #expect(diagnostics.directions[0].isExact)
    #expect(diagnostics.directions[0].moves.map(\.factor).sorted() == [1, 3])
    #expect(diagnostics.directions[0].effect < 1e-6)
  }

  @Test func `a mixture of factors is explained and named`() throws {
    let known = try FitCase(seed: 5, factors: 3)
    var problem = known.problem
    problem.shares.append(zip(problem.shares[0], problem.shares[2]).map { ($0 + $1) / 2 })
    problem.bounds.append(0...1)
    let fit = try WeightFit(problem)
    #expect(fit.copies.isEmpty)
    #expect(fit.largestError < 1)
    #expect(abs(fit.weights[1] - known.weights[1]) < 1e-6)
    let direction = try #require(try FitDiagnostics(problem).directions.first)
    #expect(direction.isExact)
    #expect(direction.moves.map(\.factor).sorted() == [0, 2, 3])
    #expect(abs(abs(direction.moves[0].part) - 1) < 1e-9)
    #expect(abs(abs(direction.moves[1].part) - 0.5) < 1e-6)
  }

  @Test func `bounds hold and fixed weights stay`() throws {
    let known = try FitCase(seed: 6, factors: 4)
    var problem = known.problem
    problem.bounds = [0.5...0.5, 0...0.1, 0...1, 0.05...1]
    let fit = try WeightFit(problem)
    #expect(abs(fit.weights[0] - 0.5) < 1e-12)
    #expect(fit.weights[1] <= 0.1 + 1e-12)
    #expect(fit.weights[3] >= 0.05 - 1e-12)
    #expect(abs(fit.weights.reduce(0, +) - 1) < 1e-12)
    problem.hasUnknownLevel = true
    let free = try WeightFit(problem)
    #expect(abs(free.weights[0] - 0.5) < 1e-9)
    #expect(free.weights[1] <= 0.1 + 1e-9)
  }

  @Test func `outliers count less under the loss of Huber`() throws {
    let known = try FitCase(seed: 7, counties: 80, factors: 3, noise: 0.001)
    var problem = known.problem
    for row in [3, 20, 41, 60] {
      problem.rows[row].amount *= 2
    }
    // The level is free, because the outliers changed the sum of the pool.
    problem.hasUnknownLevel = true
    let plain = try WeightFit(problem)
    problem.huber = 1.345
    let robust = try WeightFit(problem)
    func error(_ fit: WeightFit) -> Double {
      zip(fit.weights, known.weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    #expect(robust.isConverged)
    #expect(error(robust) < 0.02)
    #expect(error(plain) > 3 * error(robust))
    #expect(robust.influence[3] < 0.1)
  }

  /// The slow reference: the best weights of a fine grid are no better.
  @Test(arguments: 0..<20) func `no weights on a grid explain more`(seed: UInt64) throws {
    let known = try FitCase(seed: seed, counties: 12, factors: 3, noise: 0.5)
    let fit = try WeightFit(known.problem)
    func loss(_ weights: [Double]) -> Double {
      let pool = known.problem.poolAmounts[0]
      return known.problem.rows.indices.reduce(0) { sum, row in
        let share = (0..<3).reduce(0) { $0 + weights[$1] * known.problem.shares[$1][row] }
        let error = known.problem.rows[row].amount - pool * share
        return sum + error * error
      }
    }
    let best = loss(fit.weights)
    for first in 0...50 {
      for second in 0...(50 - first) {
        let weights = [first, second, 50 - first - second].map { Double($0) / 50 }
        #expect(loss(weights) >= best * (1 - 1e-12))
      }
    }
  }

  @Test func `variance inflation is what regressions on the others say`() throws {
    let known = try FitCase(seed: 9, factors: 3)
    let diagnostics = try FitDiagnostics(known.problem)
    // Two columns: 1 / (1 − r²), r their correlation.
    var two = known.problem
    two.shares.removeLast()
    two.bounds.removeLast()
    let pair = try FitDiagnostics(two)
    let (left, right) = (two.shares[0], two.shares[1])
    let count = Double(left.count)
    let means = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    func product(_ a: [Double], _ b: [Double], _ am: Double, _ bm: Double) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - am) * ($1.1 - bm) }
    }
    let r =
      product(left, right, means.0, means.1)
      / (product(left, left, means.0, means.0) * product(right, right, means.1, means.1))
      .squareRoot()
    for value in pair.varianceInflation {
      #expect(abs((value ?? 0) - 1 / (1 - r * r)) < 1e-9)
    }
    #expect(diagnostics.rank == 3)
    #expect(diagnostics.constants.isEmpty)
    #expect(diagnostics.varianceInflation.allSatisfy { ($0 ?? 0) >= 1 })
  }

  @Test func `a factor that is the same everywhere is named`() throws {
    let known = try FitCase(seed: 10, factors: 2)
    var problem = known.problem
    problem.shares.append(problem.rows.map { _ in 1 / Double(problem.rows.count) })
    problem.bounds.append(0...1)
    let diagnostics = try FitDiagnostics(problem)
    #expect(diagnostics.constants == [2])
    #expect(diagnostics.varianceInflation[2] == nil)
  }

  @Test func `data that give no weights are refused`() throws {
    let known = try FitCase(seed: 11, counties: 5, factors: 3)
    var few = known.problem
    few.rows.removeLast(3)
    few.shares = few.shares.map { Array($0.prefix(2)) }
    #expect(throws: WeightFittingError.tooFewRows(rows: 2, factors: 3)) { try WeightFit(few) }
    var bounded = known.problem
    bounded.bounds = [0...0.2, 0...0.2, 0...0.2]
    #expect {
      try WeightFit(bounded)
    } throws: { error in
      guard case .boundsExcludeSimplex(let lowest, let highest) = error as? WeightFittingError
      else { return false }
      return lowest == 0 && abs(highest - 0.6) < 1e-12
    }
    var poor = known.problem
    for row in poor.rows.indices { poor.rows[row].amount = 0 }
    #expect(throws: WeightFittingError.poolWithoutMoney(pool: 0)) { try WeightFit(poor) }
    #expect(throws: WeightFittingError.factorWithoutSum(factor: 1, pool: 1)) {
      try FitProblem.shares(of: [[1, 1], [1, 0]], pools: [0, 1])
    }
  }
}
