import ArgumentParser
import ScenarioRunner

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares computed with officially published amounts.",
    discussion: """
      A stream names the data's column of official amounts by `published:`.

      EXAMPLE
        karez check Scenarios/france-dsr-2021/dsr-2021.yaml --worst 20
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "How many of the largest differences to show for each stream.")
  var worst = 20

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if worst < 0 { throw ValidationError("--worst takes a whole number of 0 or more") }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = CheckRequest(
        scenario: scenario, worst: worst, language: common.language)
      common.show(try request.document())
    }
  }
}
