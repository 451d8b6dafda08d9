/// Correlation of ranks.
public enum RankCorrelation {
  /// Ranks from 1 for the smallest; ties share the average.
  public static func averageRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for position in start...end { ranks[order[position]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }

  /// Spearman's coefficient: Pearson's of average ranks.
  ///
  /// - Returns: The coefficient, or nil where a side is constant or there are fewer than two.
  ///
  /// Source: Spearman (1904), The proof and measurement of association between two things.
  public static func spearman(_ left: [Double], _ right: [Double]) -> Double? {
    pearson(averageRanks(left), averageRanks(right))
  }

  private static func pearson(_ left: [Double], _ right: [Double]) -> Double? {
    let count = Double(left.count)
    if left.count < 2 { return nil }
    let leftMean = left.reduce(0, +) / count
    let rightMean = right.reduce(0, +) / count
    var product = 0.0
    var leftSquares = 0.0
    var rightSquares = 0.0
    for index in left.indices {
      let x = left[index] - leftMean
      let y = right[index] - rightMean
      product += x * y
      leftSquares += x * x
      rightSquares += y * y
    }
    if leftSquares == 0 || rightSquares == 0 { return nil }
    return product / (leftSquares * rightSquares).squareRoot()
  }
}
