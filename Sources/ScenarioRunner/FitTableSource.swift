import PolicyModel
import Reporting
import ScenarioFiles
import WeightFitting

/// A table of observed amounts and factors.
public struct FitTableSource: Sendable {
  /// The table's file.
  public var path: String
  /// The sheet of a workbook; nil for its first one.
  public var sheet: String?
  /// The column of observed amounts.
  public var amount: String
  /// The columns of factors.
  public var factors: [String]
  /// The columns whose values make a pool; nil for `year` where the table has it.
  public var groups: [String]?
  /// The column of what the bootstrap draws; nil for `code` where the table has it, else rows.
  public var cluster: String?
  /// The column of last year's amounts.
  public var previous: String?
  /// Least part of last year's amount.
  public var floor: Double?
  /// Largest part of last year's amount.
  public var cap: Double?
  /// Least amount.
  public var minimum: Double?
  /// The column of how much rows count.
  public var rowWeight: String?
  /// Whether the factors' weighted sum is the amount itself.
  public var isIndex: Bool

  /// Makes a source.
  public init(
    path: String, sheet: String? = nil, amount: String, factors: [String], groups: [String]? = nil,
    cluster: String? = nil, previous: String? = nil, floor: Double? = nil, cap: Double? = nil,
    minimum: Double? = nil, rowWeight: String? = nil, isIndex: Bool = false
  ) {
    self.path = path
    self.sheet = sheet
    self.amount = amount
    self.factors = factors
    self.groups = groups
    self.cluster = cluster
    self.previous = previous
    self.floor = floor
    self.cap = cap
    self.minimum = minimum
    self.rowWeight = rowWeight
    self.isIndex = isIndex
  }

  func input() throws(RunFailure) -> FitInput {
    do throws(ProblemList) {
      return try input(ColumnTable.read(path: path, sheet: sheet))
    } catch {
      throw .badInput(error.problems)
    }
  }

  private func input(_ table: ColumnTable) throws(ProblemList) -> FitInput {
    let numbers = try FitColumns(self, table)
    let pools = try pools(table)
    let clusters = try clusters(table)
    try refuseNegative(numbers, table)
    try refuseRepeated(pools.indices, table)
    let shares = isIndex ? numbers.factors : try shares(numbers.factors, pools.indices, table)
    let rows = (0..<table.rowCount).map { row in
      FitProblem.Row(
        pool: pools.indices[row], cluster: clusters[row], amount: numbers.amounts[row],
        floor: numbers.floor(row, self), cap: numbers.cap(row, self), weight: numbers.weights[row])
    }
    let resolution = Resolution(numbers.amounts)
    let problem = FitProblem(
      rows: rows, shares: shares, tolerance: resolution.tolerance, isIndex: isIndex)
    return FitInput(
      problem: problem, subject: try subject(table, pools.names, resolution),
      inputs: [table.input] + [table.metaInput].compactMap { $0 }, file: path)
  }

  private func shares(
    _ values: [[Double]], _ pools: [Int], _ table: ColumnTable
  ) throws(ProblemList) -> [[Double]] {
    do throws(WeightFittingError) {
      return try FitProblem.shares(of: values, pools: pools)
    } catch {
      let subject = try subject(table, [], Resolution([]))
      throw ProblemList([Problem(SourceLocation(file: path), error.wording(subject))])
    }
  }

  // MARK: Groups

  private func pools(
    _ table: ColumnTable
  ) throws(ProblemList) -> (indices: [Int], names: [String]) {
    let columns = groups ?? (table.has("year") ? ["year"] : [])
    var texts: [[String]] = []
    for column in columns { texts.append(try table.texts(column)) }
    let names = (0..<table.rowCount).map { row in
      texts.map { $0[row] }.joined(separator: " ")
    }
    return (FitTableSource.numbered(names), columns.isEmpty ? names.map { _ in "" } : names)
  }

  private func clusters(_ table: ColumnTable) throws(ProblemList) -> [Int] {
    guard let column = cluster ?? (table.has("code") ? "code" : nil) else {
      return Array(0..<table.rowCount)
    }
    return FitTableSource.numbered(try table.texts(column))
  }

  /// Numbers of names, in order of first appearance.
  private static func numbered(_ names: [String]) -> [Int] {
    var indices: [String: Int] = [:]
    return names.map { name in
      let index = indices[name] ?? indices.count
      indices[name] = index
      return index
    }
  }

  // MARK: Checks and names

  private func refuseNegative(
    _ numbers: FitColumns, _ table: ColumnTable
  ) throws(ProblemList) {
    var problems: [Problem] = []
    for (name, column) in numbers.nonNegative(self) {
      for (row, value) in column.enumerated() where value < 0 && problems.count < 50 {
        problems.append(
          Problem(
            table.location(row: row, column: name), path: name,
            Wording(
              "\(value) is negative; amounts, factors and row weights are 0 or more",
              "\(value) 为负数；金额、因素和行权重须不小于0")))
      }
    }
    if problems.isEmpty, !numbers.weights.contains(where: { $0 > 0 }) {
      problems.append(
        Problem(
          SourceLocation(file: path), path: rowWeight ?? "",
          Wording(
            "all row weights are 0, so that no row counts; correct the column",
            "行权重全部为0，没有任何行参与拟合；请更正该列")))
    }
    if !problems.isEmpty { throw ProblemList(problems) }
  }

  /// A county stands once in a pool.
  private func refuseRepeated(_ pools: [Int], _ table: ColumnTable) throws(ProblemList) {
    if !table.has("code") { return }
    let codes = try table.texts("code")
    var first: [String: Int] = [:]
    var problems: [Problem] = []
    for (row, code) in codes.enumerated() {
      let key = "\(pools[row]) \(code)"
      if let earlier = first[key], problems.count < 50 {
        let line = table.location(row: earlier).text
        problems.append(
          Problem(
            table.location(row: row), path: "code",
            Wording(
              "\(code) stands twice in a pool, first at \(line); keep one row, or name the columns that "
                + "tell pools apart with --group",
              "\(code) 在同一资金池中重复，首次出现在 \(line)；请只保留一行，或用 --group 指定区分资金池的列")))
      }
      first[key] = first[key] ?? row
    }
    if !problems.isEmpty { throw ProblemList(problems) }
  }

  private func subject(
    _ table: ColumnTable, _ pools: [String], _ resolution: Resolution
  ) throws(ProblemList) -> FitSubject {
    func title(_ column: String) -> Wording {
      table.descriptions[column]?.title ?? Wording(same: column)
    }
    let codes = table.has("code") ? try table.texts("code") : nil
    let names = table.has("name") ? try table.texts("name") : nil
    let chinese = table.has("name_zh") ? try table.texts("name_zh") : names
    let rows = pools.indices.map { row in
      FitSubject.Row(
        code: codes?[row] ?? (names == nil ? "\(table.location(row: row).line)" : ""),
        name: Wording(names?[row] ?? "", chinese?[row] ?? ""), pool: pools[row])
    }
    let used = [amount] + factors + [previous].compactMap { $0 }
    return FitSubject(
      amount: title(amount), unit: Wording(same: table.descriptions[amount]?.unit ?? ""),
      decimals: resolution.decimals,
      factors: factors.map { FitSubject.Factor(key: $0, title: title($0)) }, rows: rows,
      provenance: DataProvenance(columns: used.map { ($0, table.descriptions[$0]?.status) }),
      remarks: [])
  }
}

/// The numbers of a table that a fit reads.
private struct FitColumns {
  let amounts: [Double]
  let factors: [[Double]]
  let weights: [Double]
  /// NaN where there is none.
  private let previous: [Double]?

  init(_ source: FitTableSource, _ table: ColumnTable) throws(ProblemList) {
    let optional = [source.rowWeight].compactMap { $0 }
    let numbers = try table.numbers(
      [source.amount] + source.factors + optional, allowsMissing: false)
    amounts = numbers[0]
    factors = Array(numbers[1...].prefix(source.factors.count))
    weights = optional.isEmpty ? numbers[0].map { _ in 1 } : numbers[numbers.count - 1]
    if let column = source.previous {
      previous = try table.numbers(column, allowsMissing: true)
    } else {
      previous = nil
    }
  }

  func floor(_ row: Int, _ source: FitTableSource) -> Double {
    let last = previous?[row] ?? .nan
    let ofLast = last > 0 ? (source.floor ?? 0) * last : 0
    return max(ofLast, source.minimum ?? 0)
  }

  func cap(_ row: Int, _ source: FitTableSource) -> Double {
    guard let last = previous?[row], last > 0, let cap = source.cap else { return .infinity }
    return cap * last
  }

  /// Columns that may hold no negative number.
  func nonNegative(_ source: FitTableSource) -> [(String, [Double])] {
    [(source.amount, amounts)]
      + (source.isIndex ? [] : Array(zip(source.factors, factors)))
      + (source.rowWeight.map { [($0, weights)] } ?? [])
      + (previous.flatMap { column in source.previous.map { [($0, column)] } } ?? [])
  }
}

/// What amounts were rounded to, as they show it.
struct Resolution: Sendable {
  /// The largest 1, 2 or 5 times a power of ten of which all amounts are multiples; 0 if none down to a
  /// millionth is.
  let unit: Double

  init(_ amounts: [Double]) {
    let largest = amounts.reduce(0) { max($0, abs($1)) }
    // Many amounts are not multiples of a unit by chance; of a few round numbers no more than a
    // thousandth of the largest is believed.
    let limit = largest / (amounts.count >= 8 ? 10 : 1_000)
    let units = (-6...9).reversed().flatMap { power in
      [5.0, 2, 1].map { $0 * Resolution.tenToThe(power) }
    }
    unit =
      units.first { unit in
        unit <= limit
          && amounts.allSatisfy { amount in
            abs(amount / unit - (amount / unit).rounded()) <= 1e-9 * max(1, abs(amount / unit))
          }
      } ?? 0
  }

  private static func tenToThe(_ power: Int) -> Double {
    (0..<abs(power)).reduce(1.0) { value, _ in power < 0 ? value / 10 : value * 10 }
  }

  /// How far an amount may be from a bound that it stands at.
  var tolerance: Double { unit * (1 + 1e-9) }

  /// Decimals that show it.
  var decimals: Int { unit >= 1 ? 0 : (unit >= 0.009 ? 2 : 4) }
}
