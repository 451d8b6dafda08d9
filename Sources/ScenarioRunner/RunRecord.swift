import Documents
import Foundation
import PolicyModel
import ScenarioFiles

/// The version of Karez.
public let karezVersion = "0.1.0"

/// What `run.json` says of a run: enough to run it again and to tell whether a byte differs.
struct RunRecord {
  struct Digest: Codable, Equatable {
    let file: String
    let sha256: String
  }

  /// What a record says of an ensemble.
  struct Ensemble: Codable, Equatable {
    let draws: Int
    let allow_failed: Int
    /// The part of the draws, as i/n; nil for all.
    let shard: String?
    /// Failed draws by scenario.
    let failed: [Int]
  }

  struct Warning: Codable, Equatable {
    let scenario: String
    let stream: String
    let year: Int
    let years: Int
    let text: String
  }

  /// The record as JSON keys.
  struct Content: Codable, Equatable {
    let karez: String
    let command: String
    private(set) var arguments: [String]
    private(set) var folder: String
    let language: String
    let seed: UInt64
    let seed_given: Bool
    let scenarios: [String]
    let synthetic_columns: [String]
    private(set) var inputs: [Digest]
    let outputs: [Digest]
    let warnings: [Warning]
    var ensemble: Ensemble?
    /// Whether a database was asked for; nil: no.
    var sqlite: Bool?

    /// Names arguments and input files as the parts of an ensemble did, seen from another folder.
    mutating func name(as part: Content, origin: String, folder: String) {
      arguments = part.arguments
      inputs = part.inputs
      self.folder = relativePath(of: origin, from: folder)
    }
  }

  static let fileName = "run.json"

  /// The text of `run.json`, keys in a fixed order.
  static func text(_ content: Content) -> String {
    func digests(_ list: [Digest]) -> JSONText.Value {
      .list(
        list.map { .object([("file", .text($0.file)), ("sha256", .text($0.sha256))]) })
    }
    let warnings = content.warnings.map { warning in
      JSONText.Value.object([
        ("scenario", .text(warning.scenario)), ("stream", .text(warning.stream)),
        ("year", .literal("\(warning.year)")), ("years", .literal("\(warning.years)")),
        ("text", .text(warning.text)),
      ])
    }
    var entries: [(String, JSONText.Value)] = [
      ("karez", .text(content.karez)), ("command", .text(content.command)),
      ("arguments", .list(content.arguments.map { .text($0) })),
      ("folder", .text(content.folder)), ("language", .text(content.language)),
      ("seed", .literal("\(content.seed)")),
      ("seed_given", .literal(content.seed_given ? "true" : "false")),
      ("scenarios", .list(content.scenarios.map { .text($0) })),
      ("synthetic_columns", .list(content.synthetic_columns.map { .text($0) })),
      ("inputs", digests(content.inputs)), ("outputs", digests(content.outputs)),
      ("warnings", .list(warnings)),
    ]
    if let ensemble = content.ensemble { entries.append(("ensemble", value(of: ensemble))) }
    if let sqlite = content.sqlite { entries.append(("sqlite", .literal("\(sqlite)"))) }
    return JSONText.text(.object(entries)) + "\n"
  }

  private static func value(of ensemble: Ensemble) -> JSONText.Value {
    var entries: [(String, JSONText.Value)] = [
      ("draws", .literal("\(ensemble.draws)")),
      ("allow_failed", .literal("\(ensemble.allow_failed)")),
    ]
    if let shard = ensemble.shard { entries.append(("shard", .text(shard))) }
    entries.append(("failed", .list(ensemble.failed.map { .literal("\($0)") })))
    return .object(entries)
  }

  /// A file, or a stack of files, as seen from where the run was started.
  static func path(_ path: String, origin: String) -> String {
    let whole = path.hasPrefix("/") ? path : origin + "/" + path
    if (try? InputFile(path: whole)) != nil { return whole }
    return path.split(separator: "+").map { $0.hasPrefix("/") ? String($0) : origin + "/" + $0 }
      .joined(separator: "+")
  }

  /// Reads `run.json`.
  static func read(_ folder: String) throws(RunFailure) -> Content {
    let path = folder + "/" + fileName
    let file: InputFile
    do throws(Problem) {
      file = try InputFile(path: path)
    } catch {
      throw .badInput([error])
    }
    do {
      let content = try JSONDecoder().decode(Content.self, from: Data(file.bytes))
      if content.arguments.isEmpty { throw CocoaError(.fileReadCorruptFile) }
      return content
    } catch {
      throw .badInput([
        Problem(
          SourceLocation(file: path),
          Wording(
            "this is no record of a run; name a folder that karez run --out wrote",
            "这不是运行记录；请指定由 karez run --out 写出的文件夹"))
      ])
    }
  }
}

/// The path of a folder as seen from another, both made absolute first.
func relativePath(of target: String, from folder: String) -> String {
  func parts(_ path: String) -> [String] {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
      .split(separator: "/").map(String.init)
  }
  let to = parts(target)
  let from = parts(folder)
  var common = 0
  while common < min(to.count, from.count), to[common] == from[common] { common += 1 }
  let up = Array(repeating: "..", count: from.count - common)
  let path = (up + to[common...]).joined(separator: "/")
  return path.isEmpty ? "." : path
}
