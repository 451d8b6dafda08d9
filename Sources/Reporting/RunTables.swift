import Comparison
import Documents
import Simulation

/// The tables of a run as the texts of their CSV files, made once for every form in which they
/// leave.
public struct RunTables: Sendable {
  /// One table.
  public struct Table: Sendable {
    /// The name of its file, without ending.
    public let name: String
    /// The text of its file.
    public let text: String
    /// How many of the first columns name a row.
    let keyLength: Int
    /// The text as rows.
    let rows: CSVRows

    init(_ name: String, _ text: String, keyLength: Int) {
      self.name = name
      self.text = text
      self.keyLength = keyLength
      rows = CSVRows(text)
    }

    var columns: [TableColumn] { rows.header.map { TableColumn.named($0) } }
  }

  /// The tables in the order of the files.
  public let tables: [Table]

  /// The tables of a run, and of an ensemble if there is one.
  public init(_ ledgers: [Ledger], _ metrics: [MetricTable], ensemble: EnsembleReport? = nil) {
    var tables = [
      Table("ledger", LedgerFiles.ledger(ledgers), keyLength: 4),
      Table("county_years", LedgerFiles.countyYears(ledgers), keyLength: 3),
      Table("pools", LedgerFiles.pools(ledgers), keyLength: 3),
      Table("metrics", LedgerFiles.metrics(ledgers, metrics), keyLength: 3),
    ]
    if let ensemble {
      tables += [
        Table("ensemble", ensemble.metricsCSV, keyLength: 3),
        Table("ensemble_differences", ensemble.differencesCSV, keyLength: 3),
        Table("ensemble_counties", ensemble.countiesCSV, keyLength: 3),
      ]
    }
    self.tables = tables
  }

  /// The table of a name.
  func table(_ name: String) -> Table? { tables.first { $0.name == name } }
}
