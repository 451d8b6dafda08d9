import Foundation
import Statistics
import TestFixtures
import Testing

struct InequalityTests {
  private let known: [String: Any]
  private let columns: [String: [Double]]

  init() throws {
    known = try ReferenceFile.json("Reference/inequality.json")
    let rows = try ReferenceFile.rows("Reference/mexico_state_gdp.csv")
    let header = try #require(rows.first)
    columns = Dictionary(
      uniqueKeysWithValues: header.enumerated().dropFirst().map { position, name in
        (name, rows.dropFirst().compactMap { Double($0[position]) })
      })
  }

  private func equal(_ values: [Double]) -> [Double] { values.map { _ in 1 } }

  /// The Gini coefficient by its definition, over all pairs.
  private func byPairs(_ values: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for i in values.indices {
      for j in values.indices { sum += weights[i] * weights[j] * abs(values[i] - values[j]) }
    }
    let people = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / people
    return sum / (2 * people * people * mean)
  }

  @Test func `the Gini of the Mexican states`() throws {
    let list = try #require(known["gini"] as? [[String: Any]])
    let wanted = try #require(list[0]["expected"] as? Double)
    let values = try #require(columns["pcgdp1940"])
    #expect(values.count == 32)
    let gini = try #require(Inequality.gini(values: values, weights: equal(values)))
    #expect(abs(gini - wanted) < 1e-14)
  }

  // 20,000 quantiles stand for the continuous distribution: the error is of their number's order.
  @Test(arguments: [1.0, 1.5, 2, 3])
  func `the Gini of a Weibull distribution`(shape: Double) throws {
    let values = (0..<20_000).map { pow(-log(1 - (Double($0) + 0.5) / 20_000), 1 / shape) }
    let gini = try #require(Inequality.gini(values: values, weights: equal(values)))
    #expect(abs(gini - (1 - pow(2, -1 / shape))) < 1e-4)
  }

  @Test(arguments: 0..<100) func `the Gini is the sum over pairs`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<random.whole(1...30)).map { _ in Double(random.whole(0...9)) } + [1]
    let weights = values.map { _ in random.fraction() + 0.01 }
    let gini = try #require(Inequality.gini(values: values, weights: weights))
    #expect(abs(gini - byPairs(values, weights)) < 1e-13)
  }

  @Test func `a weight of two is two recipients`() throws {
    let weighted = Inequality.gini(values: [1, 5], weights: [2, 1])
    let repeated = Inequality.gini(values: [1, 1, 5], weights: [1, 1, 1])
    #expect(abs(try #require(weighted) - (try #require(repeated))) < 1e-15)
  }

  @Test func `the Gini of nobody and of nothing is undefined`() {
    #expect(Inequality.gini(values: [], weights: []) == nil)
    #expect(Inequality.gini(values: [0, 0], weights: [1, 1]) == nil)
    #expect(Inequality.gini(values: [3, 3], weights: [1, 1]) == 0)
  }

  @Test func `the Theil indices of the Mexican states and between their groups`() throws {
    let whole = try #require(known["theil"] as? [String: Any])
    let between = try #require(known["theil_between_groups"] as? [String: Any])
    let names = try #require(whole["columns"] as? [String])
    let totals = try #require(whole["expected"] as? [Double])
    let parts = try #require(between["expected"] as? [Double])
    let groups = try #require(columns["hanson98"]).map { Int($0) }
    #expect(names.count == 7)
    for (index, name) in names.enumerated() {
      let values = try #require(columns[name])
      let theil = try #require(
        Inequality.theil(values: values, weights: equal(values), groups: groups))
      // Published with eight decimals.
      #expect(abs(theil.total - totals[index]) < 6e-9)
      #expect(abs(theil.between - parts[index]) < 6e-9)
      #expect(theil.total == theil.between + theil.within)
    }
  }

  @Test func `0 ln 0 counts as 0`() throws {
    let theil = try #require(
      Inequality.theil(
        values: [0, 0, 0, 10, 10, 10], weights: [1, 1, 1, 1, 1, 1], groups: [0, 0, 0, 1, 1, 1]))
    #expect(abs(theil.total - log(2)) < 1e-15)
    #expect(abs(theil.between - log(2)) < 1e-15)
    #expect(abs(theil.within) < 1e-15)
  }

  @Test(arguments: 0..<100)
  func `the part within is the mean of the groups' indices by income`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<20).map { _ in random.fraction() * 9 + 0.1 }
    let weights = values.map { _ in random.fraction() + 0.1 }
    let groups = values.map { _ in random.whole(0...3) }
    let theil = try #require(Inequality.theil(values: values, weights: weights, groups: groups))
    let income = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    var within = 0.0
    for group in Set(groups) {
      let members = groups.indices.filter { groups[$0] == group }
      let own = try #require(
        Inequality.theil(
          values: members.map { values[$0] }, weights: members.map { weights[$0] },
          groups: members.map { _ in 0 }))
      #expect(abs(own.between) < 1e-14)
      within += members.reduce(0) { $0 + values[$1] * weights[$1] } / income * own.total
    }
    #expect(abs(theil.within - within) < 1e-13)
  }

  @Test func `Theil of a negative value, of nobody and of nothing is undefined`() {
    #expect(Inequality.theil(values: [-1, 5], weights: [1, 1], groups: [0, 0]) == nil)
    #expect(Inequality.theil(values: [0, 0], weights: [1, 1], groups: [0, 0]) == nil)
    #expect(Inequality.theil(values: [], weights: [], groups: []) == nil)
  }

  @Test(arguments: 0..<50)
  func `a warm order gives the same bits of the Gini as none`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var values = (0..<random.whole(1...80)).map { _ in Double(random.whole(1...40)) / 4 }
    let weights = values.map { _ in random.fraction() + 0.01 }
    var order = WarmOrder()
    for year in 0..<12 {
      let warm = Inequality.gini(values: values, weights: weights, order: &order)
      let cold = Inequality.gini(values: values, weights: weights)
      #expect(warm?.bitPattern == cold?.bitPattern)
      #expect(warm != nil)
      values = values.map { value in
        year % 5 == 4
          ? Double(random.whole(1...40)) / 4 : value + Double(random.whole(0...1)) / 4
      }
    }
  }

  @Test(arguments: 0..<60)
  func `the Theil index by its definition, zeros among any number of values`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values =
      (0..<Int(seed)).map { _ in
        random.happens(0.2) ? 0 : pow(10, random.fraction() * 6 - 3)
      } + [2]
    let weights = values.map { _ in random.fraction() + 0.01 }
    let groups = values.map { _ in random.whole(0...2) * 2 }
    let theil = try #require(Inequality.theil(values: values, weights: weights, groups: groups))
    func index(_ values: [Double], _ weights: [Double]) -> Double {
      let people = weights.reduce(0, +)
      let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / people
      return zip(values, weights).reduce(0) { sum, pair in
        pair.0 == 0 ? sum : sum + pair.1 / people * (pair.0 / mean) * log(pair.0 / mean)
      }
    }
    let sets = Set(groups).map { group in groups.indices.filter { groups[$0] == group } }
    let people = sets.map { set in set.reduce(0) { $0 + weights[$1] } }
    let means = zip(sets, people).map { set, people in
      set.reduce(0) { $0 + weights[$1] * values[$1] } / people
    }
    #expect(abs(theil.total - index(values, weights)) < 1e-13)
    #expect(abs(theil.between - index(means, people)) < 1e-13)
  }
}
