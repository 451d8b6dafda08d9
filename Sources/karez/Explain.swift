import ArgumentParser
import ScenarioRunner

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows how one county's amount came about, in signed steps that sum to it.",
    discussion: """
      EXAMPLE
        karez explain baseline.yaml --county 653101 --year 2026
        karez explain baseline.yaml --county 653101 --year 2026 --stream consolidation --lang zh
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "Code of the county.")
  var county: String

  @Option(help: "Year.")
  var year: Int

  @Option(help: "Stream; all of them if left out.")
  var stream: String?

  @Option(help: "Name of the scenario within a sweep, such as reserve/2.")
  var name: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = ExplainRequest(
        scenario: scenario, county: county, year: year, stream: stream, name: name,
        language: common.language)
      common.show(try request.document())
    }
  }
}
