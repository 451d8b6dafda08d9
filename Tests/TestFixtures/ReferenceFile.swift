import Foundation

/// A file that stands in the source tree beside the test that reads it.
public enum ReferenceFile {
  /// Its text.
  ///
  /// - Parameters:
  ///   - path: The path from the folder of the test.
  ///   - test: The test's own file.
  /// - Returns: The text.
  /// - Throws: What Foundation throws if it cannot be read.
  public static func text(_ path: String, beside test: String = #filePath) throws -> String {
    try String(contentsOf: url(path, beside: test), encoding: .utf8)
  }

  /// Its place.
  public static func url(_ path: String, beside test: String = #filePath) -> URL {
    URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent(path)
  }

  /// Its JSON, as Foundation reads it.
  public static func json(
    _ path: String, beside test: String = #filePath
  ) throws -> [String: Any] {
    let data = try Data(contentsOf: url(path, beside: test))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// Its rows of comma-separated cells, the header first; for tables without quotes.
  public static func rows(_ path: String, beside test: String = #filePath) throws -> [[String]] {
    try text(path, beside: test).split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
