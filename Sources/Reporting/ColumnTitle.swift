import PolicyModel

/// Title and unit of a column by its name, where the data do not say.
struct ColumnTitle {
  let title: Wording
  let unit: String

  private static let known: [String: Wording] = [
    "rural_population": Wording("Rural population", "乡村人口"),
    "income": Wording("Rural income per head", "农村居民人均可支配收入"),
    "score": Wording("Assessment score of the year before", "上年考核得分"),
    "staff": Wording("Administrative capacity", "工作力量"),
    "goal_share": Wording("Share of projects with an approved goal", "已批复绩效目标的项目占比"),
    "execution": Wording("Speed of payment", "支付效率"),
    "execution_rate": Wording("Execution rate of the year before", "上年预算执行率"),
    "effort": Wording("Effort", "努力程度"),
    "monitored": Wording("Monitored persons", "监测对象"),
    "asset_stock": Wording("Stock of project assets", "项目资产存量"),
    "spent": Wording("Spent in the year before", "上年支出"),
  ]

  init(_ name: String, _ scenario: Scenario) {
    title = ColumnTitle.known[name] ?? ColumnTitle.ofRule(name, scenario) ?? Wording(same: name)
    unit = ColumnTitle.unit(name, scenario)
  }

  /// The title of a column that is named after a stream or an assessment indicator.
  private static func ofRule(_ name: String, _ scenario: Scenario) -> Wording? {
    if let level = rest(of: name, after: "level_") {
      return scenario.assessment?.indicators.first { $0.key == level }?.title
    }
    if let stream = stream(rest(of: name, after: "previous_"), scenario) {
      return Wording(
        "\(stream.title.english): amount of the year before", "\(stream.title.chinese)：上年分配额")
    }
    if let stream = stream(rest(of: name, after: "pipeline_"), scenario) {
      return Wording(
        "\(stream.title.english): projects ready to be paid", "\(stream.title.chinese)：项目储备规模")
    }
    if let stream = scenario.streams.first(where: { $0.published?.name == name }) {
      return Wording(
        "\(stream.title.english): published amount", "\(stream.title.chinese)：公布分配额")
    }
    return nil
  }

  private static func rest(of name: String, after prefix: String) -> String? {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  private static func stream(_ key: String?, _ scenario: Scenario) -> StreamPolicy? {
    key.flatMap { key in scenario.streams.first { $0.key == key } }
  }

  private static func unit(_ name: String, _ scenario: Scenario) -> String {
    let currency = scenario.currency
    let large = currency.isRenminbi ? "万元" : "million \(currency.code)"
    switch name {
    case "score": return "0–100"
    case "staff", "goal_share", "execution", "execution_rate", "effort": return "0–1"
    case "income": return currency.isRenminbi ? "元/人" : "\(currency.code)/person"
    case "asset_stock", "spent": return large
    default: break
    }
    if name.hasPrefix("level_") { return "0–1" }
    let isMoney =
      name.hasPrefix("previous_") || name.hasPrefix("pipeline_")
      || scenario.streams.contains { $0.published?.name == name }
    return isMoney ? large : ""
  }
}
