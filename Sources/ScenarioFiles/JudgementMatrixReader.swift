import PolicyModel
import WeightFitting

/// Reads judgements from a square matrix: the row counts so many times as much as the column.
struct JudgementMatrixReader {
  private let table: CSVTable
  private let names: [String]

  init(_ table: CSVTable) {
    self.table = table
    names = Array(table.header.dropFirst())
  }

  /// All names stand in the header.
  var locations: [String: SourceLocation] {
    let header = SourceLocation(file: table.file, line: 1)
    return Dictionary(uniqueKeysWithValues: names.map { ($0, header) })
  }

  /// The judgements.
  ///
  /// - Throws: `ProblemList` with every cell that cannot be used.
  func goal() throws(ProblemList) -> JudgementGroup {
    let rows = try rowOfName()
    var problems: [Problem] = []
    var list: [Judgement] = []
    for first in names.indices {
      checkDiagonal(rows[first], first, &problems)
      for second in names.indices where second > first {
        let upper = ratio(rows[first], second, &problems)
        let lower = ratio(rows[second], first, &problems)
        if let both = joined(first, second, upper, lower, rows, &problems) { list.append(both) }
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    do throws(Problem) {
      let judgements = try JudgementAssembly.judgements(
        names: names, list: list, at: SourceLocation(file: table.file), path: "")
      return JudgementGroup(name: "", judgements: judgements)
    } catch {
      throw ProblemList([error])
    }
  }

  /// The row of each column's name.
  private func rowOfName() throws(ProblemList) -> [Int] {
    var rows: [String: Int] = [:]
    var problems: [Problem] = []
    for row in 0..<table.rowCount {
      let name = table.text(row: row, column: 0)
      if !names.contains(name) {
        problems.append(
          Problem(
            table.location(row: row), path: name,
            Wording("the row has no column of the same name", "该行没有同名的列")
              + nearestHint(name, among: names)))
      } else if rows[name] != nil {
        problems.append(
          Problem(
            table.location(row: row), path: name,
            Wording("the row stands twice; keep one of them", "该行重复；请只保留一行")))
      }
      rows[name] = row
    }
    for name in names where rows[name] == nil {
      problems.append(
        Problem(
          SourceLocation(file: table.file, line: 1), path: name,
          Wording("the column has no row of the same name", "该列没有同名的行")))
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return names.map { rows[$0] ?? 0 }
  }

  private func ratio(_ row: Int, _ name: Int, _ problems: inout [Problem]) -> Double? {
    let text = table.text(row: row, column: name + 1)
    if text.isEmpty { return nil }
    switch JudgementRatio.read(text) {
    case .success(let ratio): return ratio
    case .failure(let problem):
      problems.append(
        Problem(table.location(row: row), path: names[name], problem.wording))
      return nil
    }
  }

  private func checkDiagonal(_ row: Int, _ name: Int, _ problems: inout [Problem]) {
    if let own = ratio(row, name, &problems), own != 1 {
      problems.append(
        Problem(
          table.location(row: row), path: names[name],
          Wording(
            "the diagonal is 1; leave it empty or write 1", "对角线应为1；请写1或留空")))
    }
  }

  /// How far a pair of mirrored entries may be from 1 when multiplied: 1/8 is often written 0.13.
  private static let slack = 0.05

  /// The judgement of two mirrored entries; of two rounded ones the one above 1 has more digits.
  private func joined(
    _ first: Int, _ second: Int, _ upper: Double?, _ lower: Double?, _ rows: [Int],
    _ problems: inout [Problem]
  ) -> Judgement? {
    guard let ratio = upper ?? lower.map({ 1 / $0 }) else { return nil }
    guard let upper, let lower else {
      return Judgement(first: first, second: second, ratio: ratio)
    }
    if abs(upper * lower - 1) > JudgementMatrixReader.slack {
      let shown = (
        table.text(row: rows[first], column: second + 1),
        table.text(row: rows[second], column: first + 1)
      )
      problems.append(
        Problem(
          table.location(row: rows[second]), path: names[first],
          Wording(
            "\(names[second]) to \(names[first]) is \(shown.1), but \(names[first]) to "
              + "\(names[second]) is \(shown.0); one must be the inverse of the other",
            "\(names[second])对\(names[first])为\(shown.1)，而\(names[first])对\(names[second])为"
              + "\(shown.0)；两者应互为倒数")))
    }
    return Judgement(first: first, second: second, ratio: upper >= 1 ? upper : 1 / lower)
  }
}
