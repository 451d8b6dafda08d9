import Documents
import PolicyModel
import Reporting
import ScenarioFiles
import Simulation

extension RunOutcome {
  /// The page of `report.html`.
  ///
  /// - Parameters:
  ///   - command: The command that was given, with its options.
  ///   - ensemble: What draws came to; nil without an ensemble.
  /// - Returns: The page, which names files by their names alone, so that it is the same wherever
  ///   they stand.
  func page(command: String, ensemble: EnsembleReport? = nil) -> Page {
    let files = request.scenarios.map { path in
      path.split(separator: "+").map { fileName(String($0)) }.joined(separator: "+")
    }
    let seed = request.seed.map { " --seed \($0)" } ?? ""
    return ReportPage(
      ledgers: run.ledgers, metrics: run.metrics, ensemble: ensemble,
      origin: ReportPage.Origin(
        command: ["karez \(command)\(seed) " + files.joined(separator: " ")],
        version: karezVersion,
        inputs: namedInputs,
        changes: DiffRequest.tables(request.scenarios, language: request.language),
        warnings: placelessWarnings),
      language: request.language
    ).page
  }

  /// Every file read by its name and digest, each once.
  private var namedInputs: [(name: String, digest: String)] {
    var seen: Set<String> = []
    return run.inputs.compactMap { input in
      let digest = SHA256.hexDigest(of: input.bytes)
      let name = fileName(input.path)
      return seen.insert(name + digest).inserted ? (name, digest) : nil
    }
  }

  /// Warnings without the folders in which files stand.
  private var placelessWarnings: [String] {
    var lines: [String] = []
    for problem in run.ledgers.flatMap(\.plan.warnings) + run.conflicts {
      let place = problem.location.map {
        SourceLocation(file: fileName($0.file), line: $0.line, column: $0.column)
      }
      let text = Problem(place, path: problem.path, problem.wording).text(in: request.language)
      if !lines.contains(text) { lines.append(text) }
    }
    return lines + run.warnings.map { $0.text(in: request.language) }
  }
}
