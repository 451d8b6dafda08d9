import PolicyModel

extension PlanCompiler {
  static let simulatedNames = [
    "score", "effort", "income", "asset_stock", "monitored", "execution_rate", "spent",
  ]

  /// Whether a name belongs to the simulation, switched on or not.
  func isSimulatedName(_ name: String) -> Bool {
    if PlanCompiler.simulatedNames.contains(name) { return true }
    if let stream = suffix(of: name, after: "pipeline_") {
      return scenario.streams.contains { $0.key == stream }
    }
    guard let level = suffix(of: name, after: "level_") else { return false }
    return scenario.assessment?.indicators.contains { $0.key == level } ?? false
      || scenario.behaviour?.levels.contains { $0.indicator.name == level } ?? false
  }

  private func suffix(of name: String, after prefix: String) -> String? {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  /// The simulated variable of a name whose part is switched on.
  func stateVariable(_ name: String) -> StateVariable? {
    let behaviour = scenario.behaviour
    switch name {
    case "score": return scenario.assessment == nil ? nil : .score
    case "effort": return behaviour?.effort == nil ? nil : .effort
    case "income": return behaviour?.income == nil ? nil : .income
    case "asset_stock": return behaviour?.assets == nil ? nil : .assetStock
    case "monitored": return behaviour?.monitored == nil ? nil : .monitored
    case "execution_rate": return .executionRate
    case "spent": return .spent
    default: break
    }
    if let key = suffix(of: name, after: "level_") {
      return behaviour?.levels.firstIndex { $0.indicator.name == key }.map { .level($0) }
    }
    if let key = suffix(of: name, after: "pipeline_"), behaviour?.pipeline != nil {
      return scenario.streams.firstIndex { $0.key == key }.map { .pipeline($0) }
    }
    return nil
  }

  /// `<stream>_base` or `<stream>_final`.
  func lastAmount(_ name: String) -> LastAmount? {
    for (index, stream) in scenario.streams.enumerated() {
      if name == stream.key + "_base" { return .base(stream: index) }
      if name == stream.key + "_final" { return .final(stream: index) }
    }
    return nil
  }

  /// The index of an indicator; reports an unknown name or a circle.
  mutating func indicator(_ reference: Reference, inFormula: Bool = false) -> Int? {
    let name = reference.name
    if let index = indicatorIndex[name] {
      if case .lastAmount = plan.indicators[index].source, !inFormula {
        reportFormulaOnly(reference)
        return nil
      }
      return index
    }
    if let derived = derivedByName[name] { return resolve(derived, reader: reference) }
    if let variable = stateVariable(name) { return add(name, .state(variable)) }
    if plan.panel.column(named: name) != nil || PlanCompiler.simulatedNames.contains(name) {
      return addData(name)
    }
    if let amount = lastAmount(name) {
      if inFormula { return add(name, .lastAmount(amount)) }
      reportFormulaOnly(reference)
      return nil
    }
    reportUnknown(reference)
    return nil
  }

  private mutating func reportFormulaOnly(_ reference: Reference) {
    report(
      reference,
      Wording(
        "\"\(reference.name)\" is a name of formulas only; make a derived indicator of it",
        "“\(reference.name)”只能用于公式；请先定义派生指标"))
  }

  private mutating func reportUnknown(_ reference: Reference) {
    report(
      reference,
      Wording("unknown indicator \"\(reference.name)\"", "未知的指标“\(reference.name)”")
        + nearestHint(reference.name, among: knownNames))
  }

  /// Every name that an indicator may have here.
  var knownNames: [String] {
    plan.panel.columns.map(\.name) + scenario.derived.map(\.name)
      + PlanCompiler.simulatedNames.filter { stateVariable($0) != nil }
      + (scenario.behaviour?.levels.map { "level_" + $0.indicator.name } ?? [])
      + scenario.streams.flatMap { [$0.key + "_base", $0.key + "_final"] }
  }

  private mutating func add(
    _ name: String, _ source: IndicatorPlan.Source, table: [Double] = []
  ) -> Int {
    plan.indicators.append(IndicatorPlan(name: name, source: source, table: table))
    indicatorIndex[name] = plan.indicators.count - 1
    return plan.indicators.count - 1
  }

  private mutating func addData(_ name: String) -> Int {
    add(name, .data, table: dataTable(name))
  }

  private mutating func resolve(
    _ derived: Scenario.DerivedIndicator, reader: Reference
  ) -> Int? {
    if unresolvable.contains(derived.name) { return nil }
    if resolving.contains(derived.name) {
      let circle = (resolving.drop { $0 != derived.name } + [derived.name]).joined(separator: " → ")
      report(
        Reference(
          name: derived.name, path: "derived.\(derived.name)", location: derived.location),
        Wording("formulas refer to each other in a circle: \(circle)", "公式循环引用：\(circle)"))
      return nil
    }
    resolving.append(derived.name)
    defer { resolving.removeLast() }
    let reference = Reference(
      name: derived.name, path: "derived.\(derived.name)", location: derived.location)
    guard !isTooDeep(resolving.count, reference), let node = node(derived.formula, reference),
      !isTooDeep(depth(below: derived.formula), reference)
    else {
      unresolvable.insert(derived.name)
      return nil
    }
    derivedDepth[derived.name] = depth(below: derived.formula)
    let isStatic = isStatic(node)
    let size = isStatic ? 1 : writtenOutSize(derived.formula)
    if isTooLarge(size, reference) {
      unresolvable.insert(derived.name)
      return nil
    }
    derivedSize[derived.name] = size
    return add(
      derived.name, .formula(node, isStatic: isStatic, location: derived.location))
  }

  private func depth(below formula: Formula) -> Int {
    formula.names.reduce(0) { max($0, (derivedDepth[$1] ?? -1) + 1) }
  }

  /// Refuses chains of derived indicators that would exhaust the stack.
  private mutating func isTooDeep(_ depth: Int, _ reference: Reference) -> Bool {
    if depth <= 50 { return false }
    report(
      reference,
      Wording(
        "derived indicators rest on each other more than 50 deep; merge some of them",
        "派生指标相互引用超过50层；请合并其中一些"))
    return true
  }

  private func writtenOutSize(_ formula: Formula) -> Int {
    if case .name(let name) = formula { return derivedSize[name] ?? 1 }
    return formula.children.reduce(1) { $0 + writtenOutSize($1) }
  }

  /// Refuses what would grow without end: each of forty lines that doubles the one before.
  private mutating func isTooLarge(_ size: Int, _ reference: Reference) -> Bool {
    if size <= 10_000 { return false }
    report(
      reference,
      Wording(
        "the formula takes more than 10,000 steps with all derived indicators written out; "
          + "use each of them less often",
        "将所引用的派生指标全部展开后，公式超过10000步；请减少重复引用"))
    return true
  }

  private func isStatic(_ node: FormulaNode) -> Bool {
    switch node {
    case .number: true
    case .indicator(let index): plan.indicators[index].isStatic
    case .negated(let x), .not(let x): isStatic(x)
    case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b):
      isStatic(a) && isStatic(b)
    case .choice(let c, let a, let b): isStatic(c) && isStatic(a) && isStatic(b)
    case .function(_, let list), .aggregate(_, let list, _): list.allSatisfy { isStatic($0) }
    }
  }

  private mutating func node(_ formula: Formula, _ reader: Reference) -> FormulaNode? {
    switch formula {
    case .number(let value): return .number(value)
    case .name(let name):
      let reference = Reference(name: name, path: reader.path, location: reader.location)
      return indicator(reference, inFormula: true).map { .indicator($0) }
    default: break
    }
    let children = formula.children.map { node($0, reader) }
    let parts = children.compactMap { $0 }
    if parts.count < children.count { return nil }
    return compound(formula, parts)
  }

  private mutating func compound(_ formula: Formula, _ parts: [FormulaNode]) -> FormulaNode? {
    switch formula {
    case .number, .name: return nil
    case .negated: return .negated(parts[0])
    case .not: return .not(parts[0])
    case .binary(let sign, _, _): return .binary(sign, parts[0], parts[1])
    case .and: return .and(parts[0], parts[1])
    case .or: return .or(parts[0], parts[1])
    case .choice: return .choice(parts[0], parts[1], parts[2])
    case .function(let function, _): return .function(function, parts)
    case .aggregate(let aggregate, _):
      plan.aggregateCount += 1
      return .aggregate(aggregate, parts, id: plan.aggregateCount - 1)
    }
  }

  /// A column of the data by year and county: the year's value, or the latest before it grown by
  /// the projections of the years after it; NaN where there is none.
  ///
  /// Money in currency units.
  func dataTable(_ name: String) -> [Double] {
    guard let column = plan.panel.column(named: name) else { return [] }
    let growth = scenario.projections.last { $0.indicator.name == name }?.growth
    let size = columnSize(name)
    let countyCount = plan.countyCount
    var table = [Double](repeating: .nan, count: years.count * countyCount)
    for (yearIndex, year) in years.enumerated() {
      let past = plan.panel.years.indices.filter { plan.panel.years[$0] <= year }.reversed()
      for county in 0..<countyCount {
        guard
          let found = past.first(where: { !column.values[$0 * countyCount + county].isNaN })
        else { continue }
        var value = column.values[found * countyCount + county]
        if let growth { value = grown(value, by: growth, after: plan.panel.years[found], to: year) }
        table[yearIndex * countyCount + county] = value * size
      }
    }
    return table
  }

  private func grown(_ value: Double, by growth: Parameter, after first: Int, to last: Int)
    -> Double
  {
    var result = value
    var year = first + 1
    while year <= last {
      result *= 1 + growth.value(in: year)
      year += 1
    }
    return result
  }

  /// The size of a money column's unit in currency units; 1 for any other column.
  private func columnSize(_ name: String) -> Double {
    guard isMoneyColumn(name), let unit = plan.panel.descriptions[name]?.unit, !unit.isEmpty else {
      return 1
    }
    return scenario.currency.size(ofColumnUnit: unit) ?? 1
  }

  func isMoneyColumn(_ name: String) -> Bool {
    ["asset_stock", "income", "spent"].contains(name)
      || name.hasPrefix("previous_") || name.hasPrefix("pipeline_")
      || scenario.streams.contains { $0.published?.name == name }
  }
}
