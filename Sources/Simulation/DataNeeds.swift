import PolicyModel

/// Which columns of the data the rules of a scenario read, and for what.
///
/// It rests on the scenario alone, so that a form can be made before there are data.
public struct DataNeeds: Sendable {
  /// When a column must have a value.
  public enum Necessity: Sendable, Hashable {
    /// In every year, or in a year before.
    case everyYear
    /// In the first year of the run, from which the simulation goes on.
    case start
    /// Never; what an empty cell means.
    case optional(ifEmpty: Wording)

    fileprivate var rank: Int {
      switch self {
      case .everyYear: 2
      case .start: 1
      case .optional: 0
      }
    }
  }

  /// A column.
  public struct Column: Sendable {
    /// Its name.
    public let name: String
    /// When it must have a value.
    public fileprivate(set) var necessity: Necessity
    /// Keys of the scenario that read it, such as `streams.roads.factors.road_km`.
    public fileprivate(set) var readers: [String]
    /// Whether the transform of a factor refuses values below 0 (model, section 2).
    public fileprivate(set) var isNeverNegative = false
  }

  /// 0/1 columns of the counties, in order of first appearance.
  public private(set) var flags: [Column] = []
  /// Indicators, in order of first appearance.
  public private(set) var indicators: [Column] = []
  private let names: PlanCompiler
  private var isResolved: Set<String> = []

  /// Looks through the rules of a scenario.
  public init(_ scenario: Scenario) {
    // A compiler without data knows which names are data, simulated or last year's amounts.
    names = PlanCompiler(
      scenario: scenario, counties: CountyTable(counties: [], flags: [:]), panel: .empty)
    for stream in scenario.streams { read(stream) }
    for group in scenario.groups { read(group) }
    for derived in scenario.derived { read(derived.name, by: "derived.\(derived.name)") }
    if let need = scenario.need { read(need.name, by: "need") }
    for gate in scenario.gates { read(gate.indicator.name, by: gate.indicator.path) }
    readAssessment(scenario)
    readIncentives(scenario)
    readBehaviour(scenario)
    for (indicator, _) in scenario.projections {
      note(indicator.name, DataNeeds.unread, by: indicator.path)
    }
    readSpending(scenario)
  }

  // MARK: Names

  private mutating func note(_ name: String, _ necessity: Necessity, by reader: String) {
    DataNeeds.note(name, necessity, reader, in: &indicators)
  }

  private static func note(
    _ name: String, _ necessity: Necessity, _ reader: String, in list: inout [Column]
  ) {
    guard let index = list.firstIndex(where: { $0.name == name }) else {
      list.append(Column(name: name, necessity: necessity, readers: [reader]))
      return
    }
    if necessity.rank > list[index].necessity.rank { list[index].necessity = necessity }
    if !list[index].readers.contains(reader) { list[index].readers.append(reader) }
  }

  /// An indicator that a rule reads: a column, or the columns behind it.
  private mutating func read(_ name: String, by reader: String) {
    if let derived = names.derivedByName[name] {
      if !isResolved.insert(name).inserted { return }
      for part in derived.formula.names { read(part, by: "derived.\(name)") }
    } else if let amount = names.lastAmount(name) {
      note("previous_\(key(of: amount))", DataNeeds.noPrevious, by: reader)
    } else if name == "execution_rate" {
      note(name, DataNeeds.noRate, by: reader)
    } else {
      note(name, names.stateVariable(name) == nil ? .everyYear : .start, by: reader)
    }
  }

  private func key(of amount: LastAmount) -> String {
    switch amount {
    case .base(let stream), .final(let stream): names.scenario.streams[stream].key
    }
  }

  // MARK: Rules

  private mutating func read(_ stream: StreamPolicy) {
    let path = "streams.\(stream.key)"
    for factor in stream.factors { read(factor, by: "\(path).factors.\(factor.key)") }
    if case .prefecture(let own) = stream.tiers {
      for factor in own ?? [] { read(factor, by: "\(path).county_factors.\(factor.key)") }
    }
    for coefficient in stream.coefficients {
      let reader = "\(path).coefficients.\(coefficient.key)"
      switch coefficient.source {
      case .indicator(let indicator, _, let scale):
        read(indicator.name, by: reader)
        if let scale { read(scale.name, by: reader) }
      case .grades: note("score", DataNeeds.noGrade, by: reader)
      case .groups: break
      }
    }
    for (key, bound) in [("floor", stream.floor), ("cap", stream.cap)] where bound != nil {
      note("previous_\(stream.key)", DataNeeds.noPrevious, by: "\(path).\(key)")
    }
    if let published = stream.published {
      note(published.name, DataNeeds.noPublished, by: "\(path).published")
    }
  }

  private mutating func read(_ factor: StreamPolicy.Factor, by reader: String) {
    read(factor.indicator.name, by: reader)
    switch factor.transform {
    case .value, .inverse, .log, .power: refuseNegative(factor.indicator.name)
    case .distance, .bands: break
    }
    if let scale = factor.scale {
      read(scale.name, by: reader)
      refuseNegative(scale.name)
    }
  }

  private mutating func refuseNegative(_ name: String) {
    for index in indicators.indices where indicators[index].name == name {
      indicators[index].isNeverNegative = true
    }
  }

  private mutating func read(_ group: Scenario.Group) {
    for condition in group.conditions {
      switch condition {
      case .column(let column):
        DataNeeds.note(column.name, .everyYear, "groups.\(group.name)", in: &flags)
      case .indicator(let indicator, _, _): read(indicator.name, by: "groups.\(group.name)")
      case .prefectures, .counties: break
      }
    }
  }

  private mutating func readAssessment(_ scenario: Scenario) {
    for entry in scenario.assessment?.indicators ?? [] where entry.executionRange == nil {
      read("level_\(entry.key)", by: "assessment.indicators.\(entry.key)")
    }
  }

  private mutating func readIncentives(_ scenario: Scenario) {
    guard let incentives = scenario.incentives else { return }
    note("score", DataNeeds.noGrade, by: "incentives")
    if case .grades(_, _, .indicator(let basis), _) = incentives.scheme {
      read(basis.name, by: "incentives.basis")
    }
  }

  private mutating func readBehaviour(_ scenario: Scenario) {
    guard let behaviour = scenario.behaviour else { return }
    for level in behaviour.levels {
      note("level_\(level.indicator.name)", .everyYear, by: level.indicator.path)
    }
    if behaviour.effort != nil {
      note("effort", DataNeeds.startOfEffort, by: "behaviour.effort")
      note("staff", DataNeeds.one, by: "behaviour.effort")
    }
    if behaviour.income != nil { note("income", .start, by: "behaviour.income") }
    if behaviour.monitored != nil { note("monitored", .start, by: "behaviour.monitored") }
    if let assets = behaviour.assets {
      note("asset_stock", DataNeeds.zero, by: "behaviour.assets")
      note("rural_population", .everyYear, by: "behaviour.assets")
      if let quality = assets.indicator, quality.name != "execution" {
        read("level_\(quality.name)", by: "behaviour.assets.asset_indicator")
      }
    }
  }

  /// What spending and metrics read where it is there (model, sections 8 and 11).
  private mutating func readSpending(_ scenario: Scenario) {
    for stream in scenario.streams {
      note("pipeline_\(stream.key)", DataNeeds.noPipeline, by: "execution")
    }
    note("goal_share", DataNeeds.one, by: "execution")
    note("execution", DataNeeds.one, by: "execution")
    note("staff", DataNeeds.one, by: "matthew_index")
    note("rural_population", DataNeeds.noPeople, by: "gini_amount")
  }

  // MARK: What an empty cell means

  private static let one = Necessity.optional(ifEmpty: Wording(same: "1"))
  private static let zero = Necessity.optional(ifEmpty: Wording(same: "0"))
  private static let unread = Necessity.optional(ifEmpty: Wording("not read", "不读取"))
  private static let noPrevious = Necessity.optional(
    ifEmpty: Wording("no floor and no cap", "不设下限和上限"))
  private static let noGrade = Necessity.optional(ifEmpty: Wording("no grade", "无等级"))
  private static let noPublished = Necessity.optional(
    ifEmpty: Wording("not compared", "不作比对"))
  private static let noRate = Necessity.optional(
    ifEmpty: Wording("from execution and delay", "由支付效率和下达时滞推算"))
  private static let noPipeline = Necessity.optional(
    ifEmpty: Wording("no limit by projects", "支出不受项目储备限制"))
  private static let startOfEffort = Necessity.optional(
    ifEmpty: Wording("behaviour.effort.start", "取 behaviour.effort.start"))
  private static let noPeople = Necessity.optional(
    ifEmpty: Wording("not in figures per person", "不计入人均指标"))
}
