import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Statistics

/// Joins the shards of an ensemble to just what one run gives.
public struct MergeRequest: Sendable {
  /// The folders that `compare --shard` wrote.
  public var folders: [String]
  /// How many scenarios run at once.
  public var threads: Int
  /// Whether `results.sqlite` is among the files.
  public var hasDatabase: Bool

  /// Makes a request.
  public init(folders: [String], threads: Int, hasDatabase: Bool = false) {
    self.folders = folders
    self.threads = threads
    self.hasDatabase = hasDatabase
  }

  /// Reads the parts, joins them and runs the ledgers anew.
  ///
  /// - Throws: `RunFailure.badInput` if a part is missing, double or of another ensemble, or a file
  ///   has changed since.
  public func outcome() throws(RunFailure) -> CompareOutcome {
    var parts: [(folder: String, part: EnsemblePart, record: RunRecord.Content)] = []
    for folder in folders {
      let record = try RunRecord.read(folder)
      guard record.ensemble?.shard != nil else { throw notAPart(folder) }
      parts.append((folder, try EnsemblePart(path: folder + "/" + EnsemblePart.fileName), record))
    }
    var files: [InputFile] = []
    for entry in parts {
      files += [RunRecord.fileName, EnsemblePart.fileName].compactMap {
        try? InputFile(path: entry.folder + "/" + $0)
      }
    }
    parts.sort {
      $0.part.summary.leaves.lowerBound == $1.part.summary.leaves.lowerBound
        ? $0.part.summary.leaves.upperBound < $1.part.summary.leaves.upperBound
        : $0.part.summary.leaves.lowerBound < $1.part.summary.leaves.lowerBound
    }
    guard let first = parts.first else { throw incomplete(0, 0, draws: 0) }
    for entry in parts where entry.part.identity != first.part.identity {
      throw other(entry.folder, first.folder)
    }
    let summary = try joined(parts.map { ($0.folder, $0.part) })
    let allowed = first.record.ensemble?.allow_failed ?? 0
    if let failures = summary.failures.first(where: { $0.count > allowed }) {
      throw failing(failures.count, allowed)
    }
    let request = CompareRequest(
      run: RunRequest(
        scenarios: first.record.arguments.map {
          RunRecord.path($0, origin: first.folder + "/" + first.record.folder)
        }, language: Language(rawValue: first.record.language) ?? .english,
        seed: first.record.seed_given ? first.record.seed : nil, threads: threads,
        hasDatabase: hasDatabase),
      draws: first.part.draws, allowedFailures: allowed)
    var outcome = CompareOutcome(
      request, try RunOutcome(request.run),
      EnsemblePart(identity: first.part.identity, draws: first.part.draws, summary: summary))
    try outcome.confirm(first.folder)
    outcome.merged = (first.record, first.folder)
    outcome.partFiles = files
    return outcome
  }

  private func joined(
    _ parts: [(folder: String, part: EnsemblePart)]
  ) throws(RunFailure) -> EnsembleSummary {
    let all = EnsembleEngine.leafCount(draws: parts[0].part.draws)
    var whole: EnsembleSummary?
    for (folder, part) in parts where !part.summary.leaves.isEmpty {
      let next = whole?.leaves.upperBound ?? 0
      if part.summary.leaves.lowerBound < next { throw double(folder) }
      if part.summary.leaves.lowerBound > next {
        throw incomplete(next, part.summary.leaves.lowerBound, draws: part.draws)
      }
      whole = whole?.joined(with: part.summary) ?? part.summary
    }
    let end = whole?.leaves.upperBound ?? 0
    guard let whole, end == all else { throw incomplete(end, all, draws: parts[0].part.draws) }
    return whole
  }

  private func failing(_ count: Int, _ allowed: Int) -> RunFailure {
    .badInput([
      Problem(
        nil,
        Wording(
          "\(count) draws of all parts together ended in an error, more than --allow-failed \(allowed)",
          "全部分片合计有\(count)次抽样出错，超过 --allow-failed \(allowed)"))
    ])
  }

  private func problem(_ folder: String, _ wording: Wording) -> RunFailure {
    .badInput([Problem(SourceLocation(file: folder), wording)])
  }

  private func notAPart(_ folder: String) -> RunFailure {
    problem(
      folder,
      Wording(
        "this folder holds no part of an ensemble; name folders that compare --shard wrote",
        "该文件夹不含抽样分片；请指定由 compare --shard 写出的文件夹"))
  }

  private func other(_ folder: String, _ first: String) -> RunFailure {
    problem(
      folder,
      Wording(
        "this is a part of another ensemble than \(first): scenarios, data, seed or number of draws "
          + "differ",
        "与 \(first) 不属于同一次抽样：情景、数据、种子或抽样次数不同"))
  }

  private func double(_ folder: String) -> RunFailure {
    problem(
      folder,
      Wording("this part is there twice; name each shard once", "该分片重复；每个分片只指定一次"))
  }

  private func incomplete(_ from: Int, _ to: Int, draws: Int) -> RunFailure {
    let first = from * DrawLeaf.size
    let last = min(to * DrawLeaf.size, draws) - 1
    return .badInput([
      Problem(
        nil,
        Wording(
          "draws \(first) to \(last) are in none of the folders; name every shard",
          "缺少第\(first)至\(last)次抽样；请指定全部分片"))
    ])
  }
}
