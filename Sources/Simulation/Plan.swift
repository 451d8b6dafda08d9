import FundAllocation
import PolicyModel

/// A scenario compiled for running: names resolved to indices, parameters and data by year in flat
/// arrays.
///
/// Compiled once, run many times.
public struct Plan: Sendable {
  /// The scenario it was compiled from.
  public let scenario: Scenario
  /// The counties of the data.
  public let counties: CountyTable
  /// The data as read.
  public let panel: Panel
  /// Every parameter that the run reads; the index is its slot.
  public internal(set) var parameters: [Parameter] = []
  /// What the user should know though the scenario can be run.
  public internal(set) var warnings: [Problem] = []
  var indicators: [IndicatorPlan] = []
  var aggregateCount = 0
  var groups: [GroupPlan] = []
  var streams: [StreamPlan] = []
  var incentives: IncentivePlan?
  var gates: [GatePlan] = []
  var assessment: AssessmentPlan?
  var carryOver = CarryOverPlan(years: nil, recycles: false, ageLimit: 1)
  var delay = 0
  var integration: Int?
  var behaviour: BehaviourPlan?
  var columns = ColumnPlan()
  let prefectureMembers: [[Int]]
  /// What of each stream's year does not depend on the draw.
  ///
  /// Shape: [stream][year].
  var known: [[KnownYear]] = []
  /// Which of the columns that several streams read each factor is; nil for its own.
  ///
  /// Shape: [stream][factor].
  var sharedFactors: [[Int?]] = []
  /// Whether every county that takes part has the start values that behaviour needs, in every draw.
  var startsComplete = false
  /// Who is in some stream's group, nil in years in which that depends on the run.
  ///
  /// Shape: [year][county].
  var fixedParticipants: [[Bool]?]
  /// Whether a parameter differs by draw.
  ///
  /// Shape: [slot].
  var isUncertain: [Bool] = []
  /// What draws change of the parameters.
  var uncertainty = UncertaintyPlan()
  /// Whether several points side by side record who is in which group, as the ledger always does.
  public var recordsGroups = false
  /// Whether a formula reads last year's amounts.
  var readsLastAmounts = false
  /// The sources of shocks that the plan uses, in the order in which they are laid out.
  var shockSources: [ShockSource] = []

  init(scenario: Scenario, counties: CountyTable, panel: Panel) {
    self.scenario = scenario
    self.counties = counties
    self.panel = panel
    prefectureMembers = counties.membersOfPrefectures
    fixedParticipants = scenario.years.map { _ in nil }
  }

  /// Where the shocks of a source are laid out; nil if the plan does not use it.
  func shockSource(_ source: ShockSource) -> Int? { shockSources.firstIndex(of: source) }

  /// How many years it runs.
  public var yearCount: Int { scenario.years.count }

  /// How many counties it has.
  public var countyCount: Int { counties.count }

  /// The parameters' values by slot and year.
  ///
  /// Shape: [slot][year], flat.
  public var parameterValues: [Double] {
    parameters.flatMap { parameter in scenario.years.map { parameter.value(in: $0) } }
  }
}

struct GroupPlan: Sendable {
  enum Condition: Sendable {
    case fixed([Bool])
    case indicator(Int, Gate.Side, slot: Int, Reference)
  }

  let name: String
  let conditions: [Condition]
}

/// A class, so that handing it on copies none of its parts.
final class TransformPlan: Sendable {
  enum Kind: Sendable {
    case value
    case inverse
    case distance(referenceSlot: Int?)
    case log
    case power(exponentSlot: Int)
    case bands([(from: Int, value: Int)])
  }

  let kind: Kind
  let name: String
  let indicator: Int
  let reference: Reference
  let scale: Int?

  init(kind: Kind, name: String, indicator: Int, reference: Reference, scale: Int?) {
    self.kind = kind
    self.name = name
    self.indicator = indicator
    self.reference = reference
    self.scale = scale
  }

  /// Whether T of one county depends on who else is eligible.
  var restsOnAllEligible: Bool {
    if case .distance(referenceSlot: nil) = kind { true } else { false }
  }
}

struct FactorPlan: Sendable {
  let key: String
  let transform: TransformPlan
  let weight: Int
}

struct CoefficientPlan: Sendable {
  enum Source: Sendable {
    case indicator(TransformPlan)
    case groups([(group: Int, slot: Int)])
    /// Slot by grade, nil for a grade that is not in the table.
    case grades([Int?])
  }

  let key: String
  let source: Source
}

struct StreamPlan: Sendable {
  let key: String
  let reference: Reference
  let amount: Int
  let growth: Int?
  /// Whether a step of the amount starts in a year.
  ///
  /// Shape: [year].
  let isStep: [Bool]
  /// Growth of each year from the step in force in the first year to that year, by slot.
  let startGrowth: [Int]
  /// The pool's key, for messages.
  let poolReference: Reference
  let eligible: Int?
  let factors: [FactorPlan]
  let countyFactors: [FactorPlan]?
  let isThroughPrefectures: Bool
  let coefficients: [CoefficientPlan]
  let guarantees: [(group: Int, slot: Int, reference: Reference)]
  let floor: Int?
  let cap: Int?
  let minimum: Int?
  let hasIncentives: Bool
  /// `previous_<stream>` of the first year, 0 for none.
  ///
  /// Shape: [county]. Fen.
  let previous: [Double]
  /// `pipeline_<stream>` of the data, NaN for none.
  ///
  /// Shape: [year][county]. Currency units.
  let pipeline: [Double]
}

struct IncentivePlan: Sendable {
  enum Basis: Sendable {
    case allocation
    case equal
    case indicator(Int, Reference)
  }

  enum Scheme: Sendable {
    /// Slots by grade, nil where a grade has no entry.
    case grades(rewards: [Int?], deductions: [Int?], basis: Basis, rewardCap: Int?)
    case linear(slope: Int, lowest: Int, highest: Int?)
  }

  let reserve: Int
  let scheme: Scheme
  /// Whether reward units by grade are measured by base amounts.
  let isByAllocation: Bool

  init(reserve: Int, scheme: Scheme) {
    self.reserve = reserve
    self.scheme = scheme
    isByAllocation = if case .grades(_, _, .allocation, _) = scheme { true } else { false }
  }
}

struct GatePlan: Sendable {
  let indicator: Int
  let reference: Reference
  let side: Gate.Side
  let threshold: Int
  let effect: Gate.Effect
  /// Whether it stands before a stream.
  ///
  /// Shape: [stream].
  let applies: [Bool]
}

struct AssessmentPlan: Sendable {
  enum Level: Sendable {
    /// From the execution rate between two rates.
    case execution(low: Int, high: Int)
    /// A responsive level, by its index among them.
    case simulated(Int)
    /// The data's `level_<i>`: an indicator.
    case data(Int, Reference)
  }

  enum Grading: Sendable {
    /// Slots of the cut-offs, best grade first.
    case cutoffs([(grade: Grade, slot: Int)])
    /// Slots of the quotas, best grade first.
    case quotas([(grade: Grade, slot: Int)])
  }

  let keys: [String]
  let points: [Int]
  let levels: [Level]
  let grading: Grading
}

struct CarryOverPlan: Sendable {
  let years: Int?
  let recycles: Bool
  /// How many ages of money are told apart.
  let ageLimit: Int
}

struct BehaviourPlan: Sendable {
  struct Effort: Sendable {
    let start: Int
    let adjustment: Int
    let response: Int
  }

  struct Level: Sendable {
    let key: String
    let persistence: Int
    let response: Int
    let noise: Int
    let reference: Reference
    /// The data's level, NaN for none.
    ///
    /// Shape: [year][county].
    let data: [Double]
  }

  struct Assets: Sendable {
    let depreciation: Int
    let fixedShare: Int
    let returnRate: Int
    let quality: AssessmentPlan.Level?
  }

  let reach: Int
  let effort: Effort?
  let levels: [Level]
  let pipeline: (growth: Int, response: Int)?
  let assets: Assets?
  let income: (growth: Int, noise: Int)?
  let monitored: (inflow: Int, relief: Int, cost: Int)?
  let scoreNoise: Int
}

/// The columns that the model knows by name, as indicators; nil where the data have none.
struct ColumnPlan: Sendable {
  var goalShare: Int?
  var executionFactor: Int?
  var staff: Int?
  var ruralPopulation: Int?
  var need: Int?
  /// Data of simulated variables, NaN for none.
  ///
  /// Shape: [year][county].
  var score: [Double] = []
  var effort: [Double] = []
  var income: [Double] = []
  var assetStock: [Double] = []
  var monitored: [Double] = []
  var executionRate: [Double] = []
  var spent: [Double] = []
}
