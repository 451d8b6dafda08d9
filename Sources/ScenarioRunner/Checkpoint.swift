import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Synchronization

/// What a long run leaves in a folder now and then, so that after a kill it can go on from there.
final class Checkpoint: Sendable {
  private let path: String
  private let folder: String
  private let identity: String
  private let leaves: Range<Int>
  private let last: Mutex<ContinuousClock.Instant>
  /// Writing takes a second at the most; what is lost to a kill stays small beside long work.
  private static let interval = Duration.seconds(10)

  /// Makes the checkpoint of a folder; nil without one.
  init?(_ folder: String?, identity: String, leaves: Range<Int>) throws(RunFailure) {
    guard let folder else { return nil }
    self.folder = folder
    path = folder + "/checkpoint.part"
    self.identity = identity
    self.leaves = leaves
    last = Mutex(ContinuousClock.now)
  }

  /// What an earlier run left; nil if there is nothing.
  ///
  /// - Throws: `RunFailure.badInput` if it is the checkpoint of another run.
  func saved() throws(RunFailure) -> EnsembleSummary? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let part = try EnsemblePart(path: path)
    if part.identity == identity, part.summary.leaves.lowerBound == leaves.lowerBound,
      part.summary.leaves.upperBound <= leaves.upperBound
    {
      return part.summary
    }
    throw .badInput([
      Problem(
        SourceLocation(file: path),
        Wording(
          "this is the checkpoint of another run: scenarios, data, seed, draws or shard differ; "
            + "name another folder with --resume, or remove the file",
          "这是另一次运行的断点：情景、数据、种子、抽样次数或分片不同；请用 --resume 指定其他文件夹，或删除该文件"))
    ])
  }

  /// Saves if some time has passed since the last.
  func saveNowAndThen(
    _ summary: () -> EnsembleSummary, draws: Int
  ) throws(RunFailure) {
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      if now - last < Checkpoint.interval { return false }
      last = now
      return true
    }
    if isDue { try save(summary(), draws: draws) }
  }

  /// Saves.
  func save(_ summary: EnsembleSummary, draws: Int) throws(RunFailure) {
    let part = EnsemblePart(identity: identity, draws: draws, summary: summary)
    try OutputWriter.write(
      [OutputFile(name: "checkpoint.part", bytes: part.bytes)], to: folder, inputs: [])
  }

  /// Removes what is no longer needed; the folder too if nothing else is in it.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
    OutputWriter.removeIfEmpty(folder)
  }
}
