/// A cell of a grid, counted from its upper left.
public struct GridCell: Hashable, Sendable {
  /// From the left.
  public let column: Int
  /// From the top.
  public let row: Int

  /// Makes a cell.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// Puts points on the cells of a grid, each on one of its own, so that they move as little as can be.
///
/// The grid has about 1.7 cells a point in the shape of the points' surroundings. Points are moved
/// towards even spacing first (half of the way from where they lie to where their rank lies in each
/// direction), so that clusters open up; then the assignment with the least sum of squared moves is
/// found. Only + − × ÷ and comparisons: the same cells on every machine.
/// Source: Eppstein, van Kreveld, Speckmann and Staals (2015), Improved grid map layout by point set
/// matching.
public enum TileArrangement {
  /// More points than this take too long and cannot be read.
  public static let mostPoints = 400
  private static let cellsPerPoint = 1.7
  /// How far points go towards even spacing.
  private static let evenness = 0.5
  /// Width of a tile in heights.
  private static let tileShape = 1.5

  /// The cell of each point.
  ///
  /// - Parameters:
  ///   - x: To the right. Shape: [point]. One unit of length for both.
  ///   - y: Upwards. Shape: [point].
  /// - Returns: Cells, all different. Shape: [point]; the grid starts with a column and a row in use.
  /// - Complexity: O(*p*³) for *p* points.
  public static func cells(x: [Double], y: [Double]) -> [GridCell] {
    precondition(x.count == y.count && x.count <= mostPoints, "at most 400 points")
    if x.isEmpty { return [] }
    let size = gridSize(x, y)
    let across = places(x, count: size.columns)
    let down = places(y.map { -$0 }, count: size.rows)
    let cells = (0..<size.rows).flatMap { row in
      (0..<size.columns).map { GridCell(column: $0, row: row) }
    }
    let costs = x.indices.map { point in
      cells.map { cell in
        let dx = (across[point] - Double(cell.column)) * tileShape
        let dy = down[point] - Double(cell.row)
        return dx * dx + dy * dy
      }
    }
    let chosen = LinearAssignment.columns(costs).map { cells[$0] }
    let firstColumn = chosen.map(\.column).min() ?? 0
    let firstRow = chosen.map(\.row).min() ?? 0
    return chosen.map { GridCell(column: $0.column - firstColumn, row: $0.row - firstRow) }
  }

  private static func gridSize(_ x: [Double], _ y: [Double]) -> (columns: Int, rows: Int) {
    let wide = max((x.max() ?? 0) - (x.min() ?? 0), 1e-9)
    let high = max((y.max() ?? 0) - (y.min() ?? 0), 1e-9)
    let shape = min(max(wide / high, 1.0 / 3), 3) / tileShape
    let count = Double(x.count) * cellsPerPoint
    let rows = max(1, Int((count / shape).squareRoot().rounded()))
    let columns = max(1, Int((count / Double(rows)).rounded(.up)))
    return (columns, rows)
  }

  /// Where points lie along one direction of the grid, in cells.
  private static func places(_ values: [Double], count: Int) -> [Double] {
    let lowest = values.min() ?? 0
    let span = max((values.max() ?? 0) - lowest, 1e-9)
    let ranks = ranks(values)
    let last = Double(max(1, values.count - 1))
    return values.indices.map { point in
      let plain = (values[point] - lowest) / span
      return (plain + (ranks[point] / last - plain) * evenness) * Double(count - 1)
    }
  }

  /// Ranks from 0; equal values share the average.
  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      Double(values.count { $0 < value }) + Double(values.count { $0 == value } - 1) / 2
    }
  }
}

/// The assignment of rows to columns, each column at most once, with the least sum of costs.
///
/// Shortest augmenting paths with potentials (Hungarian method).
/// Source: Jonker and Volgenant (1987), A shortest augmenting path algorithm for dense and sparse
/// linear assignment problems.
enum LinearAssignment {
  /// The column of each row.
  ///
  /// - Parameter costs: Shape: [row][column]; not fewer columns than rows.
  /// - Returns: Columns. Shape: [row].
  static func columns(_ costs: [[Double]]) -> [Int] {
    guard let width = costs.first?.count else { return [] }
    precondition(width >= costs.count, "every row needs a column")
    var search = Search(rowCount: costs.count, columnCount: width)
    for row in costs.indices { search.add(row, costs) }
    var result = [Int](repeating: 0, count: costs.count)
    for (column, row) in search.rowOfColumn.enumerated() {
      if let row { result[row] = column }
    }
    return result
  }

  private struct Search {
    var rowOfColumn: [Int?]
    private var rowPotential: [Double]
    private var columnPotential: [Double]

    init(rowCount: Int, columnCount: Int) {
      rowOfColumn = Array(repeating: nil, count: columnCount)
      rowPotential = Array(repeating: 0, count: rowCount)
      columnPotential = Array(repeating: 0, count: columnCount)
    }

    /// Gives a row a column along the shortest path of exchanges.
    mutating func add(_ row: Int, _ costs: [[Double]]) {
      var distance = [Double](repeating: .infinity, count: rowOfColumn.count)
      var before = [Int?](repeating: nil, count: rowOfColumn.count)
      var isDone = [Bool](repeating: false, count: rowOfColumn.count)
      var path: [(column: Int, distance: Double)] = []
      var current = row
      var last: Int?
      var reached = 0.0
      while true {
        for column in distance.indices where !isDone[column] {
          let way =
            reached + costs[current][column] - rowPotential[current] - columnPotential[column]
          if way < distance[column] {
            distance[column] = way
            before[column] = last
          }
        }
        let open = distance.indices.filter { !isDone[$0] }
        guard let nearest = open.min(by: { (distance[$0], $0) < (distance[$1], $1) }) else {
          return
        }
        isDone[nearest] = true
        reached = distance[nearest]
        guard let next = rowOfColumn[nearest] else {
          update(row, path, reached)
          augment(row, to: nearest, before)
          return
        }
        path.append((nearest, reached))
        last = nearest
        current = next
      }
    }

    private mutating func update(
      _ row: Int, _ path: [(column: Int, distance: Double)], _ reached: Double
    ) {
      rowPotential[row] += reached
      for step in path {
        if let owner = rowOfColumn[step.column] { rowPotential[owner] += reached - step.distance }
        columnPotential[step.column] -= reached - step.distance
      }
    }

    private mutating func augment(_ row: Int, to end: Int, _ before: [Int?]) {
      var column = end
      while let previous = before[column] {
        rowOfColumn[column] = rowOfColumn[previous]
        column = previous
      }
      rowOfColumn[column] = row
    }
  }
}
