import ArgumentParser
import ScenarioRunner

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes what explain says as JSON, for every year and stream.",
    discussion: """
      The form is stable and versioned: Documentation/trace.schema.json.

      EXAMPLE
        karez trace baseline.yaml --county 653101 --county 653121 --out trace.json
        karez trace baseline.yaml --all --out trace.json
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "Code of a county; may be given several times.")
  var county: [String] = []

  @Flag(help: "All counties.")
  var all = false

  @Option(help: "File to write; standard output if left out.")
  var out: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if all == !county.isEmpty {
      throw ValidationError("give --county CODE (once or several times) or --all")
    }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = TraceRequest(scenario: scenario, counties: all ? nil : county)
      let text = try request.trace(to: out)
      if out == nil { Terminal.write(text) }
    }
  }
}
