import PolicyModel
import ScenarioFiles

/// A provision of a reform: keys that change together.
struct Provision: Sendable {
  let name: String
  var changes: [KeyChange]
}

/// Splits what a reform changes into provisions.
struct ProvisionSplit: Sendable {
  /// How keys are grouped.
  enum Grouping: String, Sendable, CaseIterable {
    /// Each changed key by itself.
    case key
    /// By section: a stream's factors, floor, pool; incentives; gates; …
    case section
  }

  private(set) var provisions: [Provision] = []
  /// New groups and derived indicators: they do nothing until something reads them, and are there
  /// in every subset.
  private(set) var definitions: [KeyChange] = []
  /// Changes that no comparison of the same counties and years can attribute.
  private(set) var refused: [KeyChange] = []

  init(
    _ changes: [KeyChange], by grouping: Grouping, named: [(name: String, paths: [String])]
  ) {
    for change in changes {
      let section = change.path.split(separator: ".").first.map(String.init) ?? ""
      if ["data", "years", "quantum", "currency"].contains(section) {
        refused.append(change)
      } else if ["groups", "derived"].contains(section) && change.oldText == nil {
        definitions.append(change)
      } else {
        add(change, to: name(of: change.path, grouping, named))
      }
    }
  }

  private mutating func add(_ change: KeyChange, to name: String) {
    if let index = provisions.firstIndex(where: { $0.name == name }) {
      provisions[index].changes.append(change)
    } else {
      provisions.append(Provision(name: name, changes: [change]))
    }
  }

  private func name(
    of path: String, _ grouping: Grouping, _ named: [(name: String, paths: [String])]
  ) -> String {
    let parts = path.split(separator: ".")
    for group in named where group.paths.contains(where: { matches(parts, $0) }) {
      return group.name
    }
    if grouping == .key { return path }
    let length = parts.first == "streams" ? 3 : 1
    return parts.prefix(length).joined(separator: ".")
  }

  /// Whether a path lies at or below a pattern.
  private func matches(_ path: [Substring], _ pattern: String) -> Bool {
    let wanted = pattern.split(separator: ".")
    guard wanted.count <= path.count else { return false }
    return zip(wanted, path).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
