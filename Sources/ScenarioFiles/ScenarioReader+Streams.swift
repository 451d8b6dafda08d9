import PolicyModel

extension ScenarioReader {
  private static let streamKeys = [
    "title", "title_zh", "pool", "eligible", "tiers", "county_factors", "factors", "coefficients",
    "guarantees", "floor", "cap", "minimum", "published",
  ]

  func streams(_ root: Fields) -> [StreamPolicy] {
    guard let node = root["streams"] else {
      reader.reportMissing(root, "streams")
      return []
    }
    let entries = reader.namedEntries(node, "streams")
    if entries.isEmpty && node.entries != nil {
      reader.report(
        node.location, "streams", Wording("there is no stream; add one", "没有任务方向；请至少添加一个"))
    }
    return entries.compactMap { stream($0) }
  }

  private func stream(_ entry: YAMLNode.Entry) -> StreamPolicy? {
    let path = "streams.\(entry.key)"
    checkName(entry, path)
    guard let fields = reader.fields(entry.value, path, known: ScenarioReader.streamKeys)
    else { return nil }
    return StreamPolicy(
      key: entry.key, title: reader.title(fields, otherwise: entry.key), location: entry.location,
      pool: pool(fields), eligible: eligible(fields), tiers: tiers(fields),
      factors: factors(fields, "factors"), coefficients: coefficients(fields),
      guarantees: guarantees(fields), floor: reader.parameter(fields, "floor", .notNegative),
      cap: reader.parameter(fields, "cap", .notNegative),
      minimum: reader.parameter(fields, "minimum", .amount),
      published: reader.reference(fields, "published"))
  }

  private func eligible(_ fields: Fields) -> Reference? {
    guard let group = reader.reference(fields, "eligible"), group.name != "all" else { return nil }
    return group
  }

  /// The pool; stands as 0 while its problem is reported.
  private func pool(_ fields: Fields) -> StreamPolicy.Pool {
    let path = joined(fields.path, "pool")
    let none = Parameter(path: path, defaultValue: 0)
    guard let node = fields["pool"] else {
      reader.reportMissing(fields, "pool")
      return StreamPolicy.Pool(amount: none, growth: nil)
    }
    if node.entries == nil || node.isTimeline {
      let amount = reader.parameter(node, path, .amount)
      return StreamPolicy.Pool(amount: amount ?? none, growth: nil)
    }
    guard let inner = reader.fields(node, path, known: ["amount", "growth"]) else {
      return StreamPolicy.Pool(amount: none, growth: nil)
    }
    return StreamPolicy.Pool(
      amount: reader.requiredParameter(inner, "amount", .amount),
      growth: reader.parameter(inner, "growth", .growth))
  }

  private func tiers(_ fields: Fields) -> StreamPolicy.Tiers {
    let word = reader.word(fields, "tiers", among: ["direct", "prefecture"])
    let own = fields.has("county_factors") ? factors(fields, "county_factors") : nil
    return word == "prefecture" ? .prefecture(countyFactors: own) : .direct
  }

  // MARK: Factors

  private func factors(_ fields: Fields, _ key: String) -> [StreamPolicy.Factor] {
    guard let node = fields[key] else {
      reader.reportMissing(fields, key)
      return []
    }
    let path = joined(fields.path, key)
    let entries = reader.namedEntries(node, path)
    if entries.isEmpty && node.entries != nil {
      reader.report(
        node.location, path, Wording("there is no factor; add one", "没有因素；请至少添加一个"))
    }
    return entries.compactMap { factor($0, joined(path, $0.key)) }
  }

  private static let transformKeys = [
    "indicator", "transform", "scale", "reference", "exponent", "bands", "title", "title_zh",
  ]

  private func factor(_ entry: YAMLNode.Entry, _ path: String) -> StreamPolicy.Factor? {
    let known = ["weight"] + ScenarioReader.transformKeys
    guard let fields = reader.fields(entry.value, path, known: known) else { return nil }
    return StreamPolicy.Factor(
      key: entry.key, title: reader.ownTitle(fields), indicator: indicator(fields, entry),
      transform: transform(fields), scale: reader.reference(fields, "scale"),
      weight: reader.requiredParameter(fields, "weight", .notNegative))
  }

  /// The key is the indicator unless `indicator:` says otherwise.
  private func indicator(_ fields: Fields, _ entry: YAMLNode.Entry) -> Reference {
    reader.reference(fields, "indicator")
      ?? Reference(name: entry.key, path: fields.path, location: entry.location)
  }

  private func transform(_ fields: Fields) -> FactorTransform {
    switch reader.word(fields, "transform", among: FactorTransform.names) {
    case "inverse": return .inverse
    case "distance": return .distance(reference: reader.parameter(fields, "reference"))
    case "log": return .log
    case "power": return .power(exponent: reader.requiredParameter(fields, "exponent", .any))
    case "bands": return .bands(bands(fields))
    default: return .value
    }
  }

  private func bands(_ fields: Fields) -> [FactorTransform.Band] {
    let path = joined(fields.path, "bands")
    guard let node = fields["bands"] else {
      reader.reportMissing(fields, "bands")
      return []
    }
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      reader.reportType(node, path, Wording("a list of bands", "分段列表"))
      return []
    }
    let bands = items.enumerated().compactMap { index, item -> FactorTransform.Band? in
      guard
        let inner = reader.fields(item, "\(path).\(index)", known: ["from", "value"])
      else { return nil }
      return FactorTransform.Band(
        from: reader.requiredParameter(inner, "from", .any),
        value: reader.requiredParameter(inner, "value", .notNegative))
    }
    checkAscending(bands, path)
    return bands
  }

  private func checkAscending(_ bands: [FactorTransform.Band], _ path: String) {
    guard let years = reader.years else { return }
    for (lower, upper) in zip(bands, bands.dropFirst()) {
      guard let year = years.first(where: { lower.from.value(in: $0) >= upper.from.value(in: $0) })
      else { continue }
      reader.report(
        upper.from.step(in: year).location, path,
        Wording(
          "bands must ascend; \(upper.from.value(in: year)) does not follow "
            + "\(lower.from.value(in: year))",
          "分段须递增；\(upper.from.value(in: year))不大于\(lower.from.value(in: year))"))
    }
  }

  // MARK: Coefficients and guarantees

  private func coefficients(_ fields: Fields) -> [StreamPolicy.Coefficient] {
    guard let node = fields["coefficients"] else { return [] }
    let path = joined(fields.path, "coefficients")
    return reader.namedEntries(node, path).compactMap { coefficient($0, joined(path, $0.key)) }
  }

  private func coefficient(
    _ entry: YAMLNode.Entry, _ path: String
  ) -> StreamPolicy.Coefficient? {
    let known = ["by", "table"] + ScenarioReader.transformKeys
    guard let fields = reader.fields(entry.value, path, known: known) else { return nil }
    let title = reader.ownTitle(fields)
    switch reader.word(fields, "by", among: ["group", "grade"]) {
    case "group":
      let table = table(fields).map { item in
        (Reference(name: item.key, path: path, location: item.location), item.value)
      }
      return StreamPolicy.Coefficient(
        key: entry.key, title: title, source: .groups(table.map { ($0.0, $0.1) }))
    case "grade":
      return StreamPolicy.Coefficient(
        key: entry.key, title: title, source: .grades(gradeEntries(table(fields), path)))
    default:
      return StreamPolicy.Coefficient(
        key: entry.key, title: title,
        source: .indicator(
          indicator(fields, entry), transform(fields), scale: reader.reference(fields, "scale")))
    }
  }

  private func table(
    _ fields: Fields
  ) -> [(key: String, location: SourceLocation, value: Parameter)] {
    guard let node = fields["table"] else {
      reader.reportMissing(fields, "table")
      return []
    }
    return parameters(node, joined(fields.path, "table"), .notNegative)
  }

  /// A map of names to numbers.
  func parameters(
    _ node: YAMLNode, _ path: String, _ rule: NumberRule
  ) -> [(key: String, location: SourceLocation, value: Parameter)] {
    reader.namedEntries(node, path).compactMap { entry in
      reader.parameter(entry.value, joined(path, entry.key), rule).map {
        (entry.key, entry.location, $0)
      }
    }
  }

  /// The entries whose keys are grades; others are problems.
  func gradeEntries(
    _ entries: [(key: String, location: SourceLocation, value: Parameter)], _ path: String
  ) -> [(grade: Grade, multiplier: Parameter)] {
    entries.compactMap { entry in
      if let grade = Grade(letter: entry.key) { return (grade, entry.value) }
      reader.report(
        entry.location, path,
        Wording(
          "unknown grade \"\(entry.key)\"; grades are A, B, C and D",
          "未知的等级“\(entry.key)”；等级为A、B、C、D"))
      return nil
    }
  }

  private func guarantees(_ fields: Fields) -> [StreamPolicy.Guarantee] {
    guard let node = fields["guarantees"] else { return [] }
    let path = joined(fields.path, "guarantees")
    guard case .sequence(let items) = node.content else {
      reader.reportType(node, path, Wording("a list of guarantees", "保障比例列表"))
      return []
    }
    return items.enumerated().compactMap { index, item in
      guard
        let inner = reader.fields(item, "\(path).\(index)", known: ["group", "share"])
      else { return nil }
      let share = reader.requiredParameter(inner, "share", .share)
      guard let group = reader.reference(inner, "group") else {
        if !inner.has("group") { reader.reportMissing(inner, "group") }
        return nil
      }
      return StreamPolicy.Guarantee(group: group, share: share)
    }
  }
}
