/// Signed steps from a start to an end, one a row.
public struct Waterfall: Sendable {
  /// One row.
  public struct Step: Sendable {
    /// What it is.
    public let label: String
    /// A signed step, or a level.
    public let value: Double
    /// Whether it is a level, drawn from zero: a sum so far.
    public let isTotal: Bool
    /// The number as text.
    public let text: String
    /// All about it.
    public let detail: String

    /// Makes a row.
    public init(label: String, value: Double, isTotal: Bool, text: String, detail: String) {
      self.label = label
      self.value = value
      self.isTotal = isTotal
      self.text = text
      self.detail = detail
    }
  }

  /// The axis.
  public let axis: Chart.Axis
  /// The rows from top to bottom.
  public let steps: [Step]
  /// What rising steps are called.
  public let gainTitle: String
  /// What falling steps are called.
  public let lossTitle: String
  /// What levels are called.
  public let totalTitle: String

  /// Makes a waterfall.
  public init(
    axis: Chart.Axis, steps: [Step], gainTitle: String, lossTitle: String, totalTitle: String
  ) {
    self.axis = axis
    self.steps = steps
    self.gainTitle = gainTitle
    self.lossTitle = lossTitle
    self.totalTitle = totalTitle
  }
}
