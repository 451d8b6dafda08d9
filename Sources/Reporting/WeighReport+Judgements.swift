import Documents
import PolicyModel
import WeightFitting

extension WeighReport {
  /// Both ways to local weights share their matrices, so these are shown once.
  private var levels: [AnalyticHierarchy.Level] {
    results.lazy.compactMap(\.hierarchy).first?.levels ?? []
  }

  func groupTitle(_ level: AnalyticHierarchy.Level) -> String {
    level.name.isEmpty ? language.words("goal", "目标") : level.name
  }

  // MARK: Statuses

  var judgementStatuses: [String] { levels.flatMap { status($0) } }

  private func status(_ level: AnalyticHierarchy.Level) -> [String] {
    let own = level.consistency
    let name = groupTitle(level)
    var lines: [String] = []
    if !own.isAcceptable {
      let shown = NumberText.fixed(own.decisiveRatio, decimals: 4)
      lines.append(
        language.words(
          "INCONSISTENT: the judgements of \(name) contradict each other, consistency ratio "
            + "\(shown) > 0.10; revise them (see below) before these weights are used.",
          "未通过一致性检验：\(name)的判断矩阵一致性比例CR为\(shown)，大于0.10；使用权重前请修正判断（见下表）。"))
    }
    if !own.isTestable && level.judgements.names.count > 2 {
      lines.append(
        language.words(
          "NOT TESTABLE: the judgements of \(name) are just enough to link all names; nothing "
            + "checks them.",
          "无法检验一致性：\(name)的判断仅够联系各项，没有可供检验的多余判断。"))
    }
    if !level.isConverged {
      lines.append(
        language.words(
          "NOT CONVERGED: what was filled in for missing judgements of \(name) is an approximation.",
          "未收敛：\(name)缺失判断的补全值为近似值。"))
    }
    return lines
  }

  // MARK: Tables

  var judgementTables: [Table] {
    if levels.isEmpty { return [] }
    let optional = [hierarchyTable, completionTable, worstTable]
    return [consistencyTable] + optional.compactMap { $0 }
  }

  /// A ratio as people write judgements: 3, 2.15 or 1/5.
  private func ratio(_ value: Double) -> Cell {
    let size = value >= 1 ? value : 1 / value
    let nearest = size.rounded()
    let text =
      abs(size - nearest) < 0.005
      ? NumberText.fixed(nearest, decimals: 0) : NumberText.fixed(size, decimals: 2)
    return Cell(value, text: value >= 1 || text == "1" ? text : "1/" + text)
  }

  private var consistencyTable: Table {
    let hasMissing = levels.contains { $0.consistency.incompleteRatio != nil }
    let rows = levels.map { level in
      let own = level.consistency
      let incomplete = own.incompleteRatio.map { [fixed($0)] } ?? [Cell("–")]
      return [
        Cell(groupTitle(level)),
        Cell(Double(level.judgements.names.count), text: "\(level.judgements.names.count)"),
        fixed(own.largestEigenvalue), fixed(own.index), fixed(own.randomIndex, 2), fixed(own.ratio),
      ] + (hasMissing ? incomplete : []) + [fixed(own.alonsoLamataRatio), verdict(level)]
    }
    let missing = [Table.Column(language.words("CR, incomplete", "CR（残缺）"))]
    return Table(
      title: language.words("Consistency of the judgements", "判断矩阵一致性检验"),
      columns: [
        Table.Column(language.words("criterion", "准则"), .leading), Table.Column("n"),
        Table.Column("λmax"), Table.Column("CI"), Table.Column("RI"), Table.Column("CR"),
      ] + (hasMissing ? missing : []) + [
        Table.Column("Alonso–Lamata"), Table.Column(language.words("result", "结论"), .leading),
      ], rows: rows, notes: consistencyNotes(hasMissing))
  }

  private func verdict(_ level: AnalyticHierarchy.Level) -> Cell {
    let own = level.consistency
    if !own.isTestable && level.judgements.names.count > 2 {
      return Cell(language.words("not testable", "无法检验"))
    }
    return Cell(
      own.isAcceptable
        ? language.words("consistent", "通过") : language.words("INCONSISTENT", "未通过"))
  }

  private func consistencyNotes(_ hasMissing: Bool) -> [String] {
    var notes = [
      language.words(
        "CR = CI / RI with Saaty's random indices, at most 0.10; Alonso–Lamata: (λmax − n) / "
          + "(1.7699 n − 4.3513), at most 0.10.",
        "CR＝CI/RI，RI取Saaty随机一致性指标，应不大于0.10；Alonso–Lamata比例＝(λmax−n)/(1.7699n−4.3513)，"
          + "应不大于0.10。")
    ]
    if hasMissing {
      notes.append(
        language.words(
          "Incomplete: RI × (1 − 2m / ((n − 1)(n − 2))) with m judgements missing; this one decides.",
          "残缺矩阵：RI×(1−2m/((n−1)(n−2)))，m为缺失判断数；以此为准。"))
    }
    if levels.count > 1, let whole = results.lazy.compactMap(\.hierarchy).first {
      let total = NumberText.fixed(whole.totalRatio, decimals: 4)
      notes.append(
        language.words(
          "Whole hierarchy: Σ w CI / Σ w RI = \(total).", "层次总排序一致性比例：ΣwCI/ΣwRI＝\(total)。"))
    }
    return notes
  }

  /// Local and global weights, where there is more than one level.
  private var hierarchyTable: Table? {
    let all = results.filter { $0.hierarchy != nil }
    if levels.count < 2 { return nil }
    let rows = levels.indices.flatMap { index in
      levels[index].judgements.names.indices.map { part in
        [Cell(groupTitle(levels[index])), Cell(levels[index].judgements.names[part])]
          + all.compactMap(\.hierarchy).flatMap { hierarchy in
            let level = hierarchy.levels[index]
            return [
              fixed(level.localWeights[part]), fixed(level.weight * level.localWeights[part]),
            ]
          }
      }
    }
    return Table(
      title: language.words("Weights within the hierarchy", "层次单排序与总排序"),
      columns: [
        Table.Column(language.words("criterion", "准则"), .leading),
        Table.Column(language.words("part", "下层元素"), .leading),
      ]
        + all.flatMap { result in
          [
            Table.Column(
              language.words("local, \(title(result.method))", "单排序（\(title(result.method))）")),
            Table.Column(language.words("global", "总排序"), isTied: true),
          ]
        }, rows: rows)
  }

  private func pair(_ level: AnalyticHierarchy.Level, _ judgement: Judgement) -> Cell {
    let names = level.judgements.names
    return Cell("\(names[judgement.first]) : \(names[judgement.second])")
  }

  private var completionTable: Table? {
    let rows = levels.flatMap { level in
      level.completed.map { [Cell(groupTitle(level)), pair(level, $0), ratio($0.ratio)] }
    }
    if rows.isEmpty { return nil }
    return Table(
      title: language.words("Missing judgements, filled in", "缺失判断的补全值"),
      columns: [
        Table.Column(language.words("criterion", "准则"), .leading),
        Table.Column(language.words("pair", "比较对"), .leading),
        Table.Column(language.words("filled in", "补全值")),
      ], rows: rows,
      notes: [
        language.words(
          "Filled in so that λmax is least (Bozóki, Fülöp and Rónyai 2010).",
          "按最大特征值最小的原则补全（Bozóki、Fülöp、Rónyai，2010）。")
      ])
  }

  private var worstTable: Table? {
    let rows = levels.flatMap { level in
      level.consistency.worst.map { revision in
        [
          Cell(groupTitle(level)), pair(level, revision.judgement),
          ratio(revision.judgement.ratio), ratio(revision.fittingRatio),
          fixed(level.consistency.ratio), fixed(revision.ratioAfter),
        ]
      }
    }
    if rows.isEmpty { return nil }
    return Table(
      title: language.words(
        "Judgements that hurt consistency most", "对一致性影响最大的判断"),
      columns: [
        Table.Column(language.words("criterion", "准则"), .leading),
        Table.Column(language.words("judgement", "判断"), .leading),
        Table.Column(language.words("given", "原值")),
        Table.Column(language.words("would fit", "适宜值")),
        Table.Column(language.words("CR now", "现CR")),
        Table.Column(language.words("CR after", "修正后CR")),
      ], rows: rows,
      notes: [
        language.words(
          "Each on its own: the value that all other judgements together imply, and the CR with it. "
            + "A hint for a second look, not a value to copy.",
          "逐项计算：由其余判断推得的适宜值及改用该值后的CR。仅供复核参考，不宜直接照搬。")
      ])
  }
}
