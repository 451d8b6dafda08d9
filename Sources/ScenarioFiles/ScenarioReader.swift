import PolicyModel

/// Reads a merged scenario tree into a `Scenario`.
struct ScenarioReader {
  let tree: YAMLNode
  let file: String
  let reader = FieldReader()

  static let keys = [
    "schema", "name", "title", "title_zh", "source", "currency", "data", "years", "quantum",
    "seed", "groups", "derived", "streams", "assessment", "incentives", "gates", "carryover",
    "execution", "integration", "projections", "behaviour", "need", "uncertainty",
  ]

  /// Keys that only the file itself needs: they are gone once it is merged and swept.
  static let fileKeys = ["extends", "sweep", "provisions"]

  /// The scenario and where its data are; nil with problems if it cannot be read.
  mutating func read() -> (scenario: Scenario, data: DataPaths)? {
    guard let root = reader.fields(tree, "", known: ScenarioReader.keys + ScenarioReader.fileKeys)
    else { return nil }
    checkSchema(root)
    readCurrency(root)
    let years = years(root)
    reader.years = years
    let data = dataPaths(root)
    let name = name(root)
    let quantum = quantum(root)
    let streams = streams(root)
    guard let name, let years, let data else { return nil }
    var scenario = Scenario(
      name: name, title: reader.title(root, otherwise: name), file: file,
      currency: reader.currency, years: years, quantum: quantum, streams: streams)
    scenario.source = reader.text(root, "source") ?? ""
    scenario.seed = seed(root)
    scenario.groups = groups(root)
    scenario.derived = derived(root)
    scenario.need = reader.reference(root, "need")
    scenario.integration = reader.reference(root, "integration")
    scenario.projections = projections(root)
    readPerformance(root, &scenario)
    scenario.behaviour = behaviour(root)
    scenario.uncertainty = uncertainty(root)
    checkGradesHaveAssessment(scenario, root)
    return (scenario, data)
  }

  var problems: [Problem] { reader.problems }

  // MARK: Head

  private func checkSchema(_ root: Fields) {
    guard let schema = reader.parameter(root, "schema", .whole(0...1e6)) else { return }
    if schema.steps[0].value != 1 {
      reader.report(
        schema.steps[0].location, "schema",
        Wording(
          "schema \(Int(schema.steps[0].value)) is not known; this version reads schema 1",
          "未知的 schema 版本；本版本只读取 schema 1"))
    }
  }

  private func name(_ root: Fields) -> String? {
    guard let node = root["name"] else {
      reader.reportMissing(root, "name")
      return nil
    }
    guard let name = reader.text(node, "name") else { return nil }
    let isGood = name.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    if isGood && !name.isEmpty { return name }
    reader.report(
      node.location, "name",
      Wording(
        "\"\(name.prefix(60))\" is no name; use lower-case letters, digits and hyphens",
        "“\(name.prefix(60))”不是有效名称；请使用小写字母、数字和连字符"))
    return nil
  }

  private func readCurrency(_ root: Fields) {
    guard let node = root["currency"], let code = reader.text(node, "currency") else { return }
    if Currency.isWellFormed(code) {
      reader.currency = Currency(code: code)
    } else {
      reader.report(
        node.location, "currency",
        Wording(
          "\"\(code.prefix(20))\" is no ISO 4217 code, such as CNY or EUR",
          "“\(code.prefix(20))”不是ISO 4217货币代码（如CNY、EUR）"))
    }
  }

  private func years(_ root: Fields) -> ClosedRange<Int>? {
    guard let node = root["years"] else {
      reader.reportMissing(root, "years")
      return nil
    }
    guard case .sequence(let items) = node.content, items.count == 2 else {
      reader.reportType(node, "years", Wording("a list of two years", "两个年份的列表"))
      return nil
    }
    let values = items.compactMap { reader.parameter($0, "years", .whole(1900...2200))?.steps[0] }
    guard values.count == 2 else { return nil }
    let first = Int(values[0].value)
    let last = Int(values[1].value)
    if first <= last && last - first < 100 { return first...last }
    reader.report(
      node.location, "years",
      Wording(
        "\(first) to \(last) is no span of 1 to 100 years", "\(first)–\(last)不是1至100年的区间"))
    return nil
  }

  private func quantum(_ root: Fields) -> Money {
    let standard = Money(fen: 1_000_000)
    guard let node = root["quantum"], let fen = reader.amount(node, "quantum") else {
      return standard
    }
    if fen > 0 { return Money(fen: fen) }
    reader.report(
      node.location, "quantum", Wording("the quantum must be above 0", "最小分配单位须大于0"))
    return standard
  }

  private func seed(_ root: Fields) -> UInt64 {
    guard let node = root["seed"] else { return 1 }
    if case .scalar(let text, true) = node.content, let seed = UInt64(text) { return seed }
    reader.reportType(
      node, "seed", Wording("a whole number of 64 bits, 0 or more", "64位非负整数"))
    return 1
  }

  private func dataPaths(_ root: Fields) -> DataPaths? {
    guard let node = root["data"] else {
      reader.reportMissing(root, "data")
      return nil
    }
    guard
      let fields = reader.fields(node, "data", known: ["counties", "indicators", "workbook"])
    else { return nil }
    if fields.has("workbook") { return workbookPath(fields) }
    if !fields.has("counties") { reader.reportMissing(fields, "counties") }
    guard let counties = dataFile(fields, "counties") else { return nil }
    return .texts(counties: counties, indicators: dataFile(fields, "indicators"))
  }

  private func workbookPath(_ fields: Fields) -> DataPaths? {
    let others = ["counties", "indicators"].filter { fields.has($0) }
    for key in others {
      reader.report(
        fields[key]?.location, joined(fields.path, key),
        Wording(
          "a workbook holds both tables; remove this key or workbook:",
          "工作簿已包含两张表；请删除该键或 workbook:"))
    }
    return others.isEmpty ? dataFile(fields, "workbook").map { .workbook($0) } : nil
  }

  /// A path relative to the file that writes it.
  private func dataFile(_ fields: Fields, _ key: String) -> DataPath? {
    guard let node = fields[key], let path = reader.text(node, joined(fields.path, key)) else {
      return nil
    }
    return DataPath(
      path: resolve(path, besideFile: node.location.file), writtenAt: node.location,
      key: joined(fields.path, key))
  }

  // MARK: Groups, formulas, projections

  private func groups(_ root: Fields) -> [Scenario.Group] {
    guard let node = root["groups"] else { return [] }
    return reader.namedEntries(node, "groups").compactMap { entry in
      let path = "groups.\(entry.key)"
      checkName(entry, path)
      let known = [
        "column", "indicator", "above", "below", "prefectures", "counties", "title", "title_zh",
      ]
      guard let fields = reader.fields(entry.value, path, known: known) else { return nil }
      let conditions = conditions(fields)
      if conditions.isEmpty {
        reader.report(
          entry.location, path,
          Wording(
            "the group has no condition; give column, indicator, prefectures or counties",
            "分组没有条件；请给出 column、indicator、prefectures 或 counties"))
      }
      return Scenario.Group(
        name: entry.key, title: reader.title(fields, otherwise: entry.key),
        conditions: conditions)
    }
  }

  func checkName(_ entry: YAMLNode.Entry, _ path: String) {
    if entry.key != "all" && !entry.key.isEmpty { return }
    reader.report(
      entry.location, path,
      Wording("\"\(entry.key)\" cannot be used as a name", "“\(entry.key)”不能用作名称"))
  }

  private func conditions(_ fields: Fields) -> [Scenario.Group.Condition] {
    var list: [Scenario.Group.Condition] = []
    if let column = reader.reference(fields, "column") { list.append(.column(column)) }
    if let indicator = reader.reference(fields, "indicator") {
      for (key, side) in [("above", Gate.Side.above), ("below", Gate.Side.below)] {
        if let bound = reader.parameter(fields, key) {
          list.append(.indicator(indicator, side, bound))
        }
      }
      if !fields.has("above") && !fields.has("below") { reader.reportMissing(fields, "above") }
    }
    if let node = fields["prefectures"] {
      list.append(.prefectures(reader.references(node, joined(fields.path, "prefectures"))))
    }
    if let node = fields["counties"] {
      list.append(.counties(reader.references(node, joined(fields.path, "counties"))))
    }
    return list
  }

  private func derived(_ root: Fields) -> [Scenario.DerivedIndicator] {
    guard let node = root["derived"] else { return [] }
    return reader.namedEntries(node, "derived").compactMap { entry in
      let path = "derived.\(entry.key)"
      guard let text = reader.text(entry.value, path) else { return nil }
      if (try? FormulaParser.parse(entry.key)) != .name(entry.key) {
        reader.report(
          entry.location, path,
          Wording(
            "a derived name is a letter or _, then letters, digits, _",
            "派生指标名须以字母或_开头，由字母、数字、_组成"))
        return nil
      }
      return formula(entry, text, path)
    }
  }

  private func formula(
    _ entry: YAMLNode.Entry, _ text: String, _ path: String
  ) -> Scenario.DerivedIndicator? {
    do throws(FormulaFault) {
      let formula = try FormulaParser.parse(text)
      return Scenario.DerivedIndicator(
        name: entry.key, formula: formula, text: text, location: entry.value.location)
    } catch {
      let place = entry.value.location
      let isQuoted =
        if case .scalar(_, let isPlain) = entry.value.content { !isPlain } else { false }
      reader.report(
        SourceLocation(
          file: place.file, line: place.line,
          column: place.column + error.column - (isQuoted ? 0 : 1)),
        path, error.wording)
      return nil
    }
  }

  private func projections(
    _ root: Fields
  ) -> [(indicator: Reference, growth: Parameter)] {
    guard let node = root["projections"] else { return [] }
    return reader.namedEntries(node, "projections").compactMap { entry in
      let path = "projections.\(entry.key)"
      return reader.parameter(entry.value, path, .growth).map {
        (Reference(name: entry.key, path: path, location: entry.location), $0)
      }
    }
  }
}

/// A data file that a scenario names.
struct DataPath: Hashable {
  let path: String
  let writtenAt: SourceLocation
  let key: String
}

/// Where a scenario's data are.
enum DataPaths {
  /// A text file each.
  case texts(counties: DataPath, indicators: DataPath?)
  /// A workbook with a sheet each.
  case workbook(DataPath)

  /// Every file.
  var all: [DataPath] {
    switch self {
    case .texts(let counties, let indicators): [counties] + [indicators].compactMap { $0 }
    case .workbook(let path): [path]
    }
  }
}
