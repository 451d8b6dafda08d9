import Documents
import PolicyModel
import Reporting
import Simulation

/// One draw of a comparison in full, in the form of a ledger.
public struct DrawListing: Sendable {
  private let ledgers: [Ledger]
  private let draw: Int
  private let base: RunOutcome

  /// Reads, compiles and runs one draw.
  ///
  /// - Parameters:
  ///   - request: The scenarios.
  ///   - draw: The number of the draw.
  /// - Throws: `RunFailure.badInput` if a scenario cannot be read, or its law ends in an error in
  ///   this draw.
  public init(_ request: RunRequest, draw: Int) throws(RunFailure) {
    base = try RunOutcome(request)
    self.draw = draw
    let plans = base.run.ledgers.map(\.plan)
    let seed = plans[0].scenario.seed
    let found = Ledger.ofDraw(draw, plans, seed: seed)
    let problems = zip(plans, found).compactMap { plan, ledger in
      ledger == nil ? plan.error(inDraw: draw, seed: seed) : nil
    }
    ledgers = found.compactMap { $0 }
    if ledgers.count < plans.count { throw .badInput(problems) }
  }

  /// The mark of synthetic data.
  public var provenance: [String] { base.provenance }

  /// The listing as tables: amounts by scenario, year, stream and county, then counties by year.
  public var document: Document {
    let language = base.request.language
    let names: Set = ["scenario", "stream", "county", "grade"]
    return Document(
      title: language.words("Draw \(draw)", "第\(draw)次抽样"),
      blocks: [
        .table(
          CSVText.table(
            LedgerFiles.ledger(ledgers), title: language.words("Amounts", "金额"), names: names)),
        .table(
          CSVText.table(
            LedgerFiles.countyYears(ledgers),
            title: language.words("Counties at the end of each year", "各县年末情况"), names: names)),
      ])
  }

  /// Writes `ledger.csv`, `county_years.csv` and `pools.csv` of the draw into a folder.
  public func write(to folder: String) throws(RunFailure) {
    try OutputWriter.write(
      [
        OutputFile(name: "ledger.csv", text: LedgerFiles.ledger(ledgers)),
        OutputFile(name: "county_years.csv", text: LedgerFiles.countyYears(ledgers)),
        OutputFile(name: "pools.csv", text: LedgerFiles.pools(ledgers)),
      ], to: folder, inputs: base.run.inputs)
  }
}
