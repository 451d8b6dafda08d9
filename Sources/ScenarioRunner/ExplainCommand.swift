import Comparison
import Documents
import PolicyModel
import Reporting
import Simulation

/// What `karez explain` is asked for.
public struct ExplainRequest: Sendable {
  /// The scenario file.
  public var scenario: String
  /// The county's code.
  public var county: String
  /// The year.
  public var year: Int
  /// The stream; nil for all.
  public var stream: String?
  /// Which variant of a sweep, by scenario name; nil for the only or first one.
  public var name: String?
  /// The language of the document.
  public var language: Language

  /// Makes a request.
  public init(
    scenario: String, county: String, year: Int, stream: String?, name: String?,
    language: Language
  ) {
    self.scenario = scenario
    self.county = county
    self.year = year
    self.stream = stream
    self.name = name
    self.language = language
  }

  /// Runs the scenario and explains.
  ///
  /// - Throws: `RunFailure.badInput` for an unknown county, year, stream or name.
  public func document() throws(RunFailure) -> Document {
    let run = try LoadedRun([scenario])
    let ledger = try ledger(of: run)
    let counties = ledger.plan.counties
    guard let countyIndex = counties.indexOfCode[county] else {
      throw unknown(
        Wording("unknown county \"\(county)\"", "未知的县市区“\(county)”"),
        county, counties.counties.map(\.code))
    }
    guard let yearIndex = ledger.years.firstIndex(where: { $0.year == year }) else {
      let years = ledger.plan.scenario.years
      throw unknown(
        Wording(
          "the run has no year \(year); it covers \(years.lowerBound)–\(years.upperBound)",
          "运行不含\(year)年；区间为\(years.lowerBound)–\(years.upperBound)"), "", [])
    }
    let keys = ledger.plan.scenario.streams.map(\.key)
    var streams = Array(keys.indices)
    if let stream {
      guard let index = keys.firstIndex(of: stream) else {
        throw unknown(
          Wording("unknown stream \"\(stream)\"", "未知的任务方向“\(stream)”"), stream, keys)
      }
      streams = [index]
    }
    return ExplanationReport(ledger, language: language)
      .document(county: countyIndex, yearIndex: yearIndex, streams: streams)
  }

  private func ledger(of run: LoadedRun) throws(RunFailure) -> Ledger {
    guard let name else { return run.ledgers[0] }
    if let ledger = run.ledgers.first(where: { $0.plan.scenario.name == name }) { return ledger }
    throw unknown(
      Wording("unknown scenario \"\(name)\"", "未知的情景“\(name)”"), name,
      run.ledgers.map(\.plan.scenario.name))
  }

  private func unknown(_ wording: Wording, _ name: String, _ known: [String]) -> RunFailure {
    .badInput([Problem(nil, wording + nearestHint(name, among: known))])
  }
}

/// What `karez check` is asked for.
public struct CheckRequest: Sendable {
  /// The scenario file.
  public var scenario: String
  /// How many of the largest differences to show.
  public var worst: Int
  /// The language of the document.
  public var language: Language

  /// Makes a request.
  public init(scenario: String, worst: Int, language: Language) {
    self.scenario = scenario
    self.worst = worst
    self.language = language
  }

  /// Runs the scenario and compares with the published amounts.
  ///
  /// - Throws: `RunFailure.badInput` if the scenario names no published amounts.
  public func document() throws(RunFailure) -> Document {
    let run = try LoadedRun([scenario])
    let agreements = PublishedAgreement.all(run.ledgers[0], worstCount: worst)
    if agreements.isEmpty {
      throw .badInput([
        Problem(
          SourceLocation(file: scenario),
          Wording(
            "no stream has published amounts in the years of the run; name their column under "
              + "\"published:\"",
            "运行年度内没有任务方向给出官方金额；请用“published:”指定数据列"))
      ])
    }
    return AgreementReport(run.ledgers[0], agreements, language: language).document
  }
}
