/// What the meta file says of one column.
public struct ColumnDescription: Sendable, Hashable {
  /// Whether a column was observed or made up for demonstration.
  public enum Status: String, Sendable {
    /// Published or measured.
    case observed
    /// Made up; every output says so.
    case synthetic
  }

  /// Title in both languages.
  public let title: Wording
  /// Unit as written, such as `万元`; empty if none.
  public let unit: String
  /// Where the data come from; empty if not said.
  public let source: String
  /// Observed or synthetic; nil if not said.
  public let status: Status?

  /// Makes a description.
  public init(title: Wording, unit: String, source: String, status: Status?) {
    self.title = title
    self.unit = unit
    self.source = source
    self.status = status
  }
}

/// The indicators of all counties by year: one column an indicator, as written in the data.
public struct Panel: Sendable {
  /// One indicator.
  public struct Column: Sendable {
    /// Its name.
    public let name: String
    /// Values.
    ///
    /// Shape: [year][county], flat; NaN where the cell is missing.
    public let values: [Double]

    /// Makes a column.
    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Years with data, ascending.
  public let years: [Int]
  /// Columns in the order of the file.
  public let columns: [Column]
  /// What the meta file says, by column.
  public let descriptions: [String: ColumnDescription]
  private let indexOfColumn: [String: Int]

  /// Makes a panel.
  public init(years: [Int], columns: [Column], descriptions: [String: ColumnDescription]) {
    self.years = years
    self.columns = columns
    self.descriptions = descriptions
    indexOfColumn = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A panel without data.
  public static let empty = Panel(years: [], columns: [], descriptions: [:])

  /// The column with a name.
  public func column(named name: String) -> Column? {
    indexOfColumn[name].map { columns[$0] }
  }

  /// Title of an indicator in both languages: the meta file's, or its name.
  public func title(of name: String) -> Wording {
    descriptions[name]?.title ?? Wording(same: name)
  }
}
