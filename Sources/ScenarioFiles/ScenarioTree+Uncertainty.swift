import PolicyModel

/// What `extends` does to `uncertainty`: a distribution holds for the value that it was written for.
extension ScenarioTree {
  /// A reform laid on its base: merged, but that a parameter which the reform sets is no longer
  /// uncertain unless the reform says how, and that a distribution is replaced whole.
  static func laid(_ reform: YAMLNode, on base: YAMLNode) -> YAMLNode {
    let own = reform["uncertainty"]
    let kept = keepingUncertainty(base) { path in
      own?[path] == nil && !sets(reform, path)
    }
    return merged(withoutOtherData(kept, than: reform), with: reform)
  }

  /// The tree without the uncertainty of what a sweep sets.
  static func withoutUncertainty(_ tree: YAMLNode, ofSwept pattern: [Substring]) -> YAMLNode {
    keepingUncertainty(tree) { path in
      let parts = parameterParts(path)
      let isCovered =
        pattern.count <= parts.count
        && zip(pattern, parts).allSatisfy { $0 == "*" || $1 == "*" || $0 == $1 }
      return !isCovered
    }
  }

  private static func keepingUncertainty(
    _ tree: YAMLNode, where isKept: (String) -> Bool
  ) -> YAMLNode {
    guard let entries = tree.entries,
      let position = entries.firstIndex(where: { $0.key == "uncertainty" }),
      let list = entries[position].value.entries
    else { return tree }
    var changed = entries
    changed[position].value = YAMLNode(
      content: .mapping(list.filter { isKept($0.key) }), location: entries[position].value.location)
    return YAMLNode(content: .mapping(changed), location: tree.location)
  }

  /// The path of a parameter; the weights of a stream stand for every factor's.
  private static func parameterParts(_ path: String) -> [Substring] {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "streams" else { return parts }
    switch parts[2] {
    case "weights": return [parts[0], parts[1], "factors", "*", "weight"]
    case "county_weights": return [parts[0], parts[1], "county_factors", "*", "weight"]
    default: return parts
    }
  }

  /// Whether a tree sets a parameter, or replaces what it stands in.
  private static func sets(_ tree: YAMLNode, _ path: String) -> Bool {
    sets(tree, parameterParts(path)[...])
  }

  private static func sets(_ node: YAMLNode, _ parts: ArraySlice<Substring>) -> Bool {
    guard let first = parts.first else { return true }
    guard let entries = node.entries, !node.isTimeline else { return true }
    return entries.contains { entry in
      (first == "*" || entry.key == first) && sets(entry.value, parts.dropFirst())
    }
  }
}
