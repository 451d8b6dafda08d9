import PolicyModel

/// Every reason why a scenario cannot be run on its data.
public struct CompileErrors: Error, Sendable {
  /// The problems, in the order in which they were met.
  public let problems: [Problem]

  /// Makes the list.
  public init(problems: [Problem]) {
    self.problems = problems
  }
}

extension Plan {
  /// Compiles a scenario for its data.
  ///
  /// - Throws: `CompileErrors` with every unknown name, every sum of weights that is not 1 and
  ///   whatever else can be known before the run.
  public static func compile(
    _ scenario: Scenario, counties: CountyTable, panel: Panel
  ) throws(CompileErrors) -> Plan {
    var compiler = PlanCompiler(scenario: scenario, counties: counties, panel: panel)
    compiler.compileAll()
    if !compiler.problems.isEmpty { throw CompileErrors(problems: compiler.problems) }
    var plan = compiler.plan
    plan.fillStaticTables()
    plan.findShockSources()
    plan.fillFixedYears()
    return plan
  }
}

/// Resolves names, lays parameters out by slot and checks what no single key can show.
struct PlanCompiler {
  var plan: Plan
  var problems: [Problem] = []
  /// Index of each indicator that was resolved, by name.
  var indicatorIndex: [String: Int] = [:]
  /// Derived indicators that are being resolved, to find circles.
  var resolving: [String] = []
  /// Derived indicators whose problems are reported already.
  var unresolvable: Set<String> = []
  /// How many derived indicators stand below each, by name.
  var derivedDepth: [String: Int] = [:]
  /// How many steps each takes with all below it written out, 1 if it rests on data alone.
  var derivedSize: [String: Int] = [:]
  let derivedByName: [String: Scenario.DerivedIndicator]

  init(scenario: Scenario, counties: CountyTable, panel: Panel) {
    plan = Plan(scenario: scenario, counties: counties, panel: panel)
    derivedByName = Dictionary(
      scenario.derived.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var scenario: Scenario { plan.scenario }
  var years: ClosedRange<Int> { plan.scenario.years }

  mutating func compileAll() {
    checkDerivedNames()
    compileDerived()
    compileGroups()
    compileColumns()
    compileIncentives()
    compileStreams()
    compileGates()
    compileAssessment()
    compileCarryOver()
    compileBehaviour()
    checkProjections()
    compileUncertainty()
  }

  mutating func report(_ reference: Reference, _ wording: Wording) {
    problems.append(Problem(reference.location, path: reference.path, wording))
  }

  mutating func slot(_ parameter: Parameter) -> Int {
    plan.parameters.append(parameter)
    return plan.parameters.count - 1
  }

  mutating func slot(_ parameter: Parameter?) -> Int? {
    parameter.map { slot($0) }
  }

  // MARK: Derived indicators

  /// Formulas are checked whether or not anything reads them.
  mutating func compileDerived() {
    for derived in scenario.derived {
      _ = indicator(
        Reference(
          name: derived.name, path: "derived.\(derived.name)", location: derived.location))
    }
  }

  mutating func checkDerivedNames() {
    for derived in scenario.derived {
      let reference = Reference(
        name: derived.name, path: "derived.\(derived.name)", location: derived.location)
      if plan.panel.column(named: derived.name) != nil {
        report(
          reference,
          Wording(
            "\"\(derived.name)\" is a column of the data already; choose another name",
            "“\(derived.name)”已是数据中的列名；请改名"))
      } else if isSimulatedName(derived.name) || lastAmount(derived.name) != nil {
        report(
          reference,
          Wording(
            "\"\(derived.name)\" is the name of a simulated indicator; choose another name",
            "“\(derived.name)”是模拟指标的名称；请改名"))
      }
    }
  }

  // MARK: Groups

  mutating func compileGroups() {
    for group in scenario.groups {
      let conditions = group.conditions.compactMap { condition($0) }
      plan.groups.append(GroupPlan(name: group.name, conditions: conditions))
    }
  }

  private mutating func condition(_ condition: Scenario.Group.Condition) -> GroupPlan.Condition? {
    switch condition {
    case .column(let reference):
      return flagColumn(reference)
    case .indicator(let reference, let side, let threshold):
      guard let index = indicator(reference) else { return nil }
      return .indicator(index, side, slot: slot(threshold), reference)
    case .prefectures(let codes):
      warnUnknown(codes, among: plan.counties.prefectures)
      let wanted = Set(codes.map(\.name))
      return .fixed(plan.counties.counties.map { wanted.contains($0.prefecture) })
    case .counties(let codes):
      checkKnown(codes, among: plan.counties.counties.map(\.code))
      let wanted = Set(codes.map(\.name))
      return .fixed(plan.counties.counties.map { wanted.contains($0.code) })
    }
  }

  private mutating func flagColumn(_ reference: Reference) -> GroupPlan.Condition? {
    if let flags = plan.counties.flags[reference.name] { return .fixed(flags) }
    report(
      reference,
      Wording(
        "unknown column \"\(reference.name)\" of the table of counties",
        "县市区表中没有列“\(reference.name)”")
        + nearestHint(reference.name, among: plan.counties.flags.keys.sorted()))
    return nil
  }

  private mutating func checkKnown(_ codes: [Reference], among known: [String]) {
    let all = Set(known)
    for code in codes where !all.contains(code.name) {
      report(
        code,
        Wording("unknown county \"\(code.name)\"", "未知的县市区“\(code.name)”")
          + nearestHint(code.name, among: known.prefix(5_000)))
    }
  }

  /// A table may hold some prefectures only, so a group may name one that it does not have.
  private mutating func warnUnknown(_ codes: [Reference], among known: [String]) {
    for code in codes where !known.contains(code.name) {
      plan.warnings.append(
        Problem(
          code.location, path: code.path,
          Wording(
            "no county of the data is in prefecture \"\(code.name)\"",
            "数据中没有属于地州市“\(code.name)”的县市区")
            + nearestHint(code.name, among: known)))
    }
  }

  mutating func group(_ reference: Reference) -> Int? {
    if let index = scenario.groups.firstIndex(where: { $0.name == reference.name }) {
      return index
    }
    report(
      reference,
      Wording("unknown group \"\(reference.name)\"", "未知的分组“\(reference.name)”")
        + nearestHint(reference.name, among: scenario.groups.map(\.name)))
    return nil
  }

  mutating func streamMask(_ references: [Reference]?) -> [Bool] {
    guard let references else { return scenario.streams.map { _ in true } }
    let keys = scenario.streams.map(\.key)
    for reference in references where !keys.contains(reference.name) {
      report(
        reference,
        Wording("unknown stream \"\(reference.name)\"", "未知的任务方向“\(reference.name)”")
          + nearestHint(reference.name, among: keys))
    }
    return keys.map { key in references.contains { $0.name == key } }
  }

  // MARK: Columns the model knows by name

  mutating func compileColumns() {
    plan.columns.goalShare = knownIndicator("goal_share")
    plan.columns.executionFactor = knownIndicator("execution")
    plan.columns.staff = knownIndicator("staff")
    plan.columns.ruralPopulation = knownIndicator("rural_population")
    plan.columns.need = scenario.need.flatMap { indicator($0) }
    plan.columns.score = dataTable("score")
    plan.columns.effort = dataTable("effort")
    plan.columns.income = dataTable("income")
    plan.columns.assetStock = dataTable("asset_stock")
    plan.columns.monitored = dataTable("monitored")
    plan.columns.executionRate = dataTable("execution_rate")
    plan.columns.spent = dataTable("spent")
  }

  /// An indicator that may or may not be there.
  private mutating func knownIndicator(_ name: String) -> Int? {
    guard derivedByName[name] != nil || plan.panel.column(named: name) != nil else { return nil }
    return indicator(Reference(name: name, path: name, location: nil))
  }

  mutating func checkProjections() {
    for (reference, _) in scenario.projections
    where plan.panel.column(named: reference.name) == nil {
      report(
        reference,
        Wording(
          "unknown indicator \"\(reference.name)\"; only columns of the data can be projected",
          "未知的指标“\(reference.name)”；只有数据列可以外推")
          + nearestHint(reference.name, among: plan.panel.columns.map(\.name)))
    }
  }
}
