/// Points with intervals, one a row.
public struct DotPlot: Sendable {
  /// One row.
  public struct Row: Sendable {
    /// Whose it is.
    public let label: String
    /// The middle.
    public let middle: Double
    /// From where to where the interval goes.
    public let interval: ClosedRange<Double>
    /// The number as text.
    public let text: String
    /// All about it.
    public let detail: String

    /// Makes a row.
    public init(
      label: String, middle: Double, interval: ClosedRange<Double>, text: String, detail: String
    ) {
      self.label = label
      self.middle = middle
      self.interval = interval
      self.text = text
      self.detail = detail
    }
  }

  /// The axis.
  public let axis: Chart.Axis
  /// The rows from top to bottom.
  public let rows: [Row]
  /// Where a line stands for comparison; nil for none.
  public let reference: Double?
  /// What dots are called.
  public let middleTitle: String
  /// What intervals are called.
  public let intervalTitle: String
  /// What the line is called.
  public let referenceTitle: String
  /// What the texts beside the rows are called.
  public let textTitle: String

  /// Makes a plot.
  public init(
    axis: Chart.Axis, rows: [Row], reference: Double?, middleTitle: String, intervalTitle: String,
    referenceTitle: String, textTitle: String
  ) {
    self.axis = axis
    self.rows = rows
    self.reference = reference
    self.middleTitle = middleTitle
    self.intervalTitle = intervalTitle
    self.referenceTitle = referenceTitle
    self.textTitle = textTitle
  }
}
