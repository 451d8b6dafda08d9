import Foundation

/// A folder of files that lives as long as the value that holds it.
public final class TemporaryFolder: Sendable {
  /// Its path.
  public let path: String

  /// Makes a folder with files by name.
  public init(_ files: [String: String]) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("karez-test-\(UUID().uuidString)")
    path = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, Array(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file of bytes.
  public func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: self / name))
  }

  /// Makes a folder in it.
  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self / name, withIntermediateDirectories: true)
  }

  /// The path of a file in it.
  public static func / (folder: TemporaryFolder, name: String) -> String {
    folder.path + "/" + name
  }
}
