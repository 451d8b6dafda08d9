import Testing
import WeightFitting

/// Normalizations worked out by hand for 1, 2, 2, 5.
struct NormalizationTests {
  private func normalized(_ normalization: Normalization, isCost: Bool) throws -> [Double] {
    let columns = IndicatorColumns(values: [[1, 2, 2, 5]], costs: [isCost])
    return try columns.normalized(by: normalization)[0]
  }

  /// Mean 2.5, Σ (x − mean)² = 9, standard deviation √3.
  private static let root = 3.0.squareRoot()
  /// √(1 + 4 + 4 + 25).
  private static let length = 34.0.squareRoot()

  private static let cases: [(Normalization, [Double], [Double])] = [
    (Normalization.share, [0.1, 0.2, 0.2, 0.5], [4.0 / 10, 0.3, 0.3, 0]),
    (.sum, [0.1, 0.2, 0.2, 0.5], [1 / 2.2, 0.5 / 2.2, 0.5 / 2.2, 0.2 / 2.2]),
    (.minmax, [0, 0.25, 0.25, 1], [1, 0.75, 0.75, 0]),
    (
      .z, [-1.5 / root, -0.5 / root, -0.5 / root, 2.5 / root],
      [1.5 / root, 0.5 / root, 0.5 / root, -2.5 / root]
    ),
    (.rank, [0.25, 0.625, 0.625, 1], [1, 0.625, 0.625, 0.25]),
    (
      .vector, [1 / length, 2 / length, 2 / length, 5 / length],
      [1 - 1 / length, 1 - 2 / length, 1 - 2 / length, 1 - 5 / length]
    ),
    (.max, [0.2, 0.4, 0.4, 1], [0.8, 0.6, 0.6, 0]),
  ]

  @Test(arguments: cases)
  func `both directions by hand`(
    normalization: Normalization, more: [Double], less: [Double]
  ) throws {
    #expect(isNear(try normalized(normalization, isCost: false), more, 1e-15))
    #expect(isNear(try normalized(normalization, isCost: true), less, 1e-15))
  }
}
