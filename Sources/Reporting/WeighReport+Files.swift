import Documents
import PolicyModel
import WeightFitting

extension WeighReport {
  // MARK: JSON

  /// One method: its weights at the top; several: one object each under `methods`.
  public var json: String {
    let common: [(key: String, value: JSONText.Value)] = [
      ("source", .text(subject.file)),
      ("year", subject.year.map { .number(Double($0)) } ?? .null),
      ("rows", .number(Double(subject.units.count))),
      (
        "less_is_more",
        .list(zip(subject.indicators, subject.costs).filter(\.1).map { .text($0.0) })
      ),
      ("provenance", .list(provenance.map { .text($0) })),
      ("status", .list(statuses.map { .text($0) })),
    ]
    let whole: [(key: String, value: JSONText.Value)]
    if results.count == 1 {
      whole = entries(0) + common
    } else {
      let methods = results.indices.map {
        (key: results[$0].method.name, value: JSONText.Value.object(entries($0)))
      }
      whole = [("methods", .object(methods))] + common
    }
    return JSONText.text(.object(whole + officialEntries)) + "\n"
  }

  private func byIndicator(_ values: [Double]) -> JSONText.Value {
    .object(zip(subject.indicators, values).map { (key: $0, value: .number($1)) })
  }

  private var officialEntries: [(key: String, value: JSONText.Value)] {
    guard let official else { return [] }
    var entries = [(key: "weights", value: byIndicator(official))]
    if case .known(_, let equal, let effect?) = effects {
      entries.append(("allocation", allocation(effect, equal, nil)))
    }
    return [("in_force", .object(entries))]
  }

  private func entries(_ index: Int) -> [(key: String, value: JSONText.Value)] {
    let result = results[index]
    var entries = [(key: "weights", value: byIndicator(result.weights))]
    if let hierarchy = result.hierarchy { entries += hierarchyEntries(hierarchy) }
    entries.append(("method", .text(result.method.name)))
    if let objective = result.objective { entries += objectiveEntries(objective) }
    switch effects {
    case .known(let methods, let equal, let official):
      entries.append(("allocation", allocation(methods[index], equal, official)))
    case .unknown(let reason):
      entries.append(("allocation", .null))
      entries.append(("allocation_missing", .text(reason.text(in: language))))
    }
    return entries
  }

  private func objectiveEntries(
    _ objective: ObjectiveWeights
  ) -> [(key: String, value: JSONText.Value)] {
    var entries: [(key: String, value: JSONText.Value)] = [
      ("normalization", objective.normalization.map { .text($0.rawValue) } ?? .null),
      (
        "working",
        .object(
          objective.figures.map { (key: $0.figure.rawValue, value: byIndicator($0.values)) })
      ),
    ]
    if !objective.eigenvalues.isEmpty {
      entries.append(("eigenvalues", .list(objective.eigenvalues.map { .number($0) })))
      entries.append(("kept", .number(Double(objective.keptCount))))
    }
    return entries
  }

  private func allocation(
    _ effect: WeightEffect, _ equal: WeightEffect, _ official: WeightEffect?
  ) -> JSONText.Value {
    var entries: [(key: String, value: JSONText.Value)] = [
      ("gini", .number(effect.gini)), ("largest_share", .number(effect.largest)),
      ("smallest_share", .number(effect.smallest)),
      ("moved_from_equal", .number(effect.moved(from: equal))),
    ]
    if let official {
      entries.append(("moved_from_in_force", .number(effect.moved(from: official))))
    }
    let shares = zip(subject.units, effect.shares)
    entries.append(
      ("shares", .object(shares.map { (key: $0.code, value: .number($1)) })))
    return .object(entries)
  }

  private func hierarchyEntries(
    _ hierarchy: AnalyticHierarchy
  ) -> [(key: String, value: JSONText.Value)] {
    [
      ("consistency_ratio", .number(hierarchy.largestRatio)),
      ("consistent", .literal(hierarchy.isAcceptable ? "true" : "false")),
      ("total_consistency_ratio", .number(hierarchy.totalRatio)),
      ("criteria", .list(hierarchy.levels.map { level($0) })),
    ]
  }

  private func level(_ level: AnalyticHierarchy.Level) -> JSONText.Value {
    let own = level.consistency
    let names = level.judgements.names
    func pair(_ judgement: Judgement, _ more: [(key: String, value: JSONText.Value)])
      -> JSONText.Value
    {
      .object(
        [("more", .text(names[judgement.first])), ("less", .text(names[judgement.second]))] + more)
    }
    return .object([
      ("criterion", .text(level.name)), ("weight", .number(level.weight)),
      (
        "local_weights",
        .object(zip(names, level.localWeights).map { (key: $0, value: .number($1)) })
      ),
      ("largest_eigenvalue", .number(own.largestEigenvalue)),
      ("consistency_index", .number(own.index)), ("random_index", .number(own.randomIndex)),
      ("consistency_ratio", .number(own.ratio)),
      ("incomplete_consistency_ratio", own.incompleteRatio.map { .number($0) } ?? .null),
      ("alonso_lamata_ratio", .number(own.alonsoLamataRatio)),
      ("consistent", .literal(own.isAcceptable ? "true" : "false")),
      ("testable", .literal(own.isTestable ? "true" : "false")),
      ("converged", .literal(level.isConverged ? "true" : "false")),
      ("filled_in", .list(level.completed.map { pair($0, [("times", .number($0.ratio))]) })),
      (
        "worst",
        .list(
          own.worst.map {
            pair(
              $0.judgement,
              [
                ("times", .number($0.judgement.ratio)), ("would_fit", .number($0.fittingRatio)),
                ("ratio_after", .number($0.ratioAfter)),
              ])
          })
      ),
    ])
  }

  // MARK: CSV files

  /// `weights.csv`: method × indicator.
  public var weightsCSV: String {
    let named =
      results.map { ($0.method.name, $0.weights) } + (official.map { [("in_force", $0)] } ?? [])
    var text = "method,indicator,weight,data\n"
    for (name, weights) in named {
      for (indicator, weight) in zip(subject.indicators, weights) {
        text += "\(name),\(CSVText.escaped(indicator)),\(NumberText.significant(weight)),"
        text += marks([indicator]).mark.rawValue + "\n"
      }
    }
    return text
  }

  /// `shares.csv`: method × unit, with money where there is a pool; nil where there are no shares.
  public var sharesCSV: String? {
    guard case .known(let methods, let equal, let official) = effects else { return nil }
    var named = zip(results, methods).map { ($0.method.name, $1) }
    if !results.contains(where: { $0.method == .objective(.equal) }) {
      named.append(("equal", equal))
    }
    if let official { named.append(("in_force", official)) }
    let data = marks.mark.rawValue
    var text = "method,code,share" + (pool == nil ? "" : ",amount") + ",data\n"
    for (name, effect) in named {
      for (unit, share) in zip(subject.units, effect.shares) {
        text += "\(name),\(CSVText.escaped(unit.code)),\(NumberText.significant(share)),"
        if let pool {
          text += NumberText.fixed(share * Double(pool.fen) / 100, decimals: 2) + ","
        }
        text += data + "\n"
      }
    }
    return text
  }
}
