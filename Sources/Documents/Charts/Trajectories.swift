/// Lines over years, each with a fan where it is uncertain.
public struct Trajectories: Sendable {
  /// One line.
  public struct Series: Sendable {
    /// Its name.
    public let label: String
    /// Values by year; nil where there is none.
    public let values: [Double?]
    /// Lower and upper edge of the fan by year; nil without one.
    public let fan: [ClosedRange<Double>?]
    /// Values as texts.
    public let texts: [String]

    /// Makes a line; all parts have an entry for every year.
    public init(
      label: String, values: [Double?], fan: [ClosedRange<Double>?], texts: [String]
    ) {
      self.label = label
      self.values = values
      self.fan = fan
      self.texts = texts
    }
  }

  /// The axis of the years.
  public let yearTitle: String
  /// The years.
  public let years: [Int]
  /// The axis of the values.
  public let axis: Chart.Axis
  /// The lines.
  public let series: [Series]

  /// Makes trajectories.
  public init(yearTitle: String, years: [Int], axis: Chart.Axis, series: [Series]) {
    self.yearTitle = yearTitle
    self.years = years
    self.axis = axis
    self.series = series
  }
}
