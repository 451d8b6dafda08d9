import PolicyModel

extension ScenarioReader {
  private static let behaviourKeys = [
    "reach", "effort", "levels", "pipeline", "assets", "income", "monitored", "score_noise",
  ]

  func behaviour(_ root: Fields) -> Behaviour? {
    guard let node = root["behaviour"],
      let fields = reader.fields(node, "behaviour", known: ScenarioReader.behaviourKeys)
    else { return nil }
    return Behaviour(
      reach: reader.parameter(
        fields, "reach", .number(1e-6...FieldReader.largestNumber), defaultValue: 10),
      effort: effort(fields), levels: levels(fields), pipeline: pipeline(fields),
      assets: assets(fields), income: income(fields), monitored: monitored(fields),
      scoreNoise: reader.parameter(fields, "score_noise", .notNegative, defaultValue: 0))
  }

  /// A block of numbers that are 0 unless given.
  private func block(_ fields: Fields, _ key: String, _ known: [String]) -> Fields? {
    fields[key].flatMap { reader.fields($0, joined(fields.path, key), known: known) }
  }

  private func number(_ fields: Fields, _ key: String, _ rule: NumberRule = .any) -> Parameter {
    reader.parameter(fields, key, rule, defaultValue: 0)
  }

  private func effort(_ fields: Fields) -> Behaviour.Effort? {
    block(fields, "effort", ["start", "adjustment", "response"]).map { inner in
      Behaviour.Effort(
        start: reader.parameter(inner, "start", .share, defaultValue: 0.5),
        adjustment: number(inner, "adjustment"), response: number(inner, "response"))
    }
  }

  private func levels(_ fields: Fields) -> [Behaviour.Level] {
    guard let node = fields["levels"] else { return [] }
    return reader.namedEntries(node, "behaviour.levels").compactMap { entry in
      let path = "behaviour.levels.\(entry.key)"
      if entry.key == "execution" {
        reader.report(
          entry.location, path,
          Wording(
            "the level of execution follows from the execution rate and cannot respond by itself",
            "execution 的水平由预算执行率决定，不能单独设置响应"))
      }
      guard
        let inner = reader.fields(
          entry.value, path, known: ["persistence", "response", "noise"])
      else { return nil }
      return Behaviour.Level(
        indicator: Reference(name: entry.key, path: path, location: entry.location),
        persistence: number(inner, "persistence"), response: number(inner, "response"),
        noise: number(inner, "noise", .notNegative))
    }
  }

  private func pipeline(_ fields: Fields) -> Behaviour.Pipeline? {
    block(fields, "pipeline", ["growth", "response"]).map { inner in
      Behaviour.Pipeline(growth: number(inner, "growth"), response: number(inner, "response"))
    }
  }

  private func assets(_ fields: Fields) -> Behaviour.Assets? {
    let known = ["depreciation", "fixed_share", "return", "asset_indicator"]
    return block(fields, "assets", known).map { inner in
      Behaviour.Assets(
        depreciation: number(inner, "depreciation", .share),
        fixedShare: number(inner, "fixed_share", .notNegative),
        returnRate: number(inner, "return"),
        indicator: reader.reference(inner, "asset_indicator"))
    }
  }

  private func income(_ fields: Fields) -> Behaviour.Income? {
    block(fields, "income", ["growth", "noise"]).map { inner in
      Behaviour.Income(
        growth: number(inner, "growth"), noise: number(inner, "noise", .notNegative))
    }
  }

  private func monitored(_ fields: Fields) -> Behaviour.Monitored? {
    block(fields, "monitored", ["inflow", "relief", "cost"]).map { inner in
      Behaviour.Monitored(
        inflow: number(inner, "inflow"), relief: number(inner, "relief", .notNegative),
        cost: number(inner, "cost", .amount))
    }
  }
}
