import Foundation
import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

/// What is read of a workbook, whatever program wrote it (ECMA-376; formats, Data).
struct WorkbookTests {
  private func load(_ path: String) throws -> LoadedScenario {
    var loader = ScenarioLoader()
    let loaded = loader.load([path]).first
    #expect(loader.problems.map { $0.text(in: .english) } == [])
    return try #require(loaded)
  }

  /// The worked example with its data in a workbook.
  private func worked(_ bytes: [UInt8], name: String = "data.xlsx") throws -> LoadedScenario {
    let base = ReferenceFile.url("../../Scenarios/worked/baseline.yaml").path
    let folder = try TemporaryFolder([
      "scenario.yaml": "extends: \(base)\nname: worked-baseline\ndata: { workbook: \(name) }\n"
    ])
    try folder.write(name, bytes)
    return try load(folder / "scenario.yaml")
  }

  private func reference(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: ReferenceFile.url("Reference/workbooks/\(name)")))
  }

  private func expectSameData(_ left: LoadedScenario, _ right: LoadedScenario) {
    #expect(left.counties.counties == right.counties.counties)
    #expect(left.counties.flags == right.counties.flags)
    #expect(left.panel.years == right.panel.years)
    #expect(left.panel.columns.map(\.name) == right.panel.columns.map(\.name))
    for (left, right) in zip(left.panel.columns, right.panel.columns) {
      #expect(left.values.map(\.bitPattern) == right.values.map(\.bitPattern))
    }
  }

  @Test(arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "libxlsxwriter.xlsx"])
  func `workbooks of three programs hold what the CSV files hold`(name: String) throws {
    let texts = try load(ReferenceFile.url("../../Scenarios/worked/baseline.yaml").path)
    let workbook = try worked(try reference(name))
    expectSameData(workbook, texts)
    if name != "libxlsxwriter.xlsx" {
      #expect(workbook.panel.descriptions == texts.panel.descriptions)
    }
  }

  // MARK: Cells

  private typealias Cell = HandmadeWorkbook.Cell

  private func table(_ workbook: HandmadeWorkbook, sheet: String? = nil) throws -> ColumnTable {
    let folder = try TemporaryFolder([:])
    try folder.write("data.xlsx", workbook.bytes)
    do throws(ProblemList) {
      return try ColumnTable.read(path: folder / "data.xlsx", sheet: sheet)
    } catch {
      Issue.record("\(error.problems.map { $0.text(in: .english) })")
      throw error
    }
  }

  private func table(_ rows: [[Cell]], formats: [String] = []) throws -> ColumnTable {
    try table(HandmadeWorkbook([("data", rows)], formats: formats))
  }

  @Test func `numbers keep every digit, texts that are numbers obey the rules of CSV`() throws {
    let table = try table([
      ["code", "x"], ["01", .raw("", "<v>0.10000000000000001</v>")],
      ["02", .raw("", "<v>1.2345678901234567E-5</v>")], ["03", "１，２００"], ["04", "1,234,567.5"],
      ["05", .none], ["06", "  "], ["07", .raw("t=\"n\"", "<v>-3</v>")],
    ])
    let numbers = try table.numbers("x", allowsMissing: true)
    #expect(numbers.prefix(4) == [0.1, 1.2345678901234567e-5, 1_200, 1_234_567.5])
    #expect(numbers[4].isNaN && numbers[5].isNaN && numbers[6] == -3)
    #expect(try table.texts("x").prefix(2) == ["0.1", "\(1.2345678901234567e-5)"])
  }

  @Test func `codes may be numbers, with the zeros that their format shows`() throws {
    let table = try table(
      [
        ["code", "x"], [.formatted(1_001, 1), 1], [.formatted(653_101, 1), 2],
        [.number(653_102), 3], [.formatted(12, 2), 4], ["0077", 5],
      ], formats: ["00000", "000\\-0"])
    #expect(try table.texts("code") == ["01001", "653101", "653102", "12", "0077"])
  }

  @Test func `shared, rich and inline texts, without how they are pronounced`() throws {
    let strings =
      HandmadeWorkbook.head
      + "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>code</t></si>"
      + "<si><r><t>乡村</t></r><r><rPr><b/></rPr><t>人口</t></r><rPh sb=\"0\" eb=\"1\"><t>xiang</t></rPh>"
      + "</si><si><t xml:space=\"preserve\"> a_x000A_b _x005F_x0041_ _x_ </t></si>"
      + "<si><t><![CDATA[R&D <1>]]></t></si></sst>"
    var workbook = HandmadeWorkbook([
      (
        "data",
        [
          [.raw("t=\"s\"", "<v>0</v>"), .raw("t=\"s\"", "<v>1</v>")],
          [.raw("t=\"s\"", "<v>2</v>"), 1],
          [
            .raw("t=\"inlineStr\"", "<is><r><t>甲</t></r><r><t>乙</t></r></is>"),
            .raw("t=\"str\"", "<f>1&amp;2</f><v>12</v>"),
          ],
          [.raw("t=\"s\"", "<v>3</v>"), .raw("t=\"str\"", "<f>\"\"</f><v></v>")],
        ]
      )
    ]).replacing(
      "</Relationships>",
      with:
        "<Relationship Id=\"rId98\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships"
        + "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
      in: "xl/_rels/workbook.xml.rels")
    workbook.parts.append(("xl/sharedStrings.xml", strings))
    let table = try table(workbook)
    #expect(table.header == ["code", "乡村人口"])
    #expect(try table.texts("code") == ["a\nb _x0041_ _x_", "甲乙", "R&D <1>"])
    let numbers = try table.numbers("乡村人口", allowsMissing: true)
    #expect(numbers[0] == 1 && numbers[1] == 12 && numbers[2].isNaN)
  }

  @Test func `truth values count as 1 and 0, formulas by their values`() throws {
    let table = try table([
      ["code", "x"], ["1", .raw("t=\"b\"", "<v>1</v>")], ["2", .raw("t=\"b\"", "<v>0</v>")],
      ["3", .raw("", "<f>1+1</f><v>2</v>")], ["4", .raw("", "<f>1-1</f><v>0</v>")],
    ])
    #expect(try table.numbers("x", allowsMissing: false) == [1, 0, 2, 0])
  }

  @Test func `a column of percentages is read as fractions`() throws {
    let table = try table(
      [["code", "x"], ["1", .formatted(0.2, 1)], ["2", .formatted(0, 1)]], formats: ["0.0%"])
    #expect(try table.numbers("x", allowsMissing: false) == [0.2, 0])
  }

  @Test(arguments: [
    "General", "#,##0.00", "0.00E+00", "\"y\"0", "[Red]0;[Blue]-0", "G/通用格式\"万元\"",
    "_(* #,##0_);_(* (#,##0)", "\\d0", "[$¥-804]#,##0.00", "[DBNum1]General", "@",
  ])
  func `formats that are no dates`(code: String) throws {
    let table = try table([["code", "x"], ["1", .formatted(45_317, 1)]], formats: [code])
    #expect(try table.numbers("x", allowsMissing: false) == [45_317])
  }

  // MARK: Where the table stands

  @Test func `rows of labels, empty rows and empty columns are passed over`() throws {
    let table = try table([
      ["指标数据（2024年）"], [], ["代码", "名称", .none, "人口"], ["code", "name", .none, "people"],
      ["1", "甲", .none, 10], [], [.none, .none, .none, .none, .text(" ")], ["2", "乙", .none, 20],
    ])
    #expect(table.header == ["code", "name", "people"])
    #expect(try table.numbers("people", allowsMissing: false) == [10, 20])
    #expect(table.location(row: 1, column: "people").text.hasSuffix("data.xlsx:data!D8"))
    #expect(table.location(row: 1).text.hasSuffix("data.xlsx:data!8:8"))
  }

  @Test func `without a column code the first row has the names`() throws {
    let table = try table([[], ["a", "b"], [1, 2]])
    #expect(table.header == ["a", "b"] && table.rowCount == 1)
  }

  @Test func `rows and cells without a place follow each other`() throws {
    let workbook = HandmadeWorkbook([("data", [["code"]])]).replacing(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\">",
      with: "<row><c t=\"inlineStr\"><is><t>x</t></is></c><c t=\"inlineStr\">",
      in: "xl/worksheets/sheet1.xml"
    ).replacing(
      "</row>", with: "</row><row><c><v>1</v></c><c><v>2</v></c></row>",
      in: "xl/worksheets/sheet1.xml")
    let table = try table(workbook)
    #expect(table.header == ["x", "code"])
    #expect(try table.numbers(["x", "code"], allowsMissing: false) == [[1], [2]])
  }

  @Test func `element names may have a prefix`() throws {
    var workbook = HandmadeWorkbook([("data", [["code", "x"], ["1", 5]])])
    for index in workbook.parts.indices where workbook.parts[index].name.contains("sheet1") {
      workbook.parts[index].content = workbook.parts[index].content
        .replacingOccurrences(of: "</", with: "</x:").replacingOccurrences(of: "<", with: "<x:")
        .replacingOccurrences(of: "<x:/x:", with: "</x:")
        .replacingOccurrences(of: "<x:?xml", with: "<?xml")
        .replacingOccurrences(of: "xmlns=", with: "xmlns:x=")
    }
    #expect(try table(workbook).numbers("x", allowsMissing: false) == [5])
  }

  @Test func `the first sheet is read, or the one that is named`() throws {
    let workbook = HandmadeWorkbook([
      ("one", [["code", "x"], ["1", 1]]), ("二", [["code", "x"], ["1", 2]]),
    ])
    #expect(try table(workbook).numbers("x", allowsMissing: false) == [1])
    #expect(try table(workbook, sheet: "ONE").numbers("x", allowsMissing: false) == [1])
    #expect(try table(workbook, sheet: "二").numbers("x", allowsMissing: false) == [2])
  }

  @Test func `merged cells beside the table hide nothing`() throws {
    let workbook = HandmadeWorkbook(
      [("data", [["title"], ["code", "x"], ["1", 5]])],
      merges: ["data": ["A1:C1", "A9:B10", "E2:F3"]])
    #expect(try table(workbook).numbers("x", allowsMissing: false) == [5])
  }

  // MARK: What the columns are

  private static let sound: [(name: String, rows: [[HandmadeWorkbook.Cell]])] = [
    ("counties", [["code", "name", "prefecture", "remote"], ["1", "East", "10", 1]]),
    ("indicators", [["code", "year", "income"], ["1", 2024, 5]]),
  ]

  private let scenario = """
    schema: 1
    name: base
    data: { workbook: data.xlsx }
    years: [2024, 2024]
    streams: { s: { pool: 1000 万元, factors: { income: { weight: 1 } } } }

    """

  @Test func `a meta file beside the workbook says what the columns are`() throws {
    for name in ["data.meta.yaml", "indicators.meta.yaml"] {
      let folder = try TemporaryFolder([
        "scenario.yaml": scenario, name: "income: { title: Income, title_zh: 收入, unit: 元 }\n",
      ])
      try folder.write("data.xlsx", HandmadeWorkbook(WorkbookTests.sound).bytes)
      let loaded = try load(folder / "scenario.yaml")
      #expect(loaded.panel.title(of: "income") == Wording("Income", "收入"))
      #expect(loaded.dataFiles == [folder / "data.xlsx"])
    }
  }

  @Test func `the sheet columns says it before any shared meta file`() throws {
    let folder = try TemporaryFolder([
      "scenario.yaml": scenario, "indicators.meta.yaml": "income: { title: No }\n",
    ])
    let sheets =
      WorkbookTests.sound + [
        (
          "columns",
          [
            ["column", "title", "title_zh", "unit", "source", "status"],
            ["income", "Income", "收入", "元/人", "yearbook", "observed"], ["other", .none],
          ]
        )
      ]
    try folder.write("data.xlsx", HandmadeWorkbook(sheets).bytes)
    let descriptions = try load(folder / "scenario.yaml").panel.descriptions
    #expect(
      descriptions["income"]
        == ColumnDescription(
          title: Wording("Income", "收入"), unit: "元/人", source: "yearbook", status: .observed))
    #expect(descriptions["other"]?.title == Wording(same: "other"))
    #expect(descriptions["other"]?.status == nil)
  }

  // MARK: Reforms

  @Test func `a reform may replace text files by a workbook, and a workbook by text files`() throws
  {
    let folder = try TemporaryFolder([
      "scenario.yaml": scenario,
      "texts.yaml":
        "extends: scenario.yaml\nname: a\ndata: { counties: c.csv, indicators: i.csv }\n",
      "back.yaml": "extends: texts.yaml\nname: b\ndata: { workbook: data.xlsx }\n",
      "kept.yaml": "extends: back.yaml\nname: c\n",
      "c.csv": "code,name,prefecture,remote\n1,East,10,1\n",
      "i.csv": "code,year,income\n1,2024,7\n",
    ])
    try folder.write("data.xlsx", HandmadeWorkbook(WorkbookTests.sound).bytes)
    func income(_ name: String) throws -> [Double]? {
      try load(folder / name).panel.column(named: "income")?.values
    }
    #expect(try income("scenario.yaml") == [5])
    #expect(try income("texts.yaml") == [7])
    #expect(try income("back.yaml") == [5])
    #expect(try income("kept.yaml") == [5])
  }

  @Test func `a workbook is read once however many scenarios name it`() throws {
    let folder = try TemporaryFolder([
      "scenario.yaml": scenario, "reform.yaml": "extends: scenario.yaml\nname: b\n",
    ])
    try folder.write("data.xlsx", HandmadeWorkbook(WorkbookTests.sound).bytes)
    var loader = ScenarioLoader()
    #expect(loader.load([folder / "scenario.yaml", folder / "reform.yaml"]).count == 2)
    #expect(loader.inputs.map(\.path).filter { $0.hasSuffix(".xlsx") }.count == 1)
  }
}
