// Loops over columns of recipients that read like the formula of one recipient.
//
// A column written is taken once, as a span: writing through a property would check for sole
// ownership at every element. Columns read are taken as spans of the same length, checked once
// before the loop, and the closure gets their elements: indexed within the closure, each element of
// each column would be checked. Measured with draws in lanes of eight: a third of the law's time.

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

  /// Copies another column.
  @inlinable @inline(__always)
  public mutating func set(_ first: [Element]) { set(first) { $0 } }

  /// Sets every element from those of one column.
  @inlinable @inline(__always)
  public mutating func set(_ first: [Element], _ value: (Element) -> Element) {
    var column = mutableSpan
    let one = first.span
    precondition(one.count == column.count, "columns of different length")
    for index in 0..<column.count { column[index] = value(one[index]) }
  }

  /// Sets every element from those of two columns.
  @inlinable @inline(__always)
  public mutating func set(
    _ first: [Element], _ second: [Element], _ value: (Element, Element) -> Element
  ) {
    var column = mutableSpan
    let (one, two) = (first.span, second.span)
    precondition(one.count == column.count && two.count == column.count, "columns of others")
    for index in 0..<column.count { column[index] = value(one[index], two[index]) }
  }

  /// Sets every element from those of three columns.
  @inlinable @inline(__always)
  public mutating func set(
    _ first: [Element], _ second: [Element], _ third: [Element],
    _ value: (Element, Element, Element) -> Element
  ) {
    var column = mutableSpan
    let (one, two, three) = (first.span, second.span, third.span)
    precondition(
      one.count == column.count && two.count == column.count && three.count == column.count,
      "columns of others")
    for index in 0..<column.count { column[index] = value(one[index], two[index], three[index]) }
  }

  /// Sets every element from what it was and that of another column.
  @inlinable @inline(__always)
  public mutating func update(_ first: [Element], _ value: (Element, Element) -> Element) {
    var column = mutableSpan
    let one = first.span
    precondition(one.count == column.count, "columns of different length")
    for index in 0..<column.count { column[index] = value(column[index], one[index]) }
  }

  /// Sets every element from what it was and those of two columns.
  @inlinable @inline(__always)
  public mutating func update(
    _ first: [Element], _ second: [Element], _ value: (Element, Element, Element) -> Element
  ) {
    var column = mutableSpan
    let (one, two) = (first.span, second.span)
    precondition(one.count == column.count && two.count == column.count, "columns of others")
    for index in 0..<column.count {
      column[index] = value(column[index], one[index], two[index])
    }
  }
}

/// Sets the elements of two columns from those of two others.
///
/// - Parameters:
///   - target: Two columns. Shape: [recipient].
///   - other: The second of them.
///   - first: A column that is read. Shape: [recipient].
///   - second: Another. Shape: [recipient].
///   - value: Both elements from those that are read.
@inlinable @inline(__always)
public func setBoth<Number>(
  _ target: inout [Number], _ other: inout [Number], _ first: [Number], _ second: [Number],
  _ value: (Number, Number) -> (Number, Number)
) {
  var targets = target.mutableSpan
  var others = other.mutableSpan
  let (one, two) = (first.span, second.span)
  precondition(
    others.count == targets.count && one.count == targets.count && two.count == targets.count,
    "columns of others")
  for index in 0..<targets.count {
    (targets[index], others[index]) = value(one[index], two[index])
  }
}

/// Sets the elements of two columns from those of four others.
///
/// - Parameters:
///   - target: Two columns. Shape: [recipient].
///   - other: The second of them.
///   - first: A column that is read. Shape: [recipient].
///   - second: Another. Shape: [recipient].
///   - third: Another. Shape: [recipient].
///   - fourth: Another. Shape: [recipient].
///   - value: Both elements from those that are read.
@inlinable @inline(__always)
public func setBoth<Number>(
  _ target: inout [Number], _ other: inout [Number], _ first: [Number], _ second: [Number],
  _ third: [Number], _ fourth: [Number],
  _ value: (Number, Number, Number, Number) -> (Number, Number)
) {
  var targets = target.mutableSpan
  var others = other.mutableSpan
  let (one, two, three, four) = (first.span, second.span, third.span, fourth.span)
  precondition(
    others.count == targets.count && one.count == targets.count && two.count == targets.count
      && three.count == targets.count && four.count == targets.count, "columns of others")
  for index in 0..<targets.count {
    (targets[index], others[index]) = value(one[index], two[index], three[index], four[index])
  }
}
