/// Lorenz curves: which share of the sum goes to which share of those that get it, the least first.
public struct LorenzCurves: Sendable {
  /// One curve.
  public struct Curve: Sendable {
    /// Its name, with its index of inequality.
    public let label: String
    /// Cumulated shares of those that get it, from 0 to 1.
    public let people: [Double]
    /// Cumulated shares of what they get, from 0 to 1.
    public let amounts: [Double]

    /// Makes a curve; both lists have the same length.
    public init(label: String, people: [Double], amounts: [Double]) {
      self.label = label
      self.people = people
      self.amounts = amounts
    }
  }

  /// The axis to the right.
  public let peopleAxis: Chart.Axis
  /// The axis upwards.
  public let amountAxis: Chart.Axis
  /// What the straight line is called.
  public let equalityTitle: String
  /// The curves.
  public let curves: [Curve]

  /// Makes curves.
  public init(
    peopleAxis: Chart.Axis, amountAxis: Chart.Axis, equalityTitle: String, curves: [Curve]
  ) {
    self.peopleAxis = peopleAxis
    self.amountAxis = amountAxis
    self.equalityTitle = equalityTitle
    self.curves = curves
  }
}
