import PolicyModel
import Simulation

/// What a form for the data of a scenario is made of.
public struct DataForm: Sendable {
  /// A column of indicators as the form shows it.
  public struct Column: Sendable {
    /// What the rules read.
    public let need: DataNeeds.Column
    /// What it is.
    public let description: ColumnDescription
    /// The values that it takes.
    public let range: ClosedRange<Double>
  }

  /// The rules.
  public let scenario: Scenario
  /// The counties, if they are known.
  public let counties: CountyTable?
  /// The years of the rows.
  public let years: [Int]
  /// Values to fill in; nil to leave every cell empty.
  public let values: Panel?
  /// 0/1 columns of the counties.
  public let flags: [DataNeeds.Column]
  /// Indicators.
  public let columns: [Column]

  /// Prepares a form.
  ///
  /// - Parameters:
  ///   - scenario: The rules.
  ///   - counties: The counties, if they are known.
  ///   - panel: The data, if there are any; their titles, units and years are taken over.
  ///   - years: The years of the rows; nil for those of the data, else the first of the run.
  ///   - isFilled: Whether values and sources are taken over, too.
  ///   - range: The values that a column may hold, by its name.
  public init(
    _ scenario: Scenario, counties: CountyTable?, panel: Panel?, years: [Int]?, isFilled: Bool,
    range: (String) -> ClosedRange<Double>
  ) {
    let needs = DataNeeds(scenario)
    let known = panel?.years.filter { $0 <= scenario.years.upperBound } ?? []
    self.scenario = scenario
    self.counties = counties
    self.years = years ?? (known.isEmpty ? [scenario.years.lowerBound] : known)
    values = isFilled ? panel : nil
    flags = needs.flags
    columns = needs.indicators.map { need in
      let allowed = range(need.name)
      let least = need.isNeverNegative ? max(0, allowed.lowerBound) : allowed.lowerBound
      return Column(
        need: need,
        description: DataForm.description(
          need.name, panel?.descriptions[need.name], scenario, isFilled: isFilled),
        range: least...allowed.upperBound)
    }
  }

  /// What the data say of a column, else what the rules let suppose; source and status belong to the
  /// values.
  private static func description(
    _ name: String, _ known: ColumnDescription?, _ scenario: Scenario, isFilled: Bool
  ) -> ColumnDescription {
    let supposed = ColumnTitle(name, scenario)
    return ColumnDescription(
      title: known?.title ?? supposed.title, unit: known?.unit ?? supposed.unit,
      source: isFilled ? known?.source ?? "" : "", status: isFilled ? known?.status : nil)
  }
}
