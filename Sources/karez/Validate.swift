import ArgumentParser
import Documents
import ScenarioRunner

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads scenarios and their data, computes nothing, prints every problem.",
    discussion: """
      EXAMPLE
        karez validate baseline.yaml reforms/*.yaml
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let report = try ValidationReport(files)
      common.warn(report.warnings(common.language))
      common.show(report.document(common.language))
    }
  }
}
