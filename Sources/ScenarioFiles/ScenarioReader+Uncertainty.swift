import PolicyModel

extension ScenarioReader {
  /// The keys of each distribution, those that must be given first.
  private static let distributionKeys = [
    "normal": ["sd", "mean"], "uniform": ["low", "high"], "triangular": ["low", "mode", "high"],
    "lognormal": ["sigma", "median"], "dirichlet": ["concentration"],
  ]

  func uncertainty(_ root: Fields) -> [Uncertainty] {
    guard let node = root["uncertainty"] else { return [] }
    return reader.namedEntries(node, "uncertainty").compactMap { uncertainty($0) }
  }

  private func uncertainty(_ entry: YAMLNode.Entry) -> Uncertainty? {
    let path = "uncertainty.\(entry.key)"
    guard entry.value.entries != nil else {
      reader.reportType(
        entry.value, path,
        Wording(
          "a distribution, such as { distribution: uniform, low: 0, high: 0.1 },",
          "分布，例如 { distribution: uniform, low: 0, high: 0.1 }"))
      return nil
    }
    let names = ["normal", "uniform", "triangular", "lognormal", "dirichlet"]
    let all = Fields(node: entry.value, path: path)
    guard all.has("distribution") else {
      reader.reportMissing(all, "distribution")
      return nil
    }
    guard let name = reader.word(all, "distribution", among: names) else { return nil }
    let own = ScenarioReader.distributionKeys[name] ?? []
    let shared = name == "dirichlet" ? [] : ["apply", "lowest", "highest"]
    guard reader.fields(entry.value, path, known: ["distribution"] + own + shared) != nil else {
      return nil
    }
    let application =
      reader.word(all, "apply", among: Uncertainty.Application.allCases.map(\.rawValue))
      .flatMap { Uncertainty.Application(rawValue: $0) } ?? .value
    var numbers = DistributionNumbers(
      fields: all, reader: reader, isSigned: application == .shift)
    let distribution = numbers.distribution(name, application)
    let bounds = (numbers.optional("lowest"), numbers.optional("highest"))
    if numbers.isMixed {
      reader.report(
        entry.location, path,
        Wording(
          "some of the numbers are amounts with a unit and some are not; write all of them alike",
          "部分数字带金额单位而部分不带；请统一写法"))
      return nil
    }
    if let lowest = bounds.0, let highest = bounds.1, lowest > highest {
      reader.report(
        all["highest"]?.location ?? entry.location, joined(path, "highest"),
        Wording("lowest is above highest; exchange them", "lowest 大于 highest；请对调"))
      return nil
    }
    guard let distribution else { return nil }
    return Uncertainty(
      parameter: Reference(name: entry.key, path: path, location: entry.location),
      distribution: distribution, application: application, lowest: bounds.0, highest: bounds.1,
      isAmount: numbers.amounts > 0)
  }
}

/// Reads the numbers of a distribution: plain, or amounts of money in fen.
private struct DistributionNumbers {
  let fields: Fields
  let reader: FieldReader
  /// Whether amounts may be negative, as those that are added to a parameter may.
  let isSigned: Bool
  private(set) var amounts = 0
  private var plain = 0

  init(fields: Fields, reader: FieldReader, isSigned: Bool) {
    self.fields = fields
    self.isSigned = isSigned
    self.reader = reader
  }

  var isMixed: Bool { amounts > 0 && plain > 0 }

  mutating func optional(_ key: String) -> Double? {
    guard let node = fields[key] else { return nil }
    let path = joined(fields.path, key)
    if let text = node.text, case .scalar(_, true) = node.content, reader.coreNumber(text) != nil {
      plain += 1
      return reader.parameter(node, path, .any)?.steps[0].value
    }
    if let text = node.text, text.contains(where: { $0.isNumber }) {
      amounts += 1
      return reader.amount(node, path, isSigned: isSigned).map { Double($0) }
    }
    if node.entries != nil {
      reader.reportType(
        node, path,
        Wording(
          "one number for all years (apply: factor keeps a timeline)",
          "适用于各年的一个数（apply: factor 可保留时间线）"))
      return nil
    }
    return reader.parameter(node, path, .any)?.steps[0].value
  }

  private mutating func required(_ key: String) -> Double? {
    if !fields.has(key) { reader.reportMissing(fields, key) }
    return optional(key)
  }

  /// The centre: required for a value, 1 for a factor and 0 for a shift unless given.
  private mutating func centre(
    _ key: String, _ application: Uncertainty.Application
  ) -> Double? {
    switch application {
    case .value: required(key)
    case .factor: fields.has(key) ? optional(key) : 1
    case .shift: fields.has(key) ? optional(key) : 0
    }
  }

  mutating func distribution(
    _ name: String, _ application: Uncertainty.Application
  ) -> Uncertainty.Distribution? {
    switch name {
    case "normal":
      guard let sd = required("sd"), let mean = centre("mean", application) else { return nil }
      return checked(sd >= 0, "sd") ? .normal(mean: mean, sd: sd) : nil
    case "uniform":
      guard let low = required("low"), let high = required("high") else { return nil }
      return checked(low < high, "high") ? .uniform(low: low, high: high) : nil
    case "triangular":
      guard let low = required("low"), let mode = required("mode"), let high = required("high")
      else { return nil }
      let isGood = low <= mode && mode <= high && low < high
      return checked(isGood, "mode") ? .triangular(low: low, mode: mode, high: high) : nil
    case "lognormal":
      guard let sigma = required("sigma"), let median = centre("median", application) else {
        return nil
      }
      // A shape is a plain number, even where the median is an amount.
      plain -= 1
      let isGood = (0...10).contains(sigma) && median > 0
      return checked(isGood, "sigma") ? .lognormal(median: median, sigma: sigma) : nil
    default:
      guard let concentration = required("concentration") else { return nil }
      return checked(concentration > 0, "concentration")
        ? .dirichlet(concentration: concentration) : nil
    }
  }

  private func checked(_ isGood: Bool, _ key: String) -> Bool {
    if isGood || isMixed { return isGood }
    reader.report(
      fields[key]?.location ?? fields.node.location, joined(fields.path, key),
      Wording(
        "the numbers make no distribution: sd ≥ 0, low < high with mode between them, "
          + "sigma from 0 to 10 with median > 0, concentration > 0",
        "参数不构成分布：须 sd ≥ 0、low < high 且 mode 居中、sigma 在0到10之间且 median > 0、concentration > 0"))
    return false
  }
}
