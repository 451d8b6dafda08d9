import PolicyModel
import Yams

/// A YAML value with where it stands.
struct YAMLNode: Sendable {
  struct Entry: Sendable {
    let key: String
    let location: SourceLocation
    var value: YAMLNode
  }

  enum Content: Sendable {
    /// Text; `isPlain` if it stands without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
    case null
  }

  var content: Content
  let location: SourceLocation

  var entries: [Entry]? {
    if case .mapping(let entries) = content { return entries }
    return nil
  }

  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key == key }?.value
  }

  /// Whether it is a map of years: one value that is replaced whole.
  var isTimeline: Bool {
    guard let entries, !entries.isEmpty else { return false }
    return entries.allSatisfy { entry in
      !entry.key.isEmpty && entry.key.utf8.allSatisfy { (48...57).contains($0) }
    }
  }

  /// What it is, for "… stands where … should".
  var kind: Wording {
    switch content {
    case .scalar(let text, _):
      Wording("\"\(text.prefix(40))\"", "“\(text.prefix(40))”")
    case .sequence: Wording("a list", "列表")
    case .mapping: Wording("a map", "映射")
    case .null: Wording("nothing", "空值")
    }
  }
}

/// Reads one YAML document into a tree, with all that formats.md refuses refused.
struct YAMLReader {
  private let file: String
  private static let deepest = 50

  /// Reads a text.
  ///
  /// - Throws: `Problem` with line and column.
  static func read(_ text: String, file: String) throws(Problem) -> YAMLNode {
    try YAMLGuard.check(text, file: file)
    do {
      let parser = try Parser(yaml: text, resolver: .basic)
      let root = try parser.singleRoot()
      let reader = YAMLReader(file: file)
      let tree = try root.map { try reader.convert($0, depth: 1) }
      return withExtendedLifetime(parser) {
        tree ?? YAMLNode(content: .mapping([]), location: SourceLocation(file: file, line: 1))
      }
    } catch let problem as Problem {
      throw problem
    } catch let error as YamlError {
      throw problem(of: error, file: file)
    } catch {
      throw Problem(
        SourceLocation(file: file), Wording("not readable as YAML", "无法解析为YAML"))
    }
  }

  private init(file: String) { self.file = file }

  private func location(_ node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
  }

  private func convert(_ node: Node, depth: Int) throws -> YAMLNode {
    let place = location(node)
    if depth > YAMLReader.deepest {
      throw Problem(
        place, Wording("nested more than 50 deep", "嵌套超过50层"))
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: content(of: scalar), location: place)
    case .sequence(let sequence):
      let items = try sequence.map { try convert($0, depth: depth + 1) }
      return YAMLNode(content: .sequence(items), location: place)
    case .mapping(let mapping):
      return YAMLNode(content: .mapping(try entries(mapping, depth)), location: place)
    case .alias:
      throw YAMLGuard.anchorProblem(place)
    }
  }

  private func content(of scalar: Node.Scalar) -> YAMLNode.Content {
    let isPlain = scalar.style == .plain
    if isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return .null }
    return .scalar(scalar.string, isPlain: isPlain)
  }

  private func entries(_ mapping: Node.Mapping, _ depth: Int) throws -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var seen: Set<String> = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw Problem(
          location(key),
          Wording("a key must be a plain word, not a list or map", "键必须是单个词，不能是列表或映射"))
      }
      if !seen.insert(scalar.string).inserted {
        throw YAMLReader.duplicate(scalar.string, location(key))
      }
      let converted = try convert(value, depth: depth + 1)
      entries.append(
        YAMLNode.Entry(key: scalar.string, location: location(key), value: converted))
    }
    return entries
  }

  private static func duplicate(_ key: String, _ place: SourceLocation) -> Problem {
    Problem(
      place,
      Wording(
        "the key \"\(key)\" stands twice; keep one of them", "键“\(key)”重复；请只保留一个"))
  }

  private static func problem(of error: YamlError, file: String) -> Problem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Problem(
        SourceLocation(file: file, line: mark.line, column: mark.column),
        Wording("not valid YAML: \(problem)", "不是有效的YAML：\(problem)"))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return duplicate(
        duplicates.first ?? "",
        SourceLocation(file: file, line: context.mark.line, column: context.mark.column))
    default:
      return Problem(
        SourceLocation(file: file),
        Wording(
          "the text holds a character that YAML does not allow", "文本含有YAML不允许的字符"))
    }
  }
}
