import ArgumentParser
import ScenarioRunner

/// The command line: arguments in, tables and exit codes out.
@main
struct Karez: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "karez",
    abstract: "What-if analysis of formula grants between governments.",
    discussion: """
      Reads scenario files and county data, simulates every year of every funding stream for \
      every county in whole fen, and shows side by side what the rules do.

      EXAMPLE
        karez init example
        karez run example/baseline.yaml example/performance-40.yaml
        karez explain example/baseline.yaml --county 650001 --year 2024

      EXIT CODES
        0 done, 1 verify found a difference or design cannot meet its goals, 64 usage,
        65 bad input, 70 internal error, 73 cannot write, 130 stopped by the user
      """,
    version: "karez \(karezVersion) (\(buildDescription))",
    subcommands: [
      Run.self, Compare.self, Merge.self, Explain.self, Trace.self, Attribute.self, Diff.self,
      Check.self, Fit.self, Weigh.self, Sensitivity.self, Design.self, Chart.self, Validate.self,
      Verify.self,
      Init.self, TemplateCommand.self,
    ])

  static func main() {
    do {
      try ProgramVariant.start()
    } catch {
      Terminal.writeError("error: \(error)")
      exit(withError: ExitCode(70))
    }
    main(nil)
  }
}
