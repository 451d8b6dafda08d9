/// Bars of influence, in the order given.
public struct Tornado: Sendable {
  /// One row.
  public struct Row: Sendable {
    /// What has the influence.
    public let label: String
    /// The result where it is low.
    public let low: Double
    /// The result where it is high.
    public let high: Double
    /// How sure the end of the bar is; nil if not known.
    public let interval: ClosedRange<Double>?
    /// The number as text.
    public let text: String
    /// All about it.
    public let detail: String

    /// Makes a row.
    public init(
      label: String, low: Double, high: Double, interval: ClosedRange<Double>?, text: String,
      detail: String
    ) {
      self.label = label
      self.low = low
      self.high = high
      self.interval = interval
      self.text = text
      self.detail = detail
    }
  }

  /// The axis.
  public let axis: Chart.Axis
  /// From where the bars go.
  public let base: Double
  /// The rows from top to bottom.
  public let rows: [Row]
  /// What bars of high inputs are called.
  public let highTitle: String
  /// What bars of low inputs are called; empty where no row has one.
  public let lowTitle: String
  /// What intervals are called; empty where no row has one.
  public let intervalTitle: String

  /// Makes a tornado.
  public init(
    axis: Chart.Axis, base: Double, rows: [Row], highTitle: String, lowTitle: String,
    intervalTitle: String
  ) {
    self.axis = axis
    self.base = base
    self.rows = rows
    self.highTitle = highTitle
    self.lowTitle = lowTitle
    self.intervalTitle = intervalTitle
  }
}
