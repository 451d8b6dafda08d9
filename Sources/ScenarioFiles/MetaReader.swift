import PolicyModel

/// Reads `indicators.meta.yaml`: what each column is.
enum MetaReader {
  private static let keys = ["title", "title_zh", "unit", "source", "status"]

  static func read(
    _ tree: YAMLNode, into problems: inout [Problem]
  ) -> [String: ColumnDescription] {
    guard let entries = tree.entries else {
      problems.append(
        Problem(
          tree.location,
          Wording("a map of columns should stand here", "此处应为各列的说明")))
      return [:]
    }
    var result: [String: ColumnDescription] = [:]
    for entry in entries { result[entry.key] = describe(entry, &problems) }
    return result
  }

  private static func describe(
    _ entry: YAMLNode.Entry, _ problems: inout [Problem]
  ) -> ColumnDescription {
    for field in entry.value.entries ?? [] where !keys.contains(field.key) {
      problems.append(
        Problem(
          field.location, path: "\(entry.key).\(field.key)",
          Wording("unknown key", "未知的键") + nearestHint(field.key, among: keys)))
    }
    let title = entry.value["title"]?.text ?? entry.key
    return ColumnDescription(
      title: Wording(title, entry.value["title_zh"]?.text ?? title),
      unit: entry.value["unit"]?.text ?? "", source: entry.value["source"]?.text ?? "",
      status: status(entry, &problems))
  }

  private static func status(
    _ entry: YAMLNode.Entry, _ problems: inout [Problem]
  ) -> ColumnDescription.Status? {
    guard let node = entry.value["status"], let text = node.text else { return nil }
    if let status = ColumnDescription.Status(rawValue: text) { return status }
    problems.append(
      Problem(
        node.location, path: "\(entry.key).status",
        Wording(
          "\"\(text)\" is not a status; write observed or synthetic",
          "“\(text)”不是有效状态；请写 observed 或 synthetic")))
    return nil
  }
}
