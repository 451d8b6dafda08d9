import FundAllocation
import PolicyModel
import Simulation
import Statistics

/// Every metric of every year of one scenario against the baseline.
public struct MetricTable: Sendable {
  /// Values; nil where a metric is undefined.
  ///
  /// Shape: [year][metric].
  public let values: [[Double?]]
  /// The years.
  public let years: ClosedRange<Int>

  /// Works the metrics out.
  ///
  /// - Parameters:
  ///   - ledger: The scenario's run.
  ///   - baseline: The run it is compared with; itself for the baseline.
  public init(_ ledger: Ledger, baseline: Ledger) {
    years = ledger.plan.scenario.years
    values = ledger.years.indices.map { index in
      let figures = YearFigures(ledger, yearIndex: index, baseline: baseline)
      return Metric.allCases.map { figures.value(of: $0) }
    }
  }

  /// One value; nil where it is undefined or the year is not of the run.
  public func value(_ metric: Metric, year: Int) -> Double? {
    guard years.contains(year), let position = Metric.allCases.firstIndex(of: metric) else {
      return nil
    }
    return values[year - years.lowerBound][position]
  }
}

/// The figures of one year from which its metrics are made.
struct YearFigures {
  let year: Ledger.Year
  /// Final amounts, county totals.
  ///
  /// Shape: [county]. Fen.
  let amounts: [Double]
  let firstAmounts: [Double]
  let lastAmounts: [Double]?
  /// The baseline's amounts of the same counties and year, nil if it has no such year.
  let baselineAmounts: [Double]?
  /// Counties with rural population.
  let populated: [Int]
  let prefectures: [Int]
  let hasBehaviour: Bool

  init(_ ledger: Ledger, yearIndex: Int, baseline: Ledger) {
    year = ledger.years[yearIndex]
    amounts = YearFigures.totals(year)
    firstAmounts = YearFigures.totals(ledger.years[0])
    lastAmounts = yearIndex == 0 ? nil : YearFigures.totals(ledger.years[yearIndex - 1])
    baselineAmounts = YearFigures.baselineAmounts(ledger, year.year, baseline)
    let people = year.observation.ruralPopulation
    populated = people.indices.filter { people[$0] > 0 }
    prefectures = ledger.plan.counties.prefectureOfCounty
    hasBehaviour = ledger.plan.scenario.behaviour != nil
  }

  static func totals(_ year: Ledger.Year) -> [Double] {
    var sums = [Double](repeating: 0, count: year.incentivePower.count)
    for stream in year.streams {
      for county in sums.indices { sums[county] += stream.final[county] }
    }
    return sums
  }

  /// Amounts by the codes of this run's counties; a county that the baseline lacks has none.
  private static func baselineAmounts(
    _ ledger: Ledger, _ year: Int, _ baseline: Ledger
  ) -> [Double]? {
    guard let other = baseline.years.first(where: { $0.year == year }) else { return nil }
    let totals = totals(other)
    return ledger.plan.counties.counties.map { county in
      baseline.plan.counties.indexOfCode[county.code].map { totals[$0] } ?? 0
    }
  }

  func value(of metric: Metric) -> Double? {
    switch metric {
    case .giniAmount: gini(amountsPerPerson)
    case .giniIncome: gini(year.observation.income)
    case .theilAmount: theil(amountsPerPerson)?.total
    case .theilAmountBetween: theil(amountsPerPerson)?.between
    case .theilAmountWithin: theil(amountsPerPerson)?.within
    case .theilIncome: theil(year.observation.income)?.total
    case .theilIncomeBetween: theil(year.observation.income)?.between
    case .theilIncomeWithin: theil(year.observation.income)?.within
    case .needAlignment: needAlignment
    case .matthewIndex: matthewIndex
    case .volatility: volatility
    case .poolMoved, .winners, .losers: change(metric)
    case .incentiveReach: incentiveReach
    default: flow(metric)
    }
  }

  // MARK: Distribution

  private var amountsPerPerson: [Double] {
    amounts.indices.map { amounts[$0] / year.observation.ruralPopulation[$0] }
  }

  private func known(_ values: [Double]) -> [Int] { populated.filter { !values[$0].isNaN } }

  private func gini(_ values: [Double]) -> Double? {
    let counties = known(values)
    return Inequality.gini(
      values: counties.map { values[$0] },
      weights: counties.map { year.observation.ruralPopulation[$0] })
  }

  private func theil(_ values: [Double]) -> Inequality.Theil? {
    let counties = known(values)
    return Inequality.theil(
      values: counties.map { values[$0] },
      weights: counties.map { year.observation.ruralPopulation[$0] },
      groups: counties.map { prefectures[$0] })
  }

  private var needAlignment: Double? {
    let counties = known(year.observation.need)
    return RankCorrelation.spearman(
      counties.map { amounts[$0] / 100 / year.observation.ruralPopulation[$0] },
      counties.map { year.observation.need[$0] })
  }

  private var matthewIndex: Double? {
    let counties = amounts.indices.filter { firstAmounts[$0] > 0 }
    return RankCorrelation.spearman(
      counties.map { year.observation.staff[$0] },
      counties.map { amounts[$0] / firstAmounts[$0] })
  }

  private var volatility: Double? {
    guard let last = lastAmounts else { return nil }
    let changes = amounts.indices.filter { last[$0] > 0 }.map { abs(amounts[$0] / last[$0] - 1) }
    return changes.isEmpty ? nil : changes.reduce(0, +) / Double(changes.count)
  }

  // MARK: Change against the baseline

  private func change(_ metric: Metric) -> Double? {
    guard let base = baselineAmounts else { return nil }
    let pairs = zip(amounts, base)
    switch metric {
    case .winners: return Double(pairs.count { 100 * $0 > 101 * $1 })
    case .losers: return Double(pairs.count { 100 * $0 < 99 * $1 })
    default:
      let total = base.reduce(0, +)
      return total == 0 ? nil : pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / 2 / total
    }
  }

  private var incentiveReach: Double? {
    if !hasBehaviour { return nil }
    return Double(year.incentivePower.count { $0 > 0 }) / Double(amounts.count)
  }

  // MARK: Flows

  private func sum(_ part: (StreamResult<Double>) -> [Double]) -> Double {
    year.streams.reduce(0) { $0 + part($1).reduce(0, +) }
  }

  private func flow(_ metric: Metric) -> Double? {
    switch metric {
    case .execution:
      let atHand = sum { $0.final } + sum { $0.carriedIn }
      return atHand == 0 ? nil : sum { $0.spent } / atHand
    case .carried: return sum { $0.carriedOut } / 100
    case .recovered: return sum { $0.recovered } / 100
    case .unallocated: return year.streams.reduce(0) { $0 + $1.unallocated } / 100
    case .rewarded: return sum { $0.outcome.reward } / 100
    case .deducted: return sum { $0.outcome.deduction } / 100
    default: return nil
    }
  }
}
