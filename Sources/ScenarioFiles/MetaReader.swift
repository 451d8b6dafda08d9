import PolicyModel

/// Reads what each column is: from `indicators.meta.yaml`, or from a workbook's sheet `columns`.
enum MetaReader {
  static let keys = ["title", "title_zh", "unit", "source", "status"]

  /// Where a meta file may stand: `x.meta.yaml` beside `x.csv` or `x.xlsx`, else
  /// `indicators.meta.yaml` in the same folder.
  static func candidates(beside path: String) -> [String] {
    [ownMetaFile(of: path), resolve("indicators.meta.yaml", besideFile: path)]
  }

  /// The meta file that belongs to one table or workbook only.
  static func ownMetaFile(of path: String) -> String {
    let ending = [".csv", ".xlsx", ".xlsm"].first { path.hasSuffix($0) } ?? ""
    return path.dropLast(ending.count) + ".meta.yaml"
  }

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
      Problem(node.location, path: "\(entry.key).status", unknownStatus(text)))
    return nil
  }

  static func unknownStatus(_ text: String) -> Wording {
    Wording(
      "\"\(text)\" is not a status; write observed or synthetic",
      "“\(text)”不是有效状态；请写 observed 或 synthetic")
  }
}
