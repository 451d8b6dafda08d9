import Documents
import Foundation
import PolicyModel
import ScenarioFiles

/// Re-runs what `run.json` records and compares every byte.
public struct Verification: Sendable {
  /// What became of one file.
  public struct Finding: Sendable, Equatable {
    /// The file.
    public let file: String
    /// Whether it is an input or an output.
    public let isInput: Bool
    /// What differs; nil if nothing does.
    public let difference: Wording?
  }

  /// The findings, inputs first.
  public let findings: [Finding]

  /// Whether nothing differs.
  public var isClean: Bool { findings.allSatisfy { $0.difference == nil } }

  /// Verifies the folder of a run.
  ///
  /// - Throws: `RunFailure.badInput` if there is no record or the scenarios cannot be read.
  public init(folder: String) throws(RunFailure) {
    let record = try RunRecord.read(folder)
    let origin = folder + "/" + record.folder
    var findings = record.inputs.map { Verification.input($0, origin: origin) }
    let computed = try Verification.results(record, origin: origin)
    for output in record.outputs {
      findings.append(Verification.output(output, folder: folder, computed: computed[output.file]))
    }
    self.findings = findings
  }

  /// The files of a new run, by name.
  private static func results(
    _ record: RunRecord.Content, origin: String
  ) throws(RunFailure) -> [String: [UInt8]] {
    let request = RunRequest(
      scenarios: record.arguments.map { RunRecord.path($0, origin: origin) },
      language: Language(rawValue: record.language) ?? .english,
      seed: record.seed_given ? record.seed : nil,
      threads: ProcessInfo.processInfo.activeProcessorCount,
      hasDatabase: record.sqlite ?? false)
    let files: [OutputFile]
    if let ensemble = record.ensemble {
      files = try CompareOutcome(
        CompareRequest(
          run: request, draws: ensemble.draws, allowedFailures: ensemble.allow_failed,
          shard: ensemble.shard.flatMap { Shard($0) })
      ).results()
    } else {
      files = try RunOutcome(request).results()
    }
    return Dictionary(files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }

  private static func input(_ digest: RunRecord.Digest, origin: String) -> Finding {
    guard let file = try? InputFile(path: RunRecord.path(digest.file, origin: origin)) else {
      return Finding(
        file: digest.file, isInput: true, difference: Wording("is missing", "文件缺失"))
    }
    let isSame = SHA256.hexDigest(of: file.bytes) == digest.sha256
    return Finding(
      file: digest.file, isInput: true,
      difference: isSame
        ? nil : Wording("has changed since the run", "自运行以来已被修改"))
  }

  private static func output(
    _ digest: RunRecord.Digest, folder: String, computed: [UInt8]?
  ) -> Finding {
    func finding(_ difference: Wording?) -> Finding {
      Finding(file: digest.file, isInput: false, difference: difference)
    }
    guard let file = try? InputFile(path: folder + "/" + digest.file) else {
      return finding(Wording("is missing", "文件缺失"))
    }
    guard let computed else {
      return finding(
        Wording("is not made by this version of Karez", "本版本Karez不生成该文件"))
    }
    if let place = firstDifference(file.bytes, computed) { return finding(place) }
    if SHA256.hexDigest(of: file.bytes) != digest.sha256 {
      return finding(
        Wording(
          "agrees with a new run, but not with the digest in run.json",
          "与重新运行一致，但与run.json中的摘要不符"))
    }
    return finding(nil)
  }

  /// Where two files first differ.
  private static func firstDifference(_ old: [UInt8], _ new: [UInt8]) -> Wording? {
    if old == new { return nil }
    let pairs = zip(old, new)
    let position = pairs.enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let offset = position ?? min(old.count, new.count)
    let line = old.prefix(offset).count { $0 == 10 } + 1
    return Wording(
      "differs from a new run at byte \(offset + 1), line \(line)",
      "与重新运行的结果不同：第\(offset + 1)字节，第\(line)行")
  }

  /// The findings as a table.
  public func document(_ language: Language) -> Document {
    let rows = findings.map { finding in
      [
        Cell(finding.isInput ? language.words("input", "输入") : language.words("output", "输出")),
        Cell(finding.file),
        Cell(finding.difference?.text(in: language) ?? language.words("same", "一致")),
      ]
    }
    let table = Table(
      title: "",
      columns: [
        Table.Column(language.words("kind", "类别"), .leading),
        Table.Column(language.words("file", "文件"), .leading),
        Table.Column(language.words("result", "结果"), .leading),
      ], rows: rows,
      notes: [
        isClean
          ? language.words("Every byte agrees.", "所有字节一致。")
          : language.words("Something differs; see above.", "存在差异，见上表。")
      ])
    return Document(title: language.words("Verification", "核验"), blocks: [.table(table)])
  }
}
