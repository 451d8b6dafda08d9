import ArgumentParser
import PolicyModel
import ScenarioRunner

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a small worked example to start from.",
    discussion: """
      EXAMPLE
        karez init example
        karez run example/baseline.yaml example/performance-40.yaml
      """)

  @Argument(help: "Folder to write; new or empty.", completion: .directory)
  var folder: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      try Example.write(to: folder)
      Terminal.write(
        Wording(
          "Wrote a worked example (synthetic data). Next:\n"
            + "  karez run \(folder)/baseline.yaml \(folder)/performance-40.yaml\n",
          "已写出手算示例（合成数据）。下一步：\n"
            + "  karez run \(folder)/baseline.yaml \(folder)/performance-40.yaml\n"
        ).text(in: common.language))
    }
  }
}
