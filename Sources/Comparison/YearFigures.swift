import FundAllocation
import Simulation

/// The figures of one year of one path from which its metrics are made.
///
/// Shapes: [county], where not said otherwise; money in fen, NaN for what is not there.
struct YearFigures: Sendable {
  /// Final amounts, county totals.
  var amounts: [Double] = []
  /// Those of the run's first year.
  var firstAmounts: [Double] = []
  /// Those of the year before; nil in the first.
  var lastAmounts: [Double]?
  /// The baseline's amounts of the same counties and year; nil if it has no such year.
  var baselineAmounts: [Double]?
  /// Rural population.
  var people: [Double] = []
  /// Need as the allocation saw it.
  var need: [Double] = []
  /// Administrative capacity.
  var staff: [Double] = []
  /// Income per rural person at the end of the year, in currency units.
  var income: [Double] = []
  /// μ.
  var power: [Double] = []
  /// Sums over counties and streams.
  var flows = Flows()

  /// Sums over counties and streams, in fen.
  struct Flows: Sendable {
    var atHand = 0.0
    var spent = 0.0
    var carried = 0.0
    var recovered = 0.0
    var unallocated = 0.0
    var rewarded = 0.0
    var deducted = 0.0
  }

  /// Figures to be filled.
  init() {}

  /// The figures of a ledger's year, without what it is compared with.
  init(_ year: Ledger.Year) {
    amounts = YearFigures.totals(year)
    people = year.observation.ruralPopulation
    need = year.observation.need
    staff = year.observation.staff
    income = year.observation.income
    power = year.incentivePower
    func sum(_ part: (StreamResult<Double>) -> [Double]) -> Double {
      year.streams.reduce(0) { $0 + part($1).reduce(0, +) }
    }
    flows.atHand = sum { $0.final } + sum { $0.carriedIn }
    flows.spent = sum { $0.spent }
    flows.carried = sum { $0.carriedOut }
    flows.recovered = sum { $0.recovered }
    flows.unallocated = year.streams.reduce(0) { $0 + $1.unallocated }
    flows.rewarded = sum { $0.outcome.reward }
    flows.deducted = sum { $0.outcome.deduction }
  }

  /// Final amounts, county totals, of a ledger's year.
  static func totals(_ year: Ledger.Year) -> [Double] {
    var sums = [Double](repeating: 0, count: year.incentivePower.count)
    for stream in year.streams {
      for county in sums.indices { sums[county] += stream.final[county] }
    }
    return sums
  }
}

/// Which county of a baseline each county of a scenario is, by code.
struct CountyMatch: Sendable {
  /// Shape: [county of the scenario]; nil for one that the baseline lacks.
  let indices: [Int?]
  /// Whether both have the same counties.
  private let isSame: Bool

  init(_ plan: Plan, in baseline: Plan) {
    let indexOfCode = baseline.counties.indexOfCode
    indices = plan.counties.counties.map { indexOfCode[$0.code] }
    isSame =
      plan.counties.count == baseline.counties.count
      && indices.enumerated().allSatisfy { $0.offset == $0.element }
  }

  /// The baseline's amounts in the scenario's order; a county that it lacks has none.
  func amounts(_ totals: [Double]) -> [Double] {
    isSame ? totals : indices.map { $0.map { totals[$0] } ?? 0 }
  }
}
