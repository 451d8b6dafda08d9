import Documents
import PolicyModel

/// What a column of the CSV files means: its title, its unit and how its numbers are shown.
struct TableColumn: Sendable, Hashable {
  /// What a column holds.
  enum Kind: Sendable {
    case text, year, count, money, share, percent, number
    /// What the row's metric holds.
    case metric
  }

  /// Its name in the files.
  let key: String
  let title: Wording
  let kind: Kind
  /// Whether its sum means something.
  var isSummed = false

  /// The column of a name; a name that is not listed is a number without a title of its own.
  static func named(_ key: String) -> TableColumn {
    if let known = byKey[key] { return known }
    let level = "level_"
    if key.hasPrefix(level) {
      let indicator = String(key.dropFirst(level.count))
      return TableColumn(
        key: key, title: Wording("level of \(indicator)", "\(indicator) 水平"), kind: .number)
    }
    return TableColumn(key: key, title: Wording(same: key), kind: .number)
  }

  /// Its type in a database.
  var type: Database.ColumnType {
    switch kind {
    case .text: .text
    case .year, .count: .whole
    case .money, .share, .percent, .number, .metric: .number
    }
  }

  /// How its numbers are shown.
  var style: NumberStyle {
    switch kind {
    case .text: .text
    case .year: .plain
    case .count: .whole
    case .money: .decimals(2)
    case .share: .percent(4)
    case .percent: .percent(1)
    case .number, .metric: .general
    }
  }

  /// It as a column of a sheet, with its unit.
  func column(_ language: Language, unit: String) -> WorkbookSheet.Column {
    let title = title.text(in: language)
    let shown = kind == .money ? language.titled(title, unit: unit) : title
    return WorkbookSheet.Column(shown, key: key, style, isSummed: isSummed)
  }

  private init(
    key: String, title: Wording, kind: Kind, isSummed: Bool = false
  ) {
    self.key = key
    self.title = title
    self.kind = kind
    self.isSummed = isSummed
  }

  private static let byKey = Dictionary(uniqueKeysWithValues: known.map { ($0.key, $0) })

  private static func money(_ key: String, _ english: String, _ chinese: String) -> TableColumn {
    TableColumn(key: key, title: Wording(english, chinese), kind: .money, isSummed: true)
  }

  private static func plain(
    _ key: String, _ kind: Kind, _ english: String, _ chinese: String
  ) -> TableColumn {
    TableColumn(key: key, title: Wording(english, chinese), kind: kind)
  }

  private static let known = [
    plain("scenario", .text, "scenario", "情景"), plain("year", .year, "year", "年度"),
    plain("stream", .text, "stream", "任务方向"), plain("county", .text, "county", "县市区"),
    plain("eligible", .count, "eligible", "符合条件"), plain("share", .share, "share", "份额"),
    money("base", "base amount", "基础资金"), money("deduction", "deduction", "扣减资金"),
    money("reward", "reward", "奖励资金"), money("held", "held", "暂留资金"),
    money("final", "final amount", "最终资金"), money("carried_in", "carried in", "上年结转"),
    money("spent", "spent", "支出"), money("recovered", "recovered", "收回资金"),
    money("carried_out", "carried out", "结转下年"),
    plain("score", .number, "score", "考核得分"), plain("grade", .text, "grade", "考核等级"),
    plain("effort", .number, "effort", "努力程度"), plain("incentive", .number, "incentive", "激励强度"),
    plain("execution_rate", .percent, "execution rate", "预算执行率"),
    plain("pipeline", .money, "pipeline", "项目储备"),
    plain("asset_stock", .money, "asset stock", "资产存量"),
    plain("income", .money, "income per person", "人均收入"),
    plain("monitored", .number, "monitored persons", "监测对象（人）"),
    money("pool", "pool", "资金总额"), money("recycled", "recycled", "收回再分配"),
    money("reserve", "reserve", "奖励预留"), money("base_pool", "base pool", "基础资金总额"),
    money("allocated", "allocated", "已分配"), money("unallocated", "unallocated", "未分配"),
    plain("lambda", .number, "water level λ", "分配水平λ"),
    plain("metric", .text, "metric", "指标"), plain("value", .metric, "value", "数值"),
    plain("mean", .metric, "mean", "均值"), plain("sd", .metric, "standard deviation", "标准差"),
    plain("p05", .metric, "5 %", "5%分位"), plain("p25", .metric, "25 %", "25%分位"),
    plain("p50", .metric, "median", "中位数"), plain("p75", .metric, "75 %", "75%分位"),
    plain("p95", .metric, "95 %", "95%分位"),
    plain("probability_above_zero", .percent, "probability above 0", "大于0的概率"),
    plain("probability_below_baseline", .percent, "probability below baseline", "低于基准的概率"),
  ]
}

extension Language {
  /// A title with its unit on a line of its own.
  func titled(_ title: String, unit: String) -> String {
    words("\(title)\n(\(unit))", "\(title)\n（\(unit)）")
  }
}
