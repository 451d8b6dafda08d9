import FundAllocation
import PolicyModel
import Statistics

/// The law with eight draws side by side and real money.
public typealias DrawSimulator = Simulator<RealMoney<SIMD8<Double>>>

/// Eight draws of every scenario of a comparison, year by year under the same shocks.
///
/// Whatever a draw comes to depends on the seed, the plans and its number only: not on the block it
/// stands in, nor on what was run before.
public struct DrawBlock: Sendable {
  /// How many draws stand side by side.
  public static let laneCount = NormalDraws.laneCount

  /// One simulator a scenario; after `run` each stands at the end of its last year.
  public private(set) var simulators: [DrawSimulator]
  private var tables: [ShockTable]
  /// Which table each scenario reads.
  private let tableOfScenario: [Int]
  private let years: ClosedRange<Int>
  private let samplers: [ParameterSampler]
  private let draws: NormalDraws

  /// Prepares the plans of a comparison.
  ///
  /// - Parameters:
  ///   - plans: One a scenario, the baseline first; at least one.
  ///   - seed: The seed of the draws.
  ///   - keepsListing: Whether columns that only a listing of single amounts reads are kept.
  public init(_ plans: [Plan], seed: UInt64, keepsListing: Bool = false) {
    precondition(!plans.isEmpty, "a comparison has a baseline")
    let draws = NormalDraws(seed: seed)
    self.draws = draws
    samplers = plans.map { ParameterSampler($0, draws: draws) }
    simulators = plans.map { plan in
      DrawSimulator(
        plan: plan, money: RealMoney(quantum: plan.scenario.quantum),
        parameters: plan.parameterValues.map { SIMD8(repeating: $0) }, keepsListing: keepsListing)
    }
    let layouts = plans.map { ShockLayout($0) }
    var distinct: [ShockLayout] = []
    for layout in layouts where !distinct.contains(layout) { distinct.append(layout) }
    tables = distinct.map { ShockTable($0) }
    tableOfScenario = layouts.map { distinct.firstIndex(of: $0) ?? 0 }
    let spans = plans.map(\.scenario.years)
    years =
      (spans.map(\.lowerBound).min() ?? 0)...(spans.map(\.upperBound).max() ?? 0)
  }

  /// Runs eight draws.
  ///
  /// - Parameters:
  ///   - firstDraw: The first of them.
  ///   - observe: Called after each scenario's year with the scenario's index and its simulator,
  ///     scenarios in order within a year.
  public mutating func run(firstDraw: Int, observe: (Int, inout DrawSimulator) -> Void) {
    for index in simulators.indices {
      simulators[index].startDraws(samplers[index], firstDraw: firstDraw)
    }
    for year in years {
      for index in tables.indices { tables[index].fill(draws, firstDraw: firstDraw, year: year) }
      for index in simulators.indices
      where simulators[index].plan.scenario.years.contains(year) {
        simulators[index].runDraws(shocks: tables[tableOfScenario[index]].values)
        observe(index, &simulators[index])
        simulators[index].advance()
      }
    }
  }
}

extension Simulator where Rule == RealMoney<SIMD8<Double>> {
  /// Starts eight draws; what is refused marks the draw as failed.
  mutating func startDraws(_ sampler: ParameterSampler, firstDraw: Int) {
    startDraws { sampler.set(&$0, firstDraw: firstDraw) }
  }

  /// Starts eight draws or points, whose parameters are set by a rule that returns the refused.
  mutating func startDraws(_ set: (inout [SIMD8<Double>]) -> SIMD8<Double>.Mask) {
    let refused = set(&parameters)
    do throws(LawError) { try start() } catch { fail() }
    failed = failed .| refused
  }

  /// Runs a year of eight draws.
  mutating func runDraws(shocks year: [SIMD8<Double>]) {
    shocks = year
    do throws(LawError) { try runYear() } catch { fail() }
    shocks = []
  }

  /// Several draws mark what is refused and do not throw; should one, all are lost.
  private mutating func fail() { failed = everywhere }
}

/// Which shocks a scenario needs: by county, and in which order of sources.
struct ShockLayout: Sendable, Equatable {
  /// Counties as numbers of counters.
  ///
  /// Shape: [county].
  let counties: [UInt32]
  /// Sources as numbers of counters.
  ///
  /// Shape: [source].
  let sources: [UInt32]

  init(_ plan: Plan) {
    counties = plan.counties.counties.map { ShockLayout.number(ofCounty: $0.code) }
    sources = plan.shockSources.map { nameHash(plan.name(of: $0)) }
  }

  /// A county's code as a number: itself if it is a whole number below 2³², else its hash.
  static func number(ofCounty code: String) -> UInt32 {
    let isDigits = !code.isEmpty && code.utf8.allSatisfy { (48...57).contains($0) }
    if isDigits, let number = UInt32(code) { return number }
    return nameHash(code)
  }
}

/// The shocks of one year and eight draws.
struct ShockTable: Sendable {
  private let layout: ShockLayout
  /// ε.
  ///
  /// Shape: [source][county], flat.
  private(set) var values: [SIMD8<Double>]

  init(_ layout: ShockLayout) {
    self.layout = layout
    values = Array(repeating: .zero, count: layout.counties.count * layout.sources.count)
  }

  mutating func fill(_ draws: NormalDraws, firstDraw: Int, year: Int) {
    let countyCount = layout.counties.count
    let calendarYear = UInt32(year)
    for (position, source) in layout.sources.enumerated() {
      draws.fill(
        &values, from: position * countyCount, counties: layout.counties, firstDraw: firstDraw,
        year: calendarYear, source: source)
    }
  }
}
