/// Signed bars, one a row, in the order given.
public struct DivergingBars: Sendable {
  /// One bar.
  public struct Row: Sendable {
    /// Whose bar it is.
    public let label: String
    /// Its signed length.
    public let value: Double
    /// The number as text, beside the bar.
    public let text: String
    /// All about it, for a page that shows it under the pointer.
    public let detail: String

    /// Makes a bar.
    public init(label: String, value: Double, text: String, detail: String) {
      self.label = label
      self.value = value
      self.text = text
      self.detail = detail
    }
  }

  /// The axis.
  public let axis: Chart.Axis
  /// The bars from top to bottom.
  public let rows: [Row]
  /// What bars to the right are called.
  public let gainTitle: String
  /// What bars to the left are called.
  public let lossTitle: String

  /// Makes the bars.
  public init(axis: Chart.Axis, rows: [Row], gainTitle: String, lossTitle: String) {
    self.axis = axis
    self.rows = rows
    self.gainTitle = gainTitle
    self.lossTitle = lossTitle
  }
}
