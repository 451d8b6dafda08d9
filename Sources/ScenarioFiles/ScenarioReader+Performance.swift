import PolicyModel

extension ScenarioReader {
  func readPerformance(_ root: Fields, _ scenario: inout Scenario) {
    scenario.assessment = assessment(root)
    scenario.incentives = incentives(root)
    scenario.gates = gates(root)
    scenario.carryOver = carryOver(root)
    if let node = root["execution"],
      let fields = reader.fields(node, "execution", known: ["delay"])
    {
      scenario.delayMonths = reader.parameter(fields, "delay", .number(0...12), defaultValue: 0)
    }
  }

  /// Rewards by grade and coefficients by grade need an assessment.
  func checkGradesHaveAssessment(_ scenario: Scenario, _ root: Fields) {
    if scenario.assessment != nil || root.has("assessment") { return }
    if let node = root["incentives"] {
      reportNoAssessment(node.location, "incentives")
    }
    for stream in scenario.streams {
      for coefficient in stream.coefficients {
        guard case .grades(let table) = coefficient.source else { continue }
        reportNoAssessment(
          table.first?.multiplier.steps[0].location ?? stream.location,
          "streams.\(stream.key).coefficients.\(coefficient.key)")
      }
    }
  }

  private func reportNoAssessment(_ location: SourceLocation?, _ path: String) {
    reader.report(
      location, path,
      Wording(
        "this needs grades, but the scenario has no assessment; add one or remove this",
        "此处需要考核等级，但情景中没有 assessment；请添加或删除此项"))
  }

  // MARK: Assessment

  private func assessment(_ root: Fields) -> Assessment? {
    guard let node = root["assessment"],
      let fields = reader.fields(
        node, "assessment", known: ["indicators", "cutoffs", "quotas"])
    else { return nil }
    let grading = grading(fields)
    guard let list = fields["indicators"] else {
      reader.reportMissing(fields, "indicators")
      return nil
    }
    let indicators = reader.namedEntries(list, "assessment.indicators").compactMap {
      assessmentIndicator($0)
    }
    guard let grading else { return nil }
    return Assessment(indicators: indicators, grading: grading)
  }

  private func assessmentIndicator(_ entry: YAMLNode.Entry) -> Assessment.Indicator? {
    let path = "assessment.indicators.\(entry.key)"
    let isExecution = entry.key == "execution"
    let known = ["points", "title", "title_zh"] + (isExecution ? ["low", "high"] : [])
    guard let fields = reader.fields(entry.value, path, known: known) else { return nil }
    let range = (
      low: reader.parameter(fields, "low", .any, defaultValue: 0),
      high: reader.parameter(fields, "high", .any, defaultValue: 1)
    )
    return Assessment.Indicator(
      key: entry.key, title: reader.title(fields, otherwise: entry.key),
      points: reader.requiredParameter(fields, "points", .notNegative),
      executionRange: isExecution ? range : nil)
  }

  private func grading(_ fields: Fields) -> Assessment.Grading? {
    switch (fields["cutoffs"], fields["quotas"]) {
    case (let node?, nil):
      return .cutoffs(gradeList(node, "assessment.cutoffs", .any).map { ($0.grade, $0.multiplier) })
    case (nil, let node?):
      return .quotas(gradeList(node, "assessment.quotas", .share).map { ($0.grade, $0.multiplier) })
    default:
      reader.report(
        (fields["quotas"] ?? fields.node).location, fields.path,
        Wording(
          "exactly one of cutoffs and quotas must be given; remove the other with null",
          "cutoffs 与 quotas 须且只能给出一个；另一个可用 null 删除"))
      return nil
    }
  }

  /// Entries for A, B and C, best first.
  private func gradeList(
    _ node: YAMLNode, _ path: String, _ rule: NumberRule
  ) -> [(grade: Grade, multiplier: Parameter)] {
    let entries = gradeEntries(parameters(node, path, rule), path).sorted { $0.grade < $1.grade }
    if entries.contains(where: { $0.grade == .d }) {
      reader.report(
        node.location, path,
        Wording("D is what is left; give A, B and C", "D为其余；请只给出A、B、C"))
    }
    if entries.isEmpty && node.entries != nil {
      reader.report(
        node.location, path, Wording("no grade is given; give A, B and C", "没有给出等级；请给出A、B、C"))
    }
    return entries.filter { $0.grade != .d }
  }

  // MARK: Incentives

  private func incentives(_ root: Fields) -> Incentives? {
    let known = [
      "reserve", "rewards", "deductions", "basis", "reward_cap", "streams", "coefficient", "slope",
      "lowest", "highest",
    ]
    guard let node = root["incentives"],
      let fields = reader.fields(node, "incentives", known: known)
    else { return nil }
    let reserve = reader.parameter(fields, "reserve", .share, defaultValue: 0)
    let isLinear = reader.word(fields, "coefficient", among: ["linear"]) != nil
    if !isLinear { refuseLine(fields) }
    return Incentives(
      reserve: reserve, scheme: isLinear ? line(fields) : grades(fields),
      streams: streamList(fields))
  }

  private func refuseLine(_ fields: Fields) {
    for key in ["slope", "lowest", "highest"] {
      guard let node = fields[key], !fields.has("coefficient") else { continue }
      reader.report(
        node.location, joined(fields.path, key),
        Wording(
          "this belongs to \"coefficient: linear\", which is not set",
          "该项属于“coefficient: linear”，但并未设置"))
    }
  }

  private func line(_ fields: Fields) -> Incentives.Scheme {
    .linear(
      slope: reader.requiredParameter(fields, "slope", .any),
      lowest: reader.parameter(fields, "lowest", .notNegative, defaultValue: 0),
      highest: reader.parameter(fields, "highest", .notNegative))
  }

  private func grades(_ fields: Fields) -> Incentives.Scheme {
    let rewards = fields["rewards"].map {
      gradeEntries(parameters($0, "incentives.rewards", .notNegative), "incentives.rewards")
    }
    let deductions = fields["deductions"].map {
      gradeEntries(parameters($0, "incentives.deductions", .share), "incentives.deductions")
    }
    return .grades(
      rewards: (rewards ?? []).map { ($0.grade, $0.multiplier) },
      deductions: (deductions ?? []).map { ($0.grade, $0.multiplier) },
      basis: basis(fields), rewardCap: reader.parameter(fields, "reward_cap", .notNegative))
  }

  private func basis(_ fields: Fields) -> Incentives.Basis {
    guard let reference = reader.reference(fields, "basis") else { return .allocation }
    switch reference.name {
    case "allocation": return .allocation
    case "equal": return .equal
    default: return .indicator(reference)
    }
  }

  /// A list of streams; nil for all.
  private func streamList(_ fields: Fields) -> [Reference]? {
    guard let node = fields["streams"], node.text != "all" else { return nil }
    return reader.references(node, joined(fields.path, "streams"))
  }

  // MARK: Gates and carry-over

  private func gates(_ root: Fields) -> [Gate] {
    guard let node = root["gates"] else { return [] }
    guard case .sequence(let items) = node.content else {
      reader.reportType(node, "gates", Wording("a list of gates", "门槛列表"))
      return []
    }
    return items.enumerated().compactMap { gate($0.element, "gates.\($0.offset)") }
  }

  private func gate(_ node: YAMLNode, _ path: String) -> Gate? {
    let known = ["indicator", "below", "above", "effect", "streams"]
    guard let fields = reader.fields(node, path, known: known) else { return nil }
    let below = reader.parameter(fields, "below")
    let above = reader.parameter(fields, "above")
    if !fields.has("indicator") { reader.reportMissing(fields, "indicator") }
    if fields.has("below") == fields.has("above") {
      reader.report(
        node.location, path,
        Wording("give exactly one of below and above", "below 与 above 须且只能给出一个"))
    }
    let effect = reader.word(fields, "effect", among: Gate.Effect.allCases.map(\.rawValue))
    guard let indicator = reader.reference(fields, "indicator"), let threshold = below ?? above
    else { return nil }
    return Gate(
      indicator: indicator, side: below == nil ? .above : .below, threshold: threshold,
      effect: effect.flatMap { Gate.Effect(rawValue: $0) } ?? .exclude,
      streams: streamList(fields))
  }

  private func carryOver(_ root: Fields) -> CarryOver? {
    guard let node = root["carryover"],
      let fields = reader.fields(node, "carryover", known: ["years", "recycle"])
    else { return nil }
    return CarryOver(
      years: reader.parameter(fields, "years", .whole(1...1_000)),
      recycles: reader.truth(fields, "recycle") ?? false)
  }
}
