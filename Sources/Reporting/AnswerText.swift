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
    let reforms = page.ledgers.indices.dropFirst().filter { hasYear($0) }
    if reforms.isEmpty { return [.answer(alone)] }
    var blocks: [Page.Block] = reforms.prefix(AnswerText.mostReforms).map { .answer(lines($0)) }
    let rest = page.ledgers.count - 1 - min(reforms.count, AnswerText.mostReforms)
    if rest > 0 {
      blocks.append(
        .paragraph(
          words("\(rest) more scenarios stand in the tables.", "其余\(rest)个情景见各表。")))
    }
    return blocks
  }

  private func hasYear(_ index: Int) -> Bool {
    page.ledgers[index].plan.scenario.years.contains(year)
  }

  private func value(_ metric: Metric, _ index: Int) -> Double? {
    page.metrics[index].value(metric, year: year)
  }

  private func percent(_ value: Double) -> String {
    NumberText.fixed(value * 100, decimals: 1) + " %"
  }

  // MARK: One scenario

  private var alone: [String] {
    let name = page.baseline.plan.scenario.title.text(in: page.language)
    let total = money(0) { _ in true }
    var lines = [
      words(
        "“\(name)” gives \(total) to \(countyCount) counties in \(year).",
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
    return page.report.format.cell(amount, .money).text + words(" ", "")
      + page.report.format.moneyUnit
  }

  // MARK: A reform

  private func lines(_ index: Int) -> [String] {
    [change(index), fairness(index), groups(index), extremes(index)].compactMap { $0 }
  }

  private func change(_ index: Int) -> String? {
    let name = page.ledgers[index].plan.scenario.title.text(in: page.language)
    guard let moved = value(.poolMoved, index), let winners = value(.winners, index),
      let losers = value(.losers, index)
    else { return nil }
    if moved == 0 {
      return words(
        "“\(name)” changes no county's amount in \(year).", "“\(name)”在\(year)年不改变任何县市区的资金。")
    }
    return words(
      "“\(name)” moves \(percent(moved)) of the money in \(year): \(Int(winners)) counties get over 1 % "
        + "more, \(Int(losers)) over 1 % less.",
      "“\(name)”在\(year)年使\(percent(moved))的资金发生转移：\(Int(winners))个县市区增加1%以上，"
        + "\(Int(losers))个减少1%以上。")
  }

  /// Whether amounts per person are nearer to each other, and follow need more closely.
  private func fairness(_ index: Int) -> String? {
    guard let gini = value(.giniAmount, index), let base = value(.giniAmount, 0) else { return nil }
    let numbers = "\(NumberText.fixed(base, decimals: 3)) → \(NumberText.fixed(gini, decimals: 3))"
    let direction = direction(
      gini - base, ("less equal", "差距扩大"), ("more equal", "更趋均衡"), ("as equal as before", "基本不变"))
    let first = words(
      "Amounts per rural person are \(direction) (Gini \(numbers))",
      "人均资金\(direction)（基尼系数\(numbers)）")
    guard let need = value(.needAlignment, index), let before = value(.needAlignment, 0) else {
      return first + words(".", "。")
    }
    let ranks = "\(NumberText.fixed(before, decimals: 2)) → \(NumberText.fixed(need, decimals: 2))"
    let follows = self.direction(
      need - before, ("more closely", "更紧密"), ("less closely", "变弱"), ("as before", "基本不变"))
    return first
      + words(
        "; they follow need \(follows) (rank correlation \(ranks)).",
        "；与需求的联系\(follows)（秩相关\(ranks)）。")
  }

  private func direction(
    _ change: Double, _ up: (String, String), _ down: (String, String),
    _ same: (String, String)
  ) -> String {
    // What three decimals do not show is not called a change.
    let chosen = abs(change) < 0.0005 ? same : (change > 0 ? up : down)
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
