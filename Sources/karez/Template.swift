import ArgumentParser
import Documents
import PolicyModel
import ScenarioRunner

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Lists the data that a scenario's rules read and writes a workbook to fill in.",
    discussion: """
      The workbook has the sheets counties, indicators and columns that a scenario reads by \
      data: { workbook: x.xlsx }, with labels, drop-down lists and bounds. Counties and years are \
      filled in where the scenario's data have them.

      EXAMPLE
        karez template example/baseline.yaml --out data.xlsx
        karez template example/baseline.yaml --out data.xlsx --lang zh --years 2023,2024
        karez template example/baseline.yaml --format markdown
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "Workbook to write, a new file; without it the columns are only listed.")
  var out: String?

  @Option(
    help: "Years of the rows, separated by commas. Default: those of the data, else the first.")
  var years: String?

  @Flag(help: "Fill in the values of the scenario's data, too.")
  var values = false

  @OptionGroup var common: CommonOptions

  private var wantedYears: [Int]? {
    years.map { text in text.split(separator: ",").map { Int($0) ?? 0 } }
  }

  func validate() throws {
    if let list = wantedYears {
      if list.isEmpty || list.contains(where: { !(1900...2200).contains($0) }) {
        throw ValidationError("--years takes years from 1900 to 2200 separated by commas")
      }
    }
    if let out, !out.lowercased().hasSuffix(".xlsx") {
      throw ValidationError("--out takes the name of an .xlsx file")
    }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = TemplateRequest(
        scenario: scenario, years: wantedYears.map { Set($0).sorted() }, isFilled: values,
        language: common.language)
      let template = try request.template()
      if let out { try template.write(to: out) }
      common.warn(template.remarks(common.language, written: out))
      common.show(template.document)
    }
  }
}
