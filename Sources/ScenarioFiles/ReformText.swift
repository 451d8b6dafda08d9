import PolicyModel

extension ScenarioSource {
  /// The text of a reform's keys that set parameters of this scenario, as YAML.
  ///
  /// Maps nest. A list cannot be changed in part by a reform, so one that holds a parameter is written
  /// whole.
  ///
  /// - Parameter values: Dotted paths, such as `incentives.reserve`, with their values as YAML.
  /// - Returns: Lines of block style, each with its line break.
  public func reformText(_ values: [(path: String, text: String)]) -> String {
    var changed = ScenarioTree.withoutNulls(tree)
    var root = BlockText()
    var written: [[Substring]] = []
    for value in values {
      let keys = value.path.split(separator: ".", omittingEmptySubsequences: false)
      let node = YAMLNode(
        content: .scalar(value.text, isPlain: true), location: SourceLocation(file: file))
      changed = ScenarioTree.setting(keys[...], to: node, in: changed) ?? changed
      let whole = ScenarioSource.writable(keys, in: changed)
      if !written.contains(whole) { written.append(whole) }
    }
    for keys in written {
      let node = ScenarioSource.node(keys, in: changed)
      let own = values.first { $0.path == keys.joined(separator: ".") }?.text
      root.add(keys[...], own ?? node?.yamlText ?? "null")
    }
    return root.text(indent: 0)
  }

  /// The keys down to the first list, which can only be written whole.
  private static func writable(_ keys: [Substring], in tree: YAMLNode) -> [Substring] {
    var node: YAMLNode? = tree
    for (depth, key) in keys.enumerated() {
      if case .sequence = node?.content { return Array(keys[..<depth]) }
      node = node?[String(key)]
    }
    return keys
  }

  private static func node(_ keys: [Substring], in tree: YAMLNode) -> YAMLNode? {
    keys.reduce(Optional(tree)) { $0?[String($1)] }
  }

  /// Whether a sweep or a stack of files makes it more or less than one file.
  public var isOneScenario: Bool {
    if case .null? = tree["sweep"]?.content { return true }
    return tree["sweep"] == nil
  }
}

/// Keys that nest, in the order in which they are added.
private struct BlockText {
  private var entries: [(key: String, value: String?, inner: [BlockText])] = []

  mutating func add(_ keys: ArraySlice<Substring>, _ value: String) {
    guard let first = keys.first else { return }
    let key = String(first)
    let position =
      entries.firstIndex { $0.key == key }
      ?? {
        entries.append((key, nil, []))
        return entries.count - 1
      }()
    if keys.count == 1 {
      entries[position].value = value
      return
    }
    var inner = entries[position].inner.first ?? BlockText()
    inner.add(keys.dropFirst(), value)
    entries[position].inner = [inner]
  }

  func text(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return entries.map { entry in
      let head = margin + YAMLScalar.quoted(entry.key, isKey: true) + ":"
      if let value = entry.value { return head + " " + value + "\n" }
      return head + "\n" + (entry.inner.first?.text(indent: indent + 2) ?? "")
    }.joined()
  }
}

/// Quotes texts for YAML where they need it.
public enum YAMLScalar {
  /// A text that a reader of YAML takes as that text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isKey: Whether it is a key, which may look like a number.
  /// - Returns: The text, quoted if it must be.
  public static func quoted(_ text: String, isKey: Bool = false) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./ ".unicodeScalars.contains($0)
    }
    let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "~"]
    let startsWell = text.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    let isYear = isKey && !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    if isPlain && (startsWell || isYear) && text.last != " " && !words.contains(text.lowercased()) {
      return text
    }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

extension YAMLNode {
  /// The value on one line, in YAML's flow style, to be read again as it is.
  fileprivate var yamlText: String {
    switch content {
    case .scalar(let text, let isPlain):
      let needsQuotes = !isPlain || text.isEmpty || text.contains { ",[]{}:#\n".contains($0) }
      return needsQuotes ? YAMLScalar.quoted(text) : text
    case .null: return "null"
    case .sequence(let items): return "[" + items.map(\.yamlText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      let parts = entries.map { "\(YAMLScalar.quoted($0.key, isKey: true)): \($0.value.yamlText)" }
      return "{ " + parts.joined(separator: ", ") + " }"
    }
  }
}
