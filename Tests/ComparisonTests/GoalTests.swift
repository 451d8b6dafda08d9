import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

/// Goals: what they say, how they are read, and how they stand in a run.
struct GoalTests {
  private let plan: Plan
  private let reader: GoalReader

  init() throws {
    var loader = ScenarioLoader()
    let path = ReferenceFile.url("../../Scenarios/worked/baseline.yaml").path
    let loaded = try #require(loader.load([path]).first)
    plan = try Plan.compile(loaded.scenario, counties: loaded.counties, panel: loaded.panel)
    reader = GoalReader(plan)
  }

  // MARK: Reading

  @Test func `a metric in the last year`() throws {
    let goal = try reader.goal("gini_amount <= 0.30")
    #expect(goal.quantity == .metric(.giniAmount))
    #expect(goal.relation == .atMost)
    #expect(goal.target == 0.3)
    #expect(goal.years == .one(2026))
    #expect(goal.label == nil)
    #expect(goal.text == "gini_amount <= 0.30")
  }

  @Test func `a label, a group, a percentage and a year`() throws {
    let goal = try reader.goal(" guarantee : share( remote )>=60 % @ 2025 ")
    #expect(goal.label == "guarantee")
    #expect(goal.quantity == .share(.group(0), stream: nil))
    #expect(goal.relation == .atLeast)
    #expect(goal.target == 0.6)
    #expect(goal.years == .one(2025))
    #expect(goal.text == "share( remote )>=60 % @ 2025")
  }

  @Test func `Chinese signs and full-width digits are read alike`() throws {
    let goal = try reader.goal("保障：share（remote，roads）≥６０％＠every")
    #expect(goal.label == "保障")
    #expect(goal.quantity == .share(.group(0), stream: 1))
    #expect(goal.target == 0.6)
    #expect(goal.years == .every)
  }

  @Test func `counties, prefectures, all, and money with a unit`() throws {
    #expect(try reader.goal("amount(650001) > 300 万元").quantity == .amount(.county(0)))
    #expect(try reader.goal("amount(650001) > 300 万元").target == 3e6)
    #expect(try reader.goal("amount(650000) < 1亿元").quantity == .amount(.counties([0, 1, 2])))
    #expect(try reader.goal("per_head(all) >= 150 元").quantity == .perHead(.all))
    #expect(try reader.goal("recovered <= 1,200 万元").target == 1.2e7)
    #expect(try reader.goal("change(650002) >= -5%").target == -0.05)
  }

  @Test func `losers and winners over a limit`() throws {
    #expect(try reader.goal("losers(5%) <= 10").quantity == .losers(percent: 5))
    #expect(try reader.goal("winners(0.025) >= 1").quantity == .winners(percent: 2.5))
    #expect(try reader.goal("losers <= 1").quantity == .metric(.losers))
  }

  @Test func `an equal goal holds within half a unit of its last digit, or as it says`() throws {
    #expect(try reader.goal("gini_amount == 0.30").tolerance == 0.005)
    #expect(try reader.goal("execution == 70%").tolerance == 0.005)
    #expect(try reader.goal("losers == 3").tolerance == 0.5)
    #expect(try reader.goal("gini_amount == 0.3 ± 0.001").tolerance == 0.001)
    #expect(try reader.goal("gini_amount == 0.3 +- 0.001@2024").tolerance == 0.001)
  }

  @Test(arguments: [
    (
      "ginni_amount <= 0.3",
      "--goal: \"ginni_amount <= 0.3\", character 1: \"ginni_amount\" is no figure that a goal may "
        + "name; did you mean \"gini_amount\"?",
      "--goal: “ginni_amount <= 0.3”第1个字符：“ginni_amount”不是目标可用的指标；是否指“gini_amount”？"
    ),
    (
      "zzzzzzzzzz <= 0.3",
      "--goal: \"zzzzzzzzzz <= 0.3\", character 1: \"zzzzzzzzzz\" is no figure that a goal may name; "
        + "known are the metrics and share, amount, per_head, change, losers, winners(…)",
      "--goal: “zzzzzzzzzz <= 0.3”第1个字符：“zzzzzzzzzz”不是目标可用的指标；可用各项指标及 "
        + "share、amount、per_head、change、losers、winners(…)"
    ),
    (
      "x: share(remot) >= 0.6",
      "--goal: \"x: share(remot) >= 0.6\", character 10: \"remot\" is neither a group of this "
        + "scenario nor the code of a county or prefecture; did you mean \"remote\"?",
      "--goal: “x: share(remot) >= 0.6”第10个字符：“remot”既不是本情景的分组，也不是县市区或地州市代码；"
        + "是否指“remote”？"
    ),
    (
      "share(remote, road) >= 0.6",
      "--goal: \"share(remote, road) >= 0.6\", character 15: unknown stream \"road\"; did you mean "
        + "\"roads\"?",
      "--goal: “share(remote, road) >= 0.6”第15个字符：未知的任务方向“road”；是否指“roads”？"
    ),
    (
      "gini_amount 0.3",
      "--goal: \"gini_amount 0.3\", character 13: a relation should stand here: <=, >=, <, > or ==",
      "--goal: “gini_amount 0.3”第13个字符：此处应为关系符：<=、>=、<、> 或 =="
    ),
    (
      "gini_amount <= low",
      "--goal: \"gini_amount <= low\", character 16: a number should stand here",
      "--goal: “gini_amount <= low”第16个字符：此处应为数字"
    ),
    (
      "gini_amount <= 30%",
      "--goal: \"gini_amount <= 30%\", character 18: the figure has no unit; remove \"%\"",
      "--goal: “gini_amount <= 30%”第18个字符：该指标没有单位；请去掉“%”"
    ),
    (
      "execution >= 3 元",
      "--goal: \"execution >= 3 元\", character 16: the figure is a share; write a fraction or a "
        + "percentage, such as 0.6 or 60%",
      "--goal: “execution >= 3 元”第16个字符：该指标为占比；请写小数或百分比，如 0.6 或 60%"
    ),
    (
      "recovered <= 300",
      "--goal: \"recovered <= 300\", character 17: the figure is money; write a unit after the "
        + "number: 元, 万元, 亿元, yuan",
      "--goal: “recovered <= 300”第17个字符：该指标为金额；请在数字后写明单位：元, 万元, 亿元, yuan"
    ),
    (
      "recovered <= 1e30 元",
      "--goal: \"recovered <= 1e30 元\", character 14: the number is too large",
      "--goal: “recovered <= 1e30 元”第14个字符：数字过大"
    ),
    (
      "gini_amount <= 0.3 @2030",
      "--goal: \"gini_amount <= 0.3 @2030\", character 21: \"2030\" is no year of the run; write a "
        + "year from 2024 to 2026, or every",
      "--goal: “gini_amount <= 0.3 @2030”第21个字符：“2030”不是运行年度；请写2024到2026之间的年份，或 every"
    ),
    (
      "losers(many) <= 3",
      "--goal: \"losers(many) <= 3\", character 8: \"many\" is no percentage; write one such as 5%",
      "--goal: “losers(many) <= 3”第8个字符：“many”不是百分比；请写如 5%"
    ),
    (
      "losers(5%) <= 3 and more",
      "--goal: \"losers(5%) <= 3 and more\", character 17: the figure has no unit; remove \"and more\"",
      "--goal: “losers(5%) <= 3 and more”第17个字符：该指标没有单位；请去掉“and more”"
    ),
    (
      "losers(5% <= 3",
      "--goal: \"losers(5% <= 3\", character 7: the bracket is not closed",
      "--goal: “losers(5% <= 3”第7个字符：括号未闭合"
    ),
    (
      "execution(5) <= 3",
      "--goal: \"execution(5) <= 3\", character 1: \"execution\" takes nothing in brackets",
      "--goal: “execution(5) <= 3”第1个字符：“execution”不带括号"
    ),
    (
      "change() <= 3",
      "--goal: \"change() <= 3\", character 1: \"change\" takes one name or number in brackets",
      "--goal: “change() <= 3”第1个字符：“change”的括号内应为一个名称或数字"
    ),
    (
      "share(remote, roads, x) <= 3",
      "--goal: \"share(remote, roads, x) <= 3\", character 1: \"share\" takes a group, and perhaps a "
        + "stream, in brackets",
      "--goal: “share(remote, roads, x) <= 3”第1个字符：“share”的括号内应为一个分组，其后可加一个任务方向"
    ),
    (
      "gini_amount <= 0.3 ± 0.1",
      "--goal: \"gini_amount <= 0.3 ± 0.1\", character 20: a tolerance goes with == only",
      "--goal: “gini_amount <= 0.3 ± 0.1”第20个字符：容差只能与 == 一起使用"
    ),
    (
      "gini_amount <= 0.3 @2024 @2025",
      "--goal: \"gini_amount <= 0.3 @2024 @2025\", character 26: \"@2025\" is more than a goal; write "
        + "one goal for each --goal",
      "--goal: “gini_amount <= 0.3 @2024 @2025”第26个字符：“@2025”是多余的；每个 --goal 只写一个目标"
    ),
  ])
  func `what is wrong is said in full`(text: String, english: String, chinese: String) {
    let problem = #expect(throws: Problem.self) { try reader.goal(text) }
    #expect(problem?.text(in: .english) == english)
    #expect(problem?.text(in: .chinese) == chinese)
  }

  // MARK: Measuring

  /// Three counties with 90, 100 and 130 after 100 each, one stream a third of that.
  private var figures: GoalFigures {
    GoalFigures(
      streams: [[30, 30, 30], [60, 70, 100]], amounts: [90, 100, 130], baseline: [100, 100, 100],
      people: [1, 2, 0], groups: [[1, 0, 1]],
      metrics: Metric.allCases.map { $0 == .losers ? 1 : ($0 == .winners ? 1 : .nan) })
  }

  private func measure(_ text: String, _ years: [GoalFigures]? = nil) throws -> GoalMeasure {
    let own = years ?? [figures, figures, figures]
    return GoalMeasuring([try reader.goal(text)], firstYear: 2024, baseline: own).measures(own)[0]
  }

  @Test func `figures by hand`() throws {
    #expect(try measure("share(remote) >= 0").value == 220.0 / 320)
    #expect(try measure("share(remote, roads) >= 0").value == 160.0 / 230)
    #expect(try measure("amount(650003) >= 0 元").value == 1.3)
    #expect(try measure("amount(all) >= 0 元").value == 3.2)
    #expect(try measure("per_head(all) >= 0 元").value == 3.2 / 3)
    #expect(abs(try measure("change(650001) >= 0").value + 0.1) < 1e-15)
    #expect(abs(try measure("change(650000) >= 0").value - 20.0 / 300) < 1e-15)
    #expect(try measure("losers(5%) <= 0").value == 1)
    #expect(try measure("losers(10%) <= 0").value == 0)
    #expect(try measure("winners(29.9%) <= 0").value == 1)
  }

  @Test func `the county that decides says by how much a number of counties misses`() throws {
    // 90 of 100 is 5 % under the limit of 95.
    #expect(abs(try measure("losers(5%) <= 0").excess - 0.05) < 1e-12)
    #expect(abs(try measure("losers(5%) >= 2").excess - 0.05) < 1e-12)
    #expect(abs(try measure("winners(50%) >= 1").excess - 0.2) < 1e-12)
    #expect(try measure("losers(5%) <= 1").isMet)
    #expect(try measure("losers(5%) <= 5").isMet)
    #expect(try !measure("losers(5%) >= 7").isMet)
    #expect(try !measure("losers(5%) <= -1").isMet)
  }

  @Test func `of every year the worst is shown`() throws {
    var other = figures
    other.amounts[0] = 50
    let measure = try measure("losers(5%) <= 0 @every", [figures, other, figures])
    #expect(measure.year == 2025)
    #expect(abs(measure.excess - 0.45) < 1e-12)
  }

  @Test func `an undefined figure is never met`() throws {
    let measure = try measure("gini_amount <= 1")
    #expect(!measure.isMet)
    #expect(measure.value.isNaN)
    #expect(try !self.measure("per_head(650003) >= 0 元").isMet)
  }

  @Test func `strict goals fail at equality`() throws {
    #expect(try measure("losers(5%) <= 1").isMet)
    #expect(try !measure("losers(5%) < 1").isMet)
    #expect(try measure("amount(650001) >= 0.9 元").isMet)
    #expect(try !measure("amount(650001) > 0.9 元").isMet)
  }

  @Test(arguments: 0..<300)
  func `the excess is above 0 if and only if the figure misses`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...9, using: &random)
    let base = (0..<count).map { _ in Double(Int.random(in: 0...4, using: &random) * 100) }
    let after = base.map { ($0 * Double.random(in: 0.8...1.2, using: &random)).rounded() }
    let name = Bool.random(using: &random) ? "losers" : "winners"
    let relation = ["<=", ">=", "<", ">", "=="].randomElement(using: &random) ?? "<="
    let target = Int.random(in: -1...10, using: &random)
    let percent = Int.random(in: 0...15, using: &random)
    let years = [
      GoalFigures(
        streams: [after], amounts: after, baseline: base, people: base, groups: [], metrics: [])
    ]
    let goal = try reader.goal("\(name)(\(percent)%) \(relation) \(target) @2024")
    let measure = GoalMeasuring([goal], firstYear: 2024, baseline: years).measures(years)[0]
    let counted = zip(after, base).count { f, b in
      name == "losers"
        ? 100 * f < Double(100 - percent) * b : 100 * f > Double(100 + percent) * b
    }
    let number = Double(counted)
    let wanted =
      switch relation {
      case "<=": number <= Double(target)
      case ">=": number >= Double(target)
      case "<": number < Double(target)
      case ">": number > Double(target)
      default: number == Double(target)
      }
    #expect(measure.value == number)
    #expect(measure.isMet == wanted)
  }
}
