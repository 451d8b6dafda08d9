/// Numbers along an axis with round marks.
///
/// Marks are 1, 2, 2.5 or 5 times a power of ten apart.
struct ValueScale: Sendable {
  /// Where the axis starts and ends.
  let range: ClosedRange<Double>
  /// The marks in between, ascending.
  let ticks: [Double]
  private let decimals: Int

  /// Makes a scale that holds some numbers.
  ///
  /// - Parameters:
  ///   - values: What it must hold.
  ///   - mostTicks: At most this many marks, at least two.
  ///   - hasZero: Whether zero must be on it.
  ///   - isTight: Whether it ends close behind the numbers, not at a mark.
  init(holding values: [Double], mostTicks: Int, hasZero: Bool, isTight: Bool = false) {
    let all = values.filter(\.isFinite) + (hasZero ? [0] : [])
    var lower = all.min() ?? 0
    var upper = all.max() ?? 1
    if lower == upper {
      let margin = lower == 0 ? 1 : abs(lower) / 10
      lower -= margin
      upper += margin
    }
    let step = ValueScale.step(span: upper - lower, mostTicks: max(2, mostTicks))
    var first = (lower / step.size).rounded(.down)
    var last = (upper / step.size).rounded(.up)
    if isTight {
      let margin = (upper - lower) * 0.03
      range = (lower == 0 ? 0 : lower - margin)...(upper == 0 ? 0 : upper + margin)
      if first * step.size < range.lowerBound { first += 1 }
      if last * step.size > range.upperBound { last -= 1 }
    } else {
      range = first * step.size...last * step.size
    }
    ticks = stride(from: first, through: last, by: 1).map { $0 * step.size }
    decimals = step.decimals
  }

  private static func step(span: Double, mostTicks: Int) -> (size: Double, decimals: Int) {
    var power = 1.0
    var decimals = 0
    while span / power < 1 && decimals < 12 {
      power /= 10
      decimals += 1
    }
    while span / power >= 10 {
      power *= 10
      decimals -= 1
    }
    for (factor, extra) in [
      (0.1, 1), (0.2, 1), (0.25, 2), (0.5, 1), (1, 0), (2, 0), (2.5, 1), (5, 0),
    ]
    where span / (power * factor) <= Double(mostTicks - 2) {
      return (power * factor, max(0, decimals + extra))
    }
    return (power * 10, max(0, decimals - 1))
  }

  /// Where a number stands between two places.
  func position(_ value: Double, from start: Double, to end: Double) -> Double {
    start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
  }

  /// A mark as text.
  func text(_ tick: Double, _ axis: Chart.Axis) -> String {
    let number =
      axis.isSigned
      ? NumberText.signed(tick, decimals: decimals)
      : (tick < 0 ? "−" : "") + NumberText.grouped(abs(tick), decimals: decimals)
    return number + axis.suffix
  }

  /// The scale with as many marks as have room along an axis.
  ///
  /// - Parameters:
  ///   - values: What it must hold.
  ///   - length: Of the axis. Pixels.
  ///   - axis: How numbers are written.
  ///   - hasZero: Whether zero must be on it.
  ///   - isTight: Whether it ends close behind the numbers, not at a mark.
  /// - Returns: The scale.
  static func fitting(
    _ values: [Double], length: Double, axis: Chart.Axis, hasZero: Bool, isTight: Bool = false
  ) -> ValueScale {
    for count in stride(from: 10, to: 2, by: -1) {
      let scale = ValueScale(
        holding: values, mostTicks: count, hasZero: hasZero, isTight: isTight)
      let widest = scale.ticks.map { TextStyle.axis.width(scale.text($0, axis)) }.max() ?? 0
      let places = scale.ticks.map { scale.position($0, from: 0, to: length) }
      let gap = zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? length
      if widest + 10 <= gap { return scale }
    }
    return ValueScale(holding: values, mostTicks: 2, hasZero: hasZero, isTight: isTight)
  }
}
