import Documents
import PolicyModel
import WeightFitting

extension WeighReport {
  func effectBlocks(top: Int) -> [Document.Block] {
    switch effects {
    case .unknown(let reason):
      return [
        .text([
          language.words("What the weights would do is not shown: ", "未显示对资金分配的影响：")
            + reason.text(in: language)
        ])
      ]
    case .known(let methods, let equal, let official):
      let references =
        [(language.words("equal weights", "等权"), equal)]
        + (official.map { [(officialTitle, $0)] } ?? [])
      let named = zip(results, methods).map { (title($0.method), $1) }
      let tables =
        named.count == 1
        ? references.map { changeTable(named[0], $0, top) }
        : references.map { comparisonTable(named, $0, top) }
      return ([effectTable(methods, equal, official)] + tables.compactMap { $0 })
        .map { .table($0) }
    }
  }

  func label(_ unit: Int) -> String {
    let own = subject.units[unit]
    let name = own.name.text(in: language)
    return name.isEmpty ? own.code : "\(own.code) \(name)"
  }

  private func percent(_ share: Double) -> Cell {
    Cell(share, text: NumberText.fixed(share * 100, decimals: 3))
  }

  // MARK: Spread

  private func effectTable(
    _ methods: [WeightEffect], _ equal: WeightEffect, _ official: WeightEffect?
  ) -> Table {
    var named = zip(results, methods).map { (title($0.method), $1) }
    if let official { named.append((officialTitle, official)) }
    let rows = named.map { name, effect in
      [
        Cell(name), fixed(effect.gini), percent(effect.largest), percent(effect.smallest),
        times(effect), moved(effect, equal),
      ] + (official.map { [moved(effect, $0)] } ?? [])
    }
    let own = [Table.Column(language.words("from in force, %", "较现行权重，%"))]
    return Table(
      title: language.words(
        "What the weights would do to the allocation", "各权重对资金分配的影响"),
      columns: [
        Table.Column(language.words("method", "方法"), .leading), Table.Column("Gini"),
        Table.Column(language.words("largest, %", "最大份额，%")),
        Table.Column(language.words("smallest, %", "最小份额，%")),
        Table.Column(language.words("ratio", "最大/最小")),
        Table.Column(language.words("moved from equal, %", "调整：较等权，%")),
      ] + (official == nil ? [] : own), rows: rows,
      notes: [
        language.words(
          "Share of a unit: Σ weight × its share of each indicator, before floors, caps and rounding; "
            + "where less is more, of the distance to the largest. Gini: over units, each counting "
            + "alike. Ratio: largest over smallest. Moved: the part of the pool that stands elsewhere "
            + "than by equal weights\(official == nil ? "" : " or by those in force").",
          "单位份额＝Σ权重×该单位占各指标的比重，未计保底、封顶和取整；负向指标按与最大值的差距计。"
            + "Gini系数按单位等权计算。调整：资金总额中改变去向的比例。")
      ])
  }

  private func moved(_ effect: WeightEffect, _ other: WeightEffect) -> Cell {
    let part = effect.moved(from: other)
    return Cell(part, text: NumberText.fixed(part * 100, decimals: 2))
  }

  private func times(_ effect: WeightEffect) -> Cell {
    if effect.smallest <= 0 { return Cell("–") }
    let ratio = effect.largest / effect.smallest
    return Cell(ratio, text: NumberText.grouped(ratio, decimals: 1))
  }

  // MARK: Gains and losses

  private typealias Named = (name: String, effect: WeightEffect)

  /// The units that gain and lose most against other weights; nil where nothing changes.
  private func changeTable(_ own: Named, _ other: Named, _ top: Int) -> Table? {
    let changes = zip(own.effect.shares, other.effect.shares).map { $0 - $1 }
    let order = changes.indices.sorted { (-changes[$0], $0) < (-changes[$1], $1) }
    let gains = order.filter { changes[$0] > WeighReport.leastChange }
    let losses = order.filter { changes[$0] < -WeighReport.leastChange }
    if top == 0 || gains.isEmpty && losses.isEmpty { return nil }
    let rows = (gains.prefix(top) + losses.suffix(top)).map { unit in
      changeRow(unit, own.effect.shares[unit], other.effect.shares[unit])
    }
    return Table(
      title: language.words(
        "Largest gains and losses: \(own.name) against \(other.name)\(unitWords)",
        "\(own.name)较\(other.name)：增减最多的单位\(unitWords)"),
      columns: [
        Table.Column(language.words("unit", "单位"), .leading), Table.Column(other.name),
        Table.Column(own.name), Table.Column(language.words("change", "变动"), isTied: true),
      ], rows: rows,
      notes: [
        language.words(
          "\(gains.count) units gain, \(losses.count) lose.",
          "\(gains.count)个单位增加，\(losses.count)个单位减少。")
      ])
  }

  /// Several methods side by side: the units that gain, and those that lose, most under any of them.
  private func comparisonTable(_ own: [Named], _ other: Named, _ top: Int) -> Table? {
    let compared = own.filter { $0.effect.moved(from: other.effect) > WeighReport.leastChange }
    if compared.isEmpty || top == 0 { return nil }
    let changes = compared.map { named in
      zip(named.effect.shares, other.effect.shares).map { $0 - $1 }
    }
    let rows = extremes(changes, top).map { unit in
      [Cell(label(unit)), amount(other.effect.shares[unit])]
        + changes.map { difference($0[unit]) }
    }
    return Table(
      title: language.words(
        "Changes against \(other.name)\(unitWords)", "各方法较\(other.name)的变动\(unitWords)"),
      columns: [
        Table.Column(language.words("unit", "单位"), .leading), Table.Column(other.name),
      ] + compared.map { Table.Column($0.name) }, rows: rows,
      notes: [
        language.words(
          "The units that gain most under any method, then those that lose most.",
          "先列任一方法下增加最多的单位，后列减少最多的单位。")
      ])
  }

  /// A change below this part of the pool is rounding.
  private static let leastChange = 1e-12

  /// The units with the largest gains, then those with the largest losses, the largest last.
  private func extremes(_ changes: [[Double]], _ top: Int) -> [Int] {
    let units = changes[0].indices
    let most = units.map { unit in changes.reduce(-1) { max($0, $1[unit]) } }
    let least = units.map { unit in changes.reduce(1) { min($0, $1[unit]) } }
    let gains = units.filter { most[$0] > WeighReport.leastChange }
      .sorted { (-most[$0], $0) < (-most[$1], $1) }.prefix(top)
    let losses = units.filter { least[$0] < -WeighReport.leastChange && !gains.contains($0) }
      .sorted { (least[$0], $0) < (least[$1], $1) }.prefix(top)
    return gains + losses.reversed()
  }

  private var unitWords: String {
    guard let pool else { return language.words(", % of the pool", "（占资金总额%）") }
    let unit = pool.currency.tableUnit.name.text(in: language)
    return language.words(", \(unit)", "（\(unit)）")
  }

  /// A share, in money where there is a pool.
  private func amount(_ share: Double) -> Cell {
    guard let pool else { return percent(share) }
    let units = share * Double(pool.fen) / pool.currency.tableUnit.fen
    return Cell(units, text: NumberText.grouped(units, decimals: 2))
  }

  private func difference(_ share: Double, percentOf other: Double = 0) -> Cell {
    let part = other == 0 ? "" : " (" + NumberText.signedPercent(share / other) + ")"
    guard let pool else {
      return Cell(share, text: NumberText.signed(share * 100, decimals: 3) + part)
    }
    let units = share * Double(pool.fen) / pool.currency.tableUnit.fen
    return Cell(units, text: NumberText.signed(units, decimals: 2) + part)
  }

  private func changeRow(_ unit: Int, _ own: Double, _ other: Double) -> [Cell] {
    [
      Cell(label(unit)), amount(other), amount(own), difference(own - other, percentOf: other),
    ]
  }
}
