import Foundation
import TestFixtures
import Testing
import WeightFitting

/// Weights read out of the data.
struct ObjectiveWeightsTests {
  private func weights(
    _ columns: IndicatorColumns, _ method: ObjectiveMethod, _ normalization: Normalization? = nil
  ) throws -> [Double] {
    try ObjectiveWeights(columns, method: method, normalization: normalization).weights
  }

  private func columns(_ values: [[Double]], costs: [Bool]? = nil) -> IndicatorColumns {
    IndicatorColumns(values: values, costs: costs ?? values.map { _ in false })
  }

  private func random(
    _ seed: UInt64, rows: Int = 30, count: Int = 5, costs: Bool = false
  ) -> IndicatorColumns {
    var random = SplitMix64(seed: seed)
    let values = (0..<count).map { _ in (0..<rows).map { _ in 1 + 99 * random.fraction() } }
    return columns(values, costs: (0..<count).map { costs && $0 % 2 == 1 })
  }

  // MARK: Published cases

  @Test(arguments: [
    ("TestEntropyWeights", ObjectiveMethod.entropy), ("TestSTDWeights", .deviation),
    ("TestCRITICWeights", .critic), ("TestEqualWeights", .equal),
  ])
  func `published weights are met to the last digit printed`(
    name: String, method: ObjectiveMethod
  ) throws {
    let published = try WeightingCase.named(name)
    #expect(published.output.count >= 3)
    #expect(isNear(try weights(published.columns, method), published.output, published.tolerance))
  }

  /// By `numpy.linalg.eigh(numpy.corrcoef(x))` (NumPy 2.4), then the two formulas.
  @Test func `principal components as NumPy finds them`() throws {
    let values: [[Double]] = [
      [7, 9, 1, 4, 6, 3, 8, 2], [6, 9, 2, 5, 7, 1, 9, 3], [2, 5, 9, 4, 1, 8, 6, 3],
      [9, 4, 8, 7, 1, 3, 5, 2],
    ]
    let own = try ObjectiveWeights(columns(values), method: .pca)
    #expect(own.keptCount == PCAReference.kept)
    #expect(isNear(own.eigenvalues, PCAReference.eigenvalues, 1e-12))
    #expect(isNear(own.weights, PCAReference.coefficients, 1e-12))
    #expect(isNear(try weights(columns(values), .pcaSquared), PCAReference.squares, 1e-12))
  }

  // MARK: A second, slow implementation

  private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  private func deviation(_ x: [Double]) -> Double {
    let center = mean(x)
    return sqrt(x.reduce(0) { $0 + pow($1 - center, 2) } / Double(x.count - 1))
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (mean(x), mean(y))
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(x.count - 1)
    return product / deviation(x) / deviation(y)
  }

  private func ranged(_ x: [Double], _ isCost: Bool) -> [Double] {
    let (low, high) = (x.min() ?? 0, x.max() ?? 0)
    return x.map { isCost ? (high - $0) / (high - low) : ($0 - low) / (high - low) }
  }

  private func ranks(_ x: [Double]) -> [Double] {
    x.map { value in
      Double(x.count { $0 < value }) + Double(x.count { $0 == value } + 1) / 2
    }
  }

  @Test(arguments: 0..<20) func `entropy weights follow the textbook`(seed: UInt64) throws {
    let input = random(seed, costs: true)
    let diversity = zip(input.values, input.costs).map { column, isCost in
      let values = isCost ? column.map { 1 / $0 } : column
      let total = values.reduce(0, +)
      let entropy = -values.reduce(0) { $0 + $1 / total * log($1 / total) }
      return 1 - entropy / log(Double(column.count))
    }
    let total = diversity.reduce(0, +)
    #expect(isNear(try weights(input, .entropy), diversity.map { $0 / total }, 1e-13))
  }

  @Test(arguments: 0..<20) func `CRITIC weights follow the textbook`(seed: UInt64) throws {
    let input = random(seed, costs: true)
    let ranged = zip(input.values, input.costs).map { self.ranged($0, $1) }
    for method in [ObjectiveMethod.critic, .criticSpearman] {
      let related = method == .critic ? ranged : ranged.map { ranks($0) }
      let information = ranged.indices.map { row in
        deviation(ranged[row])
          * related.reduce(0) { $0 + 1 - correlation(related[row], $1) }
      }
      let total = information.reduce(0, +)
      #expect(isNear(try weights(input, method), information.map { $0 / total }, 1e-13))
    }
  }

  @Test(arguments: 0..<20) func `deviation weights follow the textbook`(seed: UInt64) throws {
    let input = random(seed, costs: true)
    let deviations = zip(input.values, input.costs).map { deviation(ranged($0, $1)) }
    let total = deviations.reduce(0, +)
    #expect(isNear(try weights(input, .deviation), deviations.map { $0 / total }, 1e-13))
  }

  // MARK: Laws

  @Test(arguments: ObjectiveMethod.allCases, 0..<10)
  func `weights sum to 1, none is negative, and units of measure do not count`(
    method: ObjectiveMethod, seed: UInt64
  ) throws {
    let input = random(seed, costs: true)
    let own = try weights(input, method)
    #expect(abs(own.reduce(0, +) - 1) < 1e-14)
    #expect(own.allSatisfy { $0 >= 0 })
    let scaled = IndicatorColumns(
      values: input.values.enumerated().map { index, column in
        column.map { $0 * pow(10, Double(index)) }
      }, costs: input.costs)
    #expect(isNear(try weights(scaled, method), own, 1e-12))
  }

  @Test(arguments: ObjectiveMethod.allCases)
  func `the order of rows and of indicators does not count`(method: ObjectiveMethod) throws {
    let input = random(7, costs: true)
    let own = try weights(input, method)
    let rows = IndicatorColumns(
      values: input.values.map { Array($0.reversed()) }, costs: input.costs)
    #expect(isNear(try weights(rows, method), own, 1e-12))
    let turned = IndicatorColumns(
      values: input.values.reversed(), costs: input.costs.reversed())
    #expect(isNear(try weights(turned, method), own.reversed(), 1e-12))
  }

  @Test func `twice the same indicator has twice the same weight`() throws {
    let input = random(3, count: 3)
    let twice = columns(input.values + [input.values[0]])
    for method in ObjectiveMethod.allCases {
      let own = try weights(twice, method)
      #expect(abs(own[0] - own[3]) < 1e-12, "\(method)")
    }
  }

  @Test func `a zero counts nothing in entropy`() throws {
    // p = 0, ¼, ¾ and 0, ½, ½: −Σ p ln p = 0.562335 and 0.693147, over ln 3.
    let own = try ObjectiveWeights(columns([[0, 1, 3], [0, 1, 1]]), method: .entropy)
    let expected = [-(0.25 * log(0.25) + 0.75 * log(0.75)) / log(3), log(2) / log(3)]
    #expect(isNear(own.figures[0].values, expected, 1e-15))
  }

  // MARK: What is refused

  private func error(
    _ columns: IndicatorColumns, _ method: ObjectiveMethod, _ normalization: Normalization? = nil
  ) -> WeightError? {
    do throws(WeightError) {
      _ = try ObjectiveWeights(columns, method: method, normalization: normalization)
      return nil
    } catch {
      return error
    }
  }

  @Test func `too few rows`() {
    let one = columns([[1], [2]])
    let two = columns([[1, 2], [5, 3]])
    #expect(error(one, .entropy) == .tooFewRows(count: 1, needed: 2))
    #expect(error(one, .deviation) == .tooFewRows(count: 1, needed: 2))
    #expect(error(two, .entropy) == nil)
    for method in [ObjectiveMethod.critic, .criticSpearman, .pca, .pcaSquared] {
      #expect(error(two, method) == .tooFewRows(count: 2, needed: 3))
    }
    #expect(error(one, .equal) == nil)
  }

  @Test(arguments: ObjectiveMethod.allCases.filter { $0 != .equal })
  func `a constant indicator, also one that differs by rounding only`(method: ObjectiveMethod) {
    let rest: [Double] = [4, 1, 3]
    #expect(error(columns([rest, [5, 5, 5]]), method) == .constant(indicator: 1, value: 5))
    let rounded = [0.3, 0.1 + 0.2, 0.3]
    #expect(
      error(columns([rest, rounded]), method) == .constant(indicator: 1, value: 0.1 + 0.2))
    #expect(error(columns([rest, [0, 0, 0]]), method) == .constant(indicator: 1, value: 0))
  }

  @Test func `negative values where they have no meaning`() {
    let input = columns([[4, 1, 3], [5, 2, -7]])
    let refused = WeightError.negative(indicator: 1, row: 2, value: -7)
    #expect(error(input, .entropy) == refused)
    for normalization in [Normalization.share, .sum, .max] {
      #expect(error(input, .critic, normalization) == refused)
    }
    #expect(error(input, .entropy, .vector) == refused)
    #expect(error(input, .critic) == nil)
    #expect(error(input, .entropy, .z) == .negativeShares(.z))
  }

  @Test func `deviations that are 1 by construction`() {
    let input = columns([[4, 1, 3], [5, 2, 7]])
    #expect(error(input, .deviation, .z) == .deviationsAlike(.z))
  }

  @Test func `an inverse of zero`() {
    let input = columns([[4, 1, 3], [5, 0, 7]], costs: [false, true])
    #expect(error(input, .entropy) == .noInverse(indicator: 1, row: 1))
    #expect(error(input, .entropy, .share) == nil)
  }

  @Test func `indicators that move together exactly`() {
    #expect(error(columns([[1, 2, 4], [10, 20, 40]]), .critic) == .noConflict)
  }

  @Test func `components that explain the same`() {
    let independent = columns([[1, 1, -1, -1], [1, -1, 1, -1]])
    #expect(error(independent, .pca) == .componentsAlike(first: 1, eigenvalue: 1))
    #expect(error(independent, .pcaSquared) == nil)
  }
}

/// What NumPy finds for the matrix of the test.
private enum PCAReference {
  static let kept = 2
  static let eigenvalues = [
    2.2221442585876643, 1.0892031319681745,
    0.6161765861757534, 0.07247602326840775,
  ]
  static let coefficients = [
    0.2790729695077109, 0.2758257774981971,
    0.23811714544472695, 0.20698410754936514,
  ]
  static let squares = [
    0.2773888814005591, 0.2823918518954229,
    0.17962141979280427, 0.2605978469112138,
  ]
}
