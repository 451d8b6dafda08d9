import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Simulation

/// What `karez design` is asked for.
public struct DesignRequest: Sendable {
  /// The baseline's file.
  public var scenario: String
  /// Goals as written.
  public var goals: [String]
  /// Free parameters as written.
  public var free: [String]
  /// The folder that will be written in the end; nil for none.
  public var out: String?
  /// How many threads; results do not depend on it.
  public var threads: Int
  /// The language of documents.
  public var language: Language
  /// The command as typed, for the head of the reform's file.
  public var command: String
  /// Called now and then with the points tried so far.
  public var progress: @Sendable (Int) -> Void

  /// Makes a request.
  public init(
    scenario: String, goals: [String], free: [String], out: String? = nil, threads: Int = 1,
    language: Language = .english, command: String = "",
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.scenario = scenario
    self.goals = goals
    self.free = free
    self.out = out
    self.threads = threads
    self.language = language
    self.command = command
    self.progress = progress
  }
}

/// A design made ready: the baseline run, goals and parameters read, the plan left open in them.
struct DesignSetup: Sendable {
  let request: DesignRequest
  let loader: ScenarioLoader
  let source: ScenarioSource
  let baseline: Ledger
  let space: DesignSpace
  let goals: [Goal]
  let measuring: GoalMeasuring
  /// How the goals stand in the baseline's ledger.
  let baselineMeasures: [GoalMeasure]
  let experiment: DesignExperiment
  let meter: PointMeter

  /// More would take hours and hold nothing that an analyst could defend.
  static let mostDimensions = 40
  static let mostGoals = 12

  init(_ request: DesignRequest) throws(RunFailure) {
    self.request = request
    meter = PointMeter(request.progress)
    var loader = ScenarioLoader()
    guard let source = loader.source(request.scenario), let loaded = loader.read(source),
      loader.problems.isEmpty
    else { throw .badInput(loader.problems) }
    try DesignSetup.refuseManyFiles(request.scenario, source)
    self.loader = loader
    self.source = source
    let plan = try DesignSetup.compile(loaded, loaded.scenario)
    (goals, space) = try DesignSetup.read(request, plan)
    do throws(LawError) {
      baseline = try Ledger(plan)
    } catch {
      throw .badInput([error.problem])
    }
    let figures = GoalFigures.years(baseline, baseline: baseline)
    measuring = GoalMeasuring(
      goals, firstYear: plan.scenario.years.lowerBound, baseline: figures)
    baselineMeasures = measuring.measures(figures)
    try DesignSetup.refuseUndefined(goals, baselineMeasures)
    var open = loaded.scenario
    open.uncertainty = space.inputOrder.map { [space] in space.parameters[$0].uncertainty }
    experiment = DesignExperiment(try DesignSetup.compile(loaded, open))
  }

  private static func compile(
    _ loaded: LoadedScenario, _ scenario: Scenario
  ) throws(RunFailure) -> Plan {
    do throws(CompileErrors) {
      return try Plan.compile(scenario, counties: loaded.counties, panel: loaded.panel)
    } catch {
      throw .badInput(error.problems)
    }
  }

  /// A reform extends one file; a stack or a sweep is none.
  private static func refuseManyFiles(
    _ argument: String, _ source: ScenarioSource
  ) throws(RunFailure) {
    let isStack = argument.contains("+") && !FileManager.default.fileExists(atPath: argument)
    if isStack {
      throw .badInput([
        Problem(
          SourceLocation(file: argument),
          Wording(
            "a design extends one file, not a stack; write the stack as a file of its own",
            "设计只能以单个文件为基础，不能用叠加的文件；请先将其写成一个文件"))
      ])
    }
    if !source.isOneScenario {
      throw .badInput([
        Problem(
          SourceLocation(file: argument), path: "sweep",
          Wording(
            "a design starts from one scenario, not from a sweep; remove `sweep:`",
            "设计以单个情景为起点，不能用网格；请删去 sweep:"))
      ])
    }
  }

  private static func read(
    _ request: DesignRequest, _ plan: Plan
  ) throws(RunFailure) -> (goals: [Goal], space: DesignSpace) {
    var problems: [Problem] = []
    var goals: [Goal] = []
    let reader = GoalReader(plan)
    for text in request.goals {
      do throws(Problem) {
        goals.append(try reader.goal(text))
      } catch {
        problems.append(error)
      }
    }
    var parameters: [FreeParameter] = []
    do throws(ProblemGroup) {
      parameters = try FreeParameterReader(plan).parameters(request.free)
    } catch {
      problems += error.problems
    }
    problems += tooMany(goals, parameters)
    if !problems.isEmpty { throw .badInput(problems) }
    return (goals, DesignSpace(parameters))
  }

  private static func tooMany(_ goals: [Goal], _ parameters: [FreeParameter]) -> [Problem] {
    var problems: [Problem] = []
    if goals.count > mostGoals {
      problems.append(
        Problem(
          nil, path: "--goal",
          Wording(
            "\(goals.count) goals are more than \(mostGoals); leave some out",
            "目标多于\(mostGoals)个（\(goals.count)）；请减少")))
    }
    let count = parameters.reduce(0) { $0 + $1.members.count }
    if count > mostDimensions {
      problems.append(
        Problem(
          nil, path: "--free",
          Wording(
            "\(count) free numbers are more than \(mostDimensions); free fewer",
            "可调参数多于\(mostDimensions)个（\(count)）；请减少")))
    }
    return problems
  }

  private static func refuseUndefined(
    _ goals: [Goal], _ measures: [GoalMeasure]
  ) throws(RunFailure) {
    let problems = zip(goals, measures).filter { $1.value.isNaN }.map { goal, measure in
      Problem(
        nil, path: "--goal",
        Wording(
          "\"\(goal.text)\": the figure is undefined in \(measure.year) of the baseline; choose "
            + "another year or figure",
          "“\(goal.text)”：基准情景\(measure.year)年该指标无定义；请改用其他年度或指标"))
    }
    if !problems.isEmpty { throw .badInput(problems) }
  }
}
