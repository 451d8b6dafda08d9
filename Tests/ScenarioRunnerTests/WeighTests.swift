import Documents
import Foundation
import PolicyModel
import ScenarioRunner
import TestFixtures
import Testing
import WeightFitting

/// `karez weigh` from files to reports.
struct WeighTests {
  private static let data = """
    code,name,name_zh,year,people,roads,income
    01,North,北县,2023,9,9,9
    01,North,北县,2024,10,5,400
    02,South,南县,2024,30,1,300
    03,East,东县,2024,60,4,100
    """

  private static let meta = """
    people: { title: People, title_zh: 人口, status: observed }
    roads: { title: Roads, title_zh: 公路, status: observed }
    income: { title: Income, title_zh: 收入, status: synthetic }
    """

  private func folder(_ files: [String: String] = [:]) throws -> TemporaryFolder {
    try TemporaryFolder(
      ["data.csv": WeighTests.data, "data.meta.yaml": WeighTests.meta].merging(files) { $1 })
  }

  private func request(
    _ folder: TemporaryFolder, _ methods: [String], _ indicators: [String] = ["people", "roads"]
  ) -> WeighRequest {
    WeighRequest(
      data: folder / "data.csv", methods: methods.compactMap { WeighingMethod(name: $0) },
      indicators: indicators)
  }

  private func object(_ outcome: WeighOutcome) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(outcome.json.utf8))
    return value as? [String: Any] ?? [:]
  }

  private func isNear(_ own: Any?, _ expected: [String: Double], _ tolerance: Double) -> Bool {
    let values = own as? [String: Double] ?? [:]
    return Set(values.keys) == Set(expected.keys)
      && expected.allSatisfy { abs((values[$0.key] ?? .infinity) - $0.value) <= tolerance }
  }

  // MARK: JSON

  @Test func `one method has its weights at the top, and what they do`() throws {
    let folder = try folder()
    var request = request(folder, ["equal"])
    request.pool = "100 万元"
    let own = try object(WeighOutcome(request, language: .english))
    #expect(isNear(own["weights"], ["people": 0.5, "roads": 0.5], 0))
    #expect(own["consistency_ratio"] == nil)
    #expect(own["year"] as? Int == 2024 && own["rows"] as? Int == 3)
    // people 0.1, 0.3, 0.6 and roads 0.5, 0.1, 0.4 of 2024.
    let allocation = try #require(own["allocation"] as? [String: Any])
    #expect(isNear(allocation["shares"], ["01": 0.3, "02": 0.2, "03": 0.5], 1e-15))
    #expect(own["provenance"] as? [String] == [])
  }

  @Test func `less is more by the distance to the largest`() throws {
    let folder = try folder()
    var request = request(folder, ["equal"], ["people", "income"])
    request.costs = ["income"]
    let own = try object(WeighOutcome(request, language: .english))
    // income 400, 300, 100: distances 0, 100, 300.
    let allocation = try #require(own["allocation"] as? [String: Any])
    #expect(isNear(allocation["shares"], ["01": 0.05, "02": 0.275, "03": 0.675], 1e-15))
    #expect(own["less_is_more"] as? [String] == ["income"])
    #expect(
      own["provenance"] as? [String] == [
        "SYNTHETIC DATA: 1 indicators are made up for demonstration (income)."
      ])
  }

  @Test func `several methods stand side by side with the weights in force`() throws {
    let folder = try folder()
    var request = request(folder, ["entropy", "critic", "equal"])
    request.official = [("people", 0.25), ("roads", 0.75)]
    let own = try object(WeighOutcome(request, language: .english))
    let methods = try #require(own["methods"] as? [String: [String: Any]])
    #expect(Set(methods.keys) == ["entropy", "critic", "equal"])
    #expect(own["weights"] == nil)
    #expect(isNear(methods["equal"]?["weights"], ["people": 0.5, "roads": 0.5], 0))
    let force = try #require(own["in_force"] as? [String: Any])
    #expect(isNear(force["weights"], ["people": 0.25, "roads": 0.75], 0))
    let equal = try #require(methods["equal"]?["allocation"] as? [String: Any])
    // In force 0.4, 0.15, 0.45 against 0.3, 0.2, 0.5.
    #expect(abs((equal["moved_from_in_force"] as? Double ?? 0) - 0.1) < 1e-15)
  }

  @Test func `another year can be chosen`() throws {
    let folder = try folder()
    var request = request(folder, ["equal"])
    request.year = 2023
    let own = try object(WeighOutcome(request, language: .english))
    #expect(own["rows"] as? Int == 1)
  }

  @Test func `judgements name the indicators, and their consistency is told`() throws {
    let folder = try folder([
      "j.yaml": """
      judgements:
        - { more: people, less: roads, times: 2 }
        - { more: roads, less: income, times: 2 }
        - { more: people, less: income, times: 4 }
      """
    ])
    var request = request(folder, ["ahp"], [])
    request.judgements = folder / "j.yaml"
    let outcome = try WeighOutcome(request, language: .english)
    let own = try object(outcome)
    let expected = ["people": 4.0 / 7, "roads": 2.0 / 7, "income": 1.0 / 7]
    #expect(isNear(own["weights"], expected, 1e-14))
    #expect(abs(own["consistency_ratio"] as? Double ?? 1) < 1e-12)
    #expect(own["consistent"] as? Bool == true)
    #expect(outcome.statuses.isEmpty)
  }

  @Test func `a matrix in CSV with rounded inverses gives the same`() throws {
    let matrix = "，,people,roads,income\npeople,1,2,4\nincome,0.25,,1\nroads,1/2,,2\n"
    let folder = try folder(["m.csv": matrix.replacingOccurrences(of: "，", with: "")])
    var request = request(folder, ["ahp", "ahp-geometric"], [])
    request.judgements = folder / "m.csv"
    let methods = try #require(
      try object(WeighOutcome(request, language: .english))["methods"] as? [String: [String: Any]])
    let expected = ["people": 4.0 / 7, "roads": 2.0 / 7, "income": 1.0 / 7]
    for name in ["ahp", "ahp-geometric"] {
      #expect(isNear(methods[name]?["weights"], expected, 1e-14))
    }
  }

  // MARK: Statuses

  /// λ = 1 + 50^⅓ + 50^−⅓ = 4.9555, as in every triad; (λ − 3) / 2 / 0.58 = 1.6858.
  @Test func `judgements that contradict each other are never shown as fine`() throws {
    let folder = try folder([
      "j.yaml": """
      judgements:
        - { more: people, less: roads, times: 5 }
        - { more: roads, less: income, times: 5 }
        - { more: income, less: people, times: 2 }
      """
    ])
    var request = request(folder, ["ahp"], [])
    request.judgements = folder / "j.yaml"
    let english = try WeighOutcome(request, language: .english)
    let chinese = try WeighOutcome(request, language: .chinese)
    #expect(
      english.statuses == [
        "INCONSISTENT: the judgements of goal contradict each other, consistency ratio 1.6858 > "
          + "0.10; revise them (see below) before these weights are used."
      ])
    #expect(
      chinese.statuses == [
        "未通过一致性检验：目标的判断矩阵一致性比例CR为1.6858，大于0.10；使用权重前请修正判断（见下表）。"
      ])
    #expect(try object(english)["consistent"] as? Bool == false)
    for format in [TableFormat.table, .markdown] {
      let text = english.document(working: false, top: 5).rendered(as: format)
      #expect(text.contains("INCONSISTENT"))
      #expect(text.contains("Judgements that hurt consistency most"))
      #expect(text.contains("SYNTHETIC DATA"))
    }
  }

  @Test func `judgements that nothing checks say so`() throws {
    let folder = try folder([
      "j.yaml": """
      judgements:
        - { more: people, less: roads, times: 5 }
        - { more: roads, less: income, times: 5 }
      """
    ])
    var request = request(folder, ["ahp"], [])
    request.judgements = folder / "j.yaml"
    #expect(
      try Language.allCases.map { try WeighOutcome(request, language: $0).statuses } == [
        [
          "NOT TESTABLE: the judgements of goal are just enough to link all names; nothing checks "
            + "them."
        ], ["无法检验一致性：目标的判断仅够联系各项，没有可供检验的多余判断。"],
      ])
  }

  @Test func `few rows for principal components`() throws {
    let folder = try folder()
    let request = request(folder, ["pca"], ["people", "roads", "income"])
    #expect(
      try Language.allCases.map { try WeighOutcome(request, language: $0).statuses } == [
        ["FEW ROWS: no more rows than indicators; principal components are not to be relied on."],
        ["样本偏少：行数不多于指标数，主成分结果不可靠。"],
      ])
  }

  @Test func `without shares it is said why`() throws {
    let folder = try folder(["data.csv": "a,b\n1,5\n2,-3\n4,1\n"])
    let request = request(folder, ["critic"], ["a", "b"])
    let text = try Language.allCases.map { language in
      try WeighOutcome(request, language: language).document(working: false, top: 5)
        .rendered(as: .markdown).split(separator: folder.path + "/").joined()
    }
    #expect(
      text[0].contains(
        "What the weights would do is not shown: data.csv:3: b: -3 is negative, and shares need 0 "
          + "or more."))
    #expect(text[1].contains("未显示对资金分配的影响：data.csv:3: b: -3为负，计算份额要求不小于0。"))
    let zero = try self.folder(["data.csv": "a,b\n1,0\n2,0\n"])
    let own = try object(
      WeighOutcome(self.request(zero, ["equal"], ["a", "b"]), language: .chinese))
    #expect(own["allocation"] is NSNull)
    #expect(
      own["allocation_missing"] as? String == "\(zero / "data.csv"): b: 全部行均为0，没有可分配的份额。")
  }

  // MARK: Report and files

  @Test func `the report fits a terminal and names units`() throws {
    let folder = try folder()
    var request = request(folder, ["entropy", "critic", "sd", "pca"])
    request.official = [("people", 0.25), ("roads", 0.75)]
    request.pool = "1 亿元"
    for language in Language.allCases {
      let text = try WeighOutcome(request, language: language)
        .document(working: true, top: 5).rendered(as: .table)
      #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= 100 })
      #expect(text.contains(language.words("01 North", "01 北县")))
      #expect(text.contains(language.words("Working: entropy", "计算过程：熵权法")))
    }
  }

  private func displayWidth(_ line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
  }

  @Test func `names stand in the table of counties beside the data, too`() throws {
    let folder = try folder([
      "data.csv": "code,a,b\n7,1,5\n8,2,2\n9,6,1\n",
      "counties.csv": "code,name,name_zh\n9,Nine,九\n7,Seven,七\n",
    ])
    let text = try WeighOutcome(request(folder, ["sd"], ["a", "b"]), language: .chinese)
      .document(working: false, top: 5).rendered(as: .csv)
    #expect(text.contains("7 七") && text.contains("9 九") && text.contains("\n8,"))
  }

  @Test func `files hold every weight and every share`() throws {
    let folder = try folder()
    var request = request(folder, ["equal"])
    request.official = [("people", 0.25), ("roads", 0.75)]
    request.pool = "1 万元"
    try WeighOutcome(request, language: .english).write(to: folder / "out")
    let weights = try String(contentsOfFile: folder / "out/weights.csv", encoding: .utf8)
    #expect(
      weights == """
        method,indicator,weight,data
        equal,people,0.5,observed
        equal,roads,0.5,observed
        in_force,people,0.25,observed
        in_force,roads,0.75,observed

        """)
    let shares = try String(contentsOfFile: folder / "out/shares.csv", encoding: .utf8)
    #expect(
      shares == """
        method,code,share,amount,data
        equal,01,0.3,3000.00,observed
        equal,02,0.2,2000.00,observed
        equal,03,0.5,5000.00,observed
        in_force,01,0.4,4000.00,observed
        in_force,02,0.15,1500.00,observed
        in_force,03,0.45,4500.00,observed

        """)
  }
}
