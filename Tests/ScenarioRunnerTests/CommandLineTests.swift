import Foundation
import Testing

/// The program as a user starts it: exit codes, streams, languages.
@Suite struct CommandLineTests {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program built beside the tests.
  private static let program: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("karez").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return "karez"
  }()

  private func karez(_ arguments: [String]) throws -> Outcome {
    try ShippedScenario.withTemporaryFolder { folder in
      let output = folder + "/out"
      let errors = folder + "/err"
      for path in [output, errors] { try Data().write(to: URL(fileURLWithPath: path)) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Self.program)
      process.arguments = arguments
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardError = FileHandle(forWritingAtPath: errors)
      try process.run()
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus,
        output: try String(contentsOfFile: output, encoding: .utf8),
        errors: try String(contentsOfFile: errors, encoding: .utf8))
    }
  }

  @Test func `a run prints the comparison on standard output`() throws {
    let outcome = try karez([
      "run", ShippedScenario.path("worked/baseline.yaml"),
      ShippedScenario.path("worked/performance-40.yaml"), "--lang", "en",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Comparison of 2 scenarios, 2024–2026"))
    #expect(outcome.output.contains("SYNTHETIC DATA"))
  }

  @Test(arguments: [
    ["nonsense"], ["run"], ["run", "x.yaml", "--top", "0"],
    ["template", "x.yaml", "--out", "x.csv"],
    ["template", "x.yaml", "--years", "2024,next"], ["fit", "x.yaml", "--sheet", "a"],
    ["run", "x.yaml", "--sqlite"], ["compare", "x.yaml", "--sqlite", "--draw", "1", "--out", "x"],
    ["compare", "x.yaml", "--sqlite", "--shard", "1/2", "--out", "x"],
  ])
  func `wrong usage ends with 64`(arguments: [String]) throws {
    #expect(try karez(arguments).status == 64)
  }

  @Test func `bad input ends with 65 and prints nothing on standard output`() throws {
    let outcome = try karez(["run", "/nowhere/at/all.yaml", "--lang", "zh"])
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("错误：/nowhere/at/all.yaml: 文件不存在；请检查路径\n"))
  }

  @Test func `an unknown county of explain is named with the nearest`() throws {
    let outcome = try karez([
      "explain", ShippedScenario.path("worked/baseline.yaml"), "--county", "65000",
      "--year", "2024", "--lang", "en",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("unknown county \"65000\"; did you mean"))
  }

  @Test(arguments: ["run", "explain", "check", "validate", "verify", "init", "template"])
  func `every command has help with an example`(command: String) throws {
    let outcome = try karez([command, "--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLE"))
  }

  @Test func `the version says which build it is`() throws {
    #expect(try karez(["--version"]).output.contains("build"))
  }
}
