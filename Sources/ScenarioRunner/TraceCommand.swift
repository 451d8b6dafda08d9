import PolicyModel
import Reporting
import ScenarioFiles

/// What `karez trace` is asked for.
public struct TraceRequest: Sendable {
  /// The scenario file.
  public var scenario: String
  /// Codes of the counties; nil for all.
  public var counties: [String]?

  /// Makes a request.
  public init(scenario: String, counties: [String]?) {
    self.scenario = scenario
    self.counties = counties
  }

  /// Runs the scenario and writes the trace to a file, or returns its text.
  ///
  /// - Parameter path: The file to write; nil to write none.
  /// - Returns: The JSON text.
  /// - Throws: `RunFailure` for an unknown county or a file that cannot be written.
  @discardableResult
  public func trace(to path: String?) throws(RunFailure) -> String {
    let run = try LoadedRun([scenario])
    let ledger = run.ledgers[0]
    let table = ledger.plan.counties
    var problems: [Problem] = []
    let indices = counties?.compactMap { code -> Int? in
      if let index = table.indexOfCode[code] { return index }
      problems.append(
        Problem(
          nil,
          Wording("unknown county \"\(code)\"", "未知的县市区“\(code)”")
            + nearestHint(code, among: table.counties.map(\.code))))
      return nil
    }
    if !problems.isEmpty { throw .badInput(problems) }
    let text = TraceText.text(ledger, counties: indices ?? Array(table.counties.indices))
    if let path {
      let slash = path.lastIndex(of: "/")
      let folder = slash.map { String(path[..<$0]) } ?? "."
      let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
      try OutputWriter.write(
        [OutputFile(name: name, text: text)], to: folder.isEmpty ? "/" : folder,
        inputs: run.inputs)
    }
    return text
  }
}
