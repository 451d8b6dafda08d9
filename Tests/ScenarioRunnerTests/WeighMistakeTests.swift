import PolicyModel
import ScenarioRunner
import TestFixtures
import Testing
import WeightFitting

/// Everything that `karez weigh` refuses, word for word.
struct WeighMistakeTests {
  private func lines(
    data: String = "code,a,b,c\n1,1,5,2\n2,2,3,8\n3,4,1,1\n", judgements: String? = nil,
    named file: String = "j.yaml", methods: [String],
    _ change: (inout WeighRequest) -> Void = { _ in }
  ) throws -> [String] {
    let folder = try TemporaryFolder(["data.csv": data, file: judgements ?? ""])
    var request = WeighRequest(
      data: folder / "data.csv", methods: methods.compactMap { WeighingMethod(name: $0) },
      indicators: judgements == nil ? ["a", "b"] : [])
    if judgements != nil { request.judgements = folder / file }
    change(&request)
    do throws(RunFailure) {
      _ = try WeighOutcome(request, language: .english)
      return []
    } catch {
      #expect(error.exitCode == 65)
      return error.problems.flatMap { problem in
        Language.allCases.map {
          problem.text(in: $0).split(separator: folder.path + "/").joined()
        }
      }
    }
  }

  // MARK: Data

  @Test func `a constant indicator`() throws {
    #expect(
      try lines(data: "a,b\n1,5\n2,5\n", methods: ["entropy", "sd"]) == [
        "data.csv: b: the indicator is 5 in all 2 rows, so it tells no units apart; leave it out",
        "data.csv: b: 该指标在全部2行中均为5，无法区分各单位；请剔除",
      ])
  }

  @Test func `too few rows`() throws {
    #expect(
      try lines(data: "year,a,b\n2024,1,5\n2024,2,3\n2023,1,1\n", methods: ["critic"]) == [
        "data.csv: critic needs 3 rows or more; the table has 2 of 2024",
        "data.csv: critic至少需要3行数据；表中2024年只有2行",
      ])
    #expect(
      try lines(data: "a,b\n1,5\n", methods: ["entropy"]) == [
        "data.csv: entropy needs 2 rows or more; the table has 1",
        "data.csv: entropy至少需要2行数据；表中只有1行",
      ])
  }

  @Test func `missing and negative values`() throws {
    #expect(
      try lines(data: "a,b\n1,5\n,3\n", methods: ["entropy"]) == [
        "data.csv:3: a: the cell is empty; fill it in, or leave the row out",
        "data.csv:3: a: 单元格为空；请补上数值，或删去该行",
      ])
    #expect(
      try lines(data: "a,b\n1,5\n-2.5,3\n", methods: ["entropy"]) == [
        "data.csv:3: a: -2.5 is negative, of which entropy cannot make shares by sum; mend it, or "
          + "choose --normalization minmax",
        "data.csv:3: a: -2.5为负，entropy按sum标准化无法计算比重；请更正，或改用 --normalization minmax",
      ])
  }

  @Test func `an inverse of zero`() throws {
    #expect(
      try lines(data: "a,b\n1,5\n0,3\n", methods: ["entropy"]) { $0.costs = ["a"] } == [
        "data.csv:3: a: 0 has no inverse, which normalization sum takes where less is more; choose "
          + "--normalization share or minmax",
        "data.csv:3: a: 0没有倒数，负向指标按sum标准化须取倒数；请改用 --normalization share 或 minmax",
      ])
  }

  @Test func `normalizations without sense`() throws {
    #expect(
      try lines(methods: ["entropy", "sd"]) { $0.normalization = .z } == [
        "--normalization: z gives negative numbers, of which entropy cannot make shares; choose sum, "
          + "share, minmax, rank, vector or max",
        "--normalization: z标准化会产生负数，熵权法无法计算比重；请改用 sum、share、minmax、rank、vector 或 max",
        "--normalization: z makes every standard deviation 1, so that sd would give equal weights "
          + "whatever the data; choose minmax, share or max",
        "--normalization: z标准化后各指标标准差均为1，sd必得等权；请改用 minmax、share 或 max",
      ])
  }

  @Test func `indicators that say the same, or nothing of each other`() throws {
    #expect(
      try lines(data: "a,b\n1,2\n2,4\n4,8\n", methods: ["critic"]) == [
        "data.csv: all indicators rise and fall together exactly, so critic finds no conflict to "
          + "weigh; leave out what says the same, or choose another method",
        "data.csv: 各指标完全同步变动，critic无冲突性可计；请去掉重复的指标，或改用其他方法",
      ])
    #expect(
      try lines(data: "a,b\n1,1\n1,0\n0,1\n0,0\n", methods: ["pca"]) == [
        "data.csv: principal components 1 and 2 explain the same (eigenvalue 1), so pca could come "
          + "out in many ways; choose --method pca-squared",
        "data.csv: 第1与第2主成分的特征值相同（1），pca结果不唯一；请改用 --method pca-squared",
      ])
  }

  // MARK: Options

  @Test func `names and weights that do not fit`() throws {
    let found = try lines(methods: ["sd"]) { request in
      request.indicators = ["a", "b", "a"]
      request.costs = ["bb"]
      request.official = [("a", 1.5), ("d", -0.25)]
    }
    #expect(
      found == [
        "--indicators: \"a\" stands twice; name it once", "--indicators: “a”重复；请只写一次",
        "--cost: \"bb\" is none of the indicators; did you mean \"b\"?",
        "--cost: “bb”不在所选指标之列；是否指“b”？",
        "--against: \"d\" is none of the indicators; did you mean \"a\"?",
        "--against: “d”不在所选指标之列；是否指“a”？",
        "--against: the weight of \"b\" is missing", "--against: 缺少“b”的权重",
        "--against: the weight of \"d\" is negative", "--against: “d”的权重为负",
        "--against: the weights add up to 1.25, not to 1", "--against: 权重之和为1.25，应为1",
      ])
  }

  @Test func `one indicator`() throws {
    #expect(
      try lines(methods: ["sd"]) { $0.indicators = ["a"] } == [
        "--indicators: one indicator has the whole weight; name two or more",
        "--indicators: 只有一项指标时权重恒为1；请至少写两项",
      ])
  }

  @Test func `money without a unit`() throws {
    #expect(
      try lines(methods: ["sd"]) { $0.pool = "45" } == [
        "--pool: the amount has no unit; write one of 元, 万元, 亿元, yuan after it",
        "--pool: 金额缺少单位；请写明：元, 万元, 亿元, yuan",
      ])
  }

  // MARK: Judgements

  @Test func `judgements that cannot be used, all at once`() throws {
    let yaml = """
      judgements:
        - { more: a, less: b, times: 1/x }
        - { more: a, less: a, times: 2 }
        - { more: a, lss: b, times: 2 }
        - { more: b, less: a, times: 3 }
        - { more: a, less: b, times: 3 }
        - { more: c, less: d, times: 5000 }
      criteria:
        b: { judgements: [] }
        c: { judgements: many }
        a: {}
      """
    #expect(
      try lines(judgements: yaml, methods: ["ahp"]) == [
        "j.yaml:2:32: judgements.times: \"1/x\" is neither a number nor a fraction such as 1/3 "
          + "(spreadsheets turn 1/3 into a date: format the cells as text)",
        "j.yaml:2:32: judgements.times: “1/x”既不是数字，也不是1/3这样的分数（电子表格会把1/3变成日期：请将单元格设为文本格式）",
        "j.yaml:3:22: judgements.less: \"a\" is held against itself; name another",
        "j.yaml:3:22: judgements.less: “a”不能与自身比较；请改为其他指标",
        "j.yaml:4:16: judgements.lss: unknown key \"lss\"; did you mean \"less\"?",
        "j.yaml:4:16: judgements.lss: 未知的键“lss”；是否指“less”？",
        "j.yaml:4:5: judgements.less: the key is missing; add it",
        "j.yaml:4:5: judgements.less: 缺少该键；请补上",
        "j.yaml:6:5: judgements: b and a are judged twice, first in line 5; keep one",
        "j.yaml:6:5: judgements: b与a重复判断，首次出现在第5行；请只保留一个",
        "j.yaml:7:32: judgements.times: \"5000\" is not between 1/1000 and 1000; judgements run from "
          + "1/9 to 9",
        "j.yaml:7:32: judgements.times: “5000”不在1/1000–1000之间；判断标度为1/9–9",
        "j.yaml:9:20: criteria.b.judgements: there is no judgement",
        "j.yaml:9:20: criteria.b.judgements: 没有任何判断",
        "j.yaml:10:20: criteria.c.judgements: \"many\" stands where a list of judgements should",
        "j.yaml:10:20: criteria.c.judgements: 此处应为判断列表，而不是“many”",
        "j.yaml:11:6: criteria.a.judgements: the key is missing; add it",
        "j.yaml:11:6: criteria.a.judgements: 缺少该键；请补上",
      ])
  }

  @Test func `judgements in parts, and a criterion that is none`() throws {
    let yaml = """
      judgements:
        - { more: a, less: b, times: 2 }
        - { more: c, less: d, times: 2 }
      """
    #expect(
      try lines(judgements: yaml, methods: ["ahp"]) == [
        "j.yaml:2:3: judgements: no judgement links {a, b} with {c, d}; add one between them",
        "j.yaml:2:3: judgements: {a, b}与{c, d}之间没有判断相联系；请补充判断",
      ])
    let other = """
      judgements:
        - { more: need, less: a, times: 2 }
      criteria:
        needs: { judgements: [{ more: b, less: c, times: 1 }] }
      """
    #expect(
      try lines(judgements: other, methods: ["ahp"]) == [
        "j.yaml:4:3: criteria.needs: \"needs\" is in no judgement of the level above; did you mean "
          + "\"need\"?",
        "j.yaml:4:3: criteria.needs: 上一层的判断中没有“needs”；是否指“need”？",
      ])
  }

  @Test func `too many names in one comparison`() throws {
    let yaml =
      "judgements:\n"
      + (1..<16).map { "  - { more: n0, less: n\($0), times: 2 }\n" }.joined()
    #expect(
      try lines(judgements: yaml, methods: ["ahp"]) == [
        "j.yaml:2:3: judgements: 16 names are compared, more than the 15 that random indices exist "
          + "for; put some of them together under a criterion of their own",
        "j.yaml:2:3: judgements: 共比较16项，超过随机一致性指标表的15项；请将部分指标归入下一层准则",
      ])
  }

  @Test func `judgements of other indicators`() throws {
    let yaml = "judgements:\n  - { more: a, less: bb, times: 2 }\n"
    let found = try lines(judgements: yaml, methods: ["ahp"]) { $0.indicators = ["a", "b"] }
    #expect(
      found == [
        "j.yaml:2:22: \"bb\" is none of the indicators; did you mean \"b\"?",
        "j.yaml:2:22: “bb”不在所选指标之列；是否指“b”？",
        "j.yaml: no judgement weighs \"b\"", "j.yaml: 没有涉及“b”的判断",
      ])
  }

  @Test func `a matrix that is none`() throws {
    let rows = ",a,b,c\na,1,3,1-Mar\nb,3,2,\nd,1,1,1\na,1,1,1\n"
    #expect(
      try lines(judgements: rows, named: "m.csv", methods: ["ahp"]) == [
        "m.csv:4: d: the row has no column of the same name; did you mean \"a\"?",
        "m.csv:4: d: 该行没有同名的列；是否指“a”？",
        "m.csv:5: a: the row stands twice; keep one of them", "m.csv:5: a: 该行重复；请只保留一行",
        "m.csv:1: c: the column has no row of the same name", "m.csv:1: c: 该列没有同名的行",
      ])
    let cells = ",a,b,c\na,1,3,\nb,3,2,\nc,,0,1\n"
    #expect(
      try lines(judgements: cells, named: "m.csv", methods: ["ahp"]) == [
        "m.csv:3: a: b to a is 3, but a to b is 3; one must be the inverse of the other",
        "m.csv:3: a: b对a为3，而a对b为3；两者应互为倒数",
        "m.csv:3: b: the diagonal is 1; leave it empty or write 1", "m.csv:3: b: 对角线应为1；请写1或留空",
        "m.csv:4: b: \"0\" is not between 1/1000 and 1000; judgements run from 1/9 to 9",
        "m.csv:4: b: “0”不在1/1000–1000之间；判断标度为1/9–9",
      ])
    #expect(
      try lines(judgements: ",a,b,c\na,1,3,\nb,,1,\nc,,,1\n", named: "m.csv", methods: ["ahp"]) == [
        "m.csv: no judgement links {a, b} with {c}; add one between them",
        "m.csv: {a, b}与{c}之间没有判断相联系；请补充判断",
      ])
  }
}
