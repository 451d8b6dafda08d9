import Comparison
import Documents
import PolicyModel
import ScenarioFiles
import Simulation

/// How `karez sensitivity` asks what drives a metric.
public enum SensitivityMethod: String, Sendable, CaseIterable {
  /// Sobol' indices: parts of the variance, alone and with interactions.
  case sobol
  /// Elementary effects: a screening with few runs.
  case morris
  /// Shapley effects: parts of the variance that sum to 1.
  case shapley
}

/// What `karez sensitivity` is asked for.
public struct SensitivityRequest: Sendable {
  /// The scenario file.
  public var scenario: String
  /// Names of metrics.
  public var metrics: [String] = []
  /// The year; the last one if nil.
  public var year: Int?
  /// The method.
  public var method = SensitivityMethod.sobol
  /// Points of each sample, trajectories for `morris`; nil for the method's default.
  public var points: Int?
  /// Ranges beside the scenario's `uncertainty`.
  public var vary: [String] = []
  /// Whether the scenario's own `uncertainty` is left out.
  public var onlyVary = false
  /// Whether every weight of a stream is an input of its own.
  public var eachWeight = false
  /// The stream whose ranks are tried; nil for none.
  public var robust: String?
  /// How far each weight goes for that.
  public var delta = 0.05
  /// Resamples that give the intervals.
  public var resamples = 200
  /// Replaces the scenario's seed, if given.
  public var seed: UInt64?
  /// How many points may end in an error.
  public var allowedFailures = 0
  /// How many threads; results do not depend on it.
  public var threads = 1

  /// Makes a request with defaults.
  public init(scenario: String) { self.scenario = scenario }

  /// Points if none are given.
  var pointCount: Int { points ?? (method == .morris ? 64 : 1_024) }
}

/// A scenario read and compiled for points, with the metrics asked for.
struct SensitivityCase: Sendable {
  let loaded: LoadedScenario
  let plan: Plan
  /// The scenario at its written values.
  let ledger: Ledger
  let inputs: [InputFile]
  let metrics: [Metric]
  let yearIndex: Int
  let seed: UInt64

  var year: Int { plan.scenario.years.lowerBound + yearIndex }

  init(_ request: SensitivityRequest) throws(RunFailure) {
    let metrics = try SensitivityCase.metrics(request.metrics)
    let (loaded, inputs) = try SensitivityCase.loaded(request)
    var scenario = loaded.scenario
    if let seed = request.seed { scenario.seed = seed }
    let plan = try SensitivityCase.compiled(scenario, loaded)
    let problems = SensitivityCase.outOfBounds(plan)
    if !problems.isEmpty { throw .badInput(problems) }
    self.loaded = loaded
    self.plan = plan
    self.inputs = inputs
    self.metrics = metrics
    seed = scenario.seed
    yearIndex = try SensitivityCase.yearIndex(request.year, plan.scenario.years)
    do throws(LawError) {
      ledger = try Ledger(plan)
    } catch {
      throw .badInput([error.problem])
    }
  }

  private static func metrics(_ names: [String]) throws(RunFailure) -> [Metric] {
    var metrics: [Metric] = []
    var problems: [Problem] = []
    for name in names {
      if let metric = Metric(rawValue: name) {
        if !metrics.contains(metric) { metrics.append(metric) }
      } else {
        problems.append(
          Problem(
            SourceLocation(file: "--metric \(name)"),
            Wording("unknown metric \"\(name)\"", "未知的指标“\(name)”")
              + nearestHint(name, among: Metric.allCases.map(\.rawValue))))
      }
    }
    if !problems.isEmpty { throw .badInput(problems) }
    return metrics
  }

  private static func loaded(
    _ request: SensitivityRequest
  ) throws(RunFailure) -> (scenario: LoadedScenario, inputs: [InputFile]) {
    var loader = ScenarioLoader()
    guard let source = loader.source(request.scenario) else { throw .badInput(loader.problems) }
    var problems: [Problem] = []
    var ranges: [VariedRange] = []
    for argument in request.vary {
      do throws(Problem) { ranges.append(try VariedRange(argument)) } catch {
        problems.append(error)
      }
    }
    if !problems.isEmpty { throw .badInput(problems) }
    let varied: ScenarioSource
    do throws(Problem) {
      varied = try source.varying(ranges, isOnly: request.onlyVary)
    } catch {
      throw .badInput([error])
    }
    guard let loaded = loader.read(varied), loader.problems.isEmpty else {
      throw .badInput(loader.problems)
    }
    return (loaded, loader.inputs)
  }

  static func compiled(
    _ scenario: Scenario, _ loaded: LoadedScenario
  ) throws(RunFailure) -> Plan {
    do throws(CompileErrors) {
      return try Plan.compile(scenario, counties: loaded.counties, panel: loaded.panel)
    } catch {
      throw .badInput(error.problems)
    }
  }

  static func yearIndex(_ year: Int?, _ years: ClosedRange<Int>) throws(RunFailure) -> Int {
    let wanted = year ?? years.upperBound
    if years.contains(wanted) { return wanted - years.lowerBound }
    throw .badInput([
      Problem(
        nil,
        Wording(
          "the run has no year \(wanted); it covers \(years.lowerBound)–\(years.upperBound)",
          "运行不含\(wanted)年；区间为\(years.lowerBound)–\(years.upperBound)"))
    ])
  }

  /// Uniform ranges that reach beyond what their parameter may be.
  private static func outOfBounds(_ plan: Plan) -> [Problem] {
    plan.scenario.uncertainty.compactMap { uncertainty in
      guard case .uniform(let low, let high) = uncertainty.distribution,
        uncertainty.application == .value,
        let parameter = plan.parameters.first(where: { $0.path == uncertainty.parameter.name })
      else { return nil }
      let bounds = parameter.domain.bounds
      if bounds.contains(low) && bounds.contains(high) { return nil }
      if uncertainty.lowest != nil || uncertainty.highest != nil { return nil }
      let numbers = [low, high, bounds.lowerBound, bounds.upperBound]
        .map { NumberText.significant($0) }
      return Problem(
        uncertainty.parameter.location, path: parameter.path,
        Wording(
          "the range from \(numbers[0]) to \(numbers[1]) goes beyond what the parameter may be, "
            + "\(numbers[2]) to \(numbers[3]); narrow it",
          "区间\(numbers[0])至\(numbers[1])超出该参数允许的范围（\(numbers[2])至\(numbers[3])）；请收窄"))
    }
  }
}
