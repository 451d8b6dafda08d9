import PolicyModel
import Statistics

extension PlanCompiler {
  /// Resolves `uncertainty`; every parameter has its slot by now.
  mutating func compileUncertainty() {
    plan.isUncertain = plan.parameters.map { _ in false }
    for uncertainty in scenario.uncertainty {
      if case .dirichlet(let concentration) = uncertainty.distribution {
        compileWeights(uncertainty, concentration)
      } else {
        compileNumber(uncertainty)
      }
    }
    addConstraints()
  }

  private mutating func compileNumber(_ uncertainty: Uncertainty) {
    let reference = uncertainty.parameter
    if factors(of: reference.name) != nil {
      report(
        reference,
        Wording(
          "the weights of a stream vary together; give them distribution: dirichlet with a "
            + "concentration",
          "同一任务方向的权重须一并变化；请使用 distribution: dirichlet 并给出 concentration"))
      return
    }
    let slots = plan.parameters.indices.filter { plan.parameters[$0].path == reference.name }
    guard let first = slots.first else {
      reportUnknownParameter(reference)
      return
    }
    if let refusal = refusal(uncertainty, plan.parameters[first]) {
      report(reference, refusal)
      return
    }
    for slot in slots { plan.isUncertain[slot] = true }
    plan.uncertainty.drawn.append(
      UncertaintyPlan.Drawn(
        distribution: uncertainty.distribution, application: uncertainty.application,
        lowest: uncertainty.lowest, highest: uncertainty.highest, slots: slots,
        reference: reference, source: nameHash("uncertainty." + reference.name)))
  }

  /// Why a parameter cannot have the distribution; nil if it can.
  private func refusal(_ uncertainty: Uncertainty, _ parameter: Parameter) -> Wording? {
    if isWeight(parameter.path) {
      return Wording(
        "a single weight cannot vary alone, because weights sum to 1; give streams.<key>.weights a "
          + "dirichlet distribution",
        "权重合计须为1，不能单独变化；请对 streams.<key>.weights 使用 dirichlet 分布")
    }
    if case .whole = parameter.domain {
      return Wording(
        "a whole number of years cannot be drawn; compare scenarios instead", "整数年数不能抽样；请改为比较不同情景")
    }
    let isMoney = parameter.domain == .amount
    if uncertainty.application == .factor && uncertainty.isAmount {
      return Wording("a factor has no unit; remove it", "系数不带单位；请去掉单位")
    }
    if isMoney && !uncertainty.isAmount && uncertainty.application != .factor {
      return Wording(
        "the parameter is money; write its numbers with a unit (\(scenario.currency.unitList)), or "
          + "use `apply: factor`",
        "该参数为金额；请写明单位（\(scenario.currency.unitList)），或使用 apply: factor")
    }
    if !isMoney && uncertainty.isAmount {
      return Wording("the parameter is no money; remove the unit", "该参数不是金额；请去掉单位")
    }
    return nil
  }

  private func isWeight(_ path: String) -> Bool {
    let parts = path.split(separator: ".")
    return parts.count == 5 && parts[0] == "streams" && parts[4] == "weight"
  }

  private mutating func reportUnknownParameter(_ reference: Reference) {
    let known =
      plan.parameters.map(\.path).filter { !isWeight($0) }
      + scenario.streams.map { "streams.\($0.key).weights" }
    report(
      reference,
      Wording(
        "\"\(reference.name)\" is no parameter of this scenario",
        "“\(reference.name)”不是本情景的参数") + nearestHint(reference.name, among: known))
  }

  // MARK: Weights

  private mutating func compileWeights(_ uncertainty: Uncertainty, _ concentration: Double) {
    let reference = uncertainty.parameter
    guard let factors = factors(of: reference.name) else {
      report(
        reference,
        Wording(
          "a dirichlet distribution is for the weights of a stream; name streams.<key>.weights",
          "dirichlet 分布仅用于任务方向的权重；请写 streams.<key>.weights")
          + nearestHint(
            reference.name, among: scenario.streams.map { "streams.\($0.key).weights" }))
      return
    }
    for factor in factors { plan.isUncertain[factor.weight] = true }
    plan.uncertainty.weights.append(
      UncertaintyPlan.DrawnWeights(
        concentration: concentration, slots: factors.map(\.weight),
        members: factors.map { nameHash($0.key) }, reference: reference,
        source: nameHash("uncertainty." + reference.name)))
  }

  private func factors(of path: String) -> [FactorPlan]? {
    for stream in plan.streams {
      if path == "streams.\(stream.key).weights" { return stream.factors }
      if path == "streams.\(stream.key).county_weights" { return stream.countyFactors }
    }
    return nil
  }

  // MARK: Constraints

  private mutating func addConstraints() {
    var all: [UncertaintyPlan.Constraint] = []
    func add(_ rule: UncertaintyPlan.Constraint.Rule, _ slots: [Int], _ path: String) {
      guard let first = slots.first else { return }
      all.append(
        UncertaintyPlan.Constraint(
          rule: rule, slots: slots,
          reference: Reference(
            name: path, path: path,
            location: plan.parameters[first].step(in: years.lowerBound).location)))
    }
    for stream in plan.streams {
      add(.sumAtMostOne, stream.guarantees.map(\.slot), "streams.\(stream.key).guarantees")
      for factor in stream.factors + (stream.countyFactors ?? []) {
        guard case .bands(let bands) = factor.transform.kind else { continue }
        add(.ascending, bands.map(\.from), factor.transform.reference.path)
      }
    }
    if let assessment = plan.assessment {
      add(.sumPositive, assessment.points, "assessment.indicators")
      if case .cutoffs(let list) = assessment.grading {
        add(.ascending, list.reversed().map(\.slot), "assessment.cutoffs")
      }
      for case .execution(let low, let high) in assessment.levels {
        add(.ascending, [low, high], "assessment.indicators.execution")
      }
    }
    plan.uncertainty.constraints = all.filter { constraint in
      constraint.slots.contains { plan.isUncertain[$0] }
    }
  }
}
