import PolicyModel

/// Tells office files apart by their bytes, and says what to do with those that are not read.
enum OfficeFile {
  /// How a file begins.
  enum Kind {
    /// A ZIP archive, as `.xlsx` and `.ods` are.
    case archive
    /// A compound file, as `.xls`, the `.et` of WPS and every encrypted workbook are.
    case compound
    case other
  }

  static func kind(_ bytes: [UInt8]) -> Kind {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .archive }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .compound }
    return .other
  }

  /// Whether a table is read as a workbook: by its bytes, else by how its name ends.
  static func isWorkbook(_ input: InputFile) -> Bool {
    if kind(input.bytes) != .other { return true }
    let name = input.path.lowercased()
    return [".xlsx", ".xlsm", ".xls", ".ods", ".et"].contains { name.hasSuffix($0) }
  }

  /// Why a compound file is refused.
  static func compound(_ bytes: [UInt8], file: String) -> Problem {
    // The names in its directory are UTF-16; an encrypted workbook has the stream of this name.
    let name = Array("EncryptedPackage".utf8).flatMap { [$0, UInt8(0)] }
    let isEncrypted = bytes.indices.contains { start in
      bytes[start] == name[0] && bytes[start...].starts(with: name)
    }
    return isEncrypted ? encrypted(file) : old(file)
  }

  static func encrypted(_ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "the workbook is protected by a password; open it, remove the password and save it as .xlsx",
        "工作簿设有打开密码；请打开文件、取消密码后另存为.xlsx"))
  }

  private static func old(_ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "this is a workbook of the old .xls form, or another office document; save it as .xlsx or "
          + "CSV",
        "这是旧版.xls工作簿或其他Office文档；请另存为.xlsx或CSV"))
  }

  static func openDocument(_ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "this is an OpenDocument file (.ods); save it as .xlsx or CSV",
        "这是OpenDocument文件（.ods）；请另存为.xlsx或CSV"))
  }

  static func binary(_ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "this is a binary workbook (.xlsb); save it as .xlsx or CSV",
        "这是二进制工作簿（.xlsb）；请另存为.xlsx或CSV"))
  }

  static func noWorkbook(_ file: String) -> Problem {
    Problem(
      SourceLocation(file: file),
      Wording(
        "this is no .xlsx workbook; save the tables as .xlsx, or as CSV and name them by "
          + "counties: and indicators:",
        "这不是.xlsx工作簿；请另存为.xlsx，或另存为CSV并用counties:和indicators:引用"))
  }
}
