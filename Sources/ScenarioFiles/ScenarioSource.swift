import PolicyModel

/// A scenario after all merging, as it was written: a tree of keys with their places.
public struct ScenarioSource: Sendable {
  let tree: YAMLNode
  /// The file, or the stack of files, it was made of.
  public let file: String
}

/// A key that two scenarios set differently.
public struct KeyChange: Sendable {
  /// The dotted path, such as `incentives.reserve`.
  public var path: String { keys.joined(separator: ".") }
  /// The keys from the top; a key may hold a point itself.
  let keys: [Substring]
  let old: YAMLNode?
  let new: YAMLNode?

  /// The old value as text; nil where the key was not there.
  public var oldText: String? { old.map { $0.flowText } }

  /// The new value as text; nil where the key is gone.
  public var newText: String? { new.map { $0.flowText } }

  /// Where the old value was written.
  public var oldLocation: SourceLocation? { old?.location }

  /// Where the new value was written.
  public var newLocation: SourceLocation? { new?.location }

  /// The steps of both values by year, where either is a timeline: "2024: 0.1 → 0.2".
  public var isTimeline: Bool { (old?.isTimeline ?? false) || (new?.isTimeline ?? false) }

  /// The old value in a year, where it is a timeline or a plain value.
  public func oldText(in year: Int) -> String? { old?.text(in: year) }

  /// The new value in a year, where it is a timeline or a plain value.
  public func newText(in year: Int) -> String? { new?.text(in: year) }
}

extension ScenarioSource {
  /// Keys that say what a scenario is, not what it does.
  private static let descriptive: Set<String> = [
    "schema", "name", "title", "title_zh", "source", "extends", "sweep", "provisions", "seed",
  ]

  /// What differs in another scenario, key by key; names and titles are passed over.
  public func changes(to other: ScenarioSource) -> [KeyChange] {
    var changes: [KeyChange] = []
    let base = ScenarioTree.without(
      ScenarioSource.descriptive, ScenarioTree.withoutNulls(tree))
    let reform = ScenarioTree.without(
      ScenarioSource.descriptive, ScenarioTree.withoutNulls(other.tree))
    ScenarioSource.compare(base, reform, [], &changes)
    return changes
  }

  private static func compare(
    _ old: YAMLNode, _ new: YAMLNode, _ keys: [Substring], _ changes: inout [KeyChange]
  ) {
    guard let before = old.entries, let after = new.entries, !old.isTimeline, !new.isTimeline
    else {
      if !old.isSame(as: new) { changes.append(KeyChange(keys: keys, old: old, new: new)) }
      return
    }
    for entry in before {
      let here = keys + [entry.key[...]]
      if isDescription(here) { continue }
      if let other = new[entry.key] {
        compare(entry.value, other, here, &changes)
      } else {
        changes.append(KeyChange(keys: here, old: entry.value, new: nil))
      }
    }
    for entry in after where old[entry.key] == nil {
      let here = keys + [entry.key[...]]
      if isDescription(here) { continue }
      changes.append(KeyChange(keys: here, old: nil, new: entry.value))
    }
  }

  private static func isDescription(_ keys: [Substring]) -> Bool {
    keys.count > 1 && ["title", "title_zh"].contains(keys.last)
  }

  /// This scenario with some changes made.
  public func applying(_ changes: [KeyChange]) -> ScenarioSource {
    var tree = ScenarioTree.withoutNulls(tree)
    for change in changes {
      if let new = change.new {
        tree = ScenarioTree.setting(change.keys[...], to: new, in: tree) ?? tree
      } else {
        tree = ScenarioTree.removing(change.keys[...], in: tree)
      }
    }
    return ScenarioSource(tree: tree, file: file)
  }

  /// The groups of keys that `provisions:` names, in the order of the file.
  ///
  /// - Returns: Names with the paths they hold, `*` standing for any key.
  public var provisions: [(name: String, paths: [String])] {
    (tree["provisions"]?.entries ?? []).map { entry in
      let paths: [String]
      if case .sequence(let items) = entry.value.content {
        paths = items.compactMap(\.text)
      } else {
        paths = entry.value.text.map { [$0] } ?? []
      }
      return (entry.key, paths)
    }
  }
}

extension YAMLNode {
  /// Whether two values say the same, wherever they stand.
  func isSame(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.null, .null): return true
    case (.scalar(let a, _), .scalar(let b, _)):
      return a == b || (Double(a) != nil && Double(a) == Double(b))
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && a.allSatisfy { entry in other[entry.key]?.isSame(as: entry.value) ?? false }
    default: return false
    }
  }

  /// The value on one line, in YAML's flow style.
  var flowText: String {
    switch content {
    case .scalar(let text, _): return text
    case .null: return "null"
    case .sequence(let items): return "[" + items.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      return "{" + entries.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    }
  }

  /// The value in a year: the step of a timeline, or the value itself.
  func text(in year: Int) -> String {
    guard isTimeline, let entries else { return flowText }
    let steps = entries.compactMap { entry in Int(entry.key).map { ($0, entry.value) } }
      .sorted { $0.0 < $1.0 }
    let step = steps.last { $0.0 <= year } ?? steps.first
    return step?.1.flowText ?? ""
  }
}

/// Reforms laid one on another, with the keys that two of them set differently.
struct ScenarioStack {
  private(set) var tree: YAMLNode
  private(set) var conflicts: [Problem] = []
  private var owners: [(path: String, value: YAMLNode, file: String)] = []
  private var names: [String] = []
  private var titles: [String: [String]] = [:]

  init(base: YAMLNode) { tree = base }

  /// Lays a reform's own tree on what is there; names add up.
  mutating func add(_ reform: YAMLNode, file: String) {
    let own = ScenarioTree.without(["extends"], reform)
    note(own, path: "", file: file)
    names.append(own["name"]?.text ?? file)
    tree = ScenarioTree.laid(own, on: tree)
    set("name", to: names.joined(separator: "-with-"), at: own.location)
    for key in ["title", "title_zh"] {
      titles[key, default: []].append((own[key] ?? own["title"] ?? own["name"])?.text ?? file)
      set(key, to: titles[key, default: []].joined(separator: " + "), at: own.location)
    }
  }

  private mutating func set(_ key: String, to text: String, at location: SourceLocation) {
    let node = YAMLNode(content: .scalar(text, isPlain: true), location: location)
    tree = ScenarioTree.setting([key[...]], to: node, in: tree) ?? tree
  }

  private mutating func note(_ node: YAMLNode, path: String, file: String) {
    if let entries = node.entries, !node.isTimeline {
      for entry in entries where !["name", "title", "title_zh", "source"].contains(entry.key) {
        note(entry.value, path: joined(path, entry.key), file: file)
      }
      return
    }
    if let earlier = owners.last(where: { $0.path == path && $0.file != file }),
      !earlier.value.isSame(as: node)
    {
      conflicts.append(conflict(path, earlier, node))
    }
    owners.append((path, node, file))
  }

  private func conflict(
    _ path: String, _ earlier: (path: String, value: YAMLNode, file: String), _ node: YAMLNode
  ) -> Problem {
    Problem(
      node.location, path: path,
      Wording(
        "CONFLICT: \(node.flowText) here, \(earlier.value.flowText) in "
          + "\(earlier.value.location.text); the later one counts",
        "冲突：此处为 \(node.flowText)，\(earlier.value.location.text) 为 "
          + "\(earlier.value.flowText)；以后者为准"))
  }
}
