import Comparison
import Documents
import Foundation
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation
import Statistics

/// One of several equal parts of an ensemble.
public struct Shard: Sendable, Equatable {
  /// Which part, from 1.
  public let number: Int
  /// Of how many.
  public let count: Int

  /// Reads `i/n`; nil if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  /// As `i/n`.
  public var text: String { "\(number)/\(count)" }

  /// Its leaves of so many.
  func leaves(of all: Int) -> Range<Int> {
    ((number - 1) * all / count)..<(number * all / count)
  }
}

/// What `karez compare` is asked for.
public struct CompareRequest: Sendable {
  /// What is run without draws.
  public var run: RunRequest
  /// How many draws.
  public var draws: Int
  /// How many draws of a scenario may end in an error.
  public var allowedFailures: Int
  /// The part of the draws; nil for all.
  public var shard: Shard?
  /// The folder in which a stopped run is kept to be continued; nil for none.
  public var resume: String?
  /// The folder that will be written in the end, tried before any draw; nil for none.
  public var out: String?

  /// Makes a request.
  public init(
    run: RunRequest, draws: Int, allowedFailures: Int = 0, shard: Shard? = nil,
    resume: String? = nil, out: String? = nil
  ) {
    self.run = run
    self.draws = draws
    self.allowedFailures = allowedFailures
    self.shard = shard
    self.resume = resume
    self.out = out
  }
}

/// An ensemble that was run: its tables and its files.
public struct CompareOutcome: Sendable {
  /// The request it answers.
  public let request: CompareRequest
  /// The same comparison without draws.
  public let base: RunOutcome
  /// What the draws came to: all of them, or those of the shard.
  let part: EnsemblePart
  /// What a part that was merged says of itself, and in which folder; nil if not merged.
  var merged: (record: RunRecord.Content, folder: String)?
  /// The files of the parts that were merged, which are not written over.
  var partFiles: [InputFile] = []

  /// Reads, compiles and runs.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - interrupt: Asks to stop; what is done is kept if the request says where.
  ///   - progress: Called between chunks with the draws done and the draws to do.
  /// - Throws: `RunFailure` if a scenario cannot be read or run, too many draws fail, or the user
  ///   stops it.
  public init(
    _ request: CompareRequest, interrupt: Interrupt = Interrupt(),
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(RunFailure) {
    let base = try RunOutcome(request.run)
    for folder in [request.out, request.resume] {
      if let folder { try OutputWriter.tryFolder(folder) }
    }
    if let folder = request.out, request.shard != nil { try CompareOutcome.refuseResults(folder) }
    let job = EnsembleJob(request, base.run)
    let summary = try job.run(interrupt: interrupt, progress: progress)
    self.init(
      request, base,
      EnsemblePart(identity: job.identity, draws: request.draws, summary: summary))
  }

  init(_ request: CompareRequest, _ base: RunOutcome, _ part: EnsemblePart) {
    self.request = request
    self.base = base
    self.part = part
  }

  private var plans: [Plan] { base.run.ledgers.map(\.plan) }

  /// The report on the ensemble.
  var report: EnsembleReport {
    let threads = request.run.threads
    let result = EnsembleResult(part.summary, EnsembleLayout(plans)) { count, part in
      concurrentMap(count: count, threads: threads, part)
    }
    return EnsembleReport(
      ledgers: base.run.ledgers, result: result,
      seed: plans[0].scenario.seed, language: request.run.language)
  }

  /// The ensemble as a document.
  ///
  /// - Parameter options: Years and how many counties to show.
  /// - Returns: The document.
  /// - Throws: `RunFailure.badInput` if a year is asked for that the baseline does not run.
  public func document(_ options: ComparisonOptions) throws(RunFailure) -> Document {
    try base.check(options)
    return report.document(options)
  }

  /// What the user should know, one line each.
  public var notes: [String] {
    if plans.contains(where: \.hasDraws) { return base.warnings }
    return base.warnings + [
      request.run.language.words(
        "no scenario has noise or uncertainty: every draw is the same", "各情景均无噪声或不确定参数：所有抽样相同")
    ]
  }

  /// The files that hold results; a shard's only one is its part.
  func results() throws(RunFailure) -> [OutputFile] {
    if request.shard != nil {
      return [OutputFile(name: EnsemblePart.fileName, bytes: part.bytes)]
    }
    let report = report
    let blocks = report.document(ComparisonOptions(top: 10)).blocks
    var document = base.reportDocument
    document.blocks += blocks
    let page = base.page(command: "compare --draws \(request.draws)", ensemble: report)
    return try base.results(ensemble: report, reportDocument: document, page: page)
  }

  /// Every file, `run.json` last.
  func files(relativeTo folder: String) throws(RunFailure) -> [OutputFile] {
    let outputs = try results()
    var record = base.record(
      outputs, folder: folder, command: "compare",
      ensemble: RunRecord.Ensemble(
        draws: request.draws, allow_failed: request.allowedFailures,
        shard: request.shard?.text, failed: part.summary.failures.map(\.count)))
    if let merged {
      record.name(
        as: merged.record, origin: merged.folder + "/" + merged.record.folder, folder: folder)
    }
    return outputs + [OutputFile(name: RunRecord.fileName, text: RunRecord.text(record))]
  }

  /// Makes sure that the files are still those from which the parts were made.
  func confirm(_ folder: String) throws(RunFailure) {
    if EnsembleJob(request, base.run).identity == part.identity { return }
    throw .badInput([
      Problem(
        SourceLocation(file: folder),
        Wording(
          "scenarios or data have changed since this part was made; make all parts anew",
          "该分片生成后情景或数据已改变；请重新生成全部分片"))
    ])
  }

  /// A part does not mix with the results of another run, whose record it would write over.
  private static func refuseResults(_ folder: String) throws(RunFailure) {
    guard let record = try? RunRecord.read(folder), record.ensemble?.shard == nil else { return }
    throw .cannotWrite(
      Problem(
        SourceLocation(file: folder),
        Wording(
          "this folder holds the results of another run; choose another folder for the part",
          "该文件夹含有另一次运行的结果；请为分片另选文件夹")))
  }

  /// Writes every file into a folder, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    let files = try files(relativeTo: folder)
    let earlier = try? RunRecord.read(folder)
    try OutputWriter.write(files, to: folder, inputs: base.run.inputs + partFiles)
    OutputWriter.removeLeftovers(of: earlier, besides: files, in: folder)
  }
}

/// The draws of a comparison: which, how they are kept, and why they end.
struct EnsembleJob: Sendable {
  let request: CompareRequest
  let plans: [Plan]
  /// The digest of everything that the draws depend on.
  let identity: String

  init(_ request: CompareRequest, _ run: LoadedRun) {
    self.request = request
    plans = run.ledgers.map(\.plan)
    let words =
      [karezVersion, "\(request.draws)", "\(plans[0].scenario.seed)"]
      + plans.map(\.scenario.name)
      + Set(run.inputs.map { SHA256.hexDigest(of: $0.bytes) }).sorted()
    identity = SHA256.hexDigest(of: Array(words.joined(separator: "\n").utf8))
  }

  private var leaves: Range<Int> {
    let all = EnsembleEngine.leafCount(draws: request.draws)
    return request.shard?.leaves(of: all) ?? 0..<all
  }

  func run(
    interrupt: Interrupt, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> EnsembleSummary {
    let layout = EnsembleLayout(plans)
    let checkpoint = try Checkpoint(request.resume, identity: identity, leaves: leaves)
    let start =
      try checkpoint?.saved()
      ?? EnsembleSummary(
        layout, firstLeaf: leaves.lowerBound,
        isExact: EnsembleSummary.isExact(draws: request.draws, seriesCount: layout.seriesCount))
    let engine = EnsembleEngine(
      plans: plans, seed: plans[0].scenario.seed, draws: request.draws,
      threads: request.run.threads, allowedFailures: request.allowedFailures)
    var watch = EnsembleEngine.Watch(
      progress: progress, isInterrupted: { interrupt.isRequested })
    let draws = request.draws
    if let checkpoint {
      watch.keep = { (summary) throws(RunFailure) in
        try checkpoint.saveNowAndThen(summary, draws: draws)
      }
    }
    let (summary, ending) = try engine.run(start, to: leaves.upperBound, watch: watch)
    switch ending {
    case .done:
      checkpoint?.remove()
      return summary
    case .tooManyFailures: throw tooManyFailures(summary)
    case .interrupted:
      try checkpoint?.save(summary, draws: draws)
      throw interrupted(summary)
    }
  }

  private func interrupted(_ summary: EnsembleSummary) -> RunFailure {
    let done = summary.drawCount
    let remedy =
      request.resume.map {
        Wording(
          "run it again with --resume \($0) to continue", "可用 --resume \($0) 继续")
      }
      ?? Wording(
        "with --resume DIR a stopped run can be continued", "使用 --resume 文件夹 可在中断后继续")
    return .interrupted(
      Problem(
        nil,
        Wording(
          "stopped after \(done) draws; no result was written; \(remedy.english)",
          "已在\(done)次抽样后停止；未写出结果；\(remedy.chinese)")))
  }

  /// The error of the first failed draw of each scenario that fails too often.
  private func tooManyFailures(_ summary: EnsembleSummary) -> RunFailure {
    var problems: [Problem] = []
    for (scenario, failures) in summary.failures.enumerated()
    where failures.count > request.allowedFailures {
      guard let first = failures.first else { continue }
      let name = plans[scenario].scenario.name
      let reason = reason(first, scenario)
      problems.append(
        Problem(
          SourceLocation(file: plans[scenario].scenario.file), path: "",
          Wording(
            "\(failures.count) of \(summary.drawCount) draws of \(name) ended in an error, more than "
              + "--allow-failed \(request.allowedFailures); the first is draw \(first): "
              + reason.english,
            "\(name) 的\(summary.drawCount)次抽样中有\(failures.count)次出错，超过 --allow-failed "
              + "\(request.allowedFailures)；首次出错为第\(first)次：\(reason.chinese)")))
    }
    return .badInput(problems)
  }

  private func reason(_ draw: Int, _ scenario: Int) -> Wording {
    guard let problem = plans[scenario].error(inDraw: draw, seed: plans[0].scenario.seed) else {
      return Wording("a value is refused by a hair's breadth", "某个取值恰在允许范围的边缘")
    }
    return Wording(problem.text(in: .english), problem.text(in: .chinese))
  }
}
