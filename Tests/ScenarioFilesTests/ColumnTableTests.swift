import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

/// Tables of named columns, as `weigh` and `fit` read them.
struct ColumnTableTests {
  private func folder(_ text: String, meta: String? = nil) throws -> TemporaryFolder {
    var files = ["data.csv": text]
    files["data.meta.yaml"] = meta
    return try TemporaryFolder(files)
  }

  /// What reading and using a table complains about, in both languages.
  private func lines(
    _ folder: TemporaryFolder, _ use: (ColumnTable) throws(ProblemList) -> Void = { _ in }
  ) -> [String] {
    do throws(ProblemList) {
      try use(try ColumnTable.read(path: folder / "data.csv"))
      return []
    } catch {
      return error.problems.flatMap { problem in
        Language.allCases.map {
          problem.text(in: $0).split(separator: folder.path + "/").joined()
        }
      }
    }
  }

  @Test func `columns are read by name`() throws {
    let folder = try folder("code,人口,income\n01,\"1,200\",3.5\n02,７,\n")
    let table = try ColumnTable.read(path: folder / "data.csv")
    #expect(table.header == ["code", "人口", "income"])
    #expect(table.rowCount == 2)
    #expect(try table.texts("code") == ["01", "02"])
    #expect(try table.numbers("人口", allowsMissing: false) == [1_200, 7])
    let income = try table.numbers("income", allowsMissing: true)
    #expect(income[0] == 3.5 && income[1].isNaN)
    #expect(table.location(row: 1).line == 3)
    #expect(table.metaInput == nil && table.descriptions.isEmpty)
    #expect(try table.years() == nil)
  }

  @Test func `a table in GB18030 with semicolons is read alike`() throws {
    let folder = try folder("")
    try folder.write("data.csv", [0xC8, 0xCB, 0xBF, 0xDA] + Array(";x\n5;6\n".utf8))
    let table = try ColumnTable.read(path: folder / "data.csv")
    #expect(try table.numbers(["人口", "x"], allowsMissing: false) == [[5], [6]])
  }

  @Test func `the meta file beside it says what is synthetic`() throws {
    let folder = try folder("x\n1\n", meta: "x: { title: X, title_zh: 甲, status: synthetic }\n")
    let table = try ColumnTable.read(path: folder / "data.csv")
    #expect(table.descriptions["x"]?.status == .synthetic)
    #expect(table.descriptions["x"]?.title == Wording("X", "甲"))
    #expect(table.metaInput?.path == folder / "data.meta.yaml")
  }

  @Test func `the last year stands for all, another can be chosen`() throws {
    let folder = try folder("year,x\n2023,1\n2024,2\n2024,3\n2023,4\n")
    let table = try ColumnTable.read(path: folder / "data.csv")
    let last = try table.rows(ofYear: nil)
    #expect(last.year == 2024)
    #expect(try last.table.numbers("x", allowsMissing: false) == [2, 3])
    #expect(last.table.location(row: 1).line == 4)
    #expect(try table.rows(ofYear: 2023).table.numbers("x", allowsMissing: false) == [1, 4])
    #expect(try last.table.rows(ofYear: nil).table.rowCount == 2)
  }

  @Test func `without years every row stands`() throws {
    let folder = try folder("x\n1\n2\n")
    let all = try ColumnTable.read(path: folder / "data.csv").rows(ofYear: nil)
    #expect(all.year == nil && all.table.rowCount == 2)
  }

  @Test func `all problems of all asked columns are reported at once`() throws {
    let folder = try folder("a,population,c\n1,,x\n2,12 %,\n")
    let found = lines(folder) { table throws(ProblemList) in
      _ = try table.numbers(["a", "populaton", "population", "c"], allowsMissing: false)
    }
    #expect(
      found == [
        "data.csv:1: populaton: the table has no such column; did you mean \"population\"?",
        "data.csv:1: populaton: 表格没有该列；是否指“population”？",
        "data.csv:2: population: the cell is empty; fill it in, or leave the row out",
        "data.csv:2: population: 单元格为空；请补上数值，或删去该行",
        "data.csv:3: population: \"12 %\" has a percent sign; write a fraction such as 0.2",
        "data.csv:3: population: “12 %”带有百分号；请写作小数，如0.2",
        "data.csv:2: c: \"x\" is not a number; write digits, or leave the cell empty if it is missing",
        "data.csv:2: c: “x”不是数字；请填写数字，缺失时留空",
        "data.csv:3: c: the cell is empty; fill it in, or leave the row out",
        "data.csv:3: c: 单元格为空；请补上数值，或删去该行",
      ])
  }

  @Test func `a table without rows`() throws {
    #expect(
      lines(try folder("a,b\n")) == [
        "data.csv: the table has a header but no rows", "data.csv: 表格只有表头，没有数据行",
      ])
  }

  @Test func `a year that is not there`() throws {
    let found = lines(try folder("year,x\n2023,1\n2024,2\n")) { table throws(ProblemList) in
      _ = try table.rows(ofYear: 2020)
    }
    #expect(
      found == [
        "data.csv: there are no rows of 2020; the table has 2023, 2024",
        "data.csv: 没有2020年的数据；表中有2023、2024年",
      ])
  }

  @Test func `a cell that is no year`() throws {
    let found = lines(try folder("year,x\nlast,1\n")) { table throws(ProblemList) in
      _ = try table.rows(ofYear: nil)
    }
    #expect(
      found == [
        "data.csv:2: year: \"last\" is not a year from 1900 to 2200",
        "data.csv:2: year: “last”不是1900–2200之间的年份",
      ])
  }

  @Test func `a year is asked of a table without years`() throws {
    let found = lines(try folder("x\n1\n")) { table throws(ProblemList) in
      _ = try table.rows(ofYear: 2024)
    }
    #expect(
      found == [
        "data.csv:1: year: the table has no such column", "data.csv:1: year: 表格没有该列",
      ])
  }

  @Test func `a unit that stands twice`() throws {
    let same = lines(try folder("code,x\n01,1\n02,1\n01,1\n")) { table throws(ProblemList) in
      try table.checkUnits()
    }
    #expect(
      same == [
        "data.csv:4: code: 01 stands twice, first in line 2; keep one row",
        "data.csv:4: code: 01重复，首次出现在第2行；请只保留一行",
      ])
    let years = lines(try folder("code,year\n01,2023\n01,2024\n01,2024\n")) {
      table throws(ProblemList) in
      try table.checkUnits()
    }
    #expect(
      years == [
        "data.csv:4: code: 01 in 2024 stands twice, first in line 3; keep one row",
        "data.csv:4: code: 01（2024年）重复，首次出现在第3行；请只保留一行",
      ])
  }

  @Test func `a meta file that is wrong is named`() throws {
    #expect(
      lines(try folder("x\n1\n", meta: "x: { status: made up }\n")) == [
        "data.meta.yaml:1:14: x.status: \"made up\" is not a status; write observed or synthetic",
        "data.meta.yaml:1:14: x.status: “made up”不是有效状态；请写 observed 或 synthetic",
      ])
  }
}
