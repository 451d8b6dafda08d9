import PolicyModel

/// Merging of scenario trees: `extends`, `null`, `sweep`.
enum ScenarioTree {
  /// A reform laid on its base: maps merge key by key, all else replaces, a timeline is one value,
  /// `null` removes.
  static func merged(_ base: YAMLNode, with reform: YAMLNode) -> YAMLNode {
    guard let lower = base.entries, let upper = reform.entries, !base.isTimeline,
      !reform.isTimeline
    else { return reform }
    var result = lower
    for entry in upper {
      if let position = result.firstIndex(where: { $0.key == entry.key }) {
        let value = merged(result[position].value, with: entry.value)
        result[position] = YAMLNode.Entry(
          key: entry.key, location: entry.location, value: value)
      } else {
        result.append(entry)
      }
    }
    return YAMLNode(content: .mapping(result), location: reform.location)
  }

  /// The tree without entries that are `null`.
  static func withoutNulls(_ node: YAMLNode) -> YAMLNode {
    guard let entries = node.entries else { return node }
    var kept: [YAMLNode.Entry] = []
    for var entry in entries {
      if case .null = entry.value.content { continue }
      entry.value = withoutNulls(entry.value)
      kept.append(entry)
    }
    return YAMLNode(content: .mapping(kept), location: node.location)
  }

  /// The tree without some of its top-level keys.
  static func without(_ keys: Set<String>, _ node: YAMLNode) -> YAMLNode {
    guard let entries = node.entries else { return node }
    return YAMLNode(
      content: .mapping(entries.filter { !keys.contains($0.key) }), location: node.location)
  }

  /// The tree with the value at a dotted path replaced; `*` stands for every key or item.
  ///
  /// A missing last key is added; nil if the path leads nowhere.
  static func setting(
    _ path: ArraySlice<Substring>, to value: YAMLNode, in node: YAMLNode
  ) -> YAMLNode? {
    guard let first = path.first else { return value }
    switch node.content {
    case .mapping(let entries):
      return setting(first, path.dropFirst(), value, in: entries, of: node)
    case .sequence(let items):
      var changed = items
      var isChanged = false
      for index in items.indices where first == "*" || String(index) == first {
        guard let new = setting(path.dropFirst(), to: value, in: items[index]) else { continue }
        changed[index] = new
        isChanged = true
      }
      return isChanged ? YAMLNode(content: .sequence(changed), location: node.location) : nil
    case .scalar, .null: return nil
    }
  }

  private static func setting(
    _ key: Substring, _ rest: ArraySlice<Substring>, _ value: YAMLNode,
    in entries: [YAMLNode.Entry], of node: YAMLNode
  ) -> YAMLNode? {
    var changed = entries
    var isChanged = false
    for index in entries.indices where key == "*" || entries[index].key == key {
      guard let new = setting(rest, to: value, in: entries[index].value) else { continue }
      changed[index].value = new
      isChanged = true
    }
    if !isChanged && rest.isEmpty && key != "*" {
      changed.append(
        YAMLNode.Entry(key: String(key), location: value.location, value: value))
      isChanged = true
    }
    return isChanged ? YAMLNode(content: .mapping(changed), location: node.location) : nil
  }

  /// The tree without the value at a dotted path.
  static func removing(_ path: ArraySlice<Substring>, in node: YAMLNode) -> YAMLNode {
    guard let key = path.first, let entries = node.entries else { return node }
    var kept = entries
    if path.count == 1 {
      kept.removeAll { $0.key == key }
    } else {
      for index in kept.indices where kept[index].key == key {
        kept[index].value = removing(path.dropFirst(), in: kept[index].value)
      }
    }
    return YAMLNode(content: .mapping(kept), location: node.location)
  }
}
