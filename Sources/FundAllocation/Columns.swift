// Loops over columns of recipients that read like the formula of one recipient.
//
// The columns written are taken once, as spans: writing through a property would check for sole
// ownership at every element. What the closures read must be locals, not properties of what is
// written.

extension Array where Element: Sendable {
  /// Sets every element from its index.
  @inlinable @inline(__always)
  public mutating func setEach(_ value: (Int) -> Element) {
    var column = mutableSpan
    for index in column.indices { column[index] = value(index) }
  }

  /// Sets every element from its index and what it was.
  @inlinable @inline(__always)
  public mutating func updateEach(_ value: (Int, Element) -> Element) {
    var column = mutableSpan
    for index in column.indices { column[index] = value(index, column[index]) }
  }
}

/// Sets every element of two columns from its index and what the first was.
///
/// - Parameters:
///   - first: A column. Shape: [recipient].
///   - second: A column of the same length. Shape: [recipient].
///   - value: Both elements from the index and the first's old value.
@inlinable @inline(__always)
public func updateEach<Number>(
  _ first: inout [Number], _ second: inout [Number],
  _ value: (Int, Number) -> (Number, Number)
) {
  var one = first.mutableSpan
  var two = second.mutableSpan
  precondition(one.count == two.count, "columns of different length")
  for index in one.indices { (one[index], two[index]) = value(index, one[index]) }
}
