import Documents
import PolicyModel
import Reporting
import ScenarioFiles

/// What drives metrics and how robust ranks are: tables and files.
public struct SensitivityOutcome: Sendable {
  private let findings: SensitivityFindings?
  private let robustness: RobustnessFindings?
  private let inputs: [InputFile]
  private let language: Language
  /// What the user should know, one line each.
  public let notes: [String]

  /// Reads, compiles, runs every point and estimates.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - language: Of the documents.
  ///   - progress: Called now and then with the blocks of points done and to do.
  /// - Throws: `RunFailure.badInput` for an unknown metric, parameter, stream or year, an empty range,
  ///   too many points that end in an error, or a metric that is undefined at some of them.
  public init(
    _ request: SensitivityRequest, language: Language,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(RunFailure) {
    let study = try SensitivityCase(request)
    // Both are looked at before either runs.
    let robust: RobustnessStudy? =
      if let key = request.robust {
        try RobustnessStudy(request, study, stream: key)
      } else {
        nil
      }
    let metrics: SensitivityStudy? =
      request.metrics.isEmpty ? nil : try SensitivityStudy(request, study)
    findings = try metrics?.findings(progress: progress)
    robustness = try robust?.findings(progress: progress)
    inputs = study.inputs
    self.language = language
    notes =
      study.plan.warnings.map { $0.text(in: language) }
      + (study.plan.hasNoise ? [SensitivityOutcome.noiseNote.text(in: language)] : [])
  }

  private static let noiseNote = Wording(
    "the scenario has noise; here it is off, so that indices are parts of what parameters do",
    "情景含随机扰动；此处关闭，指数只反映参数的作用")

  /// The tables.
  ///
  /// - Parameter top: How many counties to show.
  /// - Returns: One document.
  public func document(top: Int) -> Document {
    let documents = documents(top: top)
    return Document(
      title: documents.first?.title ?? "", blocks: documents.flatMap(\.blocks))
  }

  private func documents(top: Int) -> [Document] {
    let metrics = findings.map { SensitivityReport($0, language: language).document }
    let ranks = robustness.map { RobustnessReport($0, language: language).document(top: top) }
    return [metrics, ranks].compactMap { $0 }
  }

  /// The mark of synthetic data, for forms that have no place for it.
  public var provenance: [String] {
    let ledger = findings?.ledger ?? robustness?.ledger
    return ledger.map { DataProvenance([$0]).lines(language) } ?? []
  }

  /// Writes every file into a folder, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    var files: [OutputFile] = []
    if let findings {
      files.append(
        OutputFile(
          name: "sensitivity.csv", text: SensitivityReport(findings, language: language).csv))
    }
    if let robustness {
      let report = RobustnessReport(robustness, language: language)
      files.append(OutputFile(name: "rank_probabilities.csv", text: report.probabilitiesCSV))
      files.append(OutputFile(name: "rank_changes.csv", text: report.changesCSV))
    }
    files.append(
      OutputFile(name: "report.md", text: document(top: 1_000_000).rendered(as: .markdown)))
    try OutputWriter.write(files, to: folder, inputs: inputs)
  }
}
