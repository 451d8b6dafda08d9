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
    let alone = try karez(["run", ShippedScenario.path("worked/baseline.yaml"), "--lang", "en"])
    #expect(alone.output.contains("One scenario, 2024–2026"))
  }

  @Test(arguments: [
    ["nonsense"], ["run"], ["run", "x.yaml", "--top", "0"], ["sensitivity", "x.yaml"],
    ["sensitivity", "x.yaml", "--metric", "losers", "--points", "100"],
    ["template", "x.yaml", "--out", "x.csv"], ["template", "x.yaml", "--years", "2024,next"],
    ["fit", "x.yaml", "--sheet", "a"],
    ["run", "x.yaml", "--sqlite"], ["compare", "x.yaml", "--sqlite", "--draw", "1", "--out", "x"],
    ["compare", "x.yaml", "--sqlite", "--shard", "1/2", "--out", "x"],
    ["sensitivity", "x.yaml", "--robust", "roads", "--delta", "0"],
    ["design", "x.yaml", "--free", "a=0:1"], ["design", "x.yaml", "--goal", "losers <= 1"],
    ["design", "x.yaml", "--trade-off", "losers,winners", "--free", "a=0:1", "--points", "1"],
    ["weigh", "x.csv", "--method", "ahp", "--indicators", "a,b"],
    ["weigh", "x.csv", "--method", "nonsense", "--indicators", "a,b"],
    ["weigh", "x.csv", "--method", "entropy"],
    ["weigh", "x.csv", "--method", "equal", "--indicators", "a,b", "--normalization", "z"],
    ["weigh", "x.csv", "--method", "sd", "--indicators", "a,b", "--judgements", "j.yaml"],
    ["chart", "x", "--kind", "pie", "--out", "x.svg"],
    ["chart", "x", "--kind", "map", "--out", "x.gif"],
    ["chart", "x", "--kind", "map", "--out", "x.svg", "--image", "png"],
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

  @Test(arguments: [
    "run", "explain", "check", "validate", "verify", "init", "weigh", "sensitivity", "fit",
    "design", "chart", "template",
  ])
  func `every command has help with an example`(command: String) throws {
    let outcome = try karez([command, "--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLE"))
  }

  @Test func `a design that meets its goals ends with 0, one that cannot with 1`() throws {
    let arguments = [
      "design", ShippedScenario.path("worked/baseline.yaml"), "--free", "incentives.reserve=0:0.2",
      "--lang", "en", "--goal",
    ]
    let met = try karez(arguments + ["gini_amount <= 0.05"])
    #expect(met.status == 0)
    #expect(met.output.contains("The goal is met in the ledger"))
    #expect(met.output.contains("SYNTHETIC DATA"))
    let missed = try karez(arguments + ["gini_amount <= 0.001"])
    #expect(missed.status == 1)
    #expect(missed.output.contains("The goals are not met: nearest miss"))
    let wrong = try karez(arguments + ["ginni_amount <= 0.05"])
    #expect(wrong.status == 65)
    #expect(wrong.output.isEmpty)
  }

  @Test func `a chart is drawn of what a run wrote`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let run = try karez([
        "run", ShippedScenario.path("worked/baseline.yaml"),
        ShippedScenario.path("worked/performance-40.yaml"), "--out", folder + "/run", "--quiet",
      ])
      #expect(run.status == 0)
      let outcome = try karez([
        "chart", folder + "/run", "--kind", "change-by-county", "--out", folder + "/a.svg",
        "--lang", "zh",
      ])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("a.svg  2026年各县市区资金变动"))
      #expect(outcome.output.contains("合成数据：7项指标为演示用虚构数据"))
      let text = try String(contentsOfFile: folder + "/a.svg", encoding: .utf8)
      #expect(text.contains("West") == false && text.contains("示例西县"))
      let map = try karez([
        "chart", folder + "/run", "--kind", "map", "--out", folder + "/b.svg", "--lang", "en",
      ])
      #expect(map.status == 65 && map.output.isEmpty)
      #expect(
        map.errors
          == "error: no county has coordinates; add the columns lon and lat to counties.csv\n"
          + "1 problem; nothing was computed or written.\n")
    }
  }

  @Test func `the version says which build it is`() throws {
    #expect(try karez(["--version"]).output.contains("build"))
  }
}
