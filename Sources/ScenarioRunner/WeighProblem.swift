import PolicyModel
import Reporting
import ScenarioFiles
import WeightFitting

/// Says, in a user's words and places, why weights cannot be found.
struct WeighProblem {
  private let table: ColumnTable
  private let subject: WeighSubject
  private let method: WeighingMethod?
  private let normalization: Normalization?

  /// Prepares for one method, and the normalization that was asked for in place of its own.
  init(
    _ table: ColumnTable, _ subject: WeighSubject, _ method: WeighingMethod?,
    _ normalization: Normalization?
  ) {
    self.table = table
    self.subject = subject
    self.method = method
    self.normalization = normalization
  }

  private var file: SourceLocation { SourceLocation(file: subject.file) }

  private var methodName: String { method?.name ?? "" }

  private var used: String {
    if case .objective(let own) = method {
      return (normalization ?? own.normalization)?.rawValue ?? ""
    }
    return ""
  }

  /// A number as people write it.
  private func shown(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// A problem that ends the command.
  func of(_ error: WeightError) -> Problem {
    switch error {
    case .tooFewRows(let count, let needed): return tooFew(count, needed)
    case .constant(let indicator, let value): return constant(indicator, value)
    case .negative(let indicator, let row, let value): return negative(indicator, row, value)
    case .noInverse(let indicator, let row): return noInverse(indicator, row)
    case .negativeShares(let normalization):
      return Problem(
        SourceLocation(file: "--normalization"),
        Wording(
          "\(normalization.rawValue) gives negative numbers, of which entropy cannot make shares; "
            + "choose sum, share, minmax, rank, vector or max",
          "\(normalization.rawValue)标准化会产生负数，熵权法无法计算比重；"
            + "请改用 sum、share、minmax、rank、vector 或 max"))
    case .deviationsAlike(let normalization):
      return Problem(
        SourceLocation(file: "--normalization"),
        Wording(
          "\(normalization.rawValue) makes every standard deviation 1, so that \(methodName) would "
            + "give equal weights whatever the data; choose minmax, share or max",
          "\(normalization.rawValue)标准化后各指标标准差均为1，\(methodName)必得等权；"
            + "请改用 minmax、share 或 max"))
    case .noConflict:
      return Problem(
        file,
        Wording(
          "all indicators rise and fall together exactly, so \(methodName) finds no conflict to "
            + "weigh; leave out what says the same, or choose another method",
          "各指标完全同步变动，\(methodName)无冲突性可计；请去掉重复的指标，或改用其他方法"))
    case .componentsAlike(let first, let eigenvalue): return alike(first, eigenvalue)
    case .tooManyCompared, .notConnected:
      preconditionFailure("judgements are checked where they are read")
    }
  }

  private func tooFew(_ count: Int, _ needed: Int) -> Problem {
    let when = subject.year.map { (" of \($0)", "\($0)年") } ?? ("", "")
    return Problem(
      file,
      Wording(
        "\(methodName) needs \(needed) rows or more; the table has \(count)\(when.0)",
        "\(methodName)至少需要\(needed)行数据；表中\(when.1)只有\(count)行"))
  }

  private func constant(_ indicator: Int, _ value: Double) -> Problem {
    Problem(
      file, path: subject.indicators[indicator],
      Wording(
        "the indicator is \(shown(value)) in all \(subject.units.count) rows, so it tells no units "
          + "apart; leave it out",
        "该指标在全部\(subject.units.count)行中均为\(shown(value))，无法区分各单位；请剔除"))
  }

  private func negative(_ indicator: Int, _ row: Int, _ value: Double) -> Problem {
    Problem(
      table.location(row: row), path: subject.indicators[indicator],
      Wording(
        "\(shown(value)) is negative, of which \(methodName) cannot make shares by \(used); mend it, "
          + "or choose --normalization minmax",
        "\(shown(value))为负，\(methodName)按\(used)标准化无法计算比重；请更正，或改用 --normalization minmax"))
  }

  private func noInverse(_ indicator: Int, _ row: Int) -> Problem {
    Problem(
      table.location(row: row), path: subject.indicators[indicator],
      Wording(
        "0 has no inverse, which normalization \(used) takes where less is more; choose "
          + "--normalization share or minmax",
        "0没有倒数，负向指标按\(used)标准化须取倒数；请改用 --normalization share 或 minmax"))
  }

  private func alike(_ first: Int, _ eigenvalue: Double) -> Problem {
    let value = shown((eigenvalue * 1e6).rounded() / 1e6)
    let other = methodName == "pca" ? "pca-squared" : "critic"
    return Problem(
      file,
      Wording(
        "principal components \(first) and \(first + 1) explain the same (eigenvalue \(value)), so "
          + "\(methodName) could come out in many ways; choose --method \(other)",
        "第\(first)与第\(first + 1)主成分的特征值相同（\(value)），\(methodName)结果不唯一；"
          + "请改用 --method \(other)"))
  }

  /// Why there are no shares, for a line of the report.
  func ofShares(_ error: WeightError) -> Wording {
    switch error {
    case .negative(let indicator, let row, let value):
      let place = "\(table.location(row: row).text): \(subject.indicators[indicator]): "
      return Wording(
        place + "\(shown(value)) is negative, and shares need 0 or more.",
        place + "\(shown(value))为负，计算份额要求不小于0。")
    case .constant(let indicator, let value):
      let place = "\(subject.file): \(subject.indicators[indicator]): "
      return Wording(
        place + "it is \(shown(value)) in every row, which leaves nothing to share.",
        place + "全部行均为\(shown(value))，没有可分配的份额。")
    default: preconditionFailure("shares are refused for negative or constant values only")
    }
  }
}
