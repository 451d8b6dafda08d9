/// Correlation of ranks.
public enum RankCorrelation {
  /// Ranks from 1 for the smallest; ties share the average.
  public static func averageRanks(_ values: [Double]) -> [Double] {
    var order = WarmOrder()
    return averageRanks(values, order: &order)
  }

  /// The same, with the order of values much like these to start from.
  static func averageRanks(_ values: [Double], order: inout WarmOrder) -> [Double] {
    order.sort(values)
    let sorted = order.values
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < sorted.count {
      var end = start
      while end + 1 < sorted.count, sorted[end + 1] == sorted[start] { end += 1 }
      for position in start...end { ranks[order.order[position]] = Double(start + end) / 2 + 1 }
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

  /// The same, with the orders of values much like these to start from.
  ///
  /// - Parameters:
  ///   - left: Values, none NaN. Shape: [pair].
  ///   - right: Values, none NaN. Shape: [pair].
  ///   - orders: The last orders of both sides; hold those of the values afterwards.
  /// - Returns: The coefficient, or nil where a side is constant or there are fewer than two.
  public static func spearman(
    _ left: [Double], _ right: [Double], orders: inout (left: WarmOrder, right: WarmOrder)
  ) -> Double? {
    pearson(
      averageRanks(left, order: &orders.left), averageRanks(right, order: &orders.right))
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
