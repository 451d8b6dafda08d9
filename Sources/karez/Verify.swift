import ArgumentParser
import ScenarioRunner

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Re-runs what run.json records and compares every byte.",
    discussion: """
      EXAMPLE
        karez run baseline.yaml reform.yaml --out results
        karez verify results
      """)

  @Argument(help: "Folder that karez run --out wrote.", completion: .directory)
  var folder: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    var isClean = true
    try common.guarded { () throws(RunFailure) in
      let verification = try Verification(folder: folder)
      isClean = verification.isClean
      common.show(verification.document(common.language))
    }
    if !isClean { throw ExitCode(1) }
  }
}
