/// The ascending order of values, found from the order of the last ones.
///
/// From draw to draw and year to year few counties change places, so insertion from the old order
/// takes little more than one look at each. The order is of pairs of value and index, which are never
/// equal: it does not depend on where the search began. Where too much has moved, it sorts anew.
public struct WarmOrder: Sendable {
  /// Indices of the values, ascending by value, then index.
  ///
  /// Shape: [rank].
  public private(set) var order: [Int] = []
  private var sorted: [Double] = []

  /// Makes an order of nothing.
  public init() {}

  /// The values in order.
  ///
  /// Shape: [rank].
  public var values: [Double] { sorted }

  /// Sorts values none of which is NaN.
  public mutating func sort(_ values: [Double]) {
    if order.count != values.count {
      order = Array(values.indices)
      sorted = values
    }
    if !WarmOrder.insert(values, &order, &sorted) { sortAnew(values) }
  }

  /// Insertion from the last order; false if more than eight moves a value were needed.
  private static func insert(
    _ values: [Double], _ orderColumn: inout [Int], _ sortedColumn: inout [Double]
  ) -> Bool {
    let count = values.count
    var order = orderColumn.mutableSpan
    var sorted = sortedColumn.mutableSpan
    var movesLeft = 8 * count
    for rank in 0..<count {
      let index = order[rank]
      let value = values[index]
      var place = rank
      while place > 0 {
        let other = sorted[place &- 1]
        if other < value || (other == value && order[place &- 1] < index) { break }
        sorted[place] = other
        order[place] = order[place &- 1]
        place &-= 1
      }
      sorted[place] = value
      order[place] = index
      movesLeft &-= rank &- place
      if movesLeft < 0 { return false }
    }
    return true
  }

  private mutating func sortAnew(_ values: [Double]) {
    order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
    }
    sorted = order.map { values[$0] }
  }
}
