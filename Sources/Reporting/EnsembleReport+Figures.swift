import Comparison
import Simulation

extension EnsembleReport {
  /// The figures that pictures show, by name.
  public var figures: EnsembleFigures {
    var figures = EnsembleFigures(drawCount: result.drawCount)
    for (index, ledger) in ledgers.enumerated() {
      let shape = result.layout.shapes[index]
      for (yearIndex, year) in shape.years.enumerated() {
        add(index, ledger, yearIndex, year, to: &figures)
      }
    }
    return figures
  }

  private func add(
    _ index: Int, _ ledger: Ledger, _ yearIndex: Int, _ year: Int, to figures: inout EnsembleFigures
  ) {
    let scenario = ledger.plan.scenario.name
    for (position, metric) in Metric.allCases.enumerated() {
      let series = result.layout.metric(index, yearIndex: yearIndex, position)
      guard let figure = result.figures[series] else { continue }
      figures.set(
        shown(figure, hasChance: false), scenario: scenario, year: year, metric: metric.rawValue)
    }
    let isCompared = index > 0 && result.layout.shapes[0].years.contains(year)
    for (position, county) in ledger.plan.counties.counties.enumerated() {
      let series = result.layout.county(index, yearIndex: yearIndex, position)
      guard let figure = result.figures[series] else { continue }
      figures.set(
        shown(figure, hasChance: isCompared), scenario: scenario, year: year, county: county.code)
    }
  }

  private func shown(
    _ figure: EnsembleResult.Figure, hasChance: Bool
  ) -> EnsembleFigures.Figure {
    EnsembleFigures.Figure(
      interval: figure.quantiles[0]...max(figure.quantiles[0], figure.quantiles[4]),
      median: figure.quantiles[2], chanceOfLess: hasChance ? figure.hitShare : nil)
  }
}
