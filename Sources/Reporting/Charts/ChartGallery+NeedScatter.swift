import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  private struct Place {
    let county: County
    let need: Double
    let amount: Double
    /// How far the ranks of need and amount lie apart, from 0 to 1.
    var distance = 0.0
  }

  /// Need against amount per rural person, the counties that stand out most named first.
  func needScatter(_ choice: Choice) throws(ChartGap) -> Chart {
    let ledger = ledgers[scenario(choice)]
    let year = choice.year ?? ledger.plan.scenario.years.upperBound
    let yearIndex = try yearIndex(year, ledger)
    let scenario = ledger.plan.scenario
    let places = places(ledger, yearIndex)
    guard let need = scenario.need?.name, !places.isEmpty else { throw .noNeed(scenario.name) }
    let unit = scenario.currency.unitName.text(in: language)
    let described = ledger.plan.panel.descriptions[need]
    let title = described?.title.text(in: language) ?? need
    let points = points(places, title, unit)
    let index = self.scenario(choice)
    let correlation =
      metrics[index].value(.needAlignment, year: year)
      .map { ($0 < 0 ? "−" : "") + NumberText.fixed(abs($0), decimals: 3) } ?? "–"
    let shownUnit = described.map { $0.unit.isEmpty ? title : self.title(title, unit: $0.unit) }
    return Chart(
      title: words("Need and amount per rural person, \(year)", "\(year)年需求与农村人均资金"),
      subtitle: words(
        "\(name(ledger)); rank correlation \(correlation)", "\(name(ledger))；秩相关系数\(correlation)"),
      marks: marks,
      summary: words(
        "\(points.count) counties; rank correlation of need and amount \(correlation).",
        "共\(points.count)个县市区；需求与资金的秩相关系数为\(correlation)。"),
      notes: notes(scenario, need), source: source([ledger]), languageTag: languageTag,
      content: .scatter(
        Scatter(
          xAxis: Chart.Axis(words("Need: ", "需求：") + (shownUnit ?? title)),
          yAxis: Chart.Axis(
            self.title(words("Amount per rural person", "农村人均资金"), unit: unit)),
          series: [scenario.name], points: points)))
  }

  private func points(_ places: [Place], _ title: String, _ unit: String) -> [Scatter.Point] {
    let names = ShortNames.of(places.map { $0.county.name.text(in: language) }, language)
    return zip(places, names).map { place, name in
      Scatter.Point(
        label: name,
        detail: "\(self.place(place.county)): \(title) "
          + "\(NumberText.significant(place.need, digits: 5)), "
          + "\(NumberText.grouped(place.amount, decimals: 0)) \(unit)",
        x: place.need, y: place.amount, series: 0)
    }
  }

  private func notes(_ scenario: Scenario, _ need: String) -> [String] {
    var notes = [
      words(
        "Each ring is a county. Named first: where the rank by need and the rank by amount lie "
          + "furthest apart; names that would cover others are left out.",
        "每个圆圈为一个县市区；优先标注需求位次与资金位次相差最大的县，会重叠的县名不标注。")
    ]
    if let formula = scenario.derived.first(where: { $0.name == need }) {
      notes.append("\(need) = \(formula.text)")
    }
    return notes
  }

  private func places(_ ledger: Ledger, _ yearIndex: Int) -> [Place] {
    let observation = ledger.years[yearIndex].observation
    var places = ledger.plan.counties.counties.enumerated().compactMap { index, county -> Place? in
      let people = observation.ruralPopulation[index]
      let need = observation.need[index]
      guard people > 0, !need.isNaN else { return nil }
      let amount = ledger.finalAmount(yearIndex: yearIndex, county: index).asDouble
      return Place(county: county, need: need, amount: amount / 100 / people)
    }
    let count = Double(max(1, places.count - 1))
    for index in places.indices {
      let own = places[index]
      let byNeed = places.count { $0.need < own.need }
      let byAmount = places.count { $0.amount < own.amount }
      places[index].distance = Double(abs(byNeed - byAmount)) / count
    }
    return places.sorted { ($1.distance, $0.county.code) < ($0.distance, $1.county.code) }
  }
}
