import Foundation
import PolicyModel

/// One point of a sweep's grid: the scenario's tree, its number and its values for the title.
struct SweepVariant {
  let tree: YAMLNode
  let number: Int?
  let values: String

  /// The tree as it is, without a sweep.
  init(whole tree: YAMLNode) {
    self.tree = tree
    number = nil
    values = ""
  }

  init(tree: YAMLNode, number: Int, values: String) {
    self.tree = tree
    self.number = number
    self.values = values
  }

  /// Names the scenario `name/1` and adds the values to its title.
  func named(_ scenario: Scenario) -> Scenario {
    guard let number else { return scenario }
    var named = scenario
    named.name = "\(scenario.name)/\(number)"
    named.title = scenario.title + Wording(same: ": \(values)")
    return named
  }
}

/// Lays a sweep out: one scenario for each point of the grid, the last key fastest.
struct SweepGrid {
  private(set) var problems: [Problem] = []
  private static let mostScenarios = 10_000

  mutating func variants(of tree: YAMLNode, sweep: YAMLNode) -> [SweepVariant] {
    guard let axes = axes(sweep) else { return [] }
    let size = axes.reduce(1) {
      min($0 * min($1.values.count, 100_000), SweepGrid.mostScenarios + 1)
    }
    if size > SweepGrid.mostScenarios {
      report(
        sweep.location, "sweep",
        Wording("the grid has more than 10,000 scenarios; shorten its lists", "网格超过10000个情景；请缩短列表"))
      return []
    }
    return (0..<size).compactMap { variant($0, of: tree, axes) }
  }

  private mutating func report(_ location: SourceLocation, _ path: String, _ wording: Wording) {
    problems.append(Problem(location, path: path, wording))
  }

  private typealias Axis = (entry: YAMLNode.Entry, values: [YAMLNode])

  private mutating func axes(_ sweep: YAMLNode) -> [Axis]? {
    guard let entries = sweep.entries else {
      report(
        sweep.location, "sweep",
        Wording(
          "\(sweep.kind.english) stands where a map of keys to lists should",
          "此处应为“键: 列表”的映射，而不是\(sweep.kind.chinese)"))
      return nil
    }
    var axes: [Axis] = []
    for entry in entries {
      guard case .sequence(let values) = entry.value.content, !values.isEmpty else {
        report(
          entry.value.location, "sweep.\(entry.key)",
          Wording("a list of values should stand here", "此处应为取值列表"))
        return nil
      }
      axes.append((entry, values))
    }
    return axes
  }

  private mutating func variant(_ number: Int, of tree: YAMLNode, _ axes: [Axis]) -> SweepVariant? {
    var rest = number
    var chosen: [(entry: YAMLNode.Entry, value: YAMLNode)] = []
    for axis in axes.reversed() {
      chosen.insert((axis.entry, axis.values[rest % axis.values.count]), at: 0)
      rest /= axis.values.count
    }
    var result = tree
    for choice in chosen {
      let path = choice.entry.key.split(separator: ".", omittingEmptySubsequences: false)
      guard let changed = ScenarioTree.setting(path[...], to: choice.value, in: result) else {
        if number == 0 {
          report(
            choice.entry.location, "sweep.\(choice.entry.key)",
            Wording("the path leads nowhere in this scenario", "该路径在本情景中不存在"))
        }
        return nil
      }
      result = ScenarioTree.withoutUncertainty(changed, ofSwept: path)
    }
    let values = chosen.map { "\($0.entry.key) = \($0.value.flowText)" }
    return SweepVariant(
      tree: result, number: number + 1, values: values.joined(separator: ", "))
  }
}

/// Whether a path names anything.
func fileExists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
