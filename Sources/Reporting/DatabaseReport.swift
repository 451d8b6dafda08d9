import Documents
import PolicyModel
import Simulation

/// The tables of a run for people who query: the CSV files with types and keys, and beside them
/// scenarios, counties and where the data come from.
public struct DatabaseReport: Sendable {
  private let ledgers: [Ledger]
  private let tables: RunTables
  private let version: String

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - ledgers: The runs; the first is the baseline.
  ///   - tables: Their tables.
  ///   - version: The version of Karez.
  public init(_ ledgers: [Ledger], _ tables: RunTables, version: String) {
    self.ledgers = ledgers
    self.tables = tables
    self.version = version
  }

  /// The database.
  public var database: Database {
    Database(
      tables: [about, scenarios, counties, flags, columns]
        + tables.tables.map { table in
          Database.Table(
            table.name, table.columns.map { Database.Column($0.key, $0.type) },
            keyLength: table.keyLength, rows: table.rows.source)
        })
  }

  /// What holds for the whole file; marks of synthetic data first.
  private var about: Database.Table {
    let provenance = DataProvenance(ledgers)
    let rows = [
      ["data_status", provenance.lines(.english).joined(separator: " ")],
      ["data_status_zh", provenance.lines(.chinese).joined(separator: " ")],
      ["karez", version], ["currency", ledgers[0].plan.scenario.currency.code],
    ]
    return table("about", texts: ["item", "value"], keyLength: 1, rows)
  }

  private var scenarios: Database.Table {
    let rows = ledgers.enumerated().map { index, ledger in
      let scenario = ledger.plan.scenario
      return [
        scenario.name, "\(index)", scenario.title.english, scenario.title.chinese,
        scenario.source, "\(scenario.years.lowerBound)", "\(scenario.years.upperBound)",
        scenario.quantum.decimalText, "\(scenario.seed)",
      ]
    }
    return Database.Table(
      "scenarios",
      [
        Database.Column("scenario", .text), Database.Column("position", .whole),
        Database.Column("title", .text), Database.Column("title_zh", .text),
        Database.Column("source", .text), Database.Column("first_year", .whole),
        Database.Column("last_year", .whole), Database.Column("quantum", .number),
        // A seed has 64 bits without sign, one more than a whole number of SQLite.
        Database.Column("seed", .text),
      ], keyLength: 1, rows: RowSource(rows))
  }

  /// Every county once, as the first scenario that has it names it.
  private var counties: Database.Table {
    let rows = allCounties.map { county in
      [
        county.code, county.name.english, county.name.chinese, county.prefecture,
        county.prefectureName.english, county.prefectureName.chinese,
      ]
    }
    return table(
      "counties",
      texts: ["county", "name", "name_zh", "prefecture", "prefecture_name", "prefecture_name_zh"],
      keyLength: 1, rows)
  }

  private var allCounties: [County] {
    var known: Set<String> = []
    return ledgers.flatMap(\.plan.counties.counties).filter { known.insert($0.code).inserted }
  }

  /// The 0/1 columns of the counties, by scenario.
  private var flags: Database.Table {
    let rows = ledgers.flatMap { ledger in
      let counties = ledger.plan.counties
      return counties.flags.sorted { isBefore($0.key, $1.key) }.flatMap { name, values in
        zip(counties.counties, values).map {
          [ledger.plan.scenario.name, name, $0.code, $1 ? "1" : "0"]
        }
      }
    }
    return Database.Table(
      "county_flags",
      [
        Database.Column("scenario", .text), Database.Column("flag", .text),
        Database.Column("county", .text), Database.Column("value", .whole),
      ], keyLength: 3, rows: RowSource(rows))
  }

  /// Where each column of each scenario's data comes from.
  private var columns: Database.Table {
    let rows = ledgers.flatMap { ledger in
      ledger.plan.panel.columns.map { column in
        let described = ledger.plan.panel.descriptions[column.name]
        let title = ledger.plan.panel.title(of: column.name)
        return [
          ledger.plan.scenario.name, column.name, title.english, title.chinese,
          described?.status?.rawValue ?? "", described?.unit ?? "", described?.source ?? "",
        ]
      }
    }
    return table(
      "columns",
      texts: ["scenario", "name", "title", "title_zh", "status", "unit", "source"], keyLength: 2,
      rows)
  }

  private func table(
    _ name: String, texts: [String], keyLength: Int, _ rows: [[String]]
  ) -> Database.Table {
    Database.Table(
      name, texts.map { Database.Column($0, .text) }, keyLength: keyLength, rows: RowSource(rows))
  }
}
