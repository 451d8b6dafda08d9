import Foundation
import PolicyModel
import Reporting
import ScenarioRunner
import TestFixtures
import Testing

@testable import ScenarioFiles

/// Forms for the data of a scenario, written and read back.
@Suite struct TemplateTests {
  private func template(
    _ path: String, years: [Int]? = nil, isFilled: Bool = false, language: Language = .english
  ) throws -> Template {
    try TemplateRequest(scenario: path, years: years, isFilled: isFilled, language: language)
      .template()
  }

  private func problems(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let failure as RunFailure {
      return failure.problems.flatMap { problem in
        Language.allCases.map { problem.text(in: $0) }
      }
    } catch {
      return ["\(error)"]
    }
  }

  private func withoutPath(_ lines: [String], _ folder: TemporaryFolder) -> [String] {
    lines.map { $0.split(separator: folder.path + "/").joined() }
  }

  /// A scenario that reads its data from a workbook beside it.
  private func scenario(on shipped: String, workbook: String) throws -> TemporaryFolder {
    let base = ShippedScenario.path(shipped)
    let text = try String(contentsOfFile: base, encoding: .utf8)
    let name = text.split(separator: "\n").first { $0.hasPrefix("name:") } ?? ""
    return try TemporaryFolder([
      "scenario.yaml": "extends: \(base)\n\(name)\ndata: { workbook: \(workbook) }\n"
    ])
  }

  /// The form asks for all that the rules read: with nothing but its columns, the same ledger.
  @Test(arguments: [
    "worked/baseline.yaml", "worked/performance-40.yaml", "xinjiang/baseline-2024.yaml",
    "xinjiang/through-prefectures.yaml",
  ])
  func `a filled form gives the ledger of the data it was filled from`(name: String) throws {
    let base = try ShippedScenario.run([name])
    for language in Language.allCases {
      let folder = try scenario(on: name, workbook: "form.xlsx")
      try template(ShippedScenario.path(name), isFilled: true, language: language)
        .write(to: folder / "form.xlsx")
      let run = try LoadedRun([folder / "scenario.yaml"])
      #expect(LedgerFiles.ledger(run.ledgers) == LedgerFiles.ledger(base.ledgers))
      #expect(
        LedgerFiles.metrics(run.ledgers, run.metrics)
          == LedgerFiles.metrics(base.ledgers, base.metrics))
    }
  }

  @Test func `the same form is the same file`() throws {
    let folder = try TemporaryFolder([:])
    for name in ["a.xlsx", "b.xlsx"] {
      try template(ShippedScenario.path("worked/baseline.yaml")).write(to: folder / name)
    }
    let files = try ["a.xlsx", "b.xlsx"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder / $0))
    }
    #expect(files[0] == files[1])
  }

  // MARK: What an empty form says

  @Test func `an empty form of known counties says which value is missing`() throws {
    let folder = try scenario(on: "worked/baseline.yaml", workbook: "form.xlsx")
    try template(ShippedScenario.path("worked/baseline.yaml")).write(to: folder / "form.xlsx")
    let found = problems { _ = try LoadedRun([folder / "scenario.yaml"]) }
    #expect(
      found.first?.hasSuffix(
        "no value of \"rural_population\" for county 650001 (East example county) in 2024 or before; "
          + "fill the cell in the data or keep the county out by a group") == true)
  }

  @Test func `a form without counties, and one without flags`() throws {
    var text = SoundScenario.files["scenario.yaml"] ?? ""
    text = text.replacingOccurrences(
      of: "  counties: counties.csv\n  indicators: indicators.csv", with: "  workbook: form.xlsx")
    let folder = try TemporaryFolder(["scenario.yaml": text])
    let form = try template(folder / "scenario.yaml")
    #expect(
      Language.allCases.flatMap { form.remarks($0, written: "form.xlsx") } == [
        "the data files are not there; the rows of the counties are left empty",
        "form.xlsx was written; fill it in and name it in the scenario by data: { workbook: … }",
        "数据文件不存在；县市区各行留空", "已写出form.xlsx；填写后请在情景文件中用 data: { workbook: … } 引用",
      ])
    try form.write(to: folder / "form.xlsx")
    let found = withoutPath(problems { _ = try LoadedRun([folder / "scenario.yaml"]) }, folder)
    #expect(
      found == [
        "form.xlsx:counties: the table has no counties", "form.xlsx:counties: 表中没有县市区",
      ])
  }

  @Test func `a form whose flag is left empty names the cell`() throws {
    let folder = try TemporaryFolder(SoundScenario.files)
    try folder.write(
      "counties.csv", Array("code,name,prefecture\n650001,East,650000\n650002,West,650000\n".utf8))
    try folder.write("indicators.csv", Array("code,year\n650001,2024\n".utf8))
    try folder.write(
      "form.yaml", Array("extends: scenario.yaml\ndata: { workbook: form.xlsx }\nname: f\n".utf8))
    try template(folder / "scenario.yaml").write(to: folder / "form.xlsx")
    let found = withoutPath(problems { _ = try LoadedRun([folder / "form.yaml"]) }, folder)
    #expect(
      found == [
        "form.xlsx:counties!G4: remote: \"\" is not 0 or 1; further columns of counties are flags",
        "form.xlsx:counties!G4: remote: “”不是0或1；县市区表的其他列只能是0/1标志",
        "form.xlsx:counties!G5: remote: \"\" is not 0 or 1; further columns of counties are flags",
        "form.xlsx:counties!G5: remote: “”不是0或1；县市区表的其他列只能是0/1标志",
      ])
  }

  // MARK: What the workbook holds

  private func part(_ name: String, _ folder: TemporaryFolder) throws -> String {
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: folder / "form.xlsx")))
    let content = try ZipArchive(bytes, file: "form.xlsx").content("xl/" + name)
    return String(decoding: try #require(content), as: UTF8.self)
  }

  @Test func `cells take what the rules take, titles are locked and stay in sight`() throws {
    let folder = try TemporaryFolder([:])
    try template(ShippedScenario.path("worked/baseline.yaml"), language: .chinese)
      .write(to: folder / "form.xlsx")
    let counties = try part("worksheets/sheet3.xml", folder)
    #expect(counties.contains("<sheetProtection sheet=\"1\""))
    #expect(
      counties.contains(
        "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" "
          + "errorTitle=\"输入无效\" error=\"请填0或1\" sqref=\"G4:G56\"><formula1>\"0,1\"</formula1>"))
    let indicators = try part("worksheets/sheet4.xml", folder)
    #expect(indicators.contains("<pane xSplit=\"3\" ySplit=\"3\" topLeftCell=\"D4\""))
    #expect(
      indicators.contains(
        "error=\"请填0至100之间的数，缺失时留空\" sqref=\"F4:F56\"><formula1>0</formula1>"
          + "<formula2>100</formula2>"))
    #expect(indicators.contains("error=\"请填不小于0的数，缺失时留空\" sqref=\"D4:D56\"><formula1>0<"))
    #expect(indicators.contains("error=\"请填0至1之间的数，缺失时留空\" sqref=\"I4:I56\""))
    #expect(try part("worksheets/sheet5.xml", folder).contains("\"observed,synthetic\""))
    #expect(try part("comments1.xml", folder).contains("使用处：groups.remote"))
  }

  @Test func `chosen years make the rows`() throws {
    let folder = try scenario(on: "worked/baseline.yaml", workbook: "form.xlsx")
    try template(ShippedScenario.path("worked/baseline.yaml"), years: [2023, 2024])
      .write(to: folder / "form.xlsx")
    let table = try ColumnTable.read(path: folder / "form.xlsx", sheet: "indicators")
    #expect(try table.years() == [2023, 2024, 2023, 2024, 2023, 2024])
    #expect(
      try table.numbers("income", allowsMissing: true).allSatisfy { $0.isNaN })
  }

  @Test func `the list tells what may be left empty`() throws {
    let document = try template(ShippedScenario.path("worked/baseline.yaml")).document
    let flags = document.tables[0].rows.map { $0.map(\.text) }
    #expect(flags == [["remote", "remote", "0/1", "error", "groups.remote"]])
    let rows = document.tables[1].rows.map { $0.map(\.text) }
    #expect(
      rows[2] == [
        "score", "Score of the year before", "0–100", "error: 2024, the start",
        "streams.consolidation.factors.performance, incentives",
      ])
    #expect(
      rows[3].suffix(2) == [
        "no floor and no cap", "streams.consolidation.floor, streams.consolidation.cap",
      ])
    #expect(rows.map { $0[0] }.filter { $0.hasPrefix("pipeline_") }.count == 2)
  }

  @Test func `values that are made up are said to be`() throws {
    let path = ShippedScenario.path("worked/baseline.yaml")
    let filled = try template(path, isFilled: true, language: .chinese).document
    #expect(filled.rendered(as: .markdown).contains("合成数据：7项指标为演示用虚构数据"))
    #expect(!(try template(path).document.rendered(as: .markdown)).contains("SYNTHETIC"))
  }

  // MARK: Refusals

  @Test func `a form that may have been filled in is not written over`() throws {
    let folder = try TemporaryFolder(["form.xlsx": "x"])
    let found = problems {
      try template(ShippedScenario.path("worked/baseline.yaml")).write(to: folder / "form.xlsx")
    }
    #expect(
      withoutPath(found, folder) == [
        "form.xlsx: the file is there already and may have been filled in; name a new one",
        "form.xlsx: 文件已存在，可能已填写；请指定新的文件名",
      ])
  }

  @Test func `values of data that are not there`() throws {
    let folder = try TemporaryFolder(["scenario.yaml": SoundScenario.files["scenario.yaml"] ?? ""])
    let found = problems { _ = try template(folder / "scenario.yaml", isFilled: true) }
    #expect(
      withoutPath(found, folder) == [
        "scenario.yaml: data: the files of the data are not there, so no values can be filled in; leave "
          + "out --values",
        "scenario.yaml: data: 数据文件不存在，无法填入数值；请去掉 --values",
      ])
  }

  @Test func `a scenario with mistakes, data with mistakes`() throws {
    var files = SoundScenario.files
    files["scenario.yaml"] = files["scenario.yaml"]?.replacingOccurrences(of: "cap:", with: "cup:")
    let folder = try TemporaryFolder(files)
    #expect(
      withoutPath(problems { _ = try template(folder / "scenario.yaml") }, folder).first?
        .hasPrefix("scenario.yaml:28:5: streams.s0.cup: unknown key") == true)
    var data = SoundScenario.files
    data["indicators.csv"] = data["indicators.csv"]?.replacingOccurrences(of: "220", with: "x")
    let other = try TemporaryFolder(data)
    #expect(
      withoutPath(problems { _ = try template(other / "scenario.yaml") }, other).first?
        .hasPrefix("indicators.csv:2: previous_s0: \"x\" is not a number") == true)
  }
}
