import PolicyModel

/// A ZIP archive in memory whose directory holds nothing that a workbook would not.
///
/// Refused before anything is unpacked: too many entries, an entry or a whole that would be too
/// large, a ratio that only an archive made to exhaust memory has, encryption, names that lead out
/// of a folder, a name given twice.
struct ZipArchive {
  /// What an archive may hold.
  struct Limits {
    /// Entries.
    var entries = 10_000
    /// Bytes of one entry when unpacked.
    var entrySize: UInt64 = 256 * 1_024 * 1_024
    /// Bytes of all entries when unpacked.
    var totalSize: UInt64 = 512 * 1_024 * 1_024
    /// Unpacked to packed bytes.
    ///
    /// Sheets of equal cells reach 100; deflate's end is 1,032.
    var ratio: UInt64 = 300
    /// Entries up to this size may have any ratio.
    var smallSize: UInt64 = 1_024 * 1_024
  }

  private let bytes: [UInt8]
  private let file: String
  private let indexOfName: [String: Int]
  private let entries: [ZipCalls.Entry]

  /// Reads the directory of an archive.
  ///
  /// - Throws: `Problem` if it is none, or holds what no workbook does.
  init(_ bytes: [UInt8], file: String, limits: Limits = Limits()) throws(Problem) {
    self.bytes = bytes
    self.file = file
    guard let count = ZipCalls.entryCount(of: bytes) else { throw ZipArchive.damaged(file) }
    if count > limits.entries { throw ZipArchive.tooMany(count, limits, file) }
    guard let entries = ZipCalls.entries(of: bytes) else { throw ZipArchive.damaged(file) }
    var index: [String: Int] = [:]
    var total: UInt64 = 0
    for (position, entry) in entries.enumerated() {
      if entry.compressedSize > bytes.count { throw ZipArchive.damaged(file) }
      try ZipArchive.check(entry, limits, file)
      total = total.addingReportingOverflow(entry.size).partialValue
      if total > limits.totalSize { throw ZipArchive.tooLarge(limits.totalSize, file) }
      if index.updateValue(position, forKey: entry.name.lowercased()) != nil {
        throw ZipArchive.badName(entry.name, file)
      }
    }
    self.entries = entries
    indexOfName = index
  }

  /// Whether there is an entry with a name; capital letters do not matter.
  func has(_ name: String) -> Bool { indexOfName[name.lowercased()] != nil }

  /// The content of an entry; nil if there is none with that name.
  ///
  /// - Throws: `Problem` if it is damaged or longer than the directory says.
  func content(_ name: String) throws(Problem) -> [UInt8]? {
    guard let index = indexOfName[name.lowercased()] else { return nil }
    switch ZipCalls.content(of: bytes, entry: index, size: Int(entries[index].size)) {
    case .bytes(let content): return content
    case .tooLong, .damaged: throw ZipArchive.damaged(file, entry: name)
    }
  }

  // MARK: Refusals

  private static func check(
    _ entry: ZipCalls.Entry, _ limits: Limits, _ file: String
  ) throws(Problem) {
    if entry.isEncrypted { throw OfficeFile.encrypted(file) }
    let parts = entry.name.split(separator: "/", omittingEmptySubsequences: false)
    let isAbsolute = entry.name.hasPrefix("/") || entry.name.contains(":")
    if isAbsolute || entry.name.contains("\\") || parts.contains("..") || entry.name.isEmpty {
      throw badName(entry.name, file)
    }
    if entry.size > limits.entrySize { throw tooLarge(limits.entrySize, file) }
    let most = max(1, entry.compressedSize).multipliedReportingOverflow(by: limits.ratio)
    if entry.size > limits.smallSize && !most.overflow && entry.size > most.partialValue {
      throw Problem(
        SourceLocation(file: file),
        Wording(
          "an entry of the workbook unpacks to more than \(limits.ratio) times its size, as only an "
            + "archive made to do harm does; take the file from its source again, or save the table "
            + "as CSV",
          "工作簿中有内容解压后超过原大小的\(limits.ratio)倍，疑为恶意压缩文件；请重新获取文件，或将表格另存为CSV"))
    }
  }

  private static func tooMany(_ count: Int, _ limits: Limits, _ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "the workbook holds \(count) entries, more than \(limits.entries); copy the tables into a "
          + "new workbook, or save them as CSV",
        "工作簿含有\(count)个文件，超过\(limits.entries)个；请将表格复制到新工作簿，或另存为CSV"))
  }

  private static func tooLarge(_ limit: UInt64, _ file: String) -> Problem {
    let megabytes = limit / 1_024 / 1_024
    return Problem(
      SourceLocation(file: file),
      Wording(
        "the workbook would unpack to more than \(megabytes) MB; copy the tables into a new "
          + "workbook, or save them as CSV",
        "工作簿解压后将超过\(megabytes) MB；请将表格复制到新工作簿，或另存为CSV"))
  }

  private static func badName(_ name: String, _ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "the workbook holds an entry \"\(name.prefix(60))\", which no spreadsheet program writes; "
          + "open it in Excel or WPS and save it again",
        "工作簿含有异常内容“\(name.prefix(60))”；请用Excel或WPS打开后重新保存"))
  }

  private static func damaged(_ file: String, entry: String? = nil) -> Problem {
    let part = entry.map { Wording(" (\($0))", "（\($0)）") } ?? Wording(same: "")
    return Problem(
      SourceLocation(file: file),
      Wording(
        "the workbook is damaged\(part.english); open it in Excel or WPS and save it again",
        "工作簿已损坏\(part.chinese)；请用Excel或WPS打开后重新保存"))
  }
}
