import Foundation
import PolicyModel
import ScenarioFiles

/// A file that a command writes.
public struct OutputFile: Sendable {
  /// Its name within the output folder.
  public let name: String
  /// Its bytes.
  public let bytes: [UInt8]

  /// Makes a file of a text.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// Makes a file of bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Writes files so that each appears whole or not at all.
///
/// All files are first written beside their places under other names, so that there is room for
/// every one; only then is each written to its place in one step of the file system.
enum OutputWriter {
  static func write(
    _ files: [OutputFile], to folder: String, inputs: [InputFile]
  ) throws(RunFailure) {
    try refuseInputs(files, folder, inputs)
    let isNew = !FileManager.default.fileExists(atPath: folder)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw failure(folder, error)
    }
    var staged: [(from: String, to: String)] = []
    do {
      try refuseFolders(files, folder)
      for file in files {
        let target = folder + "/" + file.name
        let stage = folder + "/.\(file.name).\(ProcessInfo.processInfo.processIdentifier).part"
        staged.append((stage, target))
        try Data(file.bytes).write(to: URL(fileURLWithPath: stage))
      }
      for (file, place) in zip(files, staged) {
        try Data(file.bytes).write(to: URL(fileURLWithPath: place.to), options: .atomic)
        try FileManager.default.removeItem(atPath: place.from)
      }
    } catch {
      for file in staged { try? FileManager.default.removeItem(atPath: file.from) }
      if isNew { removeIfEmpty(folder) }
      throw failure(folder, error)
    }
  }

  /// Removes what an earlier run left in a folder and the new one does not write, so that no file of
  /// one run stands beside those of another; a file that was changed since, or a part of an ensemble, stays.
  ///
  /// - Parameters:
  ///   - earlier: The earlier run's record, read before it was written over; nil for none.
  ///   - files: The new run's files.
  ///   - folder: The folder.
  static func removeLeftovers(
    of earlier: RunRecord.Content?, besides files: [OutputFile], in folder: String
  ) {
    // The part of an ensemble waits to be joined.
    if earlier?.ensemble?.shard != nil { return }
    let written = Set(files.map(\.name))
    for digest in earlier?.outputs ?? [] where !written.contains(digest.file) {
      let path = folder + "/" + digest.file
      guard !digest.file.contains("/"), let file = try? InputFile(path: path),
        SHA256.hexDigest(of: file.bytes) == digest.sha256
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Makes sure, before long work, that files can be written to a folder.
  static func tryFolder(_ folder: String) throws(RunFailure) {
    let isNew = !FileManager.default.fileExists(atPath: folder)
    let trial = folder + "/.trial.\(ProcessInfo.processInfo.processIdentifier).part"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data([0]).write(to: URL(fileURLWithPath: trial))
      try FileManager.default.removeItem(atPath: trial)
    } catch {
      throw failure(folder, error)
    }
    if isNew { removeIfEmpty(folder) }
  }

  /// Refuses a folder where a file should stand, before anything is written.
  private static func refuseFolders(_ files: [OutputFile], _ folder: String) throws {
    for file in files {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + file.name)
      if attributes?[.type] as? FileAttributeType == .typeDirectory {
        throw CocoaError(.fileWriteFileExists)
      }
    }
  }

  /// Removes a folder in which nothing is.
  static func removeIfEmpty(_ folder: String) {
    let rest = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if rest?.isEmpty ?? false { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Refuses a folder that holds anything already.
  static func refuseFullFolder(_ folder: String) throws(RunFailure) {
    let content = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if content?.isEmpty ?? true { return }
    throw .cannotWrite(
      Problem(
        SourceLocation(file: folder),
        Wording(
          "the folder is not empty; name a new one, so that nothing is written over",
          "文件夹非空；请指定新文件夹，以免覆盖文件")))
  }

  /// Refuses a file that is there already.
  static func refuseFile(_ path: String) throws(RunFailure) {
    if !FileManager.default.fileExists(atPath: path) { return }
    throw .cannotWrite(
      Problem(
        SourceLocation(file: path),
        Wording(
          "the file is there already and may have been filled in; name a new one",
          "文件已存在，可能已填写；请指定新的文件名")))
  }

  /// A file that was read is never written over.
  private static func refuseInputs(
    _ files: [OutputFile], _ folder: String, _ inputs: [InputFile]
  ) throws(RunFailure) {
    let read = Set(inputs.map { canonical($0.path) })
    for file in files where read.contains(canonical(folder + "/" + file.name)) {
      throw .cannotWrite(
        Problem(
          SourceLocation(file: folder + "/" + file.name),
          Wording(
            "this file was read and is not written over; choose another folder with --out",
            "该文件是输入文件，不会被覆盖；请用 --out 指定其他文件夹")))
    }
  }

  private static func canonical(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  private static func failure(_ path: String, _ error: any Error) -> RunFailure {
    .cannotWrite(
      Problem(
        SourceLocation(file: path),
        Wording(
          "cannot write here (\(error.localizedDescription)); check space and permissions, "
            + "or choose another folder",
          "无法写入（\(error.localizedDescription)）；请检查磁盘空间和权限，或另选文件夹")))
  }
}
