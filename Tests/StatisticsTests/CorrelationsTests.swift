import Foundation
import Statistics
import TestFixtures
import Testing

/// Correlations and entropies of whole columns against plain loops.
struct CorrelationsTests {
  private func column(_ random: inout SplitMix64, _ count: Int) -> [Double] {
    (0..<count).map { _ in random.fraction() * 1_000 }
  }

  @Test(arguments: [2, 3, 7, 8, 9, 16, 100, 2_844])
  func `columns of any length against plain loops`(rowCount: Int) {
    var random = SplitMix64(seed: UInt64(rowCount))
    let columns = (0..<6).map { _ in column(&random, rowCount) }
    let own = Correlations(columns)
    let means = columns.map { $0.reduce(0, +) / Double(rowCount) }
    func product(_ i: Int, _ j: Int) -> Double {
      zip(columns[i], columns[j]).reduce(0) { $0 + ($1.0 - means[i]) * ($1.1 - means[j]) }
    }
    for i in columns.indices {
      #expect(abs(own.means[i] - means[i]) < 1e-10)
      let deviation = sqrt(product(i, i) / Double(rowCount - 1))
      #expect(abs(own.standardDeviations[i] - deviation) < 1e-10)
      #expect(own[i, i] == 1)
      for j in columns.indices {
        let expected = product(i, j) / sqrt(product(i, i) * product(j, j))
        #expect(abs(own[i, j] - expected) < 1e-13)
        #expect(own[i, j] == own[j, i])
      }
    }
  }

  @Test func `a constant column has no correlation`() {
    let own = Correlations([[1, 2, 3], [5, 5, 5]])
    #expect(own[0, 1].isNaN && own[1, 1].isNaN && own[0, 0] == 1)
    #expect(own.standardDeviations == [1, 0])
  }

  @Test func `what moves together exactly`() {
    let own = Correlations([[1, 2, 4], [3, 5, 9], [-1, -2, -4]])
    #expect(abs(own[0, 1] - 1) < 1e-15 && abs(own[0, 2] + 1) < 1e-15)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 17, 2_844])
  func `entropies of any length against plain loops`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    var values = column(&random, count)
    if count > 4 { values[3] = 0 }
    let total = values.reduce(0, +)
    let expected = -values.reduce(0) { $0 + ($1 == 0 ? 0 : $1 / total * log($1 / total)) }
    #expect(abs(ShareEntropy.ofShares(values) - expected) < 1e-13)
  }

  @Test func `entropies known by hand`() {
    #expect(ShareEntropy.ofShares([0, 0, 7]) == 0)
    #expect(abs(ShareEntropy.ofShares([3, 3, 3, 3]) - log(4)) < 1e-15)
  }
}
