import Foundation
import PolicyModel
import TestFixtures
import Testing

@testable import ScenarioFiles

/// Archives and XML that are made to do harm, and such as are damaged.
struct ArchiveTests {
  /// What is said of an archive, in both languages.
  private func said(
    _ bytes: [UInt8], limits: ZipArchive.Limits = ZipArchive.Limits()
  ) -> [String] {
    do throws(Problem) {
      _ = try ZipArchive(bytes, file: "x.xlsx", limits: limits)
      return []
    } catch {
      return Language.allCases.map { error.text(in: $0) }
    }
  }

  private func said(of workbook: HandmadeWorkbook) -> [String] { saidOfWorkbook(workbook.bytes) }

  private func saidOfWorkbook(_ bytes: [UInt8]) -> [String] {
    do throws(ProblemList) {
      let folder = try? TemporaryFolder([:])
      guard let folder, (try? folder.write("x.xlsx", bytes)) != nil else { return ["no folder"] }
      _ = try ColumnTable.read(path: folder / "x.xlsx")
      return []
    } catch {
      return error.problems.flatMap { problem in
        Language.allCases.map { language in
          let text = problem.text(in: language)
          return text.range(of: "x.xlsx").map { String(text[$0.lowerBound...]) } ?? text
        }
      }
    }
  }

  private let workbook = HandmadeWorkbook([("data", [["code", "x"], ["1", 5]])])

  @Test func `nothing is said of a sound archive`() {
    #expect(said(workbook.bytes) == [] && said(of: workbook) == [])
  }

  // MARK: ZIP

  @Test func `an entry that unpacks to many times its size`() throws {
    let bomb = try Array(Data(contentsOf: ReferenceFile.url("Reference/workbooks/bomb.xlsx")))
    #expect(
      said(bomb) == [
        "x.xlsx: an entry of the workbook unpacks to more than 300 times its size, as only an archive "
          + "made to do harm does; take the file from its source again, or save the table as CSV",
        "x.xlsx: 工作簿中有内容解压后超过原大小的300倍，疑为恶意压缩文件；请重新获取文件，或将表格另存为CSV",
      ])
    #expect(said(bomb, limits: ZipArchive.Limits(smallSize: 10_000_000)) == [])
  }

  @Test func `too many entries`() {
    let many = StoredZip((0..<10_001).map { StoredZip.Entry("\($0)", []) })
    #expect(
      said(many.bytes) == [
        "x.xlsx: the workbook holds 10001 entries, more than 10000; copy the tables into a new workbook, "
          + "or save them as CSV",
        "x.xlsx: 工作簿含有10001个文件，超过10000个；请将表格复制到新工作簿，或另存为CSV",
      ])
  }

  @Test func `an entry, or a whole, that would be too large`() {
    let content = [UInt8](repeating: 0, count: 1_000_000)
    func stated(_ megabytes: UInt32, _ name: String) -> StoredZip.Entry {
      StoredZip.Entry(name, content, statedSize: megabytes << 20, method: 8)
    }
    #expect(
      said(StoredZip([stated(257, "a")]).bytes) == [
        "x.xlsx: the workbook would unpack to more than 256 MB; copy the tables into a new workbook, or "
          + "save them as CSV",
        "x.xlsx: 工作簿解压后将超过256 MB；请将表格复制到新工作簿，或另存为CSV",
      ])
    #expect(
      said(StoredZip([stated(200, "a"), stated(200, "b"), stated(200, "c")]).bytes) == [
        "x.xlsx: the workbook would unpack to more than 512 MB; copy the tables into a new workbook, or "
          + "save them as CSV",
        "x.xlsx: 工作簿解压后将超过512 MB；请将表格复制到新工作簿，或另存为CSV",
      ])
  }

  @Test(arguments: ["../a", "a/../../b", "/etc/a", "C:a", "xl\\workbook.xml"])
  func `names that lead out of a folder`(name: String) {
    #expect(
      said(StoredZip([StoredZip.Entry(name, [1])]).bytes) == [
        "x.xlsx: the workbook holds an entry \"\(name)\", which no spreadsheet program writes; open it in "
          + "Excel or WPS and save it again",
        "x.xlsx: 工作簿含有异常内容“\(name)”；请用Excel或WPS打开后重新保存",
      ])
  }

  @Test func `a name that stands twice`() {
    let twice = StoredZip([StoredZip.Entry("xl/a.xml", [1]), StoredZip.Entry("xl/A.xml", [2])])
    #expect(
      said(twice.bytes).first?.hasPrefix("x.xlsx: the workbook holds an entry \"xl/A.xml\"") == true
    )
  }

  @Test func `an encrypted entry`() {
    #expect(
      said(StoredZip([StoredZip.Entry("a", [1], flags: 1)]).bytes) == [
        "x.xlsx: the workbook is protected by a password; open it, remove the password and save it as "
          + ".xlsx",
        "x.xlsx: 工作簿设有打开密码；请打开文件、取消密码后另存为.xlsx",
      ])
  }

  private func damaged(_ part: String = "") -> [String] {
    [
      "x.xlsx: the workbook is damaged\(part.isEmpty ? "" : " (\(part))"); open it in Excel or WPS and "
        + "save it again",
      "x.xlsx: 工作簿已损坏\(part.isEmpty ? "" : "（\(part)）")；请用Excel或WPS打开后重新保存",
    ]
  }

  @Test func `an archive that is cut off`() {
    let bytes = workbook.bytes
    #expect(said(Array(bytes.dropLast(30))) == damaged())
    #expect(said(Array(bytes.prefix(40))) == damaged())
  }

  @Test func `an entry whose checksum, size or compression is wrong`() {
    let part = "xl/worksheets/sheet1.xml"
    func said(_ change: (inout StoredZip.Entry) -> Void) -> [String] {
      var entries = workbook.parts.map { StoredZip.Entry($0.name, Array($0.content.utf8)) }
      for index in entries.indices where entries[index].name == part { change(&entries[index]) }
      return saidOfWorkbook(StoredZip(entries).bytes)
    }
    #expect(said { $0.checksumError = 1 } == damaged(part))
    #expect(said { $0.method = 99 } == damaged())
    #expect(said { $0.method = 8 } == damaged(part))
    #expect(said { $0.statedSize = UInt32($0.content.count + 9) } == damaged(part))
  }

  // MARK: XML

  @Test func `entities that grow, entities that read files`() {
    let laughs =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet"
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><worksheet"
    for text in [laughs, outside, "<!doctype x><worksheet", "<!ELEMENT a ANY><worksheet"] {
      let bomb = workbook.replacing("<worksheet", with: text, in: "xl/worksheets/sheet1.xml")
      #expect(
        said(of: bomb) == [
          "x.xlsx: xl/worksheets/sheet1.xml in the workbook holds a document type or entities, which no "
            + "spreadsheet program writes; take the file from its source again, or save the table as CSV",
          "x.xlsx: 工作簿内的xl/worksheets/sheet1.xml含有文档类型或实体声明，疑为恶意文件；请重新获取文件，或将表格另存为CSV",
        ])
    }
  }

  @Test(arguments: ["UTF-7", "GB18030", "utf-16"]) func `another encoding`(name: String) {
    let foreign = workbook.replacing("UTF-8", with: name, in: "xl/worksheets/sheet1.xml")
    #expect(
      said(of: foreign) == [
        "x.xlsx: xl/worksheets/sheet1.xml in the workbook is not in UTF-8; open it in Excel or WPS and "
          + "save it again",
        "x.xlsx: 工作簿内的xl/worksheets/sheet1.xml不是UTF-8编码；请用Excel或WPS打开后重新保存",
      ])
  }

  @Test func `nesting without end`() {
    let deep = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
    let nested = workbook.replacing(
      "<sheetData>", with: deep + "<sheetData>", in: "xl/worksheets/sheet1.xml")
    #expect(
      said(of: nested) == [
        "x.xlsx: xl/worksheets/sheet1.xml in the workbook is nested more than 64 deep; open it in Excel "
          + "or WPS and save it again",
        "x.xlsx: 工作簿内的xl/worksheets/sheet1.xml嵌套超过64层；请用Excel或WPS打开后重新保存",
      ])
  }

  @Test func `XML that is broken`() {
    let broken = workbook.replacing("</sheetData>", with: "", in: "xl/worksheets/sheet1.xml")
    #expect(
      said(of: broken) == [
        "x.xlsx: xl/worksheets/sheet1.xml in the workbook is damaged (line 2); open it in Excel or WPS "
          + "and save it again",
        "x.xlsx: 工作簿内的xl/worksheets/sheet1.xml已损坏（第2行）；请用Excel或WPS打开后重新保存",
      ])
  }

  @Test func `a sheet of more than 10 MB is read whole`() {
    let spans = String(repeating: "1:2 ", count: 100)
    let rows = (3...28_000).map { "<row r=\"\($0)\" spans=\"\(spans)\"/>" }.joined()
    let large = workbook.replacing("</sheetData>", with: rows + "</sheetData>", in: sheet)
    #expect(large.bytes.count > 11_000_000)
    #expect(said(of: large) == [])
    let broken = large.replacing("</worksheet>", with: "", in: sheet)
    #expect(said(of: broken).count == 2)
  }

  private let sheet = "xl/worksheets/sheet1.xml"

  @Test func `a sparse sheet that would be a huge table`() {
    let wide = (1...16_000).map { HandmadeWorkbook.Cell.text("c\($0)") }
    let rows = [wide] + (0..<400).map { _ in [HandmadeWorkbook.Cell.number(1)] }
    #expect(
      said(of: HandmadeWorkbook([("data", rows)])) == [
        "x.xlsx:data: the sheet has more than 5,000,000 cells; save it as CSV, or delete what is not "
          + "needed",
        "x.xlsx:data: 工作表超过500万个单元格；请另存为CSV，或删除不需要的内容",
      ])
  }

  // MARK: Junk

  @Test(arguments: 0..<200) func `damaged workbooks never crash`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bytes = workbook.bytes
    if random.happens(0.3) { bytes.removeLast(random.whole(1...(bytes.count - 1))) }
    for _ in 0..<random.whole(1...6) where !bytes.isEmpty {
      bytes[random.whole(0...(bytes.count - 1))] = UInt8(random.whole(0...255))
    }
    let found = saidOfWorkbook(bytes)
    #expect(found.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: 0..<200) func `damaged XML never crashes`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var damaged = workbook
    let index = random.whole(0...(damaged.parts.count - 1))
    var bytes = Array(damaged.parts[index].content.utf8)
    let marks = Array("<>/\"='&;![]- 0A9e".utf8)
    for _ in 0..<random.whole(1...8) {
      bytes[random.whole(0...(bytes.count - 1))] = marks[random.whole(0...(marks.count - 1))]
    }
    damaged.parts[index].content = String(decoding: bytes, as: UTF8.self)
    #expect(said(of: damaged).allSatisfy { !$0.isEmpty })
  }
}
