import Testing

@testable import ScenarioRunner

/// What cannot be asked of `karez sensitivity`, and what it says of it.
@Suite struct SensitivityMistakeTests {
  private func problems(_ request: SensitivityRequest) throws -> [[String]] {
    do throws(RunFailure) {
      _ = try SensitivityOutcome(request, language: .english)
      Issue.record("no problem was found")
      return []
    } catch {
      #expect(error.exitCode == 65)
      return error.problems.map { [$0.text(in: .english), $0.text(in: .chinese)] }
    }
  }

  /// Expects one problem, in English and Chinese.
  private func expect(_ request: SensitivityRequest, _ english: String, _ chinese: String) throws {
    #expect(try problems(request) == [[english, chinese]])
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let vary: String
    let english: String
    let chinese: String
    var testDescription: String { vary }
  }

  private static let mistakes = [
    Mistake(
      vary: "incentives.reserv=0:0.1",
      english: "uncertainty.incentives.reserv: \"incentives.reserv\" is no parameter of this "
        + "scenario; did you mean \"incentives.reserve\"?",
      chinese: "uncertainty.incentives.reserv: “incentives.reserv”不是本情景的参数；是否指“incentives.reserve”？"
    ),
    Mistake(
      vary: "incentives.reserve=0.1:0.1",
      english: "the range is empty; the first number must be below the second",
      chinese: "区间为空；前一个数须小于后一个数"),
    Mistake(
      vary: "streams.roads.pool=2 万元:1 万元",
      english: "the range is empty; the first number must be below the second",
      chinese: "区间为空；前一个数须小于后一个数"),
    Mistake(
      vary: "incentives.reserve=0.1",
      english: "write a range as path=low:high, such as incentives.reserve=0.02:0.10, or the "
        + "weights of a stream as streams.<key>.weights=100 (concentration)",
      chinese: "请写成 路径=下限:上限，例如 incentives.reserve=0.02:0.10；任务方向的权重写成 "
        + "streams.<key>.weights=100（集中度）"),
    Mistake(
      vary: "incentives.reserve",
      english:
        "the scenario's uncertainty does not say how incentives.reserve varies; give a range: "
        + "incentives.reserve=low:high",
      chinese: "情景的 uncertainty 未说明 incentives.reserve 如何变化；请给出区间："
        + "incentives.reserve=下限:上限"),
    Mistake(
      vary: "streams.roads.weights=0.1:0.2",
      english: "the weights of a stream vary together, because they sum to 1; give their "
        + "concentration, as in streams.roads.weights=100 (the larger, the closer to the written ones)",
      chinese: "同一任务方向的权重合计为1，须一并变化；请给出集中度，例如 streams.roads.weights=100"
        + "（越大越接近现行权重）"),
    Mistake(
      vary: "incentives.reserve=0.5:1.5",
      english:
        "incentives.reserve: the range from 0.5 to 1.5 goes beyond what the parameter may be, "
        + "0 to 1; narrow it",
      chinese: "incentives.reserve: 区间0.5至1.5超出该参数允许的范围（0至1）；请收窄"),
    Mistake(
      vary: "incentives.reserve=a:b",
      english: "uncertainty.incentives.reserve.low: \"a\" stands where a number should",
      chinese: "uncertainty.incentives.reserve.low: 此处应为数字，而不是“a”"),
  ]

  @Test(arguments: mistakes) func `a range that makes no sense is refused`(
    mistake: Mistake
  ) throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.vary = [mistake.vary]
      let found = try #require(try problems(request).first)
      #expect(found[0] == "--vary \(mistake.vary): " + mistake.english)
      #expect(found[1] == "--vary \(mistake.vary): " + mistake.chinese)
    }
  }

  @Test func `a parameter with two ranges is refused`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.vary = ["incentives.reserve=0:0.1", "incentives.reserve=0:0.2"]
      try expect(
        request,
        "--vary incentives.reserve=0:0.2: incentives.reserve is given twice; keep one range",
        "--vary incentives.reserve=0:0.2: incentives.reserve 给出了两次；请只保留一个区间")
    }
  }

  @Test func `unknown names are refused`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.vary = ["incentives.reserve=0:0.1"]
      request.metrics = ["gini_amoun", "gini_amount"]
      try expect(
        request,
        "--metric gini_amoun: unknown metric \"gini_amoun\"; did you mean \"gini_amount\"?",
        "--metric gini_amoun: 未知的指标“gini_amoun”；是否指“gini_amount”？")
      request.metrics = ["gini_amount"]
      request.year = 2030
      try expect(request, "the run has no year 2030; it covers 2024–2026", "运行不含2030年；区间为2024–2026")
      request.year = nil
      request.robust = "road"
      try expect(
        request, "--robust road: unknown stream \"road\"; did you mean \"roads\"?",
        "--robust road: 未知的任务方向“road”；是否指“roads”？")
      request.robust = "roads"
      try expect(
        request,
        "--robust roads: the stream has only one factor with a weight in 2026, so that nothing "
          + "can vary",
        "--robust roads: 该任务方向在2026年只有一个权重大于0的因素，无可变化")
    }
  }

  @Test func `nothing that varies and too much are refused`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount"]
      try expect(
        request,
        "\(request.scenario): nothing varies; give ranges, such as --vary "
          + "incentives.reserve=0.02:0.10 or --vary streams.<key>.weights, or an uncertainty: "
          + "section",
        "\(request.scenario): 没有变化的参数；请给出区间，例如 --vary "
          + "incentives.reserve=0.02:0.10 或 --vary streams.<key>.weights，或在情景中写 "
          + "uncertainty: 一节")
      request.vary = ["incentives.reserve=0:0.1"]
      request.points = 1 << 24
      try expect(
        request,
        "\(request.scenario): 50331648 runs × 1 metrics are more than 20 million; take fewer --points "
          + "or vary fewer inputs",
        "\(request.scenario): 50331648次运行×1个指标，超过2000万；请减小 --points 或减少变化的参数")
      request.metrics = []
      request.robust = "consolidation"
      try expect(
        request,
        "\(request.scenario): 16777216 sets of weights × 3 counties are more than 20 million; take "
          + "fewer --points",
        "\(request.scenario): 16777216组权重×3个县市区，超过2000万；请减小 --points")
    }
  }

  @Test func `a metric that is undefined is no number`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["volatility"]
      request.year = 2024
      request.points = 8
      request.vary = ["incentives.reserve=0:0.1"]
      try expect(
        request,
        "--metric volatility: undefined in 2024 at 24 of 24 points, so that nothing can be said "
          + "of it; choose another metric or year, or narrow the ranges",
        "--metric volatility: 2024年在24个点中的24个点无定义，无法给出结论；请改用其他指标或年度，或收窄区间")
    }
  }

  @Test func `points that end in an error are counted`() throws {
    try SensitivityExample.withExample { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.points = 64
      // The cut-off of A is 85: above it the order of cut-offs is broken.
      request.vary = ["assessment.cutoffs.B=70:100"]
      let found = try problems(request)
      #expect(found.count == 1)
      let words = found[0][0].split(separator: " ").map(String.init)
      let failed = try #require(words.dropFirst().first.flatMap { Int($0) })
      #expect((64...128).contains(failed))
      #expect(
        found[0][0].hasPrefix(
          "\(request.scenario): \(failed) of 192 points ended in an error, more than --allow-failed 0; "
            + "the first: "))
      let rest =
        "assessment.cutoffs: the drawn values contradict each other: their order or their sum "
      #expect(found[0][0].hasSuffix(rest + "is not allowed; narrow the distributions"))
      #expect(
        found[0][1].hasPrefix(
          "\(request.scenario): 192个点中有\(failed)个出错，超过 --allow-failed 0；首个错误："))
      request.allowedFailures = failed
      let shown = try SensitivityExample.text(request)
      #expect(
        shown.contains(
          "\(failed) of 192 runs ended in an error; what rests on them is left out."))
      request.vary = ["assessment.cutoffs.B=84.99:100"]
      request.points = 8
      request.allowedFailures = 1_000
      try expect(
        request,
        "\(request.scenario): too few points ran through (24 of 24 ended in an error); narrow the "
          + "ranges",
        "\(request.scenario): 运行成功的点过少（24个中有24个出错）；请收窄区间")
    }
  }

  @Test func `weights that change by year have no effect each`() throws {
    let reform = """
      streams:
        consolidation:
          factors:
            rural_population: { weight: { 2024: 0.5, 2025: 0.4 } }
            income_gap: { weight: { 2024: 0.3, 2025: 0.4 } }

      """
    try SensitivityExample.withExample(reform) { request in
      var request = request
      request.metrics = ["gini_amount"]
      request.points = 8
      request.vary = ["streams.consolidation.weights"]
      request.eachWeight = true
      #expect(try SensitivityExample.text(request).contains("factors.income_gap.weight"))
      request.method = .shapley
      try expect(
        request,
        "\(request.scenario): streams.consolidation.weights changes by year; Shapley effects of "
          + "each weight need weights that are the same in every year; leave out --each-weight",
        "\(request.scenario): streams.consolidation.weights 逐年不同；逐个权重的Shapley效应要求各年"
          + "权重相同；请不用 --each-weight")
    }
  }
}
