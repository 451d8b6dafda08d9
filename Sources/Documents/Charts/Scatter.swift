/// Points of two quantities; as many names as find room.
public struct Scatter: Sendable {
  /// One point.
  public struct Point: Sendable {
    /// Its name.
    public let label: String
    /// All about it.
    public let detail: String
    /// To the right.
    public let x: Double
    /// Upwards.
    public let y: Double
    /// Index of its series.
    public let series: Int

    /// Makes a point.
    public init(label: String, detail: String, x: Double, y: Double, series: Int) {
      self.label = label
      self.detail = detail
      self.x = x
      self.y = y
      self.series = series
    }
  }

  /// The axis to the right.
  public let xAxis: Chart.Axis
  /// The axis upwards.
  public let yAxis: Chart.Axis
  /// Names of the series; none is shown where there is one only.
  public let series: [String]
  /// The points; those named first get their names first.
  public let points: [Point]

  /// Makes a scatter.
  public init(xAxis: Chart.Axis, yAxis: Chart.Axis, series: [String], points: [Point]) {
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
    self.points = points
  }
}
