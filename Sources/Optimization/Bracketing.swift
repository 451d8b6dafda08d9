/// Finds, for one number, the value nearest to a preferred one at which a condition holds.
///
/// No slope, no continuity and no monotony is asked for: a scan finds stretches that fail and stretches
/// that hold, valleys of the excess are searched where the scan may have stepped over one, and each
/// border between failing and holding is divided by nine (eight points at a time) until it is as narrow
/// as 10⁻¹² of the range. Both sides of the border are values that were tried.
public struct Bracketing: Sendable {
  /// What was found.
  public struct Border: Sendable, Equatable {
    /// The nearest value that holds; where none does, the one that misses by least.
    public let value: Double
    /// Its excess: at most 0 if it holds.
    public let excess: Double
    /// The value next to it, towards the preferred one, at which the condition fails; nil if the
    /// preferred value holds, or nothing does.
    public let failing: Double?
    /// How many values were tried.
    public let evaluationCount: Int

    /// Whether it holds.
    public var holds: Bool { excess <= 0 }
  }

  /// Evaluates values in order: by how much each exceeds, at most 0 where the condition holds.
  public typealias Evaluate = ([Double]) -> [Double]

  /// The values that may be taken.
  public let range: ClosedRange<Double>
  /// The value from which the least change is wanted; taken into the range.
  public let preferred: Double
  /// Into how many steps the scan divides the range.
  public let stepCount: Int

  /// Makes a search.
  public init(range: ClosedRange<Double>, preferred: Double, stepCount: Int = 128) {
    precondition(range.lowerBound < range.upperBound, "a range has a width")
    precondition(stepCount > 1, "a scan has steps")
    self.range = range
    self.preferred = min(range.upperBound, max(range.lowerBound, preferred))
    self.stepCount = stepCount
  }

  private struct Point {
    let value: Double
    let excess: Double

    var holds: Bool { excess <= 0 }
  }

  private var width: Double { range.upperBound - range.lowerBound }
  private static let precision = 1e-12
  private static let mostValleys = 6

  /// Searches.
  public func nearest(_ evaluate: Evaluate) -> Border {
    var count = 0
    func points(_ values: [Double]) -> [Point] {
      count += values.count
      return zip(values, evaluate(values)).map {
        Point(value: $0, excess: $1.isNaN ? .infinity : $1)
      }
    }
    let scanned = points(scanValues)
    let home = scanned.firstIndex { $0.value == preferred } ?? 0
    if scanned[home].holds {
      return Border(
        value: preferred, excess: scanned[home].excess, failing: nil, evaluationCount: count)
    }
    // Towards each end, from the preferred value on.
    let sides = [Array(scanned[home...]), scanned[...home].reversed()]
    let found = sides.map { border(along: $0, points) }
    let holding = found.compactMap(\.border)
    // Equally near: the lower value.
    let nearest = holding.min {
      let (a, b) = (abs($0.inside.value - preferred), abs($1.inside.value - preferred))
      return a == b ? $0.inside.value < $1.inside.value : a < b
    }
    if let nearest {
      return Border(
        value: nearest.inside.value, excess: nearest.inside.excess,
        failing: nearest.outside.value, evaluationCount: count)
    }
    let misses = found.flatMap(\.misses) + scanned
    let best = misses.min { $0.excess < $1.excess } ?? scanned[home]
    return Border(value: best.value, excess: best.excess, failing: nil, evaluationCount: count)
  }

  private var scanValues: [Double] {
    let grid = (0...stepCount).map { step in
      step == stepCount
        ? range.upperBound : range.lowerBound + width * Double(step) / Double(stepCount)
    }
    return grid.contains(preferred) ? grid : (grid + [preferred]).sorted()
  }

  /// Eight values between two, evenly, without the two.
  static func between(_ a: Double, _ b: Double) -> [Double] {
    (1...8).map { a + (b - a) * Double($0) / 9 }
  }

  private typealias Crossing = (outside: Point, inside: Point)

  /// The first border along a side, and what was tried where there is none.
  private func border(
    along side: [Point], _ evaluate: ([Double]) -> [Point]
  ) -> (border: Crossing?, misses: [Point]) {
    let end = side.firstIndex { $0.holds } ?? side.count
    var crossings: [Crossing] = []
    if end < side.count { crossings.append((side[end - 1], side[end])) }
    var misses: [Point] = []
    for valley in valleys(Array(side[..<end])) {
      let lowest = descend(valley, evaluate)
      misses.append(lowest)
      if lowest.holds { crossings.append((valley.outside, lowest)) }
    }
    let borders = crossings.map { narrowed($0, evaluate) }
    let best = borders.min { abs($0.inside.value - preferred) < abs($1.inside.value - preferred) }
    return (best, misses)
  }

  private typealias Valley = (outside: Point, middle: Point, far: Point)

  /// Where the excess has a low: three neighbours of which the middle one is lowest; the lowest first.
  private func valleys(_ side: [Point]) -> [Valley] {
    guard side.count >= 3 else { return [] }
    let lows = (1..<(side.count - 1)).filter { index in
      side[index].excess <= side[index - 1].excess && side[index].excess <= side[index + 1].excess
        && side[index].excess < max(side[index - 1].excess, side[index + 1].excess)
    }
    return lows.sorted { side[$0].excess < side[$1].excess }.prefix(Bracketing.mostValleys)
      .map { (side[$0 - 1], side[$0], side[$0 + 1]) }
  }

  /// The lowest point of a valley, or the first one found that holds.
  private func descend(_ valley: Valley, _ evaluate: ([Double]) -> [Point]) -> Point {
    var (left, middle, right) = valley
    for _ in 0..<24 where abs(right.value - left.value) > width * Bracketing.precision {
      let inner = evaluate(Bracketing.between(left.value, right.value))
      if let holding = inner.first(where: { $0.holds }) { return holding }
      let all = ([left] + inner + [middle, right]).sorted {
        abs($0.value - valley.outside.value) < abs($1.value - valley.outside.value)
      }
      let lowest = all.indices.min { all[$0].excess < all[$1].excess } ?? 0
      middle = all[lowest]
      left = all[max(0, lowest - 1)]
      right = all[min(all.count - 1, lowest + 1)]
    }
    return middle
  }

  /// The border between a failing and a holding point, as narrow as the precision: of several borders
  /// the one nearest to the failing point.
  private func narrowed(_ crossing: Crossing, _ evaluate: ([Double]) -> [Point]) -> Crossing {
    var (outside, inside) = crossing
    while abs(inside.value - outside.value) > width * Bracketing.precision {
      let inner = evaluate(Bracketing.between(outside.value, inside.value))
      let first = inner.firstIndex { $0.holds } ?? inner.count
      let next = first < inner.count ? inner[first] : inside
      let before = first > 0 ? inner[first - 1] : outside
      // Neighbouring doubles cannot be divided.
      if next.value == inside.value && before.value == outside.value { break }
      (outside, inside) = (before, next)
    }
    return (outside, inside)
  }
}
