import Comparison
import Documents
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation
import Statistics

/// What `karez attribute` is asked for.
public struct AttributeRequest: Sendable {
  /// The baseline's file.
  public var baseline: String
  /// The reform's file.
  public var reform: String
  /// Whether every changed key is a provision of its own.
  public var byKey: Bool
  /// How many pairs of orders to sample where there are more than twelve provisions.
  public var pairs: Int
  /// Where the sampling starts.
  public var seed: UInt64
  /// How many runs at once; results do not depend on it.
  public var threads: Int

  /// Makes a request.
  public init(
    baseline: String, reform: String, byKey: Bool, pairs: Int, seed: UInt64, threads: Int
  ) {
    self.baseline = baseline
    self.reform = reform
    self.byKey = byKey
    self.pairs = pairs
    self.seed = seed
    self.threads = threads
  }

  /// Runs every subset that is needed and attributes.
  ///
  /// - Parameter progress: Called now and then with the runs made and the runs to make.
  /// - Returns: The attribution and every file that was read.
  /// - Throws: `RunFailure.badInput` if a scenario cannot be read or a subset cannot be run.
  public func attribution(
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> (result: Attribution, inputs: [InputFile]) {
    var loader = ScenarioLoader()
    let sources = [loader.source(baseline), loader.source(reform)].compactMap { $0 }
    guard sources.count == 2 else { throw .badInput(loader.problems) }
    let whole = loader.read(sources[1])?.scenario
    if !loader.problems.isEmpty { throw .badInput(loader.problems) }
    let split = ProvisionSplit(
      sources[0].changes(to: sources[1]), by: byKey ? .key : .section,
      named: sources[1].provisions)
    try check(split)
    let provisions = split.provisions
    let base = sources[0].applying(split.definitions)
    let runner = SubsetRunner(loader: loader, base: base, provisions: provisions)
    let ends = try runner.run([0, all(provisions.count)], threads: 2) { $0 }
    try checkSize(ends[0], provisions.count)
    let builder = AttributionBuilder(
      provisions: provisions.map(\.name), baseline: ends[0], reform: ends[1],
      name: whole?.name ?? reform, title: whole?.title ?? Wording(same: reform))
    let result =
      provisions.count <= Shapley.mostExact
      ? try exact(builder, runner, provisions.count, progress)
      : try sampled(builder, runner, provisions.count, progress)
    return (result, runner.inputs)
  }

  /// All runs are held at once: at most 10⁸ amounts, or 800 MB.
  private func checkSize(_ ledger: Ledger, _ count: Int) throws(RunFailure) {
    let plan = ledger.plan
    let cells = plan.yearCount * plan.scenario.streams.count * plan.countyCount
    let runs = count <= Shapley.mostExact ? 1 << count : 2 * pairs * count
    if cells * runs <= 100_000_000 { return }
    throw .badInput([
      Problem(
        SourceLocation(file: reform),
        Wording(
          "\(runs) runs of \(cells) amounts are more than 100 million; put provisions together "
            + "under \"provisions:\" or shorten the years",
          "\(runs)次运行×\(cells)个金额超过1亿；请用“provisions:”合并条款，或缩短年度"))
    ])
  }

  private func all(_ count: Int) -> UInt64 { (UInt64(1) << UInt64(count)) - 1 }

  private func check(_ split: ProvisionSplit) throws(RunFailure) {
    let problems = split.refused.map { change in
      Problem(
        change.newLocation ?? change.oldLocation, path: change.path,
        Wording(
          "baseline and reform differ in \(change.path); attribution needs the same counties, "
            + "years and units",
          "基准与改革的 \(change.path) 不同；归因要求县市区、年度和单位相同"))
    }
    if !problems.isEmpty { throw .badInput(problems) }
    if split.provisions.isEmpty {
      throw .badInput([
        Problem(
          SourceLocation(file: reform),
          Wording("the reform changes nothing in the baseline", "该改革与基准没有差别"))
      ])
    }
    if split.provisions.count > 62 {
      throw .badInput([
        Problem(
          SourceLocation(file: reform),
          Wording(
            "\(split.provisions.count) provisions are more than 62; name groups of keys under "
              + "\"provisions:\" or leave out --by key",
            "条款多于62项（\(split.provisions.count)）；请用“provisions:”分组，或不用 --by key"))
      ])
    }
  }

  private func exact(
    _ builder: AttributionBuilder, _ runner: SubsetRunner, _ count: Int,
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> Attribution {
    let subsets = Array(0...all(count))
    let runs = try runner.run(subsets, threads: threads, progress: progress) { builder.keep($0) }
    return builder.exact(runs)
  }

  private func sampled(
    _ builder: AttributionBuilder, _ runner: SubsetRunner, _ count: Int,
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> Attribution {
    let orders = Shapley.antitheticOrders(players: count, pairs: pairs, seed: seed)
    var wanted: Set<UInt64> = [0, all(count)]
    for player in 0..<count {
      wanted.insert(1 << UInt64(player))
      wanted.insert(all(count) & ~(1 << UInt64(player)))
    }
    for order in orders {
      var subset: UInt64 = 0
      for player in order {
        subset |= 1 << UInt64(player)
        wanted.insert(subset)
      }
    }
    let subsets = wanted.sorted()
    let runs = try runner.run(subsets, threads: threads, progress: progress) { builder.keep($0) }
    let table = Dictionary(uniqueKeysWithValues: zip(subsets, runs))
    return builder.sampled(orders: orders, runs: table)
  }
}

/// An attribution with its tables and files.
public struct AttributionOutcome: Sendable {
  private let attribution: Attribution
  private let inputs: [InputFile]
  private let language: Language

  /// Attributes.
  public init(
    _ request: AttributeRequest, language: Language,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) {
    let outcome = try request.attribution(progress: progress)
    attribution = outcome.result
    inputs = outcome.inputs
    self.language = language
  }

  /// The tables of a year, or the steps of one county.
  ///
  /// - Throws: `RunFailure.badInput` for an unknown year or county.
  public func document(year: Int?, county: String?) throws(RunFailure) -> Document {
    let years = attribution.baseline.plan.scenario.years
    let wanted = year ?? years.upperBound
    guard years.contains(wanted) else {
      throw .badInput([
        Problem(
          nil,
          Wording(
            "the run has no year \(wanted); it covers \(years.lowerBound)–\(years.upperBound)",
            "运行不含\(wanted)年；区间为\(years.lowerBound)–\(years.upperBound)"))
      ])
    }
    let table = attribution.baseline.plan.counties
    if let county, table.indexOfCode[county] == nil {
      throw .badInput([
        Problem(
          nil,
          Wording("unknown county \"\(county)\"", "未知的县市区“\(county)”")
            + nearestHint(county, among: table.counties.map(\.code)))
      ])
    }
    return AttributionReport(attribution, language: language).document(
      yearIndex: wanted - years.lowerBound, county: county.flatMap { table.indexOfCode[$0] })
  }

  /// Writes the CSV files into a folder, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    let report = AttributionReport(attribution, language: language)
    try OutputWriter.write(
      [
        OutputFile(name: "attribution.csv", text: report.csv),
        OutputFile(name: "attribution_metrics.csv", text: report.metricCSV),
      ], to: folder, inputs: inputs)
  }
}

/// Runs a baseline with subsets of provisions.
struct SubsetRunner: Sendable {
  private let loader: ScenarioLoader
  private let base: ScenarioSource
  private let provisions: [Provision]
  /// Every file that was read.
  let inputs: [InputFile]

  init(loader: ScenarioLoader, base: ScenarioSource, provisions: [Provision]) {
    var warmed = loader
    _ = warmed.read(base)  // Data are read once, here.
    self.loader = warmed
    self.base = base
    self.provisions = provisions
    inputs = warmed.inputs
  }

  /// Runs subsets and keeps something of each, in order.
  func run<Kept: Sendable>(
    _ subsets: [UInt64], threads: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    keep: @Sendable (Ledger) -> Kept
  ) throws(RunFailure) -> [Kept] {
    let results = concurrentMap(count: subsets.count, threads: threads, progress: progress) {
      index in
      Result { () throws(RunFailure) in keep(try ledger(subsets[index])) }
    }
    var kept: [Kept] = []
    for result in results { kept.append(try result.get()) }
    return kept
  }

  private func ledger(_ subset: UInt64) throws(RunFailure) -> Ledger {
    var changes: [KeyChange] = []
    for (index, provision) in provisions.enumerated() where subset & (1 << UInt64(index)) != 0 {
      changes += provision.changes
    }
    var own = loader
    let loaded = own.read(base.applying(changes))
    guard let loaded, own.problems.isEmpty else { throw failure(subset, own.problems) }
    do throws(CompileErrors) {
      let plan = try Plan.compile(
        loaded.scenario, counties: loaded.counties, panel: loaded.panel)
      do throws(LawError) {
        return try Ledger(plan)
      } catch {
        throw CompileErrors(problems: [error.problem])
      }
    } catch {
      throw failure(subset, error.problems)
    }
  }

  /// The problems of a subset, headed by which provisions it holds.
  private func failure(_ subset: UInt64, _ problems: [Problem]) -> RunFailure {
    let names = provisions.indices.filter { subset & (1 << UInt64($0)) != 0 }
      .map { provisions[$0].name }.joined(separator: ", ")
    let hint = Problem(
      nil,
      Wording(
        "these provisions cannot stand without the others: \(names.isEmpty ? "none" : names); "
          + "put keys that belong together under one name in \"provisions:\"",
        "以下条款不能单独成立：\(names.isEmpty ? "无" : names)；请在“provisions:”中把相关的键归为一项"))
    return .badInput([hint] + problems)
  }
}
