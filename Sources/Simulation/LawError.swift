import PolicyModel

/// Why the law cannot be carried out on the data given: a value is missing or refused.
public enum LawError: Error, Sendable, Hashable {
  /// No data for an indicator in a year or any year before.
  case missingValue(indicator: String, county: County, year: Int, reader: Reference)
  /// A value that the transform or the model refuses.
  case refusedValue(
    indicator: String, transform: String, value: Double, county: County, year: Int,
    reader: Reference)
  /// A division by zero in a formula.
  case divisionByZero(formula: String, county: County, year: Int, location: SourceLocation?)
  /// A step of a formula that is not finite.
  case notFinite(formula: String, county: County, year: Int, location: SourceLocation?)
  /// Values that are finite one by one but not in sum.
  case sumNotFinite(year: Int, reader: Reference)
  /// An amount larger than money can be.
  case amountTooLarge(year: Int, reader: Reference)
  /// A pool below zero.
  case negativePool(year: Int, reader: Reference)
  /// A county in two guaranteed groups.
  case guaranteesOverlap(county: County, year: Int, reader: Reference)

  /// The error as a problem with its place and remedy.
  public var problem: Problem {
    switch self {
    case .missingValue(_, _, _, let reader), .refusedValue(_, _, _, _, _, let reader),
      .sumNotFinite(_, let reader), .amountTooLarge(_, let reader), .negativePool(_, let reader),
      .guaranteesOverlap(_, _, let reader):
      Problem(reader.location, path: reader.path, wording)
    case .divisionByZero(let formula, _, _, let location),
      .notFinite(let formula, _, _, let location):
      Problem(location, path: "derived.\(formula)", wording)
    }
  }

  private var wording: Wording {
    switch self {
    case .missingValue(let indicator, let county, let year, _):
      missingWording(indicator, county, year)
    case .refusedValue(let indicator, let transform, let value, let county, let year, _):
      refusedWording(indicator, transform, value, county, year)
    case .divisionByZero(_, let county, let year, _):
      Wording(
        "division by zero for county \(label(county).english) in \(year); guard it with if(…)",
        "\(label(county).chinese)\(year)年出现除以零；请用 if(…) 避免")
    case .notFinite(_, let county, let year, _):
      Wording(
        "the result for county \(label(county).english) in \(year) is not a finite number; "
          + "check the arguments of ln, sqrt, exp and ^",
        "\(label(county).chinese)\(year)年的结果不是有限的数；请检查 ln、sqrt、exp、^ 的参数")
    default: totalWording
    }
  }

  private var totalWording: Wording {
    switch self {
    case .amountTooLarge(let year, _):
      Wording(
        "an amount in \(year) is larger than 9 × 10^15 fen (90 trillion); lower the amounts or growth",
        "\(year)年的金额超过9×10^15分（90万亿元）；请减小金额或增长率")
    case .negativePool(let year, _):
      Wording(
        "the pool of \(year) is below zero; growth may not be below -1",
        "\(year)年的资金总额为负；增长率不得低于-1")
    case .guaranteesOverlap(let county, let year, _):
      Wording(
        "county \(label(county).english) is in two guaranteed groups in \(year); "
          + "guaranteed groups may not overlap",
        "\(label(county).chinese)在\(year)年同属两个有保障比例的分组；此类分组不得重叠")
    case .sumNotFinite(let year, _):
      Wording(
        "the values of \(year) are finite one by one but not in sum; scale the indicator down",
        "\(year)年各值有限但合计溢出；请缩小指标的量级")
    default: Wording("", "")
    }
  }

  private func missingWording(_ indicator: String, _ county: County, _ year: Int) -> Wording {
    Wording(
      "no value of \"\(indicator)\" for county \(label(county).english) in \(year) or before; "
        + "fill the cell in the data or keep the county out by a group",
      "\(label(county).chinese)在\(year)年及以前没有“\(indicator)”的数据；请补充数据，或用分组将该县排除")
  }

  private func refusedWording(
    _ indicator: String, _ transform: String, _ value: Double, _ county: County, _ year: Int
  ) -> Wording {
    Wording(
      "the value \(value) of \"\(indicator)\" for county \(label(county).english) in \(year) is "
        + "refused under \"\(transform)\"; correct the data or choose another transform",
      "\(label(county).chinese)\(year)年“\(indicator)”的值 \(value) 不能用于“\(transform)”；"
        + "请更正数据或改用其他变换")
  }
}

/// A county in a message: code and name.
private func label(_ county: County) -> Wording {
  Wording(
    "\(county.code) (\(county.name.english))", "\(county.name.chinese)（\(county.code)）")
}
