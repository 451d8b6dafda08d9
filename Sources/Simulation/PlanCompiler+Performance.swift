import PolicyModel

extension PlanCompiler {
  mutating func compileIncentives() {
    guard let incentives = scenario.incentives else { return }
    _ = streamMask(incentives.streams)
    let reserve = slot(incentives.reserve)
    switch incentives.scheme {
    case .grades(let rewards, let deductions, let basis, let rewardCap):
      plan.incentives = IncentivePlan(
        reserve: reserve,
        scheme: .grades(
          rewards: slotsByGrade(rewards.map { ($0, $1) }),
          deductions: slotsByGrade(deductions.map { ($0, $1) }),
          basis: compile(basis), rewardCap: slot(rewardCap)))
    case .linear(let slope, let lowest, let highest):
      plan.incentives = IncentivePlan(
        reserve: reserve,
        scheme: .linear(slope: slot(slope), lowest: slot(lowest), highest: slot(highest)))
    }
  }

  private mutating func compile(_ basis: Incentives.Basis) -> IncentivePlan.Basis {
    switch basis {
    case .allocation: return .allocation
    case .equal: return .equal
    case .indicator(let reference):
      return indicator(reference).map { .indicator($0, reference) } ?? .equal
    }
  }

  mutating func compileGates() {
    for gate in scenario.gates {
      let applies = streamMask(gate.streams)
      guard let index = indicator(gate.indicator) else { continue }
      plan.gates.append(
        GatePlan(
          indicator: index, reference: gate.indicator, side: gate.side,
          threshold: slot(gate.threshold), effect: gate.effect, applies: applies))
    }
  }

  mutating func compileAssessment() {
    guard let assessment = scenario.assessment else { return }
    checkAssessment(assessment)
    let levels = assessment.indicators.compactMap { level($0) }
    plan.assessment = AssessmentPlan(
      keys: assessment.indicators.map(\.key), points: assessment.indicators.map { slot($0.points) },
      levels: levels, grading: compile(assessment.grading))
  }

  private mutating func compile(_ grading: Assessment.Grading) -> AssessmentPlan.Grading {
    switch grading {
    case .cutoffs(let list): .cutoffs(list.map { ($0.grade, slot($0.score)) })
    case .quotas(let list): .quotas(list.map { ($0.grade, slot($0.share)) })
    }
  }

  private mutating func level(_ entry: Assessment.Indicator) -> AssessmentPlan.Level? {
    if let range = entry.executionRange {
      return .execution(low: slot(range.low), high: slot(range.high))
    }
    let levels = scenario.behaviour?.levels ?? []
    if let index = levels.firstIndex(where: { $0.indicator.name == entry.key }) {
      return .simulated(index)
    }
    let reference = Reference(
      name: "level_\(entry.key)", path: "assessment.indicators.\(entry.key)",
      location: entry.points.steps[0].location)
    return indicator(reference).map { .data($0, reference) }
  }

  private mutating func checkAssessment(_ assessment: Assessment) {
    let first = assessment.indicators.first?.points.steps[0].location
    if assessment.indicators.contains(where: { $0.points.steps[0].location == nil }) {
      return  // Reported when it was read.
    }
    for year in years {
      let sum = assessment.indicators.reduce(0) { $0 + $1.points.value(in: year) }
      if sum <= 0 {
        problems.append(
          Problem(
            first, path: "assessment.indicators",
            Wording("the points of \(year) sum to 0", "\(year)年的分值合计为0")))
        break
      }
    }
    for entry in assessment.indicators { checkRange(entry) }
    if case .cutoffs(let list) = assessment.grading { checkCutoffs(list) }
  }

  private mutating func checkRange(_ entry: Assessment.Indicator) {
    guard let range = entry.executionRange else { return }
    for year in years where range.high.value(in: year) <= range.low.value(in: year) {
      problems.append(
        Problem(
          range.high.step(in: year).location ?? range.low.step(in: year).location,
          path: "assessment.indicators.execution",
          Wording(
            "high (\(range.high.value(in: year))) must be above low (\(range.low.value(in: year)))",
            "high（\(range.high.value(in: year))）必须大于 low（\(range.low.value(in: year))）")))
      return
    }
  }

  private mutating func checkCutoffs(_ list: [(grade: Grade, score: Parameter)]) {
    for year in years {
      for (upper, lower) in zip(list, list.dropFirst())
      where upper.score.value(in: year) <= lower.score.value(in: year) {
        problems.append(
          Problem(
            lower.score.step(in: year).location, path: "assessment.cutoffs",
            Wording(
              "cut-offs must fall from A to C; in \(year) \(upper.grade.letter) is "
                + "\(upper.score.value(in: year)) and \(lower.grade.letter) is "
                + "\(lower.score.value(in: year))",
              "等级分数线须从A到C递减；\(year)年\(upper.grade.letter)为\(upper.score.value(in: year))，"
                + "\(lower.grade.letter)为\(lower.score.value(in: year))")))
        return
      }
    }
  }

  mutating func compileCarryOver() {
    plan.delay = slot(scenario.delayMonths)
    plan.integration = scenario.integration.flatMap { group($0) }
    guard let rule = scenario.carryOver else { return }
    // Money that is n years old has been recovered, so n − 1 ages are carried.
    let longest = rule.years.map { min(years.count, Int(min($0.largest, 1_000)) - 1) } ?? 1
    plan.carryOver = CarryOverPlan(
      years: slot(rule.years), recycles: rule.recycles, ageLimit: max(1, longest))
  }

  // MARK: Behaviour

  mutating func compileBehaviour() {
    guard let behaviour = scenario.behaviour else { return }
    checkIncomeUnits()
    plan.behaviour = BehaviourPlan(
      reach: slot(behaviour.reach),
      effort: behaviour.effort.map {
        BehaviourPlan.Effort(
          start: slot($0.start), adjustment: slot($0.adjustment), response: slot($0.response))
      },
      levels: behaviour.levels.map { compile($0) },
      pipeline: behaviour.pipeline.map { (slot($0.growth), slot($0.response)) },
      assets: behaviour.assets.map { compile($0) },
      income: behaviour.income.map { (slot($0.growth), slot($0.noise)) },
      monitored: behaviour.monitored.map { (slot($0.inflow), slot($0.relief), slot($0.cost)) },
      scoreNoise: slot(behaviour.scoreNoise))
  }

  private mutating func checkIncomeUnits() {
    for column in ["income", "asset_stock", "spent"] {
      checkMoneyUnit(column, Reference(name: column, path: "behaviour", location: nil))
    }
  }

  private mutating func compile(_ level: Behaviour.Level) -> BehaviourPlan.Level {
    let key = level.indicator.name
    let column = "level_\(key)"
    if plan.panel.column(named: column) == nil {
      report(
        level.indicator,
        Wording(
          "the data have no column \"\(column)\" from which the level could start",
          "数据中没有列“\(column)”，无法确定初始水平")
          + nearestHint(column, among: plan.panel.columns.map(\.name)))
    }
    return BehaviourPlan.Level(
      key: key, persistence: slot(level.persistence), response: slot(level.response),
      noise: slot(level.noise), reference: level.indicator, data: dataTable(column))
  }

  private mutating func compile(_ assets: Behaviour.Assets) -> BehaviourPlan.Assets {
    BehaviourPlan.Assets(
      depreciation: slot(assets.depreciation), fixedShare: slot(assets.fixedShare),
      returnRate: slot(assets.returnRate), quality: assets.indicator.flatMap { quality($0) })
  }

  private mutating func quality(_ reference: Reference) -> AssessmentPlan.Level? {
    if let index = plan.assessment?.keys.firstIndex(of: reference.name),
      let levels = plan.assessment?.levels, index < levels.count
    {
      return levels[index]
    }
    let levels = scenario.behaviour?.levels ?? []
    if let index = levels.firstIndex(where: { $0.indicator.name == reference.name }) {
      return .simulated(index)
    }
    let column = "level_\(reference.name)"
    if plan.panel.column(named: column) != nil {
      let named = Reference(name: column, path: reference.path, location: reference.location)
      return indicator(named).map { .data($0, named) }
    }
    report(
      reference,
      Wording(
        "unknown assessment indicator \"\(reference.name)\"",
        "未知的考核指标“\(reference.name)”")
        + nearestHint(reference.name, among: plan.assessment?.keys ?? []))
    return nil
  }
}
