import Comparison
import Documents
import Foundation
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation

/// What `karez run` is asked for.
public struct RunRequest: Sendable {
  /// Scenario files; the first is the baseline.
  public var scenarios: [String]
  /// Which language the documents are in.
  public var language: Language
  /// Replaces the seed of every scenario, if given.
  public var seed: UInt64?
  /// How many scenarios run at once; results do not depend on it.
  public var threads: Int
  /// Whether keys that stacked reforms set differently are an error.
  public var isStrict: Bool
  /// Whether `results.sqlite` is among the files.
  public var hasDatabase: Bool

  /// Makes a request.
  public init(
    scenarios: [String], language: Language, seed: UInt64? = nil, threads: Int = 1,
    isStrict: Bool = false, hasDatabase: Bool = false
  ) {
    self.scenarios = scenarios
    self.language = language
    self.seed = seed
    self.threads = threads
    self.isStrict = isStrict
    self.hasDatabase = hasDatabase
  }
}

/// A comparison that was run: its tables and its files.
public struct RunOutcome: Sendable {
  /// The request it answers.
  public let request: RunRequest
  /// What was read and computed.
  public let run: LoadedRun

  /// Reads, compiles and runs.
  public init(_ request: RunRequest) throws(RunFailure) {
    self.request = request
    run = try LoadedRun(
      request.scenarios, seed: request.seed, threads: request.threads)
    if request.isStrict && !run.conflicts.isEmpty { throw .badInput(run.conflicts) }
  }

  /// The comparison as a document.
  ///
  /// - Throws: `RunFailure.badInput` if a year is asked for that the baseline does not run.
  public func document(_ options: ComparisonOptions) throws(RunFailure) -> Document {
    try check(options)
    return report.document(options)
  }

  /// Refuses years that the baseline does not run.
  func check(_ options: ComparisonOptions) throws(RunFailure) {
    let years = run.ledgers[0].plan.scenario.years
    if case .blocks(let wanted) = options.years,
      let unknown = wanted.first(where: { !years.contains($0) })
    {
      throw .badInput([
        Problem(
          nil,
          Wording(
            "the run has no year \(unknown); it covers \(years.lowerBound)–\(years.upperBound)",
            "运行不含\(unknown)年；区间为\(years.lowerBound)–\(years.upperBound)"))
      ])
    }
  }

  /// The years of the baseline.
  public var years: [Int] { Array(run.ledgers[0].plan.scenario.years) }

  private var report: ComparisonReport {
    ComparisonReport(
      ledgers: run.ledgers, metrics: run.metrics, language: request.language)
  }

  /// Warnings of plans and runs, one line each.
  public var warnings: [String] {
    var lines: [String] = []
    for ledger in run.ledgers {
      for problem in ledger.plan.warnings {
        let text = problem.text(in: request.language)
        if !lines.contains(text) { lines.append(text) }
      }
    }
    return lines + run.warnings.map { $0.text(in: request.language) }
  }

  /// Keys that stacked reforms set differently, one line each.
  public var conflicts: [String] { run.conflicts.map { $0.text(in: request.language) } }

  /// The mark of synthetic data, for forms that have no place for it.
  public var provenance: [String] { DataProvenance(run.ledgers).lines(request.language) }

  /// Every file of the run, `run.json` last.
  ///
  /// - Throws: `RunFailure.cannotWrite` if there is no room to make the workbook.
  public func files(relativeTo folder: String) throws(RunFailure) -> [OutputFile] {
    let outputs = try results()
    let record = record(outputs, folder: folder)
    return outputs + [OutputFile(name: RunRecord.fileName, text: RunRecord.text(record))]
  }

  /// The files that hold results.
  ///
  /// - Parameters:
  ///   - ensemble: The ensemble of the same scenarios, if there is one.
  ///   - reportDocument: The document of `report.md`; nil: that of the run alone.
  ///   - page: The page of `report.html`; nil: that of the run alone.
  /// - Returns: The files in order.
  /// - Throws: `RunFailure.cannotWrite` if there is no room to make the workbook,
  ///   `RunFailure.badInput` if SQLite refuses a name.
  func results(
    ensemble: EnsembleReport? = nil, reportDocument: Document? = nil, page: Page? = nil
  ) throws(RunFailure) -> [OutputFile] {
    let tables = RunTables(run.ledgers, run.metrics, ensemble: ensemble)
    var files = tables.tables.map { OutputFile(name: $0.name + ".csv", text: $0.text) }
    let document = reportDocument ?? self.reportDocument
    files.append(OutputFile(name: "report.md", text: document.rendered(as: .markdown)))
    files.append(OutputFile(name: "report.html", text: (page ?? self.page(command: "run")).html))
    files.append(try OutputFile(workbook: report, tables))
    if request.hasDatabase { files.append(try OutputFile(database: run.ledgers, tables)) }
    return files
  }

  /// The document of `report.md`.
  var reportDocument: Document {
    var document = report.document(ComparisonOptions(top: 10))
    document.blocks += report.document(ComparisonOptions(years: .blocks(years))).blocks.dropFirst()
    return document
  }

  func record(
    _ outputs: [OutputFile], folder: String, command: String = "run",
    ensemble: RunRecord.Ensemble? = nil
  ) -> RunRecord.Content {
    RunRecord.Content(
      karez: karezVersion, command: command, arguments: request.scenarios,
      folder: relativePath(of: FileManager.default.currentDirectoryPath, from: folder),
      language: request.language.rawValue,
      seed: run.ledgers[0].plan.scenario.seed, seed_given: request.seed != nil,
      scenarios: run.ledgers.map(\.plan.scenario.name),
      synthetic_columns: DataProvenance(run.ledgers).synthetic,
      inputs: run.inputs.map {
        RunRecord.Digest(file: $0.path, sha256: SHA256.hexDigest(of: $0.bytes))
      },
      outputs: outputs.map {
        RunRecord.Digest(file: $0.name, sha256: SHA256.hexDigest(of: $0.bytes))
      },
      warnings: run.warnings.map {
        RunRecord.Warning(
          scenario: $0.scenario, stream: $0.stream, year: $0.year, years: $0.yearCount,
          text: $0.wording.text(in: request.language))
      }, ensemble: ensemble, sqlite: request.hasDatabase ? true : nil)
  }

  /// Writes every file into a folder, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    let files = try files(relativeTo: folder)
    let earlier = try? RunRecord.read(folder)
    try OutputWriter.write(files, to: folder, inputs: run.inputs)
    OutputWriter.removeLeftovers(of: earlier, besides: files, in: folder)
  }
}
