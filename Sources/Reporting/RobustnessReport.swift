import Documents
import PolicyModel
import Sensitivity
import Simulation
import Statistics

/// How firmly counties stand in their order, as documents and files.
public struct RobustnessReport: Sendable {
  private let findings: RobustnessFindings
  private let language: Language

  /// Prepares a report.
  public init(_ findings: RobustnessFindings, language: Language) {
    self.findings = findings
    self.language = language
  }

  private var plan: Plan { findings.ledger.plan }
  private var year: Int { plan.scenario.years.lowerBound + findings.yearIndex }
  private var ranked: [Int] {
    findings.ranks.ranks.indices.filter { findings.ranks.ranks[$0] != nil }
  }

  private func percent(_ part: Double) -> String {
    NumberText.percent(part, decimals: 1, language)
  }

  /// The document.
  ///
  /// - Parameter top: How many counties to show, the least sure first.
  /// - Returns: Summary, counties, factors taken out, exchanges of weight.
  public func document(top: Int) -> Document {
    Document(
      title: language.words("How robust the order of counties is", "县市区排名的稳健性"),
      blocks: [
        .text(head), .table(countyTable(top)), .table(removalTable), .table(exchangeTable),
      ])
  }

  private var head: [String] {
    let flips = findings.ranks.flips.sorted()
    let mean = flips.reduce(0, +) / Double(max(1, flips.count))
    let high = percent(flips.isEmpty ? 0 : Quantile.value(of: flips, at: 0.95))
    let pairs = NumberText.grouped(
      Double(ranked.count * (ranked.count - 1) / 2), decimals: 0)
    let sets = NumberText.grouped(Double(flips.count), decimals: 0)
    let delta = NumberText.significant(findings.delta)
    let firm = ranked.count { (findings.ranks.probabilityOfSameRank($0) ?? 0) >= 0.95 }
    let loose = ranked.count { (findings.ranks.probabilityOfSameRank($0) ?? 0) < 0.5 }
    let name = plan.scenario.name
    return [
      "\(name): \(plan.scenario.title.text(in: language))",
      language.words(
        "Stream \(findings.stream), \(year): \(ranked.count) counties by share of the formula, before "
          + "floors and caps.",
        "任务方向 \(findings.stream)，\(year)年：\(ranked.count)个县市区，按公式份额（保底封顶之前）排名。"),
      language.words(
        "Weights moved by up to ±\(delta) each, their sum kept: \(sets) random sets, seed "
          + "\(findings.seed). On average \(percent(mean)) of the \(pairs) pairs of counties change their "
          + "order; in 95 % of the sets at most \(high).",
        "各权重变动不超过±\(delta)，合计不变：随机\(sets)组，种子\(findings.seed)。\(pairs)对县市区中平均有"
          + "\(percent(mean))改变先后；95%的组不超过\(high)。"),
      language.words(
        "\(firm) counties keep their rank in 95 % of the sets or more, \(loose) in fewer than half.",
        "\(firm)个县市区在95%以上的组中保持名次，\(loose)个不到一半。"),
    ] + DataProvenance([findings.ledger]).lines(language)
  }

  private func name(_ county: Int) -> String {
    let place = plan.counties.counties[county]
    return "\(place.code) \(place.name.text(in: language))"
  }

  private func rank(_ rank: Int?) -> Cell {
    rank.map { Cell(Double($0), text: "\($0)") } ?? Cell("–")
  }

  private func rank(_ county: Int, at fraction: Double) -> Cell {
    let own = findings.ranks.drawnRanks[county].map { Double($0) }
    if own.isEmpty { return Cell("–") }
    let value = Quantile.value(of: own, at: fraction).rounded()
    return Cell(value, text: NumberText.fixed(value, decimals: 0))
  }

  private func countyTable(_ top: Int) -> Table {
    let order = ranked.sorted { a, b in
      let (one, other) = (
        findings.ranks.probabilityOfSameRank(a) ?? 0, findings.ranks.probabilityOfSameRank(b) ?? 0
      )
      return one != other
        ? one < other : (findings.ranks.ranks[a] ?? 0) < (findings.ranks.ranks[b] ?? 0)
    }
    let removed = findings.removals.map { RankRobustness.ranks($0.shares) }
    let rows = order.prefix(top).map { county in
      let same = findings.ranks.probabilityOfSameRank(county) ?? 0
      return [
        Cell(name(county)), rank(findings.ranks.ranks[county]), Cell(same, text: percent(same)),
        rank(county, at: 0.05), rank(county, at: 0.95),
      ] + removed.map { rank($0[county]) }
    }
    return Table(
      title: language.words("Counties whose rank is least sure", "名次最不稳定的县市区"),
      columns: [
        Table.Column(language.words("county", "县市区"), .leading),
        Table.Column(language.words("rank", "名次")), Table.Column(language.words("kept", "保持")),
        Table.Column("5 %"), Table.Column("95 %", isTied: true),
      ] + findings.removals.indices.map { Table.Column("−[\($0 + 1)]") },
      rows: Array(rows),
      notes: [
        language.words(
          "kept: part of the sets with the same rank; 5 %, 95 %: ranks that fewer sets go below or "
            + "beyond; −[i]: rank without factor [i] below.",
          "保持：名次不变的组所占比例；5%、95%：名次的分位数；−[i]：去掉下表因素[i]后的名次。")
      ])
  }

  private var removalTable: Table {
    let rows = findings.removals.enumerated().map { index, change in
      let largest = largestMove(change)
      return [
        Cell("[\(index + 1)] \(change.lowered)"),
        Cell(change.flipShare, text: percent(change.flipShare)),
        Cell(Double(largest.move), text: "\(largest.move)"),
        Cell(largest.county.map { name($0) } ?? "–"),
      ]
    }
    return Table(
      title: language.words(
        "One factor taken out, the others raised in proportion", "逐个去掉因素，其余按比例提高"),
      columns: [
        Table.Column(language.words("factor", "因素"), .leading),
        Table.Column(language.words("pairs that flip", "改变先后的县对")),
        Table.Column(language.words("largest move", "最大名次变动")),
        Table.Column(language.words("of county", "县市区"), .leading),
      ], rows: rows)
  }

  private func largestMove(_ change: RobustnessFindings.Change) -> (move: Int, county: Int?) {
    let after = RankRobustness.ranks(change.shares)
    return ranked.reduce((move: 0, county: nil)) { best, county in
      guard let old = findings.ranks.ranks[county], let new = after[county] else { return best }
      return abs(new - old) > best.move ? (abs(new - old), county) : best
    }
  }

  private var exchangeTable: Table {
    let order = findings.exchanges.indices.sorted { a, b in
      (findings.exchanges[b].flipShare, a) < (findings.exchanges[a].flipShare, b)
    }
    let rows = order.prefix(6).map { index in
      let change = findings.exchanges[index]
      return [
        Cell(change.raised ?? ""), Cell(change.lowered),
        Cell(change.flipShare, text: percent(change.flipShare)),
      ]
    }
    let delta = NumberText.significant(findings.delta)
    return Table(
      title: language.words(
        "Exchanges of \(delta) between two weights that change the order most",
        "两个权重间互换\(delta)时对排名影响最大的组合"),
      columns: [
        Table.Column(language.words("raised", "提高"), .leading),
        Table.Column(language.words("lowered", "降低"), .leading),
        Table.Column(language.words("pairs that flip", "改变先后的县对")),
      ], rows: rows)
  }

  // MARK: Files

  private var mark: String { DataProvenance([findings.ledger]).mark.rawValue }

  /// `rank_probabilities.csv`: county × rank, ranks that never come up left out.
  public var probabilitiesCSV: String {
    var text = "stream,year,county,rank,probability,data\n"
    let mark = mark
    for county in ranked {
      let head =
        "\(CSVText.escaped(findings.stream)),\(year),"
        + CSVText.escaped(plan.counties.counties[county].code)
      for rank in Set(findings.ranks.drawnRanks[county]).sorted() {
        let probability = findings.ranks.probability(of: county, rank: rank)
        text += "\(head),\(rank),\(LedgerFiles.number(probability)),\(mark)\n"
      }
    }
    return text
  }

  /// `rank_changes.csv`: county × change of weights, with the rank under it.
  ///
  /// Changes: `written`, `without <factor>`, `<raised> up, <lowered> down`.
  public var changesCSV: String {
    var text = "stream,year,change,county,share,rank,data\n"
    add("written", findings.shares, to: &text)
    for change in findings.removals { add("without \(change.lowered)", change.shares, to: &text) }
    for change in findings.exchanges {
      add("\(change.raised ?? "") up, \(change.lowered) down", change.shares, to: &text)
    }
    return text
  }

  private func add(_ change: String, _ shares: [Double], to text: inout String) {
    let ranks = RankRobustness.ranks(shares)
    let mark = mark
    let head = "\(CSVText.escaped(findings.stream)),\(year),\(CSVText.escaped(change)),"
    for county in shares.indices {
      guard let rank = ranks[county] else { continue }
      text += head + CSVText.escaped(plan.counties.counties[county].code)
      text += ",\(LedgerFiles.number(shares[county])),\(rank),\(mark)\n"
    }
  }
}
