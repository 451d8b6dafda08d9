import Comparison
import Documents
import PolicyModel
import Simulation

extension ComparisonReport {
  // MARK: Amounts

  /// Final amounts of some counties in a year, in currency units; nil if the run lacks the year.
  func amount(_ ledger: Ledger, year: Int, stream: Int? = nil, where isInside: (Int) -> Bool)
    -> Double?
  {
    guard let index = ledger.years.firstIndex(where: { $0.year == year }) else { return nil }
    var sum = 0.0
    for (position, result) in ledger.years[index].streams.enumerated()
    where stream == nil || stream == position {
      for county in result.final.indices where isInside(county) { sum += result.final[county] }
    }
    return sum / 100
  }

  private func row(_ label: String, year: Int, where isInside: (Ledger, Int) -> Bool) -> Row {
    Row(
      label: label, kind: .money,
      values: ledgers.map { ledger in
        amount(ledger, year: year) { isInside(ledger, $0) }
      })
  }

  /// Rows for all counties and for each group of the baseline.
  private func groupRows(year: Int) -> [Line] {
    var lines: [Line] = [
      .heading(
        language.words(
          "Final amount in \(year), \(format.moneyUnit)", "\(year)年最终资金（\(format.moneyUnit)）")),
      .figures(row(language.words("  all counties", "  全部县市区"), year: year) { _, _ in true }),
    ]
    for (index, group) in baseline.plan.scenario.groups.enumerated() {
      let members = members(index, year: year)
      let title = group.title.text(in: language)
      let counties = members.count == 1 ? "county" : "counties"
      let label = language.words(
        "  \(title) (\(members.count) \(counties))", "  \(title)（\(members.count)县）")
      lines.append(
        .figures(
          row(label, year: year) { ledger, county in
            members.contains(ledger.plan.counties.counties[county].code)
          }))
    }
    return lines
  }

  /// Codes of a group's counties in the baseline's year, among those that can get money.
  func members(_ group: Int, year: Int) -> Set<String> {
    let record = baseline.years.first { $0.year == year } ?? baseline.years[0]
    let inside = record.observation.groups[group]
    let codes = inside.indices.filter { county in
      inside[county] > 0 && record.streams.contains { $0.year.eligible[county] > 0 }
    }
    return Set(codes.map { baseline.plan.counties.counties[$0].code })
  }

  // MARK: Summary

  /// What an analyst reads first: who gets how much in the last year, how it is spread, and
  /// where the money of all years went.
  var summary: Table {
    table(title: language.words("Summary", "概要"), summaryLines, notes: summaryNotes)
  }

  /// The summary's lines.
  var summaryLines: [Line] {
    let years = baseline.plan.scenario.years
    let span = "\(years.lowerBound)–\(years.upperBound)"
    var lines = groupRows(year: lastYear)
    lines.append(.heading(language.words("Distribution in \(lastYear)", "\(lastYear)年分布")))
    lines += indexRows(year: lastYear)
    lines += outcomeRows(year: lastYear)
    lines.append(
      .heading(
        language.words("Sums of \(span), \(format.moneyUnit)", "\(span)年合计（\(format.moneyUnit)）")))
    return lines + flowRows
  }

  /// What the words of the summary mean.
  var summaryNote: String {
    language.words(
      "Winners and losers: counties whose total changes by more than 1 % against the baseline.",
      "增加、减少：总资金较基准变动超过1%的县。")
  }

  private var summaryNotes: [String] {
    [
      summaryNote,
      language.words(
        "More: --years all, --by county|prefecture|group|stream, --top 10; "
          + "karez explain for one amount.",
        "更多：--years all、--by county|prefecture|group|stream、--top 10；逐县解释用 karez explain。"),
    ]
  }

  private func metricRow(_ metric: Metric, year: Int) -> Line {
    .figures(
      Row(
        label: "  " + metric.title.text(in: language), kind: metric.kind,
        values: metrics.map { $0.value(metric, year: year) }))
  }

  private func indexRows(year: Int) -> [Line] {
    let shown: [Metric] = [
      .giniAmount, .giniIncome, .theilAmount, .needAlignment, .matthewIndex, .poolMoved, .winners,
      .losers, .volatility, .execution, .incentiveReach,
    ]
    return shown.map { metricRow($0, year: year) }
  }

  /// Persons and income, where the data have them.
  private func outcomeRows(year: Int) -> [Line] {
    var lines: [Line] = []
    let monitored = ledgers.map { ledger in sum(ledger, year) { $0.observation.monitored } }
    if monitored.contains(where: { $0 != nil }) {
      lines.append(
        .figures(
          Row(
            label: language.words("  Monitored persons (persons)", "  监测对象（人）"), kind: .counties,
            values: monitored)))
    }
    return lines
  }

  private func sum(_ ledger: Ledger, _ year: Int, _ column: (Ledger.Year) -> [Double]) -> Double? {
    guard let record = ledger.years.first(where: { $0.year == year }) else { return nil }
    let known = column(record).filter { !$0.isNaN }
    return known.isEmpty ? nil : known.reduce(0, +).rounded()
  }

  private var flowRows: [Line] {
    let flows: [Metric] = [.rewarded, .deducted, .recovered, .unallocated]
    var lines: [Line] = [.figures(sumRow(language.words("  Allocated", "  已分配"), allocatedSums))]
    lines += flows.map { metric in
      let sums = metrics.map { table -> Double? in
        sum { table.years.contains($0) ? table.value(metric, year: $0) ?? 0 : nil }
      }
      return .figures(sumRow("  " + metric.title.text(in: language), sums))
    }
    lines.append(metricRow(.carried, year: lastYear, at: lastYear))
    return lines
  }

  private func metricRow(_ metric: Metric, year: Int, at end: Int) -> Line {
    .figures(
      Row(
        label: "  " + metric.title.text(in: language)
          + language.words(", end of \(end)", "（\(end)年末）"),
        kind: metric.kind, values: metrics.map { $0.value(metric, year: year) }))
  }

  private func sumRow(_ label: String, _ values: [Double?]) -> Row {
    Row(label: label, kind: .money, values: values)
  }

  /// A sum over the baseline's years; nil where a year is missing.
  private func sum(_ value: (Int) -> Double?) -> Double? {
    var total = 0.0
    for year in baseline.plan.scenario.years {
      guard let one = value(year) else { return nil }
      total += one
    }
    return total
  }

  private var allocatedSums: [Double?] {
    ledgers.map { ledger in
      sum { amount(ledger, year: $0) { _ in true } }
    }
  }

  // MARK: One year

  /// Groups and every metric of a year.
  func metricBlock(_ year: Int) -> Table {
    var lines = groupRows(year: year)
    lines.append(
      .heading(
        language.words("Metrics (money in \(format.moneyUnit))", "指标（金额：\(format.moneyUnit)）")))
    lines += Metric.allCases.map { metricRow($0, year: year) }
    lines += outcomeRows(year: year)
    return table(title: language.words("Year \(year)", "\(year)年"), lines)
  }

  // MARK: Breakdowns

  func breakdownTable(_ breakdown: ComparisonOptions.Breakdown, year: Int) -> Table {
    let lines: [Line]
    let what: String
    switch breakdown {
    case .county:
      what = language.words("county", "县市区")
      lines = countyRows(year)
    case .prefecture:
      what = language.words("prefecture", "地州市")
      lines = prefectureRows(year)
    case .group:
      what = language.words("group", "分组")
      lines = Array(groupRows(year: year).dropFirst())
    case .stream:
      what = language.words("stream", "任务方向")
      lines = streamRows(year)
    }
    let unit = format.moneyUnit
    return table(
      title: language.words(
        "Final amount by \(what), \(year), \(unit)", "\(year)年分\(what)最终资金（\(unit)）"), lines)
  }

  private func countyRows(_ year: Int) -> [Line] {
    baseline.plan.counties.counties.compactMap { county in
      let row = row("\(county.code) \(county.name.text(in: language))", year: year) {
        $0.plan.counties.counties[$1].code == county.code
      }
      return row.values.allSatisfy { ($0 ?? 0) == 0 } ? nil : .figures(row)
    }
  }

  private func prefectureRows(_ year: Int) -> [Line] {
    baseline.plan.counties.prefectures.compactMap { code in
      let counties = baseline.plan.counties.counties
      let name = counties.first { $0.prefecture == code }?.prefectureName.text(in: language)
      let row = row("\(code) \(name ?? "")", year: year) {
        $0.plan.counties.counties[$1].prefecture == code
      }
      return row.values.allSatisfy { ($0 ?? 0) == 0 } ? nil : .figures(row)
    }
  }

  private func streamRows(_ year: Int) -> [Line] {
    var keys: [String] = []
    for ledger in ledgers {
      keys += ledger.plan.scenario.streams.map(\.key).filter { !keys.contains($0) }
    }
    return keys.map { key in
      let streams = ledgers.lazy.flatMap(\.plan.scenario.streams)
      let title = streams.first { $0.key == key }?.title.text(in: language) ?? key
      let values = ledgers.map { ledger -> Double? in
        guard let index = ledger.plan.scenario.streams.firstIndex(where: { $0.key == key }) else {
          return nil
        }
        return amount(ledger, year: year, stream: index) { _ in true }
      }
      return .figures(Row(label: title, kind: .money, values: values))
    }
  }
}
