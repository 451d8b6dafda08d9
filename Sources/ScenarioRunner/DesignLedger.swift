import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Simulation

/// A design as a reform that was read and run like any other.
struct CheckedDesign: Sendable {
  let written: WrittenDesign
  /// The reform's file.
  let text: String
  let ledger: Ledger
  /// How the goals stand in the ledger.
  let measures: [GoalMeasure]

  var isMet: Bool { measures.allSatisfy(\.isMet) }
}

/// Writes designs as reforms, reads them by the loader of every command and runs the ledger.
struct DesignLedger: Sendable {
  /// What the reforms are.
  enum Kind: Sendable {
    /// One that meets goals.
    case design
    /// Points of a trade-off.
    case tradeOff

    fileprivate var word: String { self == .design ? "design" : "trade-off" }
  }

  let setup: DesignSetup
  private let kind: Kind
  /// Where the reform will stand.
  let path: String
  private let loader: ScenarioLoader

  init(_ setup: DesignSetup, kind: Kind = .design) {
    self.setup = setup
    self.kind = kind
    path = DesignLedger.path(setup, kind)
    // Read once here, so that checks find counties and indicators read.
    var loader = setup.loader
    try? loader.provide(DesignLedger.head(setup, path, kind, nil), as: path)
    _ = loader.load([path])
    self.loader = loader
  }

  private static func path(_ setup: DesignSetup, _ kind: Kind) -> String {
    if let out = setup.request.out { return out + "/\(kind.word).yaml" }
    let folder = URL(fileURLWithPath: setup.request.scenario).deletingLastPathComponent()
    let name = setup.baseline.plan.scenario.name + "-\(kind.word).yaml"
    return folder.appendingPathComponent(name).path
  }

  // MARK: Text

  /// The reform's file.
  ///
  /// - Parameters:
  ///   - written: The design.
  ///   - comments: Lines at its head.
  ///   - number: Its number among several.
  /// - Returns: YAML.
  func text(_ written: WrittenDesign, comments: [String] = [], number: Int? = nil) -> String {
    var settings: [(path: String, text: String)] = []
    for (index, parameter) in setup.space.parameters.enumerated() {
      if written.isBaseline || isUnchanged(parameter, written.values[index]) { continue }
      settings += zip(parameter.members, written.texts[index]).map { ($0, $1) }
    }
    return comments.map { "# \(DesignLedger.onOneLine($0))\n" }.joined()
      + (comments.isEmpty ? "" : "\n")
      + DesignLedger.head(setup, path, kind, number) + setup.source.reformText(settings)
  }

  /// A comment ends with its line, whatever a label holds.
  private static func onOneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
  }

  private func isUnchanged(_ parameter: FreeParameter, _ values: [Double]) -> Bool {
    zip(parameter.written, values).allSatisfy { before, value in before.allSatisfy { $0 == value } }
  }

  private static func head(
    _ setup: DesignSetup, _ path: String, _ kind: Kind, _ number: Int?
  ) -> String {
    let scenario = setup.baseline.plan.scenario
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let link = relativePath(of: setup.request.scenario, from: folder)
    let suffix = number.map { "-\($0)" } ?? ""
    let title = title(kind, setup.goals.count, suffix)
    return """
      extends: \(YAMLScalar.quoted(link))
      name: \(scenario.name)-\(kind.word)\(suffix)
      title: \(YAMLScalar.quoted(scenario.title.english + title.english))
      title_zh: \(YAMLScalar.quoted(scenario.title.chinese + title.chinese))

      """
  }

  private static func title(_ kind: Kind, _ count: Int, _ suffix: String) -> Wording {
    switch kind {
    case .design:
      Wording(
        ", designed for \(count) goal\(count == 1 ? "" : "s")", "：满足\(count)项目标的设计")
    case .tradeOff: Wording(", trade-off\(suffix)", "：权衡方案\(suffix)")
    }
  }

  // MARK: Runs

  /// Reads and runs a design.
  ///
  /// - Throws: `RunFailure.badInput` if it cannot be read or run.
  func check(
    _ written: WrittenDesign, comments: [String] = []
  ) throws(RunFailure) -> CheckedDesign {
    let text = text(written, comments: comments)
    var loader = loader
    do throws(Problem) {
      try loader.provide(text, as: path)
    } catch {
      throw .badInput([error])
    }
    guard let loaded = loader.load([path]).first, loader.problems.isEmpty else {
      throw .badInput(loader.problems)
    }
    do throws(CompileErrors) {
      let plan = try Plan.compile(
        loaded.scenario, counties: loaded.counties, panel: loaded.panel)
      do throws(LawError) {
        let ledger = try Ledger(plan)
        let figures = GoalFigures.years(ledger, baseline: setup.baseline)
        return CheckedDesign(
          written: written, text: text, ledger: ledger,
          measures: setup.measuring.measures(figures))
      } catch {
        throw CompileErrors(problems: [error.problem])
      }
    } catch {
      throw .badInput(error.problems)
    }
  }

  /// The first of some ways to write a design that meets every goal in the ledger; those whose numbers no
  /// scenario may have are passed over.
  func first(of ways: [WrittenDesign]) -> CheckedDesign? {
    for way in ways {
      if let checked = try? check(way), checked.isMet { return checked }
    }
    return nil
  }
}
