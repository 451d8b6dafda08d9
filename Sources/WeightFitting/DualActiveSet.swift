import LinearAlgebra

/// The state of Goldfarb and Idnani's method: a point, the constraints that bind it, and J and R with
/// D⁻¹ = J Jᵀ and Jᵀ N = (R, 0) for the normals N of those that bind.
///
/// Source: Goldfarb and Idnani (1983), sections 3 and 4, symbols as there.
struct DualActiveSet {
  /// A constraint that binds.
  struct Entry {
    let index: Int
    let isEquality: Bool
    /// −1 for an equality that is approached from above.
    let sign: Double
    var multiplier: Double
  }

  private let order: Int
  /// J by columns.
  private var basis: [[Double]]
  /// R by columns, one an active constraint, each as long as its place.
  private var triangle: [[Double]] = []
  private(set) var active: [Entry] = []
  private(set) var point: [Double]

  init(start: [Double], inverseFactor: Matrix) {
    order = start.count
    point = start
    basis = (0..<order).map { column in
      (0..<inverseFactor.rowCount).map { inverseFactor[$0, column] }
    }
  }

  func isActive(_ index: Int) -> Bool { active.contains { $0.index == index } }

  /// Takes a violated constraint in, letting others go where it must.
  mutating func take(
    _ constraint: QuadraticProgram.Constraint, index: Int
  ) -> QuadraticProgram.Status {
    let sign = constraint.isEquality && constraint.slack(point) > 0 ? -1.0 : 1
    let normal = constraint.normal.map { sign * $0 }
    var multiplier = 0.0
    // Each round but the last lets a constraint go.
    while true {
      let rotated = basis.map { dot($0, normal) }
      let duals = backSolved(rotated)
      let free = rotated.dropFirst(active.count)
      let reach = free.reduce(0) { $0 + $1 * $1 }
      let isDependent = reach <= 1e-24 * rotated.reduce(0) { $0 + $1 * $1 }
      let slack = sign * constraint.slack(point)
      if isDependent && abs(slack) <= constraint.tolerance(point) { return .optimal }
      let leaving = firstToLeave(duals)
      let full = isDependent ? Double.infinity : max(0, -slack / reach)
      let step = min(full, leaving?.step ?? .infinity)
      if step == .infinity { return .infeasible }
      if !isDependent { move(by: step, free) }
      for place in active.indices { active[place].multiplier -= step * duals[place] }
      multiplier += step
      guard let leaving, leaving.step < full else {
        add(
          rotated,
          Entry(
            index: index, isEquality: constraint.isEquality, sign: sign, multiplier: multiplier))
        return .optimal
      }
      remove(leaving.place)
    }
  }

  /// r = R⁻¹ d₁.
  private func backSolved(_ rotated: [Double]) -> [Double] {
    var result = Array(rotated.prefix(active.count))
    for place in result.indices.reversed() {
      result[place] /= triangle[place][place]
      for row in 0..<place { result[row] -= triangle[place][row] * result[place] }
    }
    return result
  }

  /// The inequality whose multiplier reaches 0 first, the first of equals; nil if none does.
  private func firstToLeave(_ duals: [Double]) -> (place: Int, step: Double)? {
    var first: (place: Int, step: Double)?
    for (place, entry) in active.enumerated() where !entry.isEquality && duals[place] > 0 {
      let step = max(0, entry.multiplier) / duals[place]
      if step < first?.step ?? .infinity { first = (place, step) }
    }
    return first
  }

  /// Moves along z = J₂ d₂.
  private mutating func move(by step: Double, _ free: ArraySlice<Double>) {
    for (column, part) in zip(basis[active.count...], free) {
      for row in point.indices { point[row] += step * part * column[row] }
    }
  }

  /// Turns J so that only the first free column sees the new normal.
  private mutating func add(_ rotated: [Double], _ entry: Entry) {
    var column = rotated
    let place = active.count
    for row in stride(from: order - 1, to: place, by: -1) {
      let turn = Turn(column[row - 1], column[row])
      column[row - 1] = turn.length
      turnBasis(row - 1, turn)
    }
    triangle.append(Array(column.prefix(place + 1)))
    active.append(entry)
  }

  /// Takes a column out of R and turns it into a triangle again.
  private mutating func remove(_ place: Int) {
    triangle.remove(at: place)
    active.remove(at: place)
    for row in place..<triangle.count {
      let turn = Turn(triangle[row][row], triangle[row][row + 1])
      triangle[row][row] = turn.length
      triangle[row].removeLast()
      for column in (row + 1)..<max(row + 1, triangle.count) {
        turn.apply(&triangle[column], row)
      }
      turnBasis(row, turn)
    }
  }

  private mutating func turnBasis(_ column: Int, _ turn: Turn) {
    for row in point.indices {
      let (left, right) = (basis[column][row], basis[column + 1][row])
      basis[column][row] = turn.cosine * left + turn.sine * right
      basis[column + 1][row] = turn.cosine * right - turn.sine * left
    }
  }
}

/// The rotation that takes (a, b) to (length, 0).
private struct Turn {
  let cosine: Double
  let sine: Double
  let length: Double

  init(_ first: Double, _ second: Double) {
    let largest = max(abs(first), abs(second))
    if largest == 0 {
      (cosine, sine, length) = (1, 0, 0)
      return
    }
    let (a, b) = (first / largest, second / largest)
    let scaled = (a * a + b * b).squareRoot()
    (cosine, sine, length) = (a / scaled, b / scaled, scaled * largest)
  }

  func apply(_ column: inout [Double], _ row: Int) {
    let (left, right) = (column[row], column[row + 1])
    column[row] = cosine * left + sine * right
    column[row + 1] = cosine * right - sine * left
  }
}
