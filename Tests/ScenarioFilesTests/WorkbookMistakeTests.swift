import Foundation
import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

/// All that is said of workbooks that cannot be read, word for word.
struct WorkbookMistakeTests {
  private typealias Cell = HandmadeWorkbook.Cell

  private static let scenario = """
    schema: 1
    name: base
    data: { workbook: data.xlsx }
    years: [2024, 2024]
    streams: { s: { pool: 1000 万元, factors: { income: { weight: 1 } } } }

    """

  /// What is said in both languages, without the path of the folder.
  private func said(_ problems: [Problem], _ folder: TemporaryFolder) -> [String] {
    problems.flatMap { problem in
      Language.allCases.map { problem.text(in: $0).split(separator: folder.path + "/").joined() }
    }
  }

  private func said(
    _ bytes: [UInt8]?, name: String = "data.xlsx", files: [String: String] = [:]
  ) throws -> [String] {
    let folder = try TemporaryFolder(
      ["scenario.yaml": WorkbookMistakeTests.scenario].merging(files) { $1 })
    if let bytes { try folder.write(name, bytes) }
    var loader = ScenarioLoader()
    _ = loader.load([folder / "scenario.yaml"])
    return said(loader.problems, folder)
  }

  private static let counties: [[HandmadeWorkbook.Cell]] = [
    ["code", "name", "prefecture"], ["1", "East", "10"], ["2", "West", "10"],
  ]
  private static let indicators: [[HandmadeWorkbook.Cell]] = [
    ["code", "year", "income"], ["1", 2024, 5], ["2", 2024, 6],
  ]

  private func workbook(
    counties: [[HandmadeWorkbook.Cell]] = counties,
    indicators: [[HandmadeWorkbook.Cell]] = indicators,
    columns: [[HandmadeWorkbook.Cell]]? = nil, formats: [String] = [],
    merges: [String: [String]] = [:], calculation: String = ""
  ) -> HandmadeWorkbook {
    HandmadeWorkbook(
      [("counties", counties), ("indicators", indicators)]
        + (columns.map { [("columns", $0)] } ?? []), formats: formats, merges: merges,
      calculation: calculation)
  }

  private func reference(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: ReferenceFile.url("Reference/workbooks/\(name)")))
  }

  @Test func `nothing is said of the sound workbook`() throws {
    #expect(try said(workbook().bytes) == [])
  }

  // MARK: Files

  @Test func `a workbook that is not there`() throws {
    #expect(
      try said(nil) == [
        "data.xlsx: there is no such file; check the path", "data.xlsx: 文件不存在；请检查路径",
        "scenario.yaml:3:19: \"data.xlsx\" is named here", "scenario.yaml:3:19: 此处引用了“data.xlsx”",
      ])
  }

  @Test func `an old workbook, an encrypted one, an OpenDocument, a text`() throws {
    #expect(
      try said(try reference("old.xls")) == [
        "data.xlsx: this is a workbook of the old .xls form, or another office document; save it as "
          + ".xlsx or CSV",
        "data.xlsx: 这是旧版.xls工作簿或其他Office文档；请另存为.xlsx或CSV",
      ])
    #expect(
      try said(try reference("encrypted.xlsx")) == [
        "data.xlsx: the workbook is protected by a password; open it, remove the password and save it "
          + "as .xlsx",
        "data.xlsx: 工作簿设有打开密码；请打开文件、取消密码后另存为.xlsx",
      ])
    #expect(
      try said(try reference("open-document.ods")) == [
        "data.xlsx: this is an OpenDocument file (.ods); save it as .xlsx or CSV",
        "data.xlsx: 这是OpenDocument文件（.ods）；请另存为.xlsx或CSV",
      ])
    let noWorkbook = [
      "data.xlsx: this is no .xlsx workbook; save the tables as .xlsx, or as CSV and name them by "
        + "counties: and indicators:",
      "data.xlsx: 这不是.xlsx工作簿；请另存为.xlsx，或另存为CSV并用counties:和indicators:引用",
    ]
    #expect(try said(Array("code,name\n".utf8)) == noWorkbook)
    #expect(try said(StoredZip([.init("a.txt", [65])]).bytes) == noWorkbook)
    let binary = workbook().replacing("xl/workbook.xml", with: "xl/workbook.bin", in: "_rels/.rels")
    #expect(
      try said(binary.bytes) == [
        "data.xlsx: this is a binary workbook (.xlsb); save it as .xlsx or CSV",
        "data.xlsx: 这是二进制工作簿（.xlsb）；请另存为.xlsx或CSV",
      ])
  }

  @Test func `a text file of the data that is an old workbook`() throws {
    let folder = try TemporaryFolder(SoundScenario.files)
    try folder.write("counties.csv", try reference("old.xls"))
    var loader = ScenarioLoader()
    _ = loader.load([folder / "scenario.yaml"])
    #expect(
      said(loader.problems, folder).first
        == "counties.csv: this is a workbook of the old .xls form, or another office document; save it "
        + "as .xlsx or CSV")
  }

  @Test func `a part that is missing`() throws {
    var workbook = workbook()
    workbook.parts.removeAll { $0.name == "xl/worksheets/sheet2.xml" }
    #expect(
      try said(workbook.bytes) == [
        "data.xlsx: the workbook lacks its part xl/worksheets/sheet2.xml; open it in Excel or WPS and "
          + "save it again",
        "data.xlsx: 工作簿缺少xl/worksheets/sheet2.xml；请用Excel或WPS打开后重新保存",
      ])
  }

  // MARK: Scenarios

  @Test func `a workbook and a text file at once`() throws {
    let text = WorkbookMistakeTests.scenario.replacingOccurrences(
      of: "workbook: data.xlsx", with: "workbook: data.xlsx, counties: c.csv")
    #expect(
      try said(workbook().bytes, files: ["scenario.yaml": text]) == [
        "scenario.yaml:3:40: data.counties: a workbook holds both tables; remove this key or workbook:",
        "scenario.yaml:3:40: data.counties: 工作簿已包含两张表；请删除该键或 workbook:",
      ])
  }

  @Test func `columns that are described twice`() throws {
    let columns: [[Cell]] = [["column", "unit"], ["income", "元"]]
    #expect(
      try said(workbook(columns: columns).bytes, files: ["data.meta.yaml": "income: {}\n"]) == [
        "data.meta.yaml: the sheet columns of data.xlsx describes the columns already; remove the "
          + "sheet or this file",
        "data.meta.yaml: data.xlsx 的工作表columns已说明各列；请删除该工作表或本文件",
      ])
  }

  // MARK: Sheets

  @Test func `a sheet that is missing`() throws {
    let workbook = HandmadeWorkbook([
      ("counties", WorkbookMistakeTests.counties), ("indicator", WorkbookMistakeTests.indicators),
    ])
    #expect(
      try said(workbook.bytes) == [
        "data.xlsx: there is no sheet \"indicators\"; the workbook has counties, indicator; did you "
          + "mean \"indicator\"?",
        "data.xlsx: 没有工作表“indicators”；工作簿中有counties、indicator；是否指“indicator”？",
      ])
  }

  @Test func `an empty sheet`() throws {
    #expect(
      try said(workbook(indicators: []).bytes) == [
        "data.xlsx:indicators: the sheet is empty; fill in the table",
        "data.xlsx:indicators: 工作表为空；请填写表格",
      ])
  }

  @Test func `columns that are missing, stand twice or have no name`() throws {
    #expect(
      try said(
        workbook(
          counties: [["code", "name", "prefectur"], ["1", "East", "10"]],
          indicators: [["code", "year", "x"]]
        ).bytes) == [
          "data.xlsx:counties!1:1: prefecture: the column is missing; did you mean \"prefectur\"?",
          "data.xlsx:counties!1:1: prefecture: 缺少该列；是否指“prefectur”？",
        ])
    #expect(
      try said(
        workbook(indicators: [
          [], ["code", "year", "income", "code"], ["1", 2024, 5, "1", 7],
          ["2", 2024, 6, "2", .none, 8],
          ["2", 2025, 6, "2", 9],
        ]).bytes) == [
          "data.xlsx:indicators!D2: code: the column stands twice; keep one of them",
          "data.xlsx:indicators!D2: code: 该列重复；请只保留一列",
          "data.xlsx:indicators!E3: the cell stands in a column without a name; name the column in row "
            + "2, or clear it",
          "data.xlsx:indicators!E3: 该单元格所在列没有列名；请在第2行填写列名，或清除该列内容",
          "data.xlsx:indicators!F4: the cell stands in a column without a name; name the column in row "
            + "2, or clear it",
          "data.xlsx:indicators!F4: 该单元格所在列没有列名；请在第2行填写列名，或清除该列内容",
        ])
  }

  @Test func `merged cells of the table`() throws {
    #expect(
      try said(workbook(merges: ["counties": ["C2:C3"]]).bytes) == [
        "data.xlsx:counties!C2: the cells up to C3 are merged, so only the first has a value; unmerge "
          + "them and fill in each",
        "data.xlsx:counties!C2: 到C3为止的单元格已合并，只有第一个有值；请取消合并并逐格填写",
      ])
  }

  @Test(arguments: [
    ("<row r=\"3\">", "<row r=\"2\">"), ("<c r=\"A3\"", "<c r=\"A2\""),
    ("<c r=\"B3\"", "<c r=\"A3\""),
    ("<c r=\"B3\"", "<c r=\"XFE3\""), ("<c r=\"B3\"", "<c r=\"3B\""),
    ("<row r=\"3\">", "<row r=\"x\">"),
    ("<row r=\"3\">", "<row r=\"1048577\">"),
  ])
  func `rows and cells that stand twice or out of order`(old: String, new: String) throws {
    let damaged = workbook().replacing(old, with: new, in: "xl/worksheets/sheet2.xml")
    #expect(
      try said(damaged.bytes) == [
        "data.xlsx:indicators: rows or cells of the sheet stand twice or out of order; open the workbook "
          + "in Excel or WPS and save it again",
        "data.xlsx:indicators: 工作表的行或单元格重复或顺序错乱；请用Excel或WPS打开后重新保存",
      ])
  }

  // MARK: Cells

  private func saidOfIncome(
    _ cell: HandmadeWorkbook.Cell, formats: [String] = [], calculation: String = ""
  ) throws -> [String] {
    try said(
      workbook(
        indicators: [["code", "year", "income"], ["1", 2024, 5], ["2", 2024, cell]],
        formats: formats, calculation: calculation
      ).bytes)
  }

  @Test func `an error of the spreadsheet`() throws {
    #expect(
      try saidOfIncome(.raw("t=\"e\"", "<f>1/0</f><v>#DIV/0!</v>")) == [
        "data.xlsx:indicators!C3: income: the cell holds the error #DIV/0!; mend its formula, or leave "
          + "the cell empty if the value is missing",
        "data.xlsx:indicators!C3: income: 单元格为错误值#DIV/0!；请修正公式，数据缺失时请留空",
      ])
  }

  private let formula = [
    "data.xlsx:indicators!C3: income: the formula has no computed value; open the workbook in Excel, WPS "
      + "or LibreOffice and save it, or paste the cells as values",
    "data.xlsx:indicators!C3: income: 公式没有计算结果；请用Excel、WPS或LibreOffice打开并保存，或将单元格粘贴为数值",
  ]

  @Test(arguments: ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>"])
  func `a formula without a value`(content: String) throws {
    #expect(try saidOfIncome(.raw("", content)) == formula)
  }

  @Test func `a formula that a program without a calculator wrote as 0`() throws {
    let zero = Cell.raw("", "<f>1+1</f><v>0</v>")
    #expect(try saidOfIncome(zero, calculation: "fullCalcOnLoad=\"1\"") == formula)
    #expect(try saidOfIncome(zero) == [])
    #expect(
      try saidOfIncome(.raw("", "<f>1+1</f><v>2</v>"), calculation: "fullCalcOnLoad=\"1\"") == [])
  }

  @Test func `formulas of openpyxl`() throws {
    let found = try said(try reference("openpyxl-formulas.xlsx"))
    #expect(found.count == 6)
    #expect(found[0] == formula[0].replacingOccurrences(of: "C3", with: "D2"))
  }

  @Test(arguments: [
    "yyyy-mm-dd", "yyyy\"年\"m\"月\"", "h:mm", "[h]:mm", "[$-804]d", "mm/dd/yy;@", "[DBNum1]yyyy",
  ])
  func `dates and times`(code: String) throws {
    let date = [
      "data.xlsx:indicators!C3: income: the cell is formatted as a date or a time; set its format to "
        + "General and type the value again",
      "data.xlsx:indicators!C3: income: 单元格为日期或时间格式；请将格式改为“常规”后重新填写",
    ]
    #expect(try saidOfIncome(.formatted(45_317, 1), formats: [code]) == date)
    #expect(try saidOfIncome(.raw("t=\"d\"", "<v>2024-01-26</v>")) == date)
  }

  @Test(arguments: [14, 22, 31, 57]) func `dates of formats without a code`(id: Int) throws {
    let workbook = workbook(
      indicators: [["code", "year", "income"], ["1", .formatted(45_317, 1), 5]], formats: ["0"]
    ).replacing("<xf numFmtId=\"164\"", with: "<xf numFmtId=\"\(id)\"", in: "xl/styles.xml")
    #expect(
      try said(workbook.bytes) == [
        "data.xlsx:indicators!B2: year: the cell is formatted as a date or a time; set its format to "
          + "General and type the value again",
        "data.xlsx:indicators!B2: year: 单元格为日期或时间格式；请将格式改为“常规”后重新填写",
      ])
  }

  @Test(arguments: [
    Cell.raw("", "<v>1x</v>"), .raw("", "<v>INF</v>"), .raw("t=\"s\"", "<v>0</v>"),
    .raw("t=\"b\"", "<v>2</v>"), .raw("t=\"q\"", "<v>2</v>"),
  ])
  func `a cell that no program writes`(cell: HandmadeWorkbook.Cell) throws {
    #expect(
      try saidOfIncome(cell) == [
        "data.xlsx:indicators!C3: income: the cell is damaged; open the workbook in Excel or WPS, check "
          + "the cell and save",
        "data.xlsx:indicators!C3: income: 单元格已损坏；请用Excel或WPS打开工作簿，核对该单元格后保存",
      ])
  }

  @Test func `percentages among plain numbers`() throws {
    #expect(
      try saidOfIncome(.formatted(0.2, 1), formats: ["0%"]) == [
        "data.xlsx:indicators!C3: income: the cell is formatted as a percentage and C2 of the same column "
          + "is not; give the column one format and check its values (20 % is read as 0.2)",
        "data.xlsx:indicators!C3: income: 单元格为百分比格式，而同列的C2不是；请统一该列格式并核对数值（20%按0.2读取）",
      ])
    #expect(
      try said(
        workbook(
          indicators: [
            ["code", "year", "income"], ["1", 2024, .formatted(0.2, 1)], ["2", 2024, 20],
          ],
          formats: ["0%"]
        ).bytes) == [
          "data.xlsx:indicators!C3: income: the cell is not formatted as a percentage and C2 of the same "
            + "column is; give the column one format and check its values (20 % is read as 0.2)",
          "data.xlsx:indicators!C3: income: 单元格不是百分比格式，而同列的C2是；请统一该列格式并核对数值（20%按0.2读取）",
        ])
  }

  @Test(arguments: [653_101.5, 1e15]) func `a code that a number does not keep`(code: Double) throws
  {
    #expect(
      try said(
        workbook(counties: [["code", "name", "prefecture"], [.number(code), "a", "1"]]).bytes)
        == [
          "data.xlsx:counties!A2: code: a code is text; as a number it has decimals or loses digits: "
            + "format the column as text and type the code again",
          "data.xlsx:counties!A2: code: 代码应为文本；数字格式会带小数或丢失位数：请将该列设为文本格式后重新填写",
        ])
  }

  @Test func `what is refused in a CSV file is refused in a workbook`() throws {
    let found = try said(
      workbook(indicators: [
        ["code", "year", "income"], ["1", 2024, "20 %"], ["9", 2024, "x"], ["1", "2024", "\"5\""],
        ["2", "next", 1],
      ]).bytes)
    #expect(
      found == [
        "data.xlsx:indicators!A3: code: unknown county \"9\"; it is not in the table of counties",
        "data.xlsx:indicators!A3: code: 未知的县市区“9”；县市区表中没有该代码",
        "data.xlsx:indicators!B5: year: \"next\" is not a year from 1900 to 2200",
        "data.xlsx:indicators!B5: year: “next”不是1900–2200之间的年份",
        "data.xlsx:indicators!A4: code: county 1 in 2024 stands twice, first in row 2; keep one row",
        "data.xlsx:indicators!A4: code: 1 的2024年数据重复，首次出现在第2行；请只保留一行",
        "data.xlsx:indicators!C2: income: \"20 %\" has a percent sign; write a fraction such as 0.2",
        "data.xlsx:indicators!C2: income: “20 %”带有百分号；请写作小数，如0.2",
        "data.xlsx:indicators!C3: income: \"x\" is not a number; write digits, or leave the cell empty if "
          + "it is missing",
        "data.xlsx:indicators!C3: income: “x”不是数字；请填写数字，缺失时留空",
        "data.xlsx:indicators!C4: income: \"\"5\"\" is not a number; write digits, or leave the cell empty "
          + "if it is missing",
        "data.xlsx:indicators!C4: income: “\"5\"”不是数字；请填写数字，缺失时留空",
      ])
    let counties = try said(
      workbook(counties: [
        ["code", "name", "prefecture", "remote"], ["1", "a", "10", 2], ["1", "a", "10", 1],
        [.none, "b", "10", 0],
      ]).bytes)
    #expect(
      counties == [
        "data.xlsx:counties!A3: code: the county 1 stands twice, first in row 2; keep one row",
        "data.xlsx:counties!A3: code: 县市区1重复，首次出现在第2行；请只保留一行",
        "data.xlsx:counties!A4: code: the code is missing", "data.xlsx:counties!A4: code: 缺少代码",
        "data.xlsx:counties!D2: remote: \"2\" is not 0 or 1; further columns of counties are flags",
        "data.xlsx:counties!D2: remote: “2”不是0或1；县市区表的其他列只能是0/1标志",
      ])
  }

  @Test func `names beside the indicators that are of another county`() throws {
    let rows: [[Cell]] = [
      ["code", "name", "year", "income"], ["1", "East", 2024, 5], ["2", "East", 2024, 6],
      ["2", .none, 2023, 6],
    ]
    #expect(
      try said(workbook(indicators: rows).bytes) == [
        "data.xlsx:indicators!B3: name: \"East\" is not the name of 2, which is \"West\"; check code and "
          + "row",
        "data.xlsx:indicators!B3: name: “East”不是2的名称（应为“West”）；请核对代码和行",
      ])
  }

  // MARK: The sheet columns

  @Test func `mistakes in the sheet columns`() throws {
    let columns: [[Cell]] = [
      ["column", "titel", "status"], ["income", "x", "made up"], ["income", .none, "observed"],
      [.none, "y", .none],
    ]
    #expect(
      try said(workbook(columns: columns).bytes) == [
        "data.xlsx:columns!1:1: titel: unknown key; did you mean \"title\"?",
        "data.xlsx:columns!1:1: titel: 未知的键；是否指“title”？",
        "data.xlsx:columns!C2: status: \"made up\" is not a status; write observed or synthetic",
        "data.xlsx:columns!C2: status: “made up”不是有效状态；请写 observed 或 synthetic",
        "data.xlsx:columns!A3: column: \"income\" stands twice, first in row 2; keep one row",
        "data.xlsx:columns!A3: column: “income”重复，首次出现在第2行；请只保留一行",
        "data.xlsx:columns!A4: column: name the column that the row describes",
        "data.xlsx:columns!A4: column: 请填写该行所说明的列名",
      ])
    #expect(
      try said(workbook(columns: [["title"], ["x"]]).bytes) == [
        "data.xlsx:columns!1:1: column: the column is missing",
        "data.xlsx:columns!1:1: column: 缺少该列",
      ])
  }

  // MARK: Tables of named columns

  private func saidOfTable(
    _ bytes: [UInt8], name: String = "data.xlsx", sheet: String? = nil,
    _ use: (ColumnTable) throws(ProblemList) -> Void = { _ in }
  ) throws -> [String] {
    let folder = try TemporaryFolder([:])
    try folder.write(name, bytes)
    do throws(ProblemList) {
      try use(try ColumnTable.read(path: folder / name, sheet: sheet))
      return []
    } catch {
      return said(error.problems, folder)
    }
  }

  @Test func `a table reads only the cells that are asked for`() throws {
    let rows: [[Cell]] = [
      ["code", "x", "when"], ["1", 5, .formatted(45_317, 1)], [.raw("t=\"e\"", "<v>#N/A</v>"), 6],
    ]
    let bytes = HandmadeWorkbook([("data", rows)], formats: ["yyyy-mm-dd"]).bytes
    #expect(
      try saidOfTable(bytes) { table throws(ProblemList) in
        _ = try table.numbers("x", allowsMissing: false)
      } == [])
    #expect(
      try saidOfTable(bytes) { table throws(ProblemList) in _ = try table.texts("code") } == [
        "data.xlsx:data!A3: code: the cell holds the error #N/A; mend its formula, or leave the cell "
          + "empty if the value is missing",
        "data.xlsx:data!A3: code: 单元格为错误值#N/A；请修正公式，数据缺失时请留空",
      ])
    #expect(
      try saidOfTable(bytes) { table throws(ProblemList) in
        _ = try table.numbers(["when", "y"], allowsMissing: true)
      } == [
        "data.xlsx:data!C2: when: the cell is formatted as a date or a time; set its format to General "
          + "and type the value again",
        "data.xlsx:data!C2: when: 单元格为日期或时间格式；请将格式改为“常规”后重新填写",
        "data.xlsx:data!1:1: y: the table has no such column; did you mean \"x\"?",
        "data.xlsx:data!1:1: y: 表格没有该列；是否指“x”？",
      ])
  }

  @Test func `a column that may stand in another sheet`() throws {
    let rows: [[Cell]] = [["note"], ["text"]]
    let bytes = HandmadeWorkbook([("说明", rows), ("data", [["code", "x"], ["1", 5]])]).bytes
    #expect(
      try saidOfTable(bytes) { table throws(ProblemList) in _ = try table.texts("people") } == [
        "data.xlsx:说明!1:1: people: the table has no such column; other sheets can be named by "
          + "--sheet: data",
        "data.xlsx:说明!1:1: people: 表格没有该列；可用 --sheet 指定其他工作表：data",
      ])
  }

  @Test func `a sheet of a text, and a sheet without rows`() throws {
    #expect(
      try saidOfTable(Array("x\n1\n".utf8), name: "data.csv", sheet: "a") == [
        "data.csv: a text has no sheets; leave out --sheet", "data.csv: 文本文件没有工作表；请去掉 --sheet",
      ])
    #expect(
      try saidOfTable(HandmadeWorkbook([("data", [["code"]])]).bytes) == [
        "data.xlsx:data: the table has a header but no rows", "data.xlsx:data: 表格只有表头，没有数据行",
      ])
  }
}
