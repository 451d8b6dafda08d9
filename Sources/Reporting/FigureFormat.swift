import Comparison
import Documents
import PolicyModel

/// Shows figures of a scenario's currency to people.
struct FigureFormat: Sendable {
  let language: Language
  /// Name of the unit of money in tables.
  let moneyUnit: String
  private let fenOfUnit: Double
  /// Decimals of money in that unit, as many as the smallest amount needs.
  let moneyDecimals: Int

  init(_ scenario: Scenario, _ language: Language) {
    self.language = language
    let unit = scenario.currency.tableUnit
    moneyUnit = unit.name.text(in: language)
    fenOfUnit = unit.fen
    let parts = unit.fen / scenario.quantum.asDouble
    moneyDecimals = parts <= 1 ? 0 : (parts <= 10 ? 1 : 2)
  }

  /// An amount of fen as a number of the unit of tables.
  func units(fen: Double) -> Double { fen / fenOfUnit }

  /// An amount of fen in the unit of tables.
  func money(fen: Double) -> Cell {
    Cell(fen / fenOfUnit, text: NumberText.grouped(fen / fenOfUnit, decimals: moneyDecimals))
  }

  /// A figure of a kind; money in currency units.
  func cell(_ value: Double?, _ kind: Metric.Kind) -> Cell {
    guard let value else { return Cell("–") }
    switch kind {
    case .money: return money(fen: value * 100)
    case .share: return Cell(value, text: NumberText.fixed(value * 100, decimals: 1) + " %")
    case .index: return Cell(value, text: NumberText.fixed(value, decimals: 4))
    case .counties: return Cell(value, text: NumberText.grouped(value, decimals: 0))
    }
  }

  /// The difference to the baseline, with sign and percent.
  func difference(_ value: Double?, _ base: Double?, _ kind: Metric.Kind) -> Cell {
    guard let value, let base else { return .empty }
    let change = value - base
    if change == 0 { return Cell(0, text: "=") }
    switch kind {
    case .money:
      let units = change * 100 / fenOfUnit
      return Cell(
        units, text: NumberText.signed(units, decimals: moneyDecimals) + percent(change, base))
    case .share:
      let points = language == .chinese ? " 百分点" : " pp"
      return Cell(change, text: NumberText.signed(change * 100, decimals: 1) + points)
    case .index:
      return Cell(change, text: NumberText.signed(change, decimals: 4) + percent(change, base))
    case .counties: return Cell(change, text: NumberText.signed(change, decimals: 0))
    }
  }

  private func percent(_ change: Double, _ base: Double) -> String {
    base == 0 ? "" : " (" + NumberText.signedPercent(change / abs(base)) + ")"
  }
}
