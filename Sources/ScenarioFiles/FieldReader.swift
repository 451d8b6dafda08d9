import PolicyModel

/// Reads typed values out of a scenario tree and collects every problem.
final class FieldReader {
  private(set) var problems: [Problem] = []
  /// The currency of amounts.
  var currency = Currency.renminbi
  /// The years of the run, once known.
  var years: ClosedRange<Int>?

  /// A file that is wrong throughout is not listed key by key.
  private static let mostProblems = 1_000

  /// The largest size of any number of a scenario; nothing real comes near.
  static let largestNumber = 1e12

  func report(_ location: SourceLocation?, _ path: String, _ wording: Wording) {
    problems.append(Problem(location, path: path, wording))
  }

  /// A map whose keys are all known; nil, with a problem, if it is none.
  func fields(_ node: YAMLNode, _ path: String, known: [String]) -> Fields? {
    guard let entries = node.entries else {
      reportType(node, path, Wording("a map of keys", "键值映射"))
      return nil
    }
    for entry in entries where !known.contains(entry.key) {
      if problems.count >= FieldReader.mostProblems { break }
      report(
        entry.location, joined(path, entry.key),
        Wording("unknown key \"\(entry.key)\"", "未知的键“\(entry.key)”")
          + nearestHint(entry.key, among: known))
    }
    return Fields(node: node, path: path)
  }

  /// The entries of a map whose keys are names.
  func namedEntries(_ node: YAMLNode, _ path: String) -> [YAMLNode.Entry] {
    if let entries = node.entries { return entries }
    reportType(node, path, Wording("a map of names", "名称映射"))
    return []
  }

  func reportType(_ node: YAMLNode, _ path: String, _ wanted: Wording) {
    report(
      node.location, path,
      Wording(
        "\(node.kind.english) stands where \(wanted.english) should",
        "此处应为\(wanted.chinese)，而不是\(node.kind.chinese)"))
  }

  func reportMissing(_ fields: Fields, _ key: String) {
    report(
      fields.node.location, joined(fields.path, key),
      Wording("the key is missing; add it", "缺少该键；请补上"))
  }

  // MARK: Texts

  func text(_ node: YAMLNode, _ path: String) -> String? {
    if let text = node.text { return text }
    reportType(node, path, Wording("a text", "文本"))
    return nil
  }

  func text(_ fields: Fields, _ key: String) -> String? {
    fields[key].flatMap { text($0, joined(fields.path, key)) }
  }

  func reference(_ fields: Fields, _ key: String) -> Reference? {
    guard let node = fields[key], let name = text(node, joined(fields.path, key)) else {
      return nil
    }
    return Reference(name: name, path: joined(fields.path, key), location: node.location)
  }

  func references(_ node: YAMLNode, _ path: String) -> [Reference] {
    if case .sequence(let items) = node.content {
      return items.compactMap { item in
        text(item, path).map { Reference(name: $0, path: path, location: item.location) }
      }
    }
    if let name = node.text { return [Reference(name: name, path: path, location: node.location)] }
    reportType(node, path, Wording("a list", "列表"))
    return []
  }

  func title(_ fields: Fields, otherwise name: String) -> Wording {
    ownTitle(fields) ?? Wording(same: name)
  }

  func ownTitle(_ fields: Fields) -> Wording? {
    let english = text(fields, "title")
    let chinese = text(fields, "title_zh")
    guard let first = english ?? chinese else { return nil }
    return Wording(english ?? first, chinese ?? first)
  }

  func truth(_ fields: Fields, _ key: String) -> Bool? {
    guard let node = fields[key] else { return nil }
    if case .scalar(let text, true) = node.content {
      if ["true", "True", "TRUE"].contains(text) { return true }
      if ["false", "False", "FALSE"].contains(text) { return false }
    }
    reportType(node, joined(fields.path, key), Wording("true or false", "true 或 false"))
    return nil
  }

  /// One of a few words.
  func word(_ fields: Fields, _ key: String, among words: [String]) -> String? {
    guard let node = fields[key], let text = text(node, joined(fields.path, key)) else {
      return nil
    }
    if words.contains(text) { return text }
    report(
      node.location, joined(fields.path, key),
      Wording(
        "\"\(text)\" is not one of \(words.joined(separator: ", "))",
        "“\(text)”不是以下之一：\(words.joined(separator: "、"))") + nearestHint(text, among: words))
    return nil
  }
}

/// A map of a scenario with its path.
struct Fields {
  let node: YAMLNode
  let path: String

  subscript(key: String) -> YAMLNode? { node[key] }

  func has(_ key: String) -> Bool { node[key] != nil }
}

/// `a.b`, without the point where there is nothing before it.
func joined(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
