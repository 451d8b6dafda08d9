import Simulation
import Statistics

/// Works out the metrics of a year (model, section 11), for a ledger and for each draw alike.
///
/// Keeps the orders in which counties stood last, from which the next are found quickly; the values
/// do not depend on them.
struct MetricCalculator: Sendable {
  private let prefectures: [Int]
  private let hasBehaviour: Bool
  private var amountOrder = WarmOrder()
  private var incomeOrder = WarmOrder()
  private var needOrders = (left: WarmOrder(), right: WarmOrder())
  private var growthOrders = (left: WarmOrder(), right: WarmOrder())

  init(_ plan: Plan) {
    prefectures = plan.counties.prefectureOfCounty
    hasBehaviour = plan.scenario.behaviour != nil
  }

  /// Every metric in the order of `Metric.allCases`, NaN where it is undefined.
  mutating func values(_ figures: YearFigures) -> [Double] {
    let populated = figures.people.indices.filter { figures.people[$0] > 0 }
    let perPerson = Distribution(
      figures.amounts, figures.people, prefectures, populated, divides: true)
    let income = Distribution(figures.income, figures.people, prefectures, populated)
    let theilAmount = perPerson.theil
    let theilIncome = income.theil
    let values: [Double?] = [
      perPerson.gini(&amountOrder), income.gini(&incomeOrder),
      theilAmount?.total, theilAmount?.between, theilAmount?.within,
      theilIncome?.total, theilIncome?.between, theilIncome?.within,
      needAlignment(figures, populated),
    ]
    let flows: [Double?] = [
      figures.flows.atHand == 0 ? nil : figures.flows.spent / figures.flows.atHand,
      figures.flows.carried / 100, figures.flows.recovered / 100,
      figures.flows.unallocated / 100, figures.flows.rewarded / 100,
      figures.flows.deducted / 100,
    ]
    let others: [Double?] = [incentiveReach(figures), matthewIndex(figures)]
    return (values + change(figures) + [volatility(figures)] + flows + others)
      .map { $0 ?? .nan }
  }

  /// Where every county has a need, amounts stand in the order that the Gini found.
  private mutating func needAlignment(_ figures: YearFigures, _ populated: [Int]) -> Double? {
    let counties = populated.filter { !figures.need[$0].isNaN }
    if counties.isEmpty { return nil }
    if counties.count == populated.count { needOrders.left = amountOrder }
    return RankCorrelation.spearman(
      counties.map { figures.amounts[$0] / figures.people[$0] },
      counties.map { figures.need[$0] }, orders: &needOrders)
  }

  private mutating func matthewIndex(_ figures: YearFigures) -> Double? {
    let counties = figures.amounts.indices.filter { figures.firstAmounts[$0] > 0 }
    return RankCorrelation.spearman(
      counties.map { figures.staff[$0] },
      counties.map { figures.amounts[$0] / figures.firstAmounts[$0] }, orders: &growthOrders)
  }

  private func volatility(_ figures: YearFigures) -> Double? {
    guard let last = figures.lastAmounts else { return nil }
    var sum = 0.0
    var count = 0.0
    for county in last.indices where last[county] > 0 {
      sum += abs(figures.amounts[county] / last[county] - 1)
      count += 1
    }
    return count == 0 ? nil : sum / count
  }

  /// Money moved, winners and losers.
  private func change(_ figures: YearFigures) -> [Double?] {
    guard let base = figures.baselineAmounts else { return [nil, nil, nil] }
    var total = 0.0
    var moved = 0.0
    var winners = 0.0
    var losers = 0.0
    for county in base.indices {
      let amount = figures.amounts[county]
      total += base[county]
      moved += abs(amount - base[county])
      if 100 * amount > 101 * base[county] { winners += 1 }
      if 100 * amount < 99 * base[county] { losers += 1 }
    }
    return [total == 0 ? nil : moved / 2 / total, winners, losers]
  }

  private func incentiveReach(_ figures: YearFigures) -> Double? {
    if !hasBehaviour { return nil }
    return Double(figures.power.count { $0 > 0 }) / Double(figures.amounts.count)
  }
}

/// Values of the counties that have them, with populations and prefectures.
private struct Distribution {
  private var values: [Double] = []
  private var people: [Double] = []
  private var groups: [Int] = []

  /// Takes the counties that have a value; `divides` makes a total a value per person.
  init(
    _ column: [Double], _ population: [Double], _ prefectures: [Int], _ counties: [Int],
    divides: Bool = false
  ) {
    values.reserveCapacity(counties.count)
    people.reserveCapacity(counties.count)
    groups.reserveCapacity(counties.count)
    for county in counties where !column[county].isNaN {
      values.append(divides ? column[county] / population[county] : column[county])
      people.append(population[county])
      groups.append(prefectures[county])
    }
  }

  func gini(_ order: inout WarmOrder) -> Double? {
    Inequality.gini(values: values, weights: people, order: &order)
  }

  var theil: Inequality.Theil? {
    Inequality.theil(values: values, weights: people, groups: groups)
  }
}
