import PolicyModel

/// An `.xlsx` workbook whose sheets can be read as tables.
///
/// Source: ECMA-376 (Office Open XML), the transitional and the strict edition.
struct WorkbookFile {
  private let file: String
  private let archive: ZipArchive
  private let sheets: [(name: String, part: String)]
  private let strings: [String]
  private let formats: CellFormats
  private let isUncalculated: Bool

  /// Opens a workbook.
  ///
  /// - Throws: `Problem` if it is none, is encrypted or damaged, or would unpack to too much.
  init(_ input: InputFile) throws(Problem) {
    file = input.path
    switch OfficeFile.kind(input.bytes) {
    case .archive: break
    case .compound: throw OfficeFile.compound(input.bytes, file: file)
    case .other: throw OfficeFile.noWorkbook(file)
    }
    archive = try ZipArchive(input.bytes, file: file)
    let parts = PartReader(archive: archive, file: file)
    let main = try parts.workbook()
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let links = try parts.links(of: main, folder: folder)
    let list = try parts.read(main, into: SheetList())
    let strings = SharedStrings()
    let formats = CellFormats()
    for link in links where link.kind == "sharedStrings" {
      try parts.read(link.part, into: strings)
    }
    for link in links where link.kind == "styles" { try parts.read(link.part, into: formats) }
    self.strings = strings.texts
    self.formats = formats
    isUncalculated = list.isUncalculated
    sheets = list.sheets.compactMap { sheet in
      links.first { $0.id == sheet.link && $0.kind == "worksheet" }.map { (sheet.name, $0.part) }
    }
    if sheets.isEmpty { throw OfficeFile.noWorkbook(file) }
  }

  /// The names of the sheets in their order.
  var sheetNames: [String] { sheets.map(\.name) }

  /// Whether there is a sheet; as in Excel, capital letters do not matter.
  func has(_ name: String) -> Bool { position(name) != nil }

  private func position(_ name: String) -> Int? {
    sheets.firstIndex { $0.name.lowercased() == name.lowercased() }
  }

  /// The table in a sheet.
  ///
  /// - Parameters:
  ///   - name: The sheet's name; nil for the first one.
  ///   - key: The name by which the row of column names is known.
  /// - Returns: The table.
  /// - Throws: `ProblemList` if there is no such sheet or it holds no table.
  func table(_ name: String?, key: String) throws(ProblemList) -> SheetTable {
    guard let index = name.map({ position($0) }) ?? 0 else {
      throw ProblemList([missing(name ?? "")])
    }
    let location = SourceLocation(file: file, sheet: sheets[index].name)
    let reader = SheetReader(
      location, strings: strings, formats: formats, isUncalculated: isUncalculated)
    do throws(Problem) {
      try PartReader(archive: archive, file: file).read(sheets[index].part, into: reader)
    } catch {
      throw ProblemList([error])
    }
    return try SheetTable(reader, location: location, key: key)
  }

  /// Opens a workbook, its problem as a list.
  static func opened(_ input: InputFile) throws(ProblemList) -> WorkbookFile {
    do throws(Problem) {
      return try WorkbookFile(input)
    } catch {
      throw ProblemList([error])
    }
  }

  /// What the sheet `columns` says of each column; nil where there is no such sheet.
  ///
  /// - Throws: `ProblemList` if it cannot be read, or a meta file of the workbook says it again.
  func descriptions() throws(ProblemList) -> [String: ColumnDescription]? {
    guard has("columns") else { return nil }
    let own = MetaReader.ownMetaFile(of: file)
    if fileExists(own) {
      throw ProblemList([
        Problem(
          SourceLocation(file: own),
          Wording(
            "the sheet columns of \(file) describes the columns already; remove the sheet or this file",
            "\(file) 的工作表columns已说明各列；请删除该工作表或本文件"))
      ])
    }
    return try MetaReader.read(try table("columns", key: "column"))
  }

  private func missing(_ name: String) -> Problem {
    let names = sheetNames.prefix(20)
    return Problem(
      SourceLocation(file: file),
      Wording(
        "there is no sheet \"\(name)\"; the workbook has \(names.joined(separator: ", "))",
        "没有工作表“\(name)”；工作簿中有\(names.joined(separator: "、"))")
        + nearestHint(name, among: sheetNames))
  }
}

/// Reads the parts of a workbook out of its archive.
private struct PartReader {
  let archive: ZipArchive
  let file: String

  /// The part that lists the sheets.
  func workbook() throws(Problem) -> String {
    if let kind = try archive.content("mimetype"),
      kind.starts(with: "application/vnd.oasis.opendocument".utf8)
    {
      throw OfficeFile.openDocument(file)
    }
    guard archive.has("_rels/.rels") else { throw OfficeFile.noWorkbook(file) }
    let links = try read("_rels/.rels", into: PartLinks(folder: "")).links
    guard let main = links.first(where: { $0.kind == "officeDocument" })?.part else {
      throw OfficeFile.noWorkbook(file)
    }
    if main.hasSuffix(".bin") { throw OfficeFile.binary(file) }
    return main
  }

  /// The links of a part.
  func links(of part: String, folder: String) throws(Problem) -> [PartLinks.Link] {
    let name = part.split(separator: "/").last.map(String.init) ?? part
    let prefix = folder.isEmpty ? "" : folder + "/"
    return try read("\(prefix)_rels/\(name).rels", into: PartLinks(folder: folder)).links
  }

  /// Hands a part to a handler and returns it.
  @discardableResult
  func read<Handler: XMLHandler>(
    _ part: String, into handler: Handler
  ) throws(Problem) -> Handler {
    guard let content = try archive.content(part) else {
      throw Problem(
        SourceLocation(file: file),
        Wording(
          "the workbook lacks its part \(part); open it in Excel or WPS and save it again",
          "工作簿缺少\(part)；请用Excel或WPS打开后重新保存"))
    }
    try XMLPart.read(content, part: part, file: file, into: handler)
    return handler
  }
}
