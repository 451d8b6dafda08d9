import Documents
import PolicyModel
import Reporting
import ScenarioFiles

/// What `karez template` is asked for.
public struct TemplateRequest: Sendable {
  /// The scenario's file.
  public var scenario: String
  /// The years of the rows; nil for those of the data, else the first of the run.
  public var years: [Int]?
  /// Whether the values of the data are filled in.
  public var isFilled: Bool
  /// The language of titles and instructions.
  public var language: Language

  /// Makes a request.
  public init(scenario: String, years: [Int]?, isFilled: Bool, language: Language) {
    self.scenario = scenario
    self.years = years
    self.isFilled = isFilled
    self.language = language
  }

  /// Looks up what the rules read and prepares the form.
  ///
  /// - Throws: `RunFailure.badInput` if the scenario, or data that are there, cannot be read.
  public func template() throws(RunFailure) -> Template {
    var loader = ScenarioLoader()
    let rules = loader.source(scenario).flatMap { loader.rules($0) }
    guard let rules, loader.problems.isEmpty else { throw .badInput(loader.problems) }
    let form = DataForm(
      rules.scenario, counties: rules.data?.counties, panel: rules.data?.panel, years: years,
      isFilled: isFilled, range: ColumnRange.allowed)
    if isFilled && rules.data == nil {
      throw .badInput([
        Problem(
          SourceLocation(file: scenario), path: "data",
          Wording(
            "the files of the data are not there, so no values can be filled in; leave out --values",
            "数据文件不存在，无法填入数值；请去掉 --values"))
      ])
    }
    return Template(
      report: DataFormReport(form, language: language), inputs: loader.inputs,
      hasData: rules.data != nil)
  }
}

/// A form for the data of a scenario.
public struct Template: Sendable {
  private let report: DataFormReport
  private let inputs: [InputFile]
  private let hasData: Bool

  fileprivate init(report: DataFormReport, inputs: [InputFile], hasData: Bool) {
    self.report = report
    self.inputs = inputs
    self.hasData = hasData
  }

  /// The columns that the rules read.
  public var document: Document { report.document }

  /// What the user should know.
  ///
  /// - Parameters:
  ///   - language: The language.
  ///   - path: The workbook that was written, if one was.
  /// - Returns: The lines.
  public func remarks(_ language: Language, written path: String?) -> [String] {
    var lines: [String] = []
    if !hasData {
      lines.append(
        language.words(
          "the data files are not there; the rows of the counties are left empty",
          "数据文件不存在；县市区各行留空"))
    }
    if let path {
      lines.append(
        language.words(
          "\(path) was written; fill it in and name it in the scenario by data: { workbook: … }",
          "已写出\(path)；填写后请在情景文件中用 data: { workbook: … } 引用"))
    }
    return lines
  }

  /// Writes the workbook; a file that is there already is not written over.
  ///
  /// - Throws: `RunFailure.cannotWrite`.
  public func write(to path: String) throws(RunFailure) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = parts.last.map(String.init) ?? path
    try OutputWriter.refuseFile(path)
    let bytes: [UInt8]
    do throws(WorkbookError) {
      bytes = try WorkbookWriter.bytes(report.workbook)
    } catch {
      throw error.failure
    }
    let place = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    try OutputWriter.write([OutputFile(name: name, bytes: bytes)], to: place, inputs: inputs)
  }
}
