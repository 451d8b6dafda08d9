import LinearAlgebra
import Statistics

/// Weights by the geometric mean, also where judgements are missing.
///
/// The y that make  Σ (ln aᵢⱼ − yᵢ + yⱼ)²  over the judged pairs least; weights are eʸ. Without a
/// missing pair these are the geometric means of the rows.
/// Source: Crawford and Williams (1985), A note on the analysis of subjective judgment matrices;
/// Bozóki, Fülöp and Rónyai (2010), On optimal completion of incomplete pairwise comparison
/// matrices, section 4.
enum LogarithmicLeastSquares {
  /// The weights, summing to 1.
  ///
  /// - Returns: Weights. Shape: [name].
  static func weights(_ judgements: Judgements) -> [Double] {
    let count = judgements.names.count
    if count == 1 { return [1] }
    var matrix = Matrix(
      rowCount: judgements.list.count, columnCount: count,
      values: Array(repeating: 0, count: judgements.list.count * count))
    for (row, judgement) in judgements.list.enumerated() {
      matrix[row, judgement.first] = 1
      matrix[row, judgement.second] = -1
    }
    let targets = judgements.list.map { VectorMath.logarithm($0.ratio) }
    let powers = solution(matrix, targets).map { VectorMath.exponential($0) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// One of the solutions, which differ by a constant only; that goes when weights sum to 1.
  private static func solution(_ matrix: Matrix, _ targets: [Double]) -> [Double] {
    do throws(LinearAlgebraError) {
      return try LeastSquares(matrix, target: targets).solution
    } catch {
      preconditionFailure("judgements are finite: \(error)")
    }
  }
}
