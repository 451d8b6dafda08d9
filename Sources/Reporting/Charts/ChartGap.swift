import PolicyModel

/// Why a picture cannot be made of a run.
public enum ChartGap: Error, Sendable, Equatable {
  /// There is no reform to compare with the baseline.
  case noReform
  /// The year is not of both scenarios.
  case noSuchYear(Int, String)
  /// No county has coordinates.
  case noCoordinates
  /// More counties than a map can show.
  case tooManyTiles(Int)
  /// No county has a grade.
  case noGrades(String)
  /// The scenario names no need, or no county has both need and people.
  case noNeed(String)
  /// There is no rural population, or no money, or no income.
  case noDistribution(Int)
  /// The run has no draws.
  case noEnsemble
  /// The metric is undefined in every year.
  case noMetric(String)
  /// The county gets nothing that year.
  case noAmount(String, Int)

  /// What is missing and what to do.
  public var wording: Wording {
    switch self {
    case .noReform:
      Wording(
        "a change needs a baseline and a reform; run both: karez run BASELINE REFORM --out DIR",
        "变动图需要基准和改革两个情景；请运行：karez run 基准 改革 --out 文件夹")
    case .noSuchYear(let year, let name):
      Wording(
        "\(name) has no year \(year); choose another with --year",
        "情景 \(name) 不含\(year)年；请用 --year 指定其他年份")
    case .noCoordinates:
      Wording(
        "no county has coordinates; add the columns lon and lat to counties.csv",
        "县市区表没有坐标；请在counties.csv中加入经度列lon和纬度列lat")
    case .tooManyTiles(let count):
      Wording(
        "\(count) counties are more than the 400 that a map of tiles can show; use change-by-county",
        "共\(count)个县市区，超过格网图可容纳的400个；请用 change-by-county")
    case .noGrades(let name):
      Wording(
        "no county has a grade in \(name); its file needs an assessment",
        "情景 \(name) 中没有考核等级；情景文件需要assessment部分")
    case .noNeed(let name):
      Wording(
        "\(name) names no need that any county with rural population has; set \"need:\"",
        "情景 \(name) 未指定需求指标，或各县均无该指标；请设置“need:”")
    case .noDistribution(let year):
      Wording(
        "no county has both rural population and the amount or income in \(year)",
        "\(year)年没有任何县同时具有农村人口和资金（或收入）数据")
    case .noEnsemble:
      Wording(
        "intervals need draws; name a folder that karez compare --out wrote",
        "区间图需要多次抽样；请指定由 karez compare --out 写出的文件夹")
    case .noMetric(let name):
      Wording(
        "\(name) is undefined in every year of the run", "指标 \(name) 在各年度均无定义")
    case .noAmount(let county, let year):
      Wording(
        "county \(county) gets nothing in \(year)", "县市区\(county)在\(year)年没有资金")
    }
  }
}
