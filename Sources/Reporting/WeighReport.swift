import Documents
import PolicyModel
import WeightFitting

/// Weights side by side and what they would do, as documents and files.
public struct WeighReport: Sendable {
  let subject: WeighSubject
  let results: [MethodWeights]
  let effects: WeighEffects
  /// The weights in force, to hold the others against.
  ///
  /// Shape: [indicator].
  let official: [Double]?
  let pool: WeighPool?
  let language: Language

  /// Prepares a report.
  public init(
    _ subject: WeighSubject, results: [MethodWeights], effects: WeighEffects,
    official: [Double]? = nil, pool: WeighPool? = nil, language: Language
  ) {
    self.subject = subject
    self.results = results
    self.effects = effects
    self.official = official
    self.pool = pool
    self.language = language
  }

  /// The document.
  ///
  /// - Parameters:
  ///   - working: Whether to show the figures that weights come from; with one method they are shown
  ///     anyway.
  ///   - top: How many units that gain, and as many that lose, to show.
  /// - Returns: The document.
  public func document(working: Bool, top: Int) -> Document {
    var blocks: [Document.Block] = [.text(head + statuses), .table(weightTable)]
    if working || results.count == 1 {
      blocks += results.compactMap(\.objective).compactMap { workingTable($0) }.map { .table($0) }
    }
    blocks += judgementTables.map { .table($0) }
    blocks += effectBlocks(top: top)
    return Document(title: language.words("Weights", "指标权重"), blocks: blocks)
  }

  // MARK: Head

  private var head: [String] {
    let count = subject.units.count
    let when = subject.year.map { language.words(" of \($0)", "（\($0)年）") } ?? ""
    let costs = zip(subject.indicators, subject.costs).filter(\.1).map(\.0)
    var lines = [
      language.words(
        "\(subject.file): \(count) rows\(when), \(subject.indicators.count) indicators",
        "\(subject.file)：\(count)行\(when)，\(subject.indicators.count)项指标")
    ]
    if !costs.isEmpty {
      let listed = costs.joined(separator: language.words(", ", "、"))
      lines.append(language.words("Less is more: \(listed).", "负向指标（越小越优）：\(listed)。"))
    }
    return lines + provenance
  }

  var marks: DataProvenance { marks(subject.indicators) }

  func marks(_ indicators: [String]) -> DataProvenance {
    DataProvenance(columns: indicators.map { ($0, subject.descriptions[$0]?.status) })
  }

  /// Which columns are made up; stands on every output.
  public var provenance: [String] {
    marks.lines(language)
  }

  /// What must be known before a weight is used: contradictions, too few rows, an end not reached.
  public var statuses: [String] {
    judgementStatuses + componentStatuses
  }

  private var componentStatuses: [String] {
    let usesComponents = results.contains { !($0.objective?.eigenvalues.isEmpty ?? true) }
    if !usesComponents || subject.units.count > subject.indicators.count { return [] }
    return [
      language.words(
        "FEW ROWS: no more rows than indicators; principal components are not to be relied on.",
        "样本偏少：行数不多于指标数，主成分结果不可靠。")
    ]
  }

  // MARK: Weights

  func title(_ method: WeighingMethod) -> String {
    switch method {
    case .objective(.entropy): language.words("entropy", "熵权法")
    case .objective(.critic): language.words("CRITIC", "CRITIC法")
    case .objective(.criticSpearman): language.words("CRITIC, Spearman", "CRITIC法（Spearman）")
    case .objective(.pca): language.words("PCA", "主成分分析法")
    case .objective(.pcaSquared): language.words("PCA, squared", "主成分分析法（载荷平方）")
    case .objective(.deviation): language.words("std deviation", "标准差法")
    case .objective(.equal): language.words("equal", "等权")
    case .hierarchy(.eigenvector): language.words("AHP", "层次分析法")
    case .hierarchy(.geometricMean): language.words("AHP, geometric", "层次分析法（几何平均）")
    }
  }

  /// The name of the weights that were given.
  var officialTitle: String { language.words("in force", "现行权重") }

  func fixed(_ value: Double, _ decimals: Int = 4) -> Cell {
    Cell(value, text: NumberText.fixed(value, decimals: decimals))
  }

  private var weightTable: Table {
    let columns = results.map { (title($0.method), $0.weights) }
    let all = columns + (official.map { [(officialTitle, $0)] } ?? [])
    let rows = subject.indicators.enumerated().map { index, name in
      [Cell(name)] + all.map { fixed($0.1[index]) }
    }
    let sums = all.map { fixed($0.1.reduce(0, +)) }
    let notes = subject.indicators.compactMap { name -> String? in
      let shown = subject.descriptions[name]?.title.text(in: language) ?? name
      return shown == name ? nil : "\(name): \(shown)"
    }
    return Table(
      title: language.words("Weights by method", "各方法的权重"),
      columns: [Table.Column(language.words("indicator", "指标"), .leading)]
        + all.map { Table.Column($0.0) },
      rows: rows + [[Cell(language.words("sum", "合计"))] + sums],
      notes: notes + normalizationNotes)
  }

  private var normalizationNotes: [String] {
    results.compactMap(\.objective).compactMap { objective in
      objective.normalization.map { normalization in
        language.words(
          "\(title(.objective(objective.method))): normalized by \(normalization.rawValue).",
          "\(title(.objective(objective.method)))：标准化方法为\(normalizationTitle(normalization))"
            + "（\(normalization.rawValue)）。")
      }
    }
  }

  private func normalizationTitle(_ normalization: Normalization) -> String {
    switch normalization {
    case .share: "比重法"
    case .minmax: "极差标准化"
    case .z: "z分数标准化"
    case .rank: "秩次法"
    case .vector: "向量归一化"
    case .sum: "求和归一化"
    case .max: "极大值法"
    }
  }

  // MARK: Working

  private func workingTable(_ objective: ObjectiveWeights) -> Table? {
    if objective.figures.isEmpty { return nil }
    let rows = subject.indicators.enumerated().map { index, name in
      [Cell(name)] + objective.figures.map { fixed($0.values[index], 6) }
        + [fixed(objective.weights[index], 6)]
    }
    let title = title(.objective(objective.method))
    return Table(
      title: language.words("Working: \(title)", "计算过程：\(title)"),
      columns: [Table.Column(language.words("indicator", "指标"), .leading)]
        + objective.figures.map { Table.Column(figureTitle($0.figure)) }
        + [Table.Column(language.words("weight", "权重"))],
      rows: rows, notes: componentNotes(objective))
  }

  func figureTitle(_ figure: ObjectiveWeights.Figure) -> String {
    switch figure {
    case .entropy: language.words("entropy e", "信息熵e")
    case .diversity: language.words("1 − e", "差异系数1−e")
    case .deviation: language.words("std deviation", "标准差")
    case .conflict: language.words("conflict Σ(1 − r)", "冲突性Σ(1−r)")
    case .information: language.words("information", "信息量")
    case .coefficient: language.words("composite coefficient", "综合得分系数")
    }
  }

  private func componentNotes(_ objective: ObjectiveWeights) -> [String] {
    if objective.eigenvalues.isEmpty { return [] }
    let values = objective.eigenvalues
    let shown = values.map { NumberText.fixed($0, decimals: 4) }.joined(separator: ", ")
    let explained = values.prefix(objective.keptCount).reduce(0, +) / values.reduce(0, +)
    let percent = NumberText.fixed(explained * 100, decimals: 1)
    return [
      language.words(
        "Eigenvalues of the correlation matrix: \(shown). Kept: \(objective.keptCount), of 1 or "
          + "more; they explain \(percent) % of the variance.",
        "相关矩阵特征值：\(shown)。保留特征值不小于1的\(objective.keptCount)个主成分，累计方差贡献率"
          + "\(percent)%。")
    ]
  }
}
