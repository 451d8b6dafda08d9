import Foundation
import PolicyModel

/// A file as it was read: its bytes, and its text where it is text.
public struct InputFile: Sendable {
  /// The path as the user would name it.
  public let path: String
  /// Its bytes.
  public let bytes: [UInt8]

  /// Files larger than this are refused: no scenario or county table comes near.
  static let largestSize = 512 * 1_024 * 1_024

  /// Reads a file whole.
  ///
  /// - Throws: `Problem` where it is missing, a folder, unreadable or absurdly large.
  public init(path: String) throws(Problem) {
    self.path = path
    let place = SourceLocation(file: path)
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      throw Problem(
        place, Wording("there is no such file; check the path", "文件不存在；请检查路径"))
    }
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let target = (try? FileManager.default.attributesOfItem(atPath: resolved)) ?? attributes
    if target[.type] as? FileAttributeType == .typeDirectory {
      throw Problem(
        place, Wording("this is a folder; name a file in it", "这是文件夹；请指定其中的文件"))
    }
    if target[.type] as? FileAttributeType != .typeRegular {
      throw Problem(place, Wording("this is no regular file", "这不是普通文件"))
    }
    if (target[.size] as? Int ?? 0) > InputFile.largestSize {
      throw Problem(place, Wording("the file is larger than 512 MB", "文件超过512 MB"))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem(
        place,
        Wording("the file cannot be read; check its permissions", "文件无法读取；请检查权限"))
    }
    bytes = [UInt8](data)
  }

  /// The text in UTF-8, told apart from GB18030 by the bytes, without byte-order mark.
  ///
  /// - Throws: `Problem` if it is neither, or holds control characters that no text has.
  public func text() throws(Problem) -> String {
    let place = SourceLocation(file: path)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Problem(
        place, Wording("the file is in UTF-16; save it as UTF-8", "文件为UTF-16编码；请另存为UTF-8"))
    }
    switch OfficeFile.kind(bytes) {
    case .archive:
      throw Problem(
        place,
        Wording(
          "this is a ZIP archive or a workbook, not text; save the sheet as CSV, or name an .xlsx "
            + "workbook by data: { workbook: … }",
          "这是压缩包或工作簿，不是文本；请将工作表另存为CSV，或用 data: { workbook: … } 引用.xlsx工作簿"))
    case .compound: throw OfficeFile.compound(bytes, file: path)
    case .other: break
    }
    if bytes.contains(0) {
      throw Problem(
        place, Wording("the file is binary, not text", "这是二进制文件，不是文本"))
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if let text = String(validating: body, as: UTF8.self) { return text }
    if let text = String(data: Data(body), encoding: InputFile.gb18030) { return text }
    throw Problem(
      place,
      Wording(
        "the text is neither UTF-8 nor GB18030; save it as UTF-8",
        "文本既不是UTF-8也不是GB18030；请另存为UTF-8"))
  }

  /// kCFStringEncodingGB_18030_2000.
  private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
}

/// Joins a path to the folder of the file that writes it, without `.` and `..` parts.
func resolve(_ path: String, besideFile file: String) -> String {
  if path.hasPrefix("/") { return simplified(path) }
  let folder =
    file.contains("/") ? String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) : ""
  if file.hasPrefix("/") && folder.isEmpty { return simplified("/" + path) }
  return simplified(folder.isEmpty ? path : folder + "/" + path)
}

private func simplified(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
    if part == "..", let last = parts.last, last != ".." {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  let joined = parts.joined(separator: "/")
  return path.hasPrefix("/") ? "/" + joined : (joined.isEmpty ? "." : joined)
}
