import Documents
import PolicyModel
import Simulation

extension DataFormReport {
  /// Rows for counties that are not known yet.
  private static let unknownCounties = 200
  /// Rows under those that are known.
  private static let spareRows = 50

  /// The workbook to fill in.
  ///
  /// Sheets `counties`, `indicators` and `columns` are what a scenario reads (formats, Data); the
  /// first two are for people.
  public var workbook: Workbook {
    Workbook(
      title: form.scenario.title.text(in: language),
      sheets: [guide, needsSheet, countySheet, indicatorSheet, columnSheet])
  }

  private var refusalTitle: String { language.words("This cell does not take that", "输入无效") }

  // MARK: For people

  private var guide: WorkbookSheet {
    var sheet = WorkbookSheet(
      name: language.words("Read me", "填写说明"),
      title: form.scenario.title.text(in: language))
    sheet.marks = provenance
    sheet.notes = guideLines.map { language.words($0.english, $0.chinese) }
    return sheet
  }

  private var guideLines: [Wording] {
    [
      Wording(
        "1. Fill in the sheets counties, indicators and columns; titles and names are locked.",
        "1. 请填写工作表 counties、indicators 和 columns；标题和列名已锁定。"),
      Wording(
        "2. counties: a row for each county; codes are text and keep their zeros; flags are 0 or 1.",
        "2. counties：每个县市区一行；代码为文本，保留前导零；标志列填0或1。"),
      Wording(
        "3. indicators: a row for each county and year; the sheet "
          + "\"\(needsName.english)\" says which cells may stay empty.",
        "3. indicators：每个县市区每年一行；哪些列可以留空，见工作表“\(needsName.chinese)”。"),
      Wording(
        "4. An empty cell is missing, not 0. Write shares as fractions: 0.2, not 20 %.",
        "4. 空单元格表示缺失，不等于0。比例请填小数：0.2，不填20%。"),
      Wording(
        "5. Money stands in the unit that the sheet columns gives; change the unit there, not the "
          + "numbers.",
        "5. 金额单位以工作表 columns 所填为准；如需换单位，请在该表修改。"),
      Wording(
        "6. columns: say where each column comes from, and whether it is observed or synthetic "
          + "(made up).",
        "6. columns：请填写各列来源（source）和状态（status）：observed为实际数据，synthetic为虚构数据。"),
      Wording(
        "7. Formulas may be used; save in Excel, WPS or LibreOffice so that their values are kept.",
        "7. 可以使用公式；请在Excel、WPS或LibreOffice中保存，以保留计算结果。"),
      Wording(
        "8. Then write in the scenario: data: { workbook: this-file.xlsx }, and run karez validate.",
        "8. 填好后在情景文件中写 data: { workbook: 本文件.xlsx }，并运行 karez validate。"),
    ]
  }

  private var needsName: Wording { Wording("Needs", "所需数据") }

  private var needsSheet: WorkbookSheet {
    var sheet = WorkbookSheet(
      name: needsName.text(in: language),
      title: language.words("Data that the rules read", "规则所需数据"))
    sheet.columns = ([language.words("sheet", "工作表")] + needTitles)
      .map { WorkbookSheet.Column($0) }
    let rows = flagNeeds.map { ["counties"] + $0 } + needs.map { ["indicators"] + $0 }
    sheet.rows = RowSource(rows.map { WorkbookRow($0.map { WorkbookCell($0) }) })
    sheet.frozenColumns = 2
    return sheet
  }

  // MARK: Counties

  private static let countyColumns: [(key: String, title: Wording)] = [
    ("code", Wording("Code", "代码")), ("name", Wording("Name", "名称（英文）")),
    ("name_zh", Wording("Name in Chinese", "名称")),
    ("prefecture", Wording("Code of the prefecture", "地州市代码")),
    ("prefecture_name", Wording("Prefecture", "地州市（英文）")),
    ("prefecture_name_zh", Wording("Prefecture in Chinese", "地州市")),
  ]

  private var countySheet: WorkbookSheet {
    var sheet = WorkbookSheet(name: "counties", title: language.words("Counties", "县市区"))
    let texts = DataFormReport.countyColumns
    sheet.columns =
      texts.map { WorkbookSheet.Column($0.title.text(in: language), key: $0.key, .text) }
      + form.flags.map { WorkbookSheet.Column(title(ofFlag: $0), key: $0.name, .plain) }
    sheet.rows = RowSource(countyRows)
    sheet.hasFilter = false
    sheet.form = SheetForm(
      columns: texts.map { SheetForm.Column(.text, isKept: $0.key == "code") }
        + form.flags.map { flag in
          SheetForm.Column(
            .choice(["0", "1"]), refusal: language.words("0 or 1", "请填0或1"),
            comment: language.words(
              "1: the county belongs to it; 0: not. Read by ", "1：属于；0：不属于。使用处：")
              + flag.readers.joined(separator: ", "))
        },
      spareRows: spareRows(form.counties == nil ? 1 : 0), refusalTitle: refusalTitle)
    return sheet
  }

  private func spareRows(_ unknown: Int) -> Int {
    unknown > 0 ? DataFormReport.unknownCounties * unknown : DataFormReport.spareRows
  }

  private var countyRows: [WorkbookRow] {
    (form.counties?.counties ?? []).enumerated().map { index, county in
      let texts = [
        county.code, county.name.english, county.name.chinese, county.prefecture,
        county.prefectureName.english, county.prefectureName.chinese,
      ]
      let flags = form.flags.map { flag in
        WorkbookCell((form.counties?.flags[flag.name]?[index]).map { $0 ? 1 : 0 })
      }
      return WorkbookRow(texts.map { WorkbookCell($0) } + flags)
    }
  }

  // MARK: Indicators

  private var indicatorSheet: WorkbookSheet {
    var sheet = WorkbookSheet(
      name: "indicators", title: language.words("Indicators by county and year", "分县分年指标"))
    sheet.marks = provenance
    sheet.columns =
      [
        WorkbookSheet.Column(language.words("Code", "代码"), key: "code", .text),
        WorkbookSheet.Column(language.words("County", "县市区"), key: "name", .text),
        WorkbookSheet.Column(language.words("Year", "年度"), key: "year", .plain),
      ] + form.columns.map { WorkbookSheet.Column(heading($0), key: $0.need.name, .general) }
    sheet.rows = RowSource(indicatorRows)
    sheet.frozenColumns = 3
    sheet.hasFilter = false
    sheet.form = SheetForm(
      columns: keyEntries + form.columns.map { entry($0) },
      spareRows: spareRows(form.counties == nil ? form.years.count : 0),
      refusalTitle: refusalTitle)
    return sheet
  }

  private var keyEntries: [SheetForm.Column] {
    [
      SheetForm.Column(.text, isKept: true),
      SheetForm.Column(
        .text, isKept: true,
        comment: language.words(
          "For people; a name that does not belong to the code is an error.",
          "供核对；名称与代码不符时会报错。")),
      SheetForm.Column(
        .whole(least: 1_900, most: 2_200), isKept: true,
        refusal: language.words("a year from 1900 to 2200", "请填1900–2200之间的年份")),
    ]
  }

  private func heading(_ column: DataForm.Column) -> String {
    let title = column.description.title.text(in: language)
    let unit = column.description.unit
    return unit.isEmpty ? title : language.words("\(title) (\(unit))", "\(title)（\(unit)）")
  }

  private func entry(_ column: DataForm.Column) -> SheetForm.Column {
    let most = column.range.upperBound <= 100 ? column.range.upperBound : nil
    let least = column.range.lowerBound >= 0 ? column.range.lowerBound : nil
    return SheetForm.Column(
      .number(least: least, most: most), refusal: refusal(least, most),
      comment: language.words("Read by ", "使用处：")
        + column.need.readers.joined(separator: ", "))
  }

  private func refusal(_ least: Double?, _ most: Double?) -> String {
    if let least, let most {
      return language.words(
        "a number from \(Int(least)) to \(Int(most)), or nothing if it is missing",
        "请填\(Int(least))至\(Int(most))之间的数，缺失时留空")
    }
    return least == nil
      ? language.words("a number, or nothing if it is missing", "请填数字，缺失时留空")
      : language.words(
        "a number of 0 or more, or nothing if it is missing", "请填不小于0的数，缺失时留空")
  }

  private var indicatorRows: [WorkbookRow] {
    (form.counties?.counties ?? []).enumerated().flatMap { index, county in
      form.years.map { year in
        WorkbookRow(
          [
            WorkbookCell(county.code), WorkbookCell(county.name.text(in: language)),
            WorkbookCell(Double(year)),
          ] + form.columns.map { WorkbookCell(value($0.need.name, index, year)) })
      }
    }
  }

  private func value(_ name: String, _ county: Int, _ year: Int) -> Double? {
    guard let panel = form.values, let row = panel.years.firstIndex(of: year),
      let column = panel.column(named: name), let count = form.counties?.count
    else { return nil }
    return column.values[row * count + county]
  }

  // MARK: Columns

  private var columnSheet: WorkbookSheet {
    var sheet = WorkbookSheet(
      name: "columns", title: language.words("What each column is", "各列说明"))
    sheet.columns = [
      WorkbookSheet.Column(language.words("Column", "列名"), key: "column", .text),
      WorkbookSheet.Column(language.words("Title in English", "标题（英文）"), key: "title", .text),
      WorkbookSheet.Column(language.words("Title in Chinese", "标题"), key: "title_zh", .text),
      WorkbookSheet.Column(language.words("Unit", "单位"), key: "unit", .text),
      WorkbookSheet.Column(language.words("Source", "来源"), key: "source", .text),
      WorkbookSheet.Column(language.words("Status", "状态"), key: "status", .text),
    ]
    sheet.rows = RowSource(
      form.columns.map { column in
        let description = column.description
        return WorkbookRow(
          [
            column.need.name, description.title.english, description.title.chinese,
            description.unit, description.source, description.status?.rawValue ?? "",
          ].map { WorkbookCell($0) })
      })
    sheet.hasFilter = false
    sheet.form = SheetForm(
      columns: [SheetForm.Column(.text, isKept: true)]
        + (0..<4).map { _ in SheetForm.Column(.text) } + [
          SheetForm.Column(
            .choice(["observed", "synthetic"]),
            refusal: language.words("observed or synthetic", "请填 observed 或 synthetic"),
            comment: language.words(
              "observed: published or measured. synthetic: made up; every output says so.",
              "observed：实际公布或调查的数据；synthetic：虚构数据，所有输出都会注明。"))
        ],
      spareRows: DataFormReport.spareRows, refusalTitle: refusalTitle)
    return sheet
  }
}
