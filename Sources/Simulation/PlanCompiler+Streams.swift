import PolicyModel

extension PlanCompiler {
  mutating func compileStreams() {
    for stream in scenario.streams { compile(stream) }
  }

  private mutating func compile(_ stream: StreamPolicy) {
    let path = "streams.\(stream.key)"
    let reference = Reference(name: stream.key, path: path, location: stream.location)
    checkPoolYears(stream, reference)
    checkMoneyUnit("previous_\(stream.key)", reference)
    checkMoneyUnit("pipeline_\(stream.key)", reference)
    let factors = compile(stream.factors, path: "\(path).factors", reference)
    var countyFactors: [FactorPlan]?
    var isThroughPrefectures = false
    if case .prefecture(let own) = stream.tiers {
      isThroughPrefectures = true
      countyFactors = own.map { compile($0, path: "\(path).county_factors", reference) }
    }
    plan.streams.append(
      StreamPlan(
        key: stream.key, reference: reference, amount: slot(stream.pool.amount),
        growth: slot(stream.pool.growth), isStep: years.map { isStep(stream.pool.amount, $0) },
        startGrowth: startGrowth(stream.pool),
        poolReference: Reference(
          name: stream.key, path: "\(path).pool", location: stream.location),
        eligible: stream.eligible.flatMap { group($0) },
        factors: factors, countyFactors: countyFactors,
        isThroughPrefectures: isThroughPrefectures,
        coefficients: stream.coefficients.compactMap { compile($0) },
        guarantees: compileGuarantees(stream), floor: slot(stream.floor), cap: slot(stream.cap),
        minimum: slot(stream.minimum), hasIncentives: hasIncentives(stream.key),
        previous: previousAmounts(stream.key, reference),
        pipeline: dataTable("pipeline_\(stream.key)")))
    checkPublished(stream)
  }

  private func hasIncentives(_ stream: String) -> Bool {
    guard let incentives = scenario.incentives else { return false }
    return incentives.streams?.contains { $0.name == stream } ?? true
  }

  private mutating func checkPublished(_ stream: StreamPolicy) {
    guard let published = stream.published else { return }
    checkMoneyUnit(published.name, published)
    if plan.panel.column(named: published.name) != nil { return }
    report(
      published,
      Wording(
        "unknown column \"\(published.name)\" of official amounts",
        "数据中没有官方金额列“\(published.name)”")
        + nearestHint(published.name, among: plan.panel.columns.map(\.name)))
  }

  // MARK: Pool

  private func isStep(_ amount: Parameter, _ year: Int) -> Bool {
    amount.steps.contains { $0.year == year }
  }

  private mutating func checkPoolYears(_ stream: StreamPolicy, _ reference: Reference) {
    for step in stream.pool.amount.steps where step.value > Money.limit {
      report(
        reference,
        Wording("the pool is larger than 9 × 10^15 fen", "资金总额超过9×10^15分"))
    }
  }

  /// Growth of each year between the step in force in the first year and that year, by slot.
  private mutating func startGrowth(_ pool: StreamPolicy.Pool) -> [Int] {
    guard let growth = pool.growth, let start = pool.amount.step(in: years.lowerBound).year,
      start < years.lowerBound
    else { return [] }
    return ((start + 1)...years.lowerBound).map { year in
      let step = growth.step(in: year)
      return slot(
        Parameter(
          path: growth.path,
          steps: [Parameter.Step(year: nil, value: step.value, location: step.location)],
          domain: growth.domain))
    }
  }

  private mutating func previousAmounts(_ stream: String, _ reference: Reference) -> [Double] {
    let table = dataTable("previous_\(stream)")
    return (0..<plan.countyCount).map { county in
      guard county < table.count, !table[county].isNaN else { return 0 }
      let fen = (table[county] * 100).rounded(.toNearestOrAwayFromZero)
      if fen > Money.limit {
        report(
          reference,
          Wording(
            "previous_\(stream) of county \(plan.counties.counties[county].code) is larger than "
              + "9 × 10^15 fen; check the column's unit",
            "\(plan.counties.counties[county].name.chinese)的 previous_\(stream) 超过9×10^15分；请检查单位"))
      }
      return fen
    }
  }

  mutating func checkMoneyUnit(_ column: String, _ reference: Reference) {
    guard plan.panel.column(named: column) != nil,
      let unit = plan.panel.descriptions[column]?.unit, !unit.isEmpty,
      scenario.currency.size(ofColumnUnit: unit) == nil
    else { return }
    report(
      reference,
      Wording(
        "the column \"\(column)\" is in \"\(unit)\", which is no unit of \(scenario.currency.code); "
          + "use one of \(scenario.currency.unitList) in the meta file",
        "列“\(column)”的单位“\(unit)”不是\(scenario.currency.code)的单位；"
          + "请在元数据文件中使用：\(scenario.currency.unitList)"))
  }

  // MARK: Factors and coefficients

  private mutating func compile(
    _ factors: [StreamPolicy.Factor], path: String, _ reference: Reference
  ) -> [FactorPlan] {
    checkWeights(factors, path: path, reference)
    return factors.compactMap { factor in
      let weight = slot(factor.weight)
      guard let transform = compile(factor.transform, factor.indicator, scale: factor.scale) else {
        return nil
      }
      return FactorPlan(key: factor.key, transform: transform, weight: weight)
    }
  }

  private mutating func checkWeights(
    _ factors: [StreamPolicy.Factor], path: String, _ reference: Reference
  ) {
    if factors.isEmpty || factors.contains(where: { $0.weight.steps[0].location == nil }) {
      return  // Reported when it was read.
    }
    for year in years {
      let sum = factors.reduce(0) { $0 + $1.weight.value(in: year) }
      if abs(sum - 1) <= 1e-9 { continue }
      let shown = factors.map { "\($0.key) \($0.weight.value(in: year))" }.joined(separator: " + ")
      problems.append(
        Problem(
          factors.first?.weight.step(in: year).location ?? reference.location, path: path,
          Wording(
            "the weights of \(year) sum to \(sum), not 1: \(shown); change one of them",
            "\(year)年的权重合计为 \(sum)，不等于1：\(shown)；请调整其中之一")))
      return
    }
  }

  mutating func compile(
    _ transform: FactorTransform, _ reference: Reference, scale: Reference?
  ) -> TransformPlan? {
    let scaleIndex = scale.map { indicator($0) }
    guard let index = indicator(reference) else { return nil }
    if case .some(.none) = scaleIndex { return nil }
    return TransformPlan(
      kind: kind(transform), name: transform.name, indicator: index, reference: reference,
      scale: scaleIndex.flatMap { $0 })
  }

  private mutating func kind(_ transform: FactorTransform) -> TransformPlan.Kind {
    switch transform {
    case .value: .value
    case .inverse: .inverse
    case .distance(let reference): .distance(referenceSlot: slot(reference))
    case .log: .log
    case .power(let exponent): .power(exponentSlot: slot(exponent))
    case .bands(let bands): .bands(bands.map { (slot($0.from), slot($0.value)) })
    }
  }

  private mutating func compile(_ coefficient: StreamPolicy.Coefficient) -> CoefficientPlan? {
    switch coefficient.source {
    case .indicator(let reference, let transform, let scale):
      return compile(transform, reference, scale: scale).map {
        CoefficientPlan(key: coefficient.key, source: .indicator($0))
      }
    case .groups(let table):
      let entries = table.compactMap { entry in
        group(entry.group).map { ($0, slot(entry.multiplier)) }
      }
      return CoefficientPlan(key: coefficient.key, source: .groups(entries))
    case .grades(let table):
      return CoefficientPlan(
        key: coefficient.key, source: .grades(slotsByGrade(table.map { ($0, $1) })))
    }
  }

  mutating func slotsByGrade(_ table: [(grade: Grade, parameter: Parameter)]) -> [Int?] {
    Grade.allCases.map { grade in
      table.first { $0.grade == grade }.map { slot($0.parameter) }
    }
  }

  private mutating func compileGuarantees(
    _ stream: StreamPolicy
  ) -> [(group: Int, slot: Int, reference: Reference)] {
    checkGuaranteeSum(stream)
    return stream.guarantees.compactMap { guarantee in
      group(guarantee.group).map { ($0, slot(guarantee.share), guarantee.group) }
    }
  }

  private mutating func checkGuaranteeSum(_ stream: StreamPolicy) {
    guard let first = stream.guarantees.first else { return }
    for year in years {
      let sum = stream.guarantees.reduce(0) { $0 + $1.share.value(in: year) }
      if sum <= 1 + 1e-9 { continue }
      report(
        Reference(
          name: first.group.name, path: "streams.\(stream.key).guarantees",
          location: first.group.location),
        Wording(
          "the guaranteed shares of \(year) sum to \(sum), more than 1; lower one of them",
          "\(year)年的保障比例合计为 \(sum)，超过1；请降低其中之一"))
      return
    }
  }
}
