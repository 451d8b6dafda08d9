import ArgumentParser
import ScenarioRunner

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what differs between two scenarios after all merging.",
    discussion: """
      EXAMPLE
        karez diff baseline.yaml performance-30.yaml
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var first: String

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var second: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      common.show(
        try DiffRequest(first: first, second: second, language: common.language).document())
    }
  }
}
