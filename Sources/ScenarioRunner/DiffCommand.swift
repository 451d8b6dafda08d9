import Documents
import PolicyModel
import ScenarioFiles

/// What differs between two scenarios after all merging.
public struct DiffRequest: Sendable {
  /// One scenario file.
  public var first: String
  /// The other.
  public var second: String
  /// The language of the document.
  public var language: Language

  /// Makes a request.
  public init(first: String, second: String, language: Language) {
    self.first = first
    self.second = second
    self.language = language
  }

  /// The differences, parameter by parameter and year by year.
  ///
  /// - Throws: `RunFailure.badInput` if a scenario cannot be read.
  public func document() throws(RunFailure) -> Document {
    var loader = ScenarioLoader()
    let sources = [loader.source(first), loader.source(second)].compactMap { $0 }
    guard sources.count == 2 else { throw .badInput(loader.problems) }
    let years = loader.read(sources[0]).map { Array($0.scenario.years) } ?? []
    let changes = sources[0].changes(to: sources[1])
    return Document(
      title: language.words("Differences", "差异"), blocks: [.table(table(changes, years))])
  }

  /// What each reform changes of a baseline, one table a reform.
  ///
  /// - Parameters:
  ///   - paths: Scenario files or stacks, the baseline first; all can be read.
  ///   - language: The language.
  /// - Returns: The tables; none for files that cannot be read.
  static func tables(_ paths: [String], language: Language) -> [Table] {
    var loader = ScenarioLoader()
    let sources = paths.map { loader.source($0) }
    guard let first = sources.first, let baseline = first else { return [] }
    let years = loader.read(baseline).map { Array($0.scenario.years) } ?? []
    return zip(paths, sources).dropFirst().compactMap { path, source in
      guard let source else { return nil }
      let request = DiffRequest(first: paths[0], second: path, language: language)
      var table = request.table(baseline.changes(to: source), years)
      let name = path.split(separator: "+").map { fileName(String($0)) }.joined(separator: "+")
      table = Table(
        title: language.words("What \(name) changes", "\(name) 的改动"), columns: table.columns,
        rows: table.rows, notes: table.notes)
      return table
    }
  }

  private func table(_ changes: [KeyChange], _ years: [Int]) -> Table {
    Table(
      title: "",
      columns: [
        Table.Column(language.words("parameter", "参数"), .leading),
        Table.Column(language.words("years", "年度"), .leading),
        Table.Column(language.words("first → second", "前者 → 后者"), .leading),
        Table.Column(language.words("written at", "出处"), .leading),
      ], rows: changes.flatMap { rows($0, years) },
      notes: [
        changes.isEmpty
          ? language.words("Nothing differs.", "没有差别。")
          : language.words("\(changes.count) keys differ.", "共\(changes.count)个键不同。")
      ])
  }

  private func rows(_ change: KeyChange, _ years: [Int]) -> [[Cell]] {
    let places = [change.oldLocation, change.newLocation].map { place($0) }
    let written = places.joined(separator: " → ")
    if !change.isTimeline {
      return [row(change.path, "", change.oldText, change.newText, written)]
    }
    return spans(change, years).map { span in
      row(change.path, span.text, span.old, span.new, written)
    }
  }

  private func row(
    _ path: String, _ years: String, _ old: String?, _ new: String?, _ written: String
  ) -> [Cell] {
    let none = language.words("(not there)", "（无）")
    return [Cell(path), Cell(years), Cell("\(old ?? none) → \(new ?? none)"), Cell(written)]
  }

  private func place(_ location: SourceLocation?) -> String {
    guard let location else { return "–" }
    return "\(fileName(location.file)):\(location.line)"
  }

  /// Years with the same pair of values, joined into spans; those without difference left out.
  private func spans(
    _ change: KeyChange, _ years: [Int]
  ) -> [(text: String, old: String?, new: String?)] {
    var spans: [(first: Int, last: Int, old: String?, new: String?)] = []
    for year in years {
      let old = change.oldText(in: year)
      let new = change.newText(in: year)
      if old == new { continue }
      if let end = spans.last, end.last == year - 1, end.old == old, end.new == new {
        spans[spans.count - 1].last = year
      } else {
        spans.append((year, year, old, new))
      }
    }
    return spans.map { span in
      (span.first == span.last ? "\(span.first)" : "\(span.first)–\(span.last)", span.old, span.new)
    }
  }
}

/// The last part of a path.
func fileName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
