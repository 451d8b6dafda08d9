import PolicyModel
import WeightFitting

/// What is weighed: a table's units and indicators.
public struct WeighSubject: Sendable {
  /// A unit that takes part.
  public struct Unit: Sendable, Hashable {
    /// Its code, or the line it stands in where it has none.
    public let code: String
    /// Its name in both languages; empty if it has none.
    public let name: Wording

    /// Makes a unit.
    public init(code: String, name: Wording) {
      self.code = code
      self.name = name
    }
  }

  /// The table as the user names it.
  public let file: String
  /// The year of the rows; nil where the table has none.
  public let year: Int?
  /// The units.
  ///
  /// Shape: [unit].
  public let units: [Unit]
  /// Names of the indicators.
  ///
  /// Shape: [indicator].
  public let indicators: [String]
  /// Whether less is more.
  ///
  /// Shape: [indicator].
  public let costs: [Bool]
  /// What the meta file says of the columns.
  public let descriptions: [String: ColumnDescription]

  /// Makes a subject.
  public init(
    file: String, year: Int?, units: [Unit], indicators: [String], costs: [Bool],
    descriptions: [String: ColumnDescription]
  ) {
    self.file = file
    self.year = year
    self.units = units
    self.indicators = indicators
    self.costs = costs
    self.descriptions = descriptions
  }
}

/// Money that is shared out by the weights.
public struct WeighPool: Sendable {
  /// The amount in fen.
  public let fen: Int64
  /// Its currency.
  public let currency: Currency

  /// Makes a pool.
  public init(fen: Int64, currency: Currency) {
    self.fen = fen
    self.currency = currency
  }
}

/// What weights do to an allocation, or why that cannot be said.
public enum WeighEffects: Sendable {
  /// Shares by each method, by equal weights, and by the weights in force if these were given.
  case known(methods: [WeightEffect], equal: WeightEffect, official: WeightEffect?)
  /// The data have no shares.
  case unknown(Wording)
}
