import Documents
import PolicyModel
import WeightFitting

/// Fitted weights as a document and as files, with the reasons not to trust them.
public struct FitReport: Sendable {
  let subject: FitSubject
  let fit: WeightFit
  /// The fit that takes amounts at floors and caps for data; nil where there are none.
  let naive: WeightFit?
  let diagnostics: FitDiagnostics
  /// Nil if no bootstrap was asked for.
  let intervals: WeightIntervals?
  let language: Language

  /// Prepares a report.
  public init(
    subject: FitSubject, fit: WeightFit, naive: WeightFit?, diagnostics: FitDiagnostics,
    intervals: WeightIntervals?, language: Language
  ) {
    self.subject = subject
    self.fit = fit
    self.naive = naive
    self.diagnostics = diagnostics
    self.intervals = intervals
    self.language = language
  }

  /// The document.
  ///
  /// - Parameter worst: How many of the largest misfits to show.
  /// - Returns: Weights, quality, what cannot be told apart, and misfits.
  public func document(worst: Int) -> Document {
    var blocks: [Document.Block] = [.text(head), .table(weightTable), .table(qualityTable)]
    if !warnings.isEmpty { blocks.append(.text(warnings)) }
    if worst > 0 { blocks.append(.table(misfitTable(worst))) }
    return Document(title: title, blocks: blocks)
  }

  /// Which data are made up; for outputs that hold numbers only.
  public var provenance: [String] { subject.provenance.lines(language) }

  private var title: String {
    let amount = subject.amount.text(in: language)
    return language.words("Weights that explain \(amount)", "解释“\(amount)”的因素权重")
  }

  private var head: [String] {
    let problem = fit.problem
    let pools =
      problem.poolCount > 1
      ? language.words(" in \(problem.poolCount) pools", "、\(problem.poolCount)个资金池") : ""
    let lines = [
      language.words(
        "\(problem.rows.count) amounts of \(problem.clusterCount) counties\(pools).",
        "\(problem.clusterCount)个县市区、\(problem.rows.count)个金额\(pools)。")
    ]
    return lines + subject.remarks.map { $0.text(in: language) }
      + provenance
  }

  func name(_ factor: Int) -> String {
    let factor = subject.factors[factor]
    let title = factor.title.text(in: language)
    return title == factor.key ? title : "\(title) (\(factor.key))"
  }

  // MARK: Weights

  private var weightTable: Table {
    var columns = [
      Table.Column(language.words("factor", "因素"), .leading),
      Table.Column(language.words("weight", "权重")),
    ]
    if let intervals {
      let percent = NumberText.significant(intervals.level * 100, digits: 4)
      columns.append(Table.Column(language.words("\(percent) % interval", "\(percent)%区间")))
      columns.append(Table.Column(language.words("std. error", "标准误")))
    }
    columns.append(Table.Column("VIF"))
    if naive != nil {
      columns.append(Table.Column(language.words("bounds as data", "将保底封顶视作数据")))
    }
    return Table(
      title: language.words("Weights", "权重"), columns: columns,
      rows: subject.factors.indices.map { row($0) }, notes: weightNotes)
  }

  private func weight(_ value: Double) -> Cell {
    Cell(value, text: NumberText.fixed(value, decimals: 4))
  }

  private func row(_ factor: Int) -> [Cell] {
    var cells = [Cell(name(factor)), weight(fit.weights[factor])]
    if let intervals {
      if let ends = intervals.ends[factor] {
        let low = NumberText.fixed(ends.low, decimals: 4)
        cells.append(Cell("\(low) – \(NumberText.fixed(ends.high, decimals: 4))"))
      } else {
        cells.append(Cell("–"))
      }
      cells.append(intervals.standardErrors[factor].map { weight($0) } ?? Cell("–"))
    }
    cells.append(inflation(diagnostics.varianceInflation[factor]))
    if let naive { cells.append(weight(naive.weights[factor])) }
    return cells
  }

  private func inflation(_ value: Double?) -> Cell {
    guard let value else { return Cell("–") }
    if value == .infinity { return Cell("∞") }
    return Cell(value, text: NumberText.fixed(value, decimals: value < 100 ? 2 : 0))
  }

  private var weightNotes: [String] {
    var notes: [String] = []
    if let intervals {
      let count = NumberText.grouped(Double(intervals.replicates), decimals: 0)
      notes.append(
        language.words(
          "Intervals: bootstrap over counties, \(count) replicates.",
          "区间：按县市区重抽样，\(count)次。"))
      if intervals.failed > 0 {
        notes.append(
          language.words(
            "\(intervals.failed) replicates gave no weights and are left out.",
            "\(intervals.failed)次重抽样得不到权重，已略去。"))
      }
    }
    if naive != nil {
      notes.append(
        language.words(
          "Bounds as data: what a fit would say that takes amounts at a floor or cap for shares of "
            + "the pool.",
          "“将保底封顶视作数据”：若把处于保底或封顶的金额当作按因素分配的结果，会得到的权重。"))
    }
    return notes
  }

  // MARK: Quality

  func money(_ value: Double) -> Cell {
    Cell(value, text: NumberText.grouped(value, decimals: subject.decimals))
  }

  private func labelled(_ english: String, _ chinese: String) -> String {
    let unit = subject.unit.text(in: language)
    let text = language.words(english, chinese)
    return unit.isEmpty ? text : text + language.words(", \(unit)", "（\(unit)）")
  }

  private func number(_ value: Double?) -> Cell {
    guard let value else { return Cell("–") }
    return value == .infinity
      ? Cell("∞") : Cell(value, text: NumberText.significant(value, digits: 4))
  }

  private var qualityTable: Table {
    let floors = fit.marks.count { $0 == .atFloor }
    func count(_ value: Int) -> Cell {
      Cell(Double(value), text: NumberText.grouped(Double(value), decimals: 0))
    }
    var rows: [[Cell]] = [
      [
        "R²".cell,
        fit.rSquared.map { Cell($0, text: NumberText.fixed($0, decimals: 6)) } ?? "–".cell,
      ],
      [labelled("root mean squared error", "均方根误差").cell, money(fit.rmse)],
      [labelled("largest error", "最大误差").cell, money(fit.largestError)],
      [language.words("condition number", "条件数").cell, number(diagnostics.conditionNumber)],
      [
        language.words("rank (of \(subject.factors.count))", "秩（共\(subject.factors.count)个因素）")
          .cell,
        count(diagnostics.rank),
      ],
      [language.words("rows at a floor", "处于保底的行").cell, count(floors)],
      [language.words("rows at a cap", "处于封顶的行").cell, count(fit.boundRows - floors)],
    ]
    if fit.problem.rows.contains(where: { $0.floor > 0 || $0.cap < .infinity }) {
      rows.append([
        labelled("counts as at its bound within", "视为处于界限的距离").cell,
        Cell(
          fit.problem.tolerance, text: NumberText.significant(fit.problem.tolerance, digits: 4)),
      ])
    }
    if fit.problem.huber != nil {
      let down = zip(fit.influence, fit.problem.rows).count { $0.0 > 0 && $0.0 < $0.1.weight }
      rows.append([language.words("outliers that count less", "降权的异常行").cell, count(down)])
    }
    return Table(
      title: language.words("How well they explain it", "解释程度"),
      columns: [
        Table.Column(language.words("figure", "项目"), .leading),
        Table.Column(language.words("value", "数值")),
      ], rows: rows)
  }

  // MARK: Misfits

  private func misfitTable(_ count: Int) -> Table {
    let errors = zip(fit.fitted, fit.problem.rows).map { $0 - $1.amount }
    let order = errors.indices.sorted {
      abs(errors[$0]) == abs(errors[$1]) ? $0 < $1 : abs(errors[$0]) > abs(errors[$1])
    }
    var columns = [Table.Column(language.words("county", "县市区"), .leading)]
    let hasPools = fit.problem.poolCount > 1
    if hasPools { columns.append(Table.Column(language.words("pool", "资金池"), .leading)) }
    columns += [
      Table.Column(language.words("official", "官方")),
      Table.Column(language.words("fitted", "拟合")),
      Table.Column(language.words("difference", "差额")), Table.Column("%", isTied: true),
      Table.Column(language.words("at", "位置"), .leading),
    ]
    let rows = order.prefix(count).map { row -> [Cell] in
      let subject = subject.rows[row]
      let pool = hasPools ? [Cell(subject.pool)] : []
      return [Cell(label(subject))] + pool + misfit(row, errors[row])
    }
    return Table(
      title: labelled("Largest misfits", "误差最大的行"), columns: columns, rows: rows)
  }

  private func label(_ row: FitSubject.Row) -> String {
    [row.code, row.name.text(in: language)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func misfit(_ row: Int, _ error: Double) -> [Cell] {
    let amount = fit.problem.rows[row].amount
    let part =
      amount == 0
      ? Cell.empty : Cell(error / amount, text: NumberText.signedPercent(error / amount))
    return [
      money(amount), money(fit.fitted[row]),
      Cell(error, text: NumberText.signed(error, decimals: subject.decimals)), part,
      Cell(mark(fit.marks[row])),
    ]
  }

  func mark(_ mark: FitProblem.Mark) -> String {
    switch mark {
    case .data: ""
    case .atFloor: language.words("floor", "保底")
    case .atCap: language.words("cap", "封顶")
    }
  }
}

extension String {
  fileprivate var cell: Cell { Cell(self) }
}
