import Statistics

/// Means of columns over rows, and over rows drawn with replacement, eight resamples side by side.
struct Resampling {
  /// Means as they are.
  ///
  /// Shape: [column].
  let means: [Double]
  /// Means of every resample.
  ///
  /// Shape: [resample][column].
  private(set) var resampled: [[Double]] = []

  /// Works the means out.
  ///
  /// - Parameters:
  ///   - columns: Shape: [column][row]; at least one row.
  ///   - replicates: How many resamples.
  ///   - seed: Where the random rows start.
  init(_ columns: [[Double]], replicates: Int, seed: UInt64) {
    let rowCount = columns[0].count
    precondition(rowCount > 0, "there is a row to take means of")
    means = columns.map { $0.reduce(0, +) / Double(rowCount) }
    let rows = RandomRows(count: rowCount, seed: seed)
    var counts = [SIMD8<Double>](repeating: .zero, count: rowCount)
    for start in stride(from: 0, to: replicates, by: 8) {
      rows.count(&counts, firstReplicate: start)
      let sums = columns.map { Resampling.sums($0, counts) }
      for lane in 0..<min(8, replicates - start) {
        resampled.append(sums.map { $0[lane] / Double(rowCount) })
      }
    }
  }

  /// Σ count · value of each of eight resamples.
  private static func sums(_ column: [Double], _ counts: [SIMD8<Double>]) -> SIMD8<Double> {
    var even = SIMD8<Double>.zero
    var odd = SIMD8<Double>.zero
    let (values, weights) = (column.span, counts.span)
    var row = 0
    while row &+ 1 < values.count {
      even = even + weights[row] * values[row]
      odd = odd + weights[row &+ 1] * values[row &+ 1]
      row &+= 2
    }
    if row < values.count { even = even + weights[row] * values[row] }
    return even + odd
  }
}

/// Rows drawn with replacement: how often each comes up.
private struct RandomRows {
  private static let source = nameHash("resample")
  private let rowCount: Int
  private let draws: NormalDraws

  init(count: Int, seed: UInt64) {
    rowCount = count
    draws = NormalDraws(seed: seed)
  }

  /// Counts how often each row comes up in eight resamples.
  func count(_ counts: inout [SIMD8<Double>], firstReplicate: Int) {
    for row in counts.indices { counts[row] = .zero }
    var rows = counts.mutableSpan
    let size = Double(rowCount)
    var drawn = 0
    while drawn < rowCount {
      let (first, second) = draws.uniforms(
        first: firstReplicate, county: UInt32(truncatingIfNeeded: drawn), year: 0,
        source: RandomRows.source)
      let (one, other) = (first * size, second * size)
      for lane in 0..<8 { rows[Int(one[lane])][lane] += 1 }
      if drawn &+ 1 < rowCount {
        for lane in 0..<8 { rows[Int(other[lane])][lane] += 1 }
      }
      drawn &+= 2
    }
  }
}
