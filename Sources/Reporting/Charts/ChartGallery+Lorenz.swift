import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// More corners than this of a curve are thinned out.
  private static let mostCorners = 400

  /// Lorenz curves of amounts per rural person, or of income if the metric is one of income.
  func lorenz(_ choice: Choice) throws(ChartGap) -> Chart {
    let isIncome = [.giniIncome, .theilIncome, .theilIncomeBetween, .theilIncomeWithin]
      .contains(choice.metric)
    let year = choice.year ?? ledgers[scenario(choice)].plan.scenario.years.upperBound
    let shown = ledgers.indices.filter { ledgers[$0].plan.scenario.years.contains(year) }
    if shown.isEmpty { throw .noSuchYear(year, baseline.plan.scenario.name) }
    var curves: [LorenzCurves.Curve] = []
    for index in shown {
      if let curve = curve(index, year: year, isIncome: isIncome) { curves.append(curve) }
    }
    if curves.isEmpty { throw .noDistribution(year) }
    let what = isIncome ? words("income", "收入") : words("amounts", "资金")
    return Chart(
      title: words(
        "Lorenz curves of \(what) per rural person, \(year)", "\(year)年农村人均\(what)洛伦兹曲线"),
      subtitle: words(
        "Counties weighted by rural population, the least per person first",
        "按农村人口加权，人均水平由低到高排列"),
      marks: marks, summary: curves.map(\.label).joined(separator: "; "),
      notes: [
        words(
          "The further a curve hangs below the straight line, the less equal; Gini 0 is the line.",
          "曲线离直线越远越不均等；基尼系数为0即为直线。")
      ], source: source(shown.map { ledgers[$0] }), languageTag: languageTag,
      content: .lorenzCurves(
        LorenzCurves(
          peopleAxis: Chart.Axis(
            words("Cumulated share of rural population, %", "农村人口累计占比（%）"), suffix: " %"),
          amountAxis: Chart.Axis(
            words("Cumulated share of \(what), %", "\(what)累计占比（%）"), suffix: " %"),
          equalityTitle: words("equal for all", "完全均等"), curves: curves)))
  }

  private func curve(_ index: Int, year: Int, isIncome: Bool) -> LorenzCurves.Curve? {
    let ledger = ledgers[index]
    guard let position = ledger.years.firstIndex(where: { $0.year == year }) else { return nil }
    let observation = ledger.years[position].observation
    let people = observation.ruralPopulation
    let values = people.indices.map { county in
      isIncome
        ? observation.income[county]
        : ledger.finalAmount(yearIndex: position, county: county).asDouble / people[county]
    }
    let order = people.indices.filter { people[$0] > 0 && !values[$0].isNaN }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    let allPeople = order.reduce(0) { $0 + people[$1] }
    let all = order.reduce(0) { $0 + people[$1] * values[$1] }
    if all <= 0 { return nil }
    var corners = [(people: 0.0, amount: 0.0)]
    for county in order {
      let last = corners[corners.count - 1]
      corners.append(
        (
          last.people + people[county] / allPeople,
          last.amount + people[county] * values[county] / all
        ))
    }
    let step = corners.count / Self.mostCorners + 1
    let kept = corners.indices.filter { $0 % step == 0 || $0 == corners.count - 1 }
    let gini = metrics[index].value(isIncome ? .giniIncome : .giniAmount, year: year)
    let text = gini.map { NumberText.fixed($0, decimals: 4) } ?? "–"
    return LorenzCurves.Curve(
      label: words(
        "\(ledger.plan.scenario.name) (Gini \(text))", "\(ledger.plan.scenario.name)（基尼系数\(text)）"),
      people: kept.map { corners[$0].people }, amounts: kept.map { corners[$0].amount })
  }
}
