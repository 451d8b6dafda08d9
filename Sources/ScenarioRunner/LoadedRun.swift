import Comparison
import PolicyModel
import ScenarioFiles
import Simulation

/// Scenarios read, compiled and run: what every command starts from.
public struct LoadedRun: Sendable {
  /// The ledgers in command order; the first is the baseline.
  public let ledgers: [Ledger]
  /// The metrics of each against the baseline.
  public let metrics: [MetricTable]
  /// Every file that was read.
  public let inputs: [InputFile]
  /// Keys that stacked reforms set differently; the later one counts.
  public let conflicts: [Problem]

  /// Reads and compiles scenarios without running them.
  ///
  /// - Parameters:
  ///   - paths: Scenario files, or stacks of them.
  ///   - seed: Replaces the seed of every scenario, if given.
  /// - Returns: The plans, every file read, and what stacked reforms set differently.
  /// - Throws: `RunFailure.badInput` with every problem of every file.
  public static func plans(
    _ paths: [String], seed: UInt64? = nil
  ) throws(RunFailure) -> (plans: [Plan], inputs: [InputFile], conflicts: [Problem]) {
    var loader = ScenarioLoader()
    let loaded = loader.load(paths)
    var problems = loader.problems
    var plans: [Plan] = []
    for entry in loaded {
      var scenario = entry.scenario
      if let seed { scenario.seed = seed }
      do throws(CompileErrors) {
        plans.append(
          try Plan.compile(scenario, counties: entry.counties, panel: entry.panel))
      } catch {
        problems += error.problems
      }
    }
    problems += otherCurrencies(plans) + tooLarge(plans)
    if !problems.isEmpty { throw .badInput(unique(problems)) }
    return (plans, loader.inputs, unique(loader.conflicts))
  }

  /// A ledger holds some 350 bytes an amount; three million amounts are about 1 GB.
  private static let mostAmounts = 3_000_000

  private static func tooLarge(_ plans: [Plan]) -> [Problem] {
    let amounts = plans.reduce(0) {
      $0 + $1.yearCount * $1.scenario.streams.count * $1.countyCount
    }
    if amounts <= mostAmounts { return [] }
    return [
      Problem(
        nil,
        Wording(
          "\(amounts) amounts (scenarios × years × streams × counties) are more than 3,000,000 and "
            + "would take over 1 GB; run fewer scenarios at once or fewer years",
          "共\(amounts)个金额（情景×年度×任务方向×县），超过300万，将占用1 GB以上内存；请减少情景或年度"))
    ]
  }

  /// Money of different currencies cannot be compared.
  private static func otherCurrencies(_ plans: [Plan]) -> [Problem] {
    guard let currency = plans.first?.scenario.currency else { return [] }
    return plans.map(\.scenario).filter { $0.currency != currency }.map { scenario in
      Problem(
        SourceLocation(file: scenario.file), path: "currency",
        Wording(
          "\(scenario.name) is in \(scenario.currency.code), the baseline in \(currency.code); "
            + "compare scenarios of one currency",
          "\(scenario.name) 的货币为\(scenario.currency.code)，基准为\(currency.code)；请比较同一货币的情景"))
    }
  }

  private static func unique(_ problems: [Problem]) -> [Problem] {
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }
  }

  /// Reads, compiles and runs scenarios.
  ///
  /// - Parameters:
  ///   - paths: Scenario files; the first is the baseline.
  ///   - seed: Replaces the seed of every scenario, if given.
  ///   - threads: How many scenarios run at once; the results do not depend on it.
  /// - Throws: `RunFailure.badInput` with every problem of every file and run.
  public init(_ paths: [String], seed: UInt64? = nil, threads: Int = 1) throws(RunFailure) {
    let prepared = try LoadedRun.plans(paths, seed: seed)
    let plans = prepared.plans
    let results = concurrentMap(count: plans.count, threads: threads) { index in
      Result { () throws(LawError) in try Ledger(plans[index]) }
    }
    var ledgers: [Ledger] = []
    var problems: [Problem] = []
    for result in results {
      switch result {
      case .success(let ledger): ledgers.append(ledger)
      case .failure(let error): problems.append(error.problem)
      }
    }
    if !problems.isEmpty { throw .badInput(LoadedRun.unique(problems)) }
    let all = ledgers
    self.ledgers = all
    inputs = prepared.inputs
    conflicts = prepared.conflicts
    metrics = concurrentMap(count: all.count, threads: threads) { index in
      MetricTable(all[index], baseline: all[0])
    }
  }

  /// Warnings of all scenarios.
  public var warnings: [LedgerWarning] { ledgers.flatMap(\.warnings) }
}
