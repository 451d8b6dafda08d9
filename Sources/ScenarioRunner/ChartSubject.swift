import Comparison
import Foundation
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation

/// A recorded run, run again for its pictures: every number is exact, and none is read back from a
/// table that a person may have edited.
struct ChartSubject {
  /// The pictures of the run.
  let gallery: ChartGallery
  /// Every file that was read.
  let inputs: [InputFile]
  /// What must be said of the data.
  let marks: [String]
  /// What the pictures show.
  let choice: ChartGallery.Choice

  init(_ request: ChartRequest) throws(RunFailure) {
    let record = try RunRecord.read(request.folder)
    try ChartSubject.refuseShard(record, request.folder)
    let origin = request.folder + "/" + record.folder
    try ChartSubject.checkInputs(record, origin)
    let run = try LoadedRun(
      record.arguments.map { RunRecord.path($0, origin: origin) },
      seed: record.seed_given ? record.seed : nil,
      threads: ProcessInfo.processInfo.activeProcessorCount)
    let ensemble = try record.ensemble.map { ensemble throws(RunFailure) in
      try EnsembleTables(folder: request.folder, record: record, drawCount: ensemble.draws)
    }
    gallery = ChartGallery(
      ledgers: run.ledgers, metrics: run.metrics, ensemble: ensemble?.figures,
      language: request.language)
    inputs = run.inputs + (ensemble?.inputs ?? [])
    marks = DataProvenance(run.ledgers).lines(request.language)
    choice = try ChartSubject.choice(request, run.ledgers)
  }

  // MARK: The record

  private static func refuseShard(
    _ record: RunRecord.Content, _ folder: String
  ) throws(RunFailure) {
    guard let shard = record.ensemble?.shard else { return }
    throw .badInput([
      Problem(
        SourceLocation(file: folder),
        Wording(
          "this is part \(shard) of an ensemble; join the parts with karez merge first",
          "这是抽样结果的第\(shard)部分；请先用 karez merge 合并"))
    ])
  }

  private static func checkInputs(
    _ record: RunRecord.Content, _ origin: String
  ) throws(RunFailure) {
    let problems = record.inputs.compactMap { digest -> Problem? in
      let path = RunRecord.path(digest.file, origin: origin)
      guard let file = try? InputFile(path: path) else {
        return Problem(
          SourceLocation(file: path),
          Wording(
            "the run read this file and it is missing; put it back, or run again",
            "运行时读取的文件缺失；请恢复该文件或重新运行"))
      }
      if SHA256.hexDigest(of: file.bytes) == digest.sha256 { return nil }
      return Problem(
        SourceLocation(file: path),
        Wording(
          "has changed since the run; run again, so that pictures and tables show the same",
          "自运行以来已被修改；请重新运行，使图表与数据一致"))
    }
    if !problems.isEmpty { throw .badInput(problems) }
  }

  // MARK: Choices

  private static func choice(
    _ request: ChartRequest, _ ledgers: [Ledger]
  ) throws(RunFailure) -> ChartGallery.Choice {
    var choice = ChartGallery.Choice()
    var problems: [Problem] = []
    func position(_ name: String?, _ known: [String], _ unknown: (String) -> Wording) -> Int? {
      guard let name else { return nil }
      if let index = known.firstIndex(of: name) { return index }
      problems.append(Problem(nil, unknown(name) + nearestHint(name, among: known)))
      return nil
    }
    choice.scenario = position(request.scenario, ledgers.map(\.plan.scenario.name)) {
      Wording("unknown scenario \"\($0)\"", "未知的情景“\($0)”")
    }
    let metrics = Metric.allCases.map(\.rawValue)
    choice.metric = position(request.metric, metrics) {
      Wording("unknown metric \"\($0)\"", "未知的指标“\($0)”")
    }.map { Metric.allCases[$0] }
    let shown = ledgers[choice.scenario ?? min(1, ledgers.count - 1)]
    choice.stream = position(request.stream, shown.plan.scenario.streams.map(\.key)) {
      Wording("unknown stream \"\($0)\"", "未知的任务方向“\($0)”")
    }
    _ = position(request.county, shown.plan.counties.counties.map(\.code)) {
      Wording("unknown county \"\($0)\"", "未知的县市区“\($0)”")
    }
    choice.county = request.county
    choice.year = request.year
    if let year = request.year, let problem = unknownYear(year, shown) { problems.append(problem) }
    if !problems.isEmpty { throw .badInput(problems) }
    return choice
  }

  private static func unknownYear(_ year: Int, _ ledger: Ledger) -> Problem? {
    let years = ledger.plan.scenario.years
    if years.contains(year) { return nil }
    return Problem(
      nil,
      Wording(
        "the run has no year \(year); it covers \(years.lowerBound)–\(years.upperBound)",
        "运行不含\(year)年；区间为\(years.lowerBound)–\(years.upperBound)"))
  }
}
