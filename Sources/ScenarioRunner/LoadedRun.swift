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

  /// Reads and compiles scenarios without running them.
  ///
  /// - Parameter seed: Replaces the seed of every scenario, if given.
  public static func plans(
    _ paths: [String], seed: UInt64? = nil
  ) throws(RunFailure) -> (plans: [Plan], inputs: [InputFile]) {
    var loader = ScenarioLoader()
    let loaded: [LoadedScenario]
    do throws(LoadErrors) {
      loaded = try loader.load(paths)
    } catch {
      throw .badInput(error.problems)
    }
    var plans: [Plan] = []
    var problems: [Problem] = []
    for entry in loaded {
      var scenario = entry.scenario
      if let seed { scenario.seed = seed }
      do throws(CompileErrors) {
        plans.append(
          try Plan.compile(scenario, counties: entry.counties, panel: entry.panel))
      } catch {
        problems += error.problems.filter { !problems.contains($0) }
      }
    }
    if !problems.isEmpty { throw .badInput(problems) }
    return (plans, loader.inputs)
  }

  /// Reads, compiles and runs scenarios.
  public init(_ paths: [String], seed: UInt64? = nil) throws(RunFailure) {
    let prepared = try LoadedRun.plans(paths, seed: seed)
    var ledgers: [Ledger] = []
    var problems: [Problem] = []
    for plan in prepared.plans {
      do throws(LawError) {
        ledgers.append(try Ledger(plan))
      } catch {
        if !problems.contains(error.problem) { problems.append(error.problem) }
      }
    }
    if !problems.isEmpty { throw .badInput(problems) }
    self.ledgers = ledgers
    inputs = prepared.inputs
    metrics = ledgers.map { MetricTable($0, baseline: ledgers[0]) }
  }

  /// Warnings of all scenarios.
  public var warnings: [LedgerWarning] { ledgers.flatMap(\.warnings) }
}
