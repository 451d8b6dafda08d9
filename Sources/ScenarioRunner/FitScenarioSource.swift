import Comparison
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation
import WeightFitting

/// A stream of a scenario with published amounts: factors, coefficients, floors and caps as its rules
/// make them.
public struct FitScenarioSource: Sendable {
  /// The scenario's file.
  public var path: String
  /// The stream's key; nil for the only one with published amounts.
  public var stream: String?
  /// Indicators that take the place of the stream's factors; nil for these.
  public var factors: [String]?
  /// The years, each a pool; nil for the run's first.
  public var years: [Int]?

  /// Makes a source.
  public init(
    path: String, stream: String? = nil, factors: [String]? = nil, years: [Int]? = nil
  ) {
    self.path = path
    self.stream = stream
    self.factors = factors
    self.years = years
  }

  func input() throws(RunFailure) -> FitInput {
    let loaded = try LoadedRun.plans([path])
    let plan = loaded.plans[0]
    let index = try streamIndex(plan.scenario)
    try refuse(plan.scenario.streams[index])
    var rows = FitScenarioRows(plan, stream: index)
    for year in years ?? [plan.scenario.years.lowerBound] {
      try rows.add(try ledger(plan, index, year), year: year, file: path)
    }
    return try rows.input(file: path, inputs: loaded.inputs)
  }

  private func streamIndex(_ scenario: Scenario) throws(RunFailure) -> Int {
    let keys = scenario.streams.map(\.key)
    if let stream {
      if let index = keys.firstIndex(of: stream) { return index }
      throw badInput(
        Wording("unknown stream \"\(stream)\"", "未知的任务方向“\(stream)”")
          + nearestHint(stream, among: keys))
    }
    let published = keys.indices.filter { scenario.streams[$0].published != nil }
    if published.count == 1 { return published[0] }
    throw badInput(
      published.isEmpty
        ? Wording(
          "no stream has a column of published amounts; name one with `published:`",
          "没有任务方向给出官方金额列；请用“published:”指定")
        : Wording(
          "several streams have published amounts; choose with --stream: "
            + published.map { keys[$0] }.joined(separator: ", "),
          "有多个任务方向含官方金额；请用 --stream 选择：" + published.map { keys[$0] }.joined(separator: "、")))
  }

  /// Refuses rules by which an amount is no share within bounds.
  private func refuse(_ stream: StreamPolicy) throws(RunFailure) {
    if stream.published == nil {
      throw badInput(
        Wording(
          "stream \(stream.key) has no column of published amounts; name one with `published:`",
          "任务方向 \(stream.key) 没有官方金额列；请用“published:”指定"))
    }
    if !stream.guarantees.isEmpty {
      throw badInput(
        Wording(
          "stream \(stream.key) has guarantees, which move money between groups whatever the weights; "
            + "take them out in a reform before fitting",
          "任务方向 \(stream.key) 设有保障比例，会在组间移动资金；请在改革文件中去掉后再拟合"))
    }
    if case .prefecture = stream.tiers {
      throw badInput(
        Wording(
          "stream \(stream.key) goes through prefectures; fit `tiers: direct`",
          "任务方向 \(stream.key) 经地州市两级分配；请用“tiers: direct”拟合"))
    }
  }

  private func badInput(_ wording: Wording) -> RunFailure {
    .badInput([Problem(SourceLocation(file: path), wording)])
  }

  /// The stream's first year when the run starts in it, every factor read.
  private func ledger(_ plan: Plan, _ index: Int, _ year: Int) throws(RunFailure) -> Ledger {
    var scenario = plan.scenario
    scenario.years = year...year
    scenario.streams[index] = scenario.streams[index].withEqualWeights(factors)
    do throws(CompileErrors) {
      let changed = try Plan.compile(scenario, counties: plan.counties, panel: plan.panel)
      do throws(LawError) {
        return try Ledger(changed)
      } catch {
        throw CompileErrors(problems: [error.problem])
      }
    } catch {
      throw .badInput(error.problems)
    }
  }
}

extension StreamPolicy {
  /// The stream with all weights alike, so that every factor is read; other factors if given.
  fileprivate func withEqualWeights(_ indicators: [String]?) -> StreamPolicy {
    let count = Double(indicators?.count ?? factors.count)
    let named = indicators?.map { name in
      Factor(
        key: name, title: factors.first { $0.key == name }?.title,
        indicator: Reference(name: name, path: "--factors", location: location),
        transform: .value, scale: nil,
        weight: Parameter(path: "streams.\(key).factors.\(name).weight", defaultValue: 1 / count))
    }
    let own = factors.map { factor in
      Factor(
        key: factor.key, title: factor.title, indicator: factor.indicator,
        transform: factor.transform, scale: factor.scale,
        weight: Parameter(path: factor.weight.path, defaultValue: 1 / count))
    }
    return StreamPolicy(
      key: key, title: title, location: location, pool: pool, eligible: eligible, tiers: tiers,
      factors: named ?? own, coefficients: coefficients, guarantees: guarantees, floor: floor,
      cap: cap, minimum: minimum, published: published)
  }
}

/// Collects the rows of a stream year by year.
private struct FitScenarioRows {
  private let plan: Plan
  private let stream: Int
  private var factors: [StreamPolicy.Factor] = []
  private var rows: [FitProblem.Row] = []
  private var labels: [FitSubject.Row] = []
  /// Shape: [factor][row].
  private var shares: [[Double]] = []
  private var hasCoefficients = false
  private var pools = 0
  private var withoutAmount = 0

  init(_ plan: Plan, stream: Int) {
    self.plan = plan
    self.stream = stream
  }

  private var policy: StreamPolicy { plan.scenario.streams[stream] }

  mutating func add(_ ledger: Ledger, year: Int, file: String) throws(RunFailure) {
    let result = ledger.years[0].streams[stream]
    let official = PublishedAgreement.official(ledger, stream: stream, yearIndex: 0)
      .filter { result.year.eligible[$0.county] > 0 }
    if official.isEmpty {
      throw .badInput([
        Problem(
          SourceLocation(file: file),
          Wording(
            "no eligible county has a published amount in \(year)", "\(year)年没有参加分配且有官方金额的县市区"))
      ])
    }
    factors = ledger.plan.scenario.streams[stream].factors
    if shares.isEmpty { shares = factors.map { _ in [] } }
    withoutAmount += result.year.eligible.count { $0 > 0 } - official.count
    let multipliers = result.year.rules.multipliers
    hasCoefficients = hasCoefficients || !multipliers.isEmpty
    for (factor, values) in result.year.rules.values.enumerated() {
      let sum = values.reduce(0, +)
      shares[factor] += official.map { entry in
        let multiplier = multipliers.isEmpty ? 1 : multipliers[entry.county]
        return sum > 0 ? values[entry.county] / sum * multiplier : 0
      }
    }
    for entry in official { add(entry, result, year) }
    pools += 1
  }

  private mutating func add(
    _ entry: (county: Int, amount: Money), _ result: StreamResult<Double>, _ year: Int
  ) {
    let county = plan.counties.counties[entry.county]
    rows.append(
      FitProblem.Row(
        pool: pools, cluster: entry.county, amount: entry.amount.asDouble / 100,
        floor: result.allocation.floors[entry.county] / 100,
        cap: result.allocation.caps[entry.county] / 100))
    labels.append(FitSubject.Row(code: county.code, name: county.name, pool: "\(year)"))
  }

  func input(file: String, inputs: [InputFile]) throws(RunFailure) -> FitInput {
    for (index, column) in shares.enumerated() where !column.contains(where: { $0 > 0 }) {
      throw .badInput([
        Problem(
          SourceLocation(file: file),
          WeightFittingError.factorWithoutSum(factor: index, pool: 0).wording(subject))
      ])
    }
    var problem = FitProblem(
      rows: rows, shares: shares,
      tolerance: plan.scenario.quantum.asDouble / 100 * (1 + 1e-9),
      hasUnknownLevel: hasCoefficients || withoutAmount > 0)
    problem.compactClusters()
    return FitInput(problem: problem, subject: subject, inputs: inputs, file: file)
  }

  private var subject: FitSubject {
    let unit = plan.scenario.currency.unitName
    let published = policy.published?.name ?? ""
    return FitSubject(
      amount: Wording(
        "\(policy.title.english), \(plan.panel.title(of: published).english)",
        "\(policy.title.chinese)，\(plan.panel.title(of: published).chinese)"),
      unit: unit, decimals: plan.scenario.quantum.asDouble >= 100 ? 0 : 2,
      factors: factors.map { factor in
        FitSubject.Factor(
          key: factor.key, title: factor.title ?? plan.panel.title(of: factor.indicator.name))
      }, rows: labels,
      provenance: DataProvenance(
        columns: plan.panel.columns.map { ($0.name, plan.panel.descriptions[$0.name]?.status) }),
      remarks: remarks)
  }

  private var remarks: [Wording] {
    var remarks = [
      Wording(
        "Scenario \(plan.scenario.name), stream \(policy.key), floors and caps as in force.",
        "情景 \(plan.scenario.name)，任务方向 \(policy.key)，保底封顶按现行规则。")
    ]
    if withoutAmount > 0 {
      remarks.append(
        Wording(
          "\(withoutAmount) eligible counties have no published amount; the level of the pool is fitted.",
          "\(withoutAmount)个参加分配的县市区没有官方金额；资金池水平由拟合得出。"))
    }
    if plan.scenario.incentives != nil || !plan.scenario.gates.isEmpty {
      remarks.append(
        Wording(
          "Published amounts are taken as base amounts: rewards, deductions and money held back are not "
            + "taken out of them.",
          "官方金额视作基础分配额：未扣除其中的奖励、扣减和暂扣。"))
    }
    return remarks
  }
}
