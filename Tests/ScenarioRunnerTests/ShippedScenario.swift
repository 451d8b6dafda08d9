import Foundation
import PolicyModel
import ScenarioRunner

/// The scenario folders that ship with the project.
enum ShippedScenario {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios").path

  static func path(_ name: String) -> String { folder + "/" + name }

  static func run(_ files: [String]) throws -> LoadedRun {
    try LoadedRun(files.map { path($0) }, threads: 2)
  }

  /// A new folder that is gone after the body.
  static func withTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory.path + "/karez-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}
