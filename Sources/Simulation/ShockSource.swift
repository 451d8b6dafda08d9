/// A yearly shock of a county (model, section 10).
enum ShockSource: Sendable, Hashable {
  /// The score's noise.
  case score
  /// The noise of income.
  case income
  /// The noise of a responsive level, by its index among them.
  case level(Int)
}

extension Plan {
  /// Lays out the sources whose σ is not 0 in some year or draw.
  mutating func findShockSources() {
    guard let behaviour else { return }
    var sources: [(source: ShockSource, slot: Int)] = []
    if assessment != nil { sources.append((.score, behaviour.scoreNoise)) }
    if let income = behaviour.income { sources.append((.income, income.noise)) }
    for (index, level) in behaviour.levels.enumerated() {
      sources.append((.level(index), level.noise))
    }
    shockSources = sources.filter { entry in
      isUncertain[entry.slot]
        || scenario.years.contains { parameters[entry.slot].value(in: $0) != 0 }
    }.map(\.source)
  }

  /// The name by which a source's draws are made.
  func name(of source: ShockSource) -> String {
    switch source {
    case .score: "score"
    case .income: "income"
    case .level(let index): "level_" + (behaviour?.levels[index].key ?? "")
    }
  }
}
