import Documents
import PolicyModel
import WeightFitting

extension FitReport {
  /// In words, which weights not to trust and why.
  public var warnings: [String] {
    copyLines + constantLines + directionLines + convergenceLines + rangeLines + boundLines
  }

  /// Factors whose own weight the data do not determine.
  public static func undetermined(_ fit: WeightFit, _ diagnostics: FitDiagnostics) -> Set<Int> {
    let copies = fit.copies.flatMap { [$0.factor, $0.of] }
    let moved = diagnostics.directions.filter(\.isExact).flatMap { $0.moves.map(\.factor) }
    return Set(copies + moved)
  }

  private var copyLines: [String] {
    fit.copies.map { copy in
      let (own, other) = (name(copy.factor), name(copy.of))
      return language.words(
        "\(own) is a copy of \(other): only the sum of their weights is known. All of it stands with "
          + "\(other).",
        "“\(own)”与“\(other)”完全相同：只能确定两者权重之和，全部列在“\(other)”之下。")
    }
  }

  private var constantLines: [String] {
    diagnostics.constants.map { factor in
      language.words(
        "\(name(factor)) is the same for every county: its weight is that of an equal share.",
        "“\(name(factor))”对各县市区相同：其权重即平均分配的部分。")
    }
  }

  private var directionLines: [String] {
    diagnostics.directions.filter { !isCopyPair($0) }.map { direction in
      let moves = direction.moves.map { move in
        "\(name(move.factor)) \(NumberText.signed(move.part * 0.1, decimals: 2))"
      }.joined(separator: language.words(", ", "、"))
      if direction.isExact {
        return language.words(
          "Cannot be told apart: moving the weights by \(moves) changes no amount. The weights shown "
            + "are one choice of many.",
          "无法区分：权重按 \(moves) 同时变动，各金额不变。所列权重只是众多可能之一。")
      }
      let effect = money(direction.effect).text + unitText
      return language.words(
        "Hardly told apart: moving the weights by \(moves) changes amounts by only \(effect) (root mean "
          + "square; condition index \(NumberText.fixed(direction.conditionIndex, decimals: 0))).",
        "难以区分：权重按 \(moves) 同时变动，金额仅变动\(effect)（均方根；条件指数"
          + "\(NumberText.fixed(direction.conditionIndex, decimals: 0))）。")
    }
  }

  private var unitText: String {
    let unit = subject.unit.text(in: language)
    return unit.isEmpty ? "" : language.words(" \(unit)", unit)
  }

  private func isCopyPair(_ direction: FitDiagnostics.Direction) -> Bool {
    let moved = Set(direction.moves.map(\.factor))
    return direction.isExact
      && moved.isSubset(of: Set(fit.copies.flatMap { [$0.factor, $0.of] }))
  }

  private var convergenceLines: [String] {
    if fit.isConverged { return [] }
    return [
      language.words(
        "The rounds did not come to an end: take the weights as rough.",
        "迭代未收敛：所得权重仅供粗略参考。")
    ]
  }

  /// With most rows at bounds the rest is a chosen sample, and intervals are too narrow.
  private var boundLines: [String] {
    let count = fit.marks.count
    if 2 * fit.boundRows <= count { return [] }
    return [
      language.words(
        "\(fit.boundRows) of \(count) rows stand at a floor or cap: the others are no fair sample, and the "
          + "intervals are likely too narrow.",
        "\(count)行中有\(fit.boundRows)行处于保底或封顶：其余各行并非公平样本，区间很可能偏窄。")
    ]
  }

  /// Where the data leave a weight open over more than half of what it could be.
  private var rangeLines: [String] {
    guard let intervals else { return [] }
    return intervals.ends.enumerated().compactMap { factor, ends in
      guard let ends, ends.high - ends.low > 0.5 else { return nil }
      return language.words(
        "The data say little of \(name(factor)): its interval spans "
          + "\(NumberText.fixed(ends.high - ends.low, decimals: 2)) of weight.",
        "数据几乎不能说明“\(name(factor))”：其区间跨度为"
          + "\(NumberText.fixed(ends.high - ends.low, decimals: 2))。")
    }
  }
}
