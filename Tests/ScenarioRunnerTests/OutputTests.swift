import Foundation
import PolicyModel
import ScenarioRunner
import Testing

/// Files appear whole or not at all, and can be verified.
@Suite struct OutputTests {
  private func outcome() throws -> RunOutcome {
    try RunOutcome(
      RunRequest(
        scenarios: [
          ShippedScenario.path("worked/baseline.yaml"),
          ShippedScenario.path("worked/performance-40.yaml"),
        ], language: .english))
  }

  @Test func `a run that nobody touched verifies`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try outcome().write(to: folder + "/out")
      let verification = try Verification(folder: folder + "/out")
      #expect(verification.isClean)
      #expect(verification.findings.count { $0.isInput } == 5)
      #expect(verification.findings.count { !$0.isInput } == 7)
    }
  }

  @Test(arguments: ["ledger.csv", "pools.csv", "report.md"])
  func `one changed byte is named`(file: String) throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try outcome().write(to: folder)
      let url = URL(fileURLWithPath: folder + "/" + file)
      var bytes = try Data(contentsOf: url)
      bytes[40] = bytes[40] == 48 ? 49 : 48
      try bytes.write(to: url)
      let verification = try Verification(folder: folder)
      let different = verification.findings.filter { $0.difference != nil }
      #expect(different.map(\.file) == [file])
      #expect(different[0].difference?.english.contains("byte 41") ?? false)
    }
  }

  @Test func `nothing of an earlier run stands beside a new one`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let request = try outcome().request
      try CompareOutcome(CompareRequest(run: request, draws: 8)).write(to: folder)
      let text = "mine"
      try text.write(toFile: folder + "/ensemble_counties.csv", atomically: true, encoding: .utf8)
      try outcome().write(to: folder)
      let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
      #expect(!names.contains("ensemble.csv") && !names.contains("ensemble_differences.csv"))
      // What somebody changed is not Karez's to remove.
      #expect(names.contains("ensemble_counties.csv"))
    }
  }

  @Test func `a second run into the same folder replaces the first`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try "old".write(toFile: folder + "/ledger.csv", atomically: true, encoding: .utf8)
      for _ in 0..<3 {
        try outcome().write(to: folder)
        #expect(try Verification(folder: folder).isClean)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 8)
      }
    }
  }

  @Test func `a changed input is named`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/example")
      let scenario = folder + "/example/baseline.yaml"
      try RunOutcome(RunRequest(scenarios: [scenario], language: .chinese))
        .write(to: folder + "/out")
      let text = try String(contentsOfFile: scenario, encoding: .utf8)
      try (text + "# one more line\n").write(toFile: scenario, atomically: true, encoding: .utf8)
      let verification = try Verification(folder: folder + "/out")
      let different = verification.findings.filter { $0.difference != nil }
      // The page names every input with its digest.
      #expect(different.map(\.file).last == "report.html")
      #expect(different.count == 2)
      #expect(different[0].isInput)
    }
  }

  @Test func `a file that was read is never written over`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder)
      let scenario = folder + "/ledger.csv"
      try FileManager.default.moveItem(atPath: folder + "/baseline.yaml", toPath: scenario)
      let before = try Data(contentsOf: URL(fileURLWithPath: scenario))
      let outcome = try RunOutcome(RunRequest(scenarios: [scenario], language: .english))
      let failure = #expect(throws: RunFailure.self) { try outcome.write(to: folder) }
      #expect(failure?.exitCode == 73)
      #expect(try Data(contentsOf: URL(fileURLWithPath: scenario)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4)
    }
  }

  @Test func `where a folder stands in the way nothing is left behind`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/run.json/x", withIntermediateDirectories: true)
      let failure = #expect(throws: RunFailure.self) { try outcome().write(to: folder) }
      #expect(failure?.exitCode == 73)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["run.json"])
    }
  }

  @Test func `a folder that is a file cannot be written`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try "x".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
      let failure = #expect(throws: RunFailure.self) { try outcome().write(to: folder + "/file") }
      #expect(failure?.exitCode == 73)
      #expect(try String(contentsOfFile: folder + "/file", encoding: .utf8) == "x")
    }
  }

  @Test func `the example is the worked scenario`() throws {
    for file in Example.files {
      let original = URL(fileURLWithPath: ShippedScenario.path("worked/" + file.path))
      #expect(try Data(contentsOf: original) == Data(file.bytes), "\(file.path)")
    }
  }

  @Test func `an example is not written over anything`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder)
      let failure = #expect(throws: RunFailure.self) { try Example.write(to: folder) }
      #expect(failure?.exitCode == 73)
    }
  }

  @Test func `threads change no byte`() throws {
    let files = ["baseline-2024", "quotas", "linear-slope"].map {
      ShippedScenario.path("xinjiang/\($0).yaml")
    }
    let outputs = try [1, 2, 5].map { threads in
      try RunOutcome(
        RunRequest(
          scenarios: files, language: .english, threads: threads, hasDatabase: true)
      ).files(relativeTo: "/tmp").map(\.bytes)
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] == outputs[2])
  }
}
