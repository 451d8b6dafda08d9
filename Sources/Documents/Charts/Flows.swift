/// How many members of a whole go from which class to which, from column to column.
public struct Flows: Sendable {
  /// What goes from one class to one class of the next column.
  public struct Flow: Sendable {
    /// Index of the class it leaves.
    public let from: Int
    /// Index of the class it joins.
    public let to: Int
    /// How many.
    public let count: Int
    /// All about it.
    public let detail: String

    /// Makes a flow.
    public init(from: Int, to: Int, count: Int, detail: String) {
      self.from = from
      self.to = to
      self.count = count
      self.detail = detail
    }
  }

  /// Titles of the columns.
  public let columns: [String]
  /// Names of the classes, from top to bottom.
  public let classes: [String]
  /// How many are in each class.
  ///
  /// Shape: [column][class].
  public let counts: [[Int]]
  /// Flows between each column and the next.
  public let flows: [[Flow]]
  /// A word on each gap between columns.
  public let gapTitles: [String]

  /// Makes flows; one list less than columns.
  public init(
    columns: [String], classes: [String], counts: [[Int]], flows: [[Flow]], gapTitles: [String]
  ) {
    self.columns = columns
    self.classes = classes
    self.counts = counts
    self.flows = flows
    self.gapTitles = gapTitles
  }
}
