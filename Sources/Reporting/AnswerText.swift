import Comparison
import Documents
import PolicyModel
import Simulation

/// The few sentences with which a report begins, made from templates and the numbers that matter.
struct AnswerText {
  private let page: ReportPage
  private let year: Int

  /// Reforms that have sentences of their own; of more, the rest stands in the tables.
  private static let mostReforms = 8

  init(_ page: ReportPage) {
    self.page = page
    year = page.report.lastYear
  }

  private func words(_ english: String, _ chinese: String) -> String {
    page.words(english, chinese)
  }

  var blocks: [Page.Block] {
    let reforms = page.ledgers.indices.dropFirst()
    if reforms.isEmpty { return [.answer(alone)] }
    var blocks: [Page.Block] = reforms.prefix(AnswerText.mostReforms).map { index in
      guard let year = lastCommonYear(index) else { return .answer([noCommonYear(index)]) }
      return .answer(AnswerText(page, year: year).lines(index))
    }
    let rest = reforms.count - min(reforms.count, AnswerText.mostReforms)
    if rest > 0 {
      blocks.append(
        .paragraph(
          words("\(rest) more scenarios stand in the tables.", "其余\(rest)个情景见各表。")))
    }
    return blocks
  }

  private init(_ page: ReportPage, year: Int) {
    self.page = page
    self.year = year
  }

  private func lastCommonYear(_ index: Int) -> Int? {
    let years = page.ledgers[index].plan.scenario.years
    return page.baseline.plan.scenario.years.last { years.contains($0) }
  }

  private func title(_ index: Int) -> String {
    page.ledgers[index].plan.scenario.title.text(in: page.language)
  }

  private func noCommonYear(_ index: Int) -> String {
    words(
      "“\(title(index))” runs no year of the baseline, so that the two cannot be compared.",
      "“\(title(index))”与基准没有共同年度，无法比较。")
  }

  private func value(_ metric: Metric, _ index: Int) -> Double? {
    page.metrics[index].value(metric, year: year)
  }

  private func percent(_ value: Double) -> String {
    NumberText.fixed(value * 100, decimals: 1) + " %"
  }

  // MARK: One scenario

  private var alone: [String] {
    let name = title(0)
    let total = money(0) { _ in true }
    var lines = [
      words(
        "“\(name)” gives \(total) to \(counties(Double(countyCount))) in \(year).",
        "“\(name)”在\(year)年向\(countyCount)个县市区分配\(total)。")
    ]
    if let gini = value(.giniAmount, 0) {
      let text = NumberText.fixed(gini, decimals: 3)
      lines.append(
        words(
          "The Gini of amounts per rural person is \(text).", "人均资金基尼系数为\(text)。"))
    }
    if let rate = value(.execution, 0) {
      lines.append(
        words("\(percent(rate)) of the money at hand is spent.", "预算执行率为\(percent(rate))。"))
    }
    return lines
  }

  private var countyCount: Int {
    page.baseline.years.last.map { record in
      record.incentivePower.indices.count { county in
        record.streams.contains { $0.final[county] > 0 }
      }
    } ?? 0
  }

  private func money(_ index: Int, where isInside: (Int) -> Bool) -> String {
    let amount = page.report.amount(page.ledgers[index], year: year, where: isInside)
    // "894 10,000 yuan" would read as one number.
    return page.report.format.cell(amount, .money).text + words(" × ", "")
      + page.report.format.moneyUnit
  }

  private func counties(_ count: Double) -> String {
    count == 1 ? "1 county" : "\(Int(count)) counties"
  }

  // MARK: A reform

  private func lines(_ index: Int) -> [String] {
    [change(index), total(index), fairness(index), groups(index), extremes(index), others(index)]
      .compactMap { $0 }
  }

  private func change(_ index: Int) -> String {
    let name = title(index)
    let changes = page.report.changes(index, year: year)
    if changes.allSatisfy({ $0.change == 0 }) && others(index) == nil {
      let before = earlierYears(index)
      if before.isEmpty {
        return words("“\(name)” changes no county's amount.", "“\(name)”不改变任何县市区的资金。")
      }
      return words(
        "“\(name)” changes no county's amount in \(year), but it does in \(before).",
        "“\(name)”在\(year)年不改变任何县市区的资金，但在\(before)年有变动。")
    }
    let winners = value(.winners, index) ?? 0
    let losers = value(.losers, index) ?? 0
    return words(
      "“\(name)” in \(year): \(counties(winners)) with over 1 % more, \(counties(losers)) with over 1 % "
        + "less than the baseline\(movedText(index)).",
      "“\(name)”在\(year)年使\(Int(winners))个县市区的资金较基准增加1%以上、\(Int(losers))个减少1%以上"
        + "\(movedText(index))。")
  }

  /// How much moves between counties; of totals that differ by over 1 % that says nothing.
  private func movedText(_ index: Int) -> String {
    guard let moved = value(.poolMoved, index), let totals = totals(index),
      abs(totals.after - totals.before) <= 0.01 * totals.before
    else { return "" }
    return words("; \(percent(moved)) of the money moves", "；\(percent(moved))的资金发生转移")
  }

  private func totals(_ index: Int) -> (before: Double, after: Double)? {
    guard let before = page.report.amount(page.baseline, year: year, where: { _ in true }),
      let after = page.report.amount(page.ledgers[index], year: year, where: { _ in true })
    else { return nil }
    return (before, after)
  }

  /// The total, where it changes by over one in a hundred.
  private func total(_ index: Int) -> String? {
    guard let totals = totals(index), abs(totals.after - totals.before) > 0.01 * totals.before
    else { return nil }
    let format = page.report.format
    let (before, after) = (
      format.cell(totals.before, .money).text, format.cell(totals.after, .money).text
    )
    let part =
      totals.before > 0
      ? words(" (", "（") + NumberText.signedPercent(totals.after / totals.before - 1)
        + words(")", "）") : ""
    return words(
      "All counties together: \(before) → \(after), in \(format.moneyUnit)\(part).",
      "全部县市区合计：\(before) → \(after)\(format.moneyUnit)\(part)。")
  }

  /// The common years before this one in which some county's amount differs.
  private func earlierYears(_ index: Int) -> String {
    let own = page.ledgers[index].plan.scenario.years
    let years = page.baseline.plan.scenario.years.filter { earlier in
      earlier < year && own.contains(earlier)
        && page.report.changes(index, year: earlier).contains { $0.change != 0 }
    }
    return years.map { "\($0)" }.joined(separator: words(", ", "、"))
  }

  /// Counties that only one of the two scenarios has.
  private func others(_ index: Int) -> String? {
    let base = Set(page.baseline.plan.counties.counties.map(\.code))
    let own = Set(page.ledgers[index].plan.counties.counties.map(\.code))
    if base == own { return nil }
    return words(
      "The two have different counties: \(base.subtracting(own).count) stand in the baseline only, "
        + "\(own.subtracting(base).count) in this scenario only; compare sums with care.",
      "两者的县市区不同：\(base.subtracting(own).count)个仅在基准中，\(own.subtracting(base).count)个仅在本情景中；"
        + "比较合计时请留意。")
  }

  /// Whether amounts per person are nearer to each other, and follow need more closely.
  private func fairness(_ index: Int) -> String? {
    guard let gini = value(.giniAmount, index), let base = value(.giniAmount, 0) else { return nil }
    let numbers = "\(NumberText.fixed(base, decimals: 3)) → \(NumberText.fixed(gini, decimals: 3))"
    let direction = direction(
      from: base, to: gini, decimals: 3, ("less equal", "差距扩大"), ("more equal", "更趋均衡"),
      ("as equal as before", "基本不变"))
    let first = words(
      "Amounts per rural person are \(direction) (Gini \(numbers))",
      "人均资金\(direction)（基尼系数\(numbers)）")
    guard let need = value(.needAlignment, index), let before = value(.needAlignment, 0) else {
      return first + words(".", "。")
    }
    let ranks = "\(signed(before)) → \(signed(need))"
    let follows = self.direction(
      from: before, to: need, decimals: 2, ("more closely", "更紧密"), ("less closely", "变弱"),
      ("as before", "基本不变"))
    return first
      + words(
        "; they follow need \(follows) (rank correlation \(ranks)).",
        "；与需求的联系\(follows)（秩相关\(ranks)）。")
  }

  private func signed(_ value: Double) -> String {
    (value < 0 ? "−" : "") + NumberText.fixed(abs(value), decimals: 2)
  }

  /// In words, what the numbers say as they are shown.
  private func direction(
    from before: Double, to after: Double, decimals: Int, _ up: (String, String),
    _ down: (String, String), _ same: (String, String)
  ) -> String {
    let isSame =
      NumberText.fixed(before, decimals: decimals) == NumberText.fixed(after, decimals: decimals)
    let chosen = isSame ? same : (after > before ? up : down)
    return words(chosen.0, chosen.1)
  }

  /// The groups that gain and lose most.
  private func groups(_ index: Int) -> String? {
    let groups = page.baseline.plan.scenario.groups
    let changes = groups.indices.compactMap { group -> (title: String, change: Double)? in
      let members = page.report.members(group, year: year)
      func amount(_ ledger: Ledger) -> Double? {
        page.report.amount(ledger, year: year) {
          members.contains(ledger.plan.counties.counties[$0].code)
        }
      }
      guard members.count > 0, members.count < page.baseline.plan.countyCount,
        let before = amount(page.baseline), before > 0, let after = amount(page.ledgers[index])
      else { return nil }
      return (groups[group].title.text(in: page.language), after / before - 1)
    }
    guard let most = changes.max(by: { $0.change < $1.change }),
      let least = changes.min(by: { $0.change < $1.change }), most.change != least.change
    else { return nil }
    let (up, down) = (NumberText.signedPercent(most.change), NumberText.signedPercent(least.change))
    return words(
      "By group: \(most.title) \(up), \(least.title) \(down).",
      "分组看：\(most.title) \(up)，\(least.title) \(down)。")
  }

  /// The counties that gain and lose most, as a part of what they had.
  private func extremes(_ index: Int) -> String? {
    let changes = page.report.changes(index, year: year).filter { $0.base > 0 }
    func part(_ change: ComparisonReport.CountyChange) -> Double { change.amount / change.base - 1 }
    guard let most = changes.max(by: { part($0) < part($1) }),
      let least = changes.min(by: { part($0) < part($1) }), part(most) != part(least)
    else { return nil }
    func text(_ change: ComparisonReport.CountyChange) -> String {
      change.county.name.text(in: page.language) + " " + NumberText.signedPercent(part(change))
    }
    return words(
      "By county: from \(text(least)) to \(text(most)).", "分县看：从\(text(least))到\(text(most))。")
  }
}
