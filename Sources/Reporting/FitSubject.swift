import PolicyModel

/// What a fit is about, in names: the amounts, the factors and the rows.
public struct FitSubject: Sendable {
  /// One row of the data.
  public struct Row: Sendable {
    /// Code of the county; empty if the data have none.
    public let code: String
    /// Name of the county; empty if the data have none.
    public let name: Wording
    /// What its pool is called: a year, a stream, or both; empty where there is one pool.
    public let pool: String

    /// Makes a row.
    public init(code: String, name: Wording, pool: String) {
      self.code = code
      self.name = name
      self.pool = pool
    }
  }

  /// A factor.
  public struct Factor: Sendable {
    /// Its key: a column, or a key of the scenario.
    public let key: String
    /// Its title.
    public let title: Wording

    /// Makes a factor.
    public init(key: String, title: Wording) {
      self.key = key
      self.title = title
    }
  }

  /// What the observed amounts are.
  public let amount: Wording
  /// The unit of the amounts; empty if the data do not say.
  public let unit: Wording
  /// Decimals with which amounts are shown.
  public let decimals: Int
  /// The factors.
  public let factors: [Factor]
  /// The rows.
  public let rows: [Row]
  /// Whether the data are observed or made up.
  public let provenance: DataProvenance
  /// What else the reader should know.
  public let remarks: [Wording]

  /// Makes a subject.
  public init(
    amount: Wording, unit: Wording, decimals: Int, factors: [Factor], rows: [Row],
    provenance: DataProvenance, remarks: [Wording]
  ) {
    self.amount = amount
    self.unit = unit
    self.decimals = decimals
    self.factors = factors
    self.rows = rows
    self.provenance = provenance
    self.remarks = remarks
  }
}
