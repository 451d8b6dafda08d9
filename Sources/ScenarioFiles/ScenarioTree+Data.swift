/// What `extends` does to `data`: they stand in a workbook or in text files, never in both.
extension ScenarioTree {
  private static let textKeys: Set<String> = ["counties", "indicators"]
  private static let workbookKeys: Set<String> = ["workbook"]

  /// The base without its text files where the reform names a workbook, and the reverse.
  static func withoutOtherData(_ base: YAMLNode, than reform: YAMLNode) -> YAMLNode {
    guard let own = reform["data"], let entries = base.entries,
      let position = entries.firstIndex(where: { $0.key == "data" })
    else { return base }
    var others: Set<String> = []
    if names(own, workbookKeys) { others.formUnion(textKeys) }
    if names(own, textKeys) { others.formUnion(workbookKeys) }
    var changed = entries
    changed[position].value = without(others, entries[position].value)
    return YAMLNode(content: .mapping(changed), location: base.location)
  }

  private static func names(_ data: YAMLNode, _ keys: Set<String>) -> Bool {
    (data.entries ?? []).contains { entry in
      if case .null = entry.value.content { return false }
      return keys.contains(entry.key)
    }
  }
}
