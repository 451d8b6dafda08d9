import Documents
import PolicyModel
import ScenarioFiles
import WeightFitting

/// The indicators of a request, with what was said of each of them.
struct WeighNames {
  /// The indicators in order.
  let indicators: [String]
  private let request: WeighRequest
  private let file: JudgementFile?

  init(_ request: WeighRequest, _ file: JudgementFile?) {
    self.request = request
    self.file = file
    indicators =
      request.indicators.isEmpty ? file.map { WeighNames.leaves($0) } ?? [] : request.indicators
  }

  /// Whether less of each is more.
  var costs: [Bool] { indicators.map { request.costs.contains($0) } }

  /// The weights in force; nil if none were given.
  var official: [Double]? {
    if request.official.isEmpty { return nil }
    return indicators.map { name in
      request.official.first { $0.indicator == name }?.weight ?? 0
    }
  }

  private static func leaves(_ file: JudgementFile) -> [String] {
    AnalyticHierarchy(file.goal, by: .geometricMean).leaves
  }

  /// Finds names that stand twice, are missing or unknown, and weights that are none.
  ///
  /// - Throws: `ProblemList` with everything found.
  func check() throws(ProblemList) {
    let found = listProblems + costProblems + officialProblems + leafProblems
    if !found.isEmpty { throw ProblemList(found) }
  }

  private func problem(_ option: String, _ wording: Wording) -> Problem {
    Problem(SourceLocation(file: option), wording)
  }

  private func twice(_ option: String, _ names: [String]) -> [Problem] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }.map {
      problem(option, Wording("\"\($0)\" stands twice; name it once", "“\($0)”重复；请只写一次"))
    }
  }

  private func unknown(_ option: String, _ names: [String]) -> [Problem] {
    names.filter { !indicators.contains($0) }.map {
      problem(
        option,
        Wording("\"\($0)\" is none of the indicators", "“\($0)”不在所选指标之列")
          + nearestHint($0, among: indicators))
    }
  }

  private var listProblems: [Problem] {
    var problems = twice("--indicators", indicators)
    if indicators.count < 2 {
      problems.append(
        problem(
          "--indicators",
          Wording("one indicator has the whole weight; name two or more", "只有一项指标时权重恒为1；请至少写两项")))
    }
    return problems
  }

  private var costProblems: [Problem] {
    twice("--cost", request.costs) + unknown("--cost", request.costs)
  }

  private var officialProblems: [Problem] {
    if request.official.isEmpty { return [] }
    let names = request.official.map(\.indicator)
    var problems = twice("--against", names) + unknown("--against", names)
    problems += indicators.filter { !names.contains($0) }.map {
      problem("--against", Wording("the weight of \"\($0)\" is missing", "缺少“\($0)”的权重"))
    }
    for (name, weight) in request.official where weight < 0 {
      problems.append(
        problem(
          "--against", Wording("the weight of \"\(name)\" is negative", "“\(name)”的权重为负")))
    }
    let sum = request.official.reduce(0) { $0 + $1.weight }
    let shown = NumberText.significant(sum)
    if abs(sum - 1) > 1e-9 {
      problems.append(
        problem(
          "--against", Wording("the weights add up to \(shown), not to 1", "权重之和为\(shown)，应为1")))
    }
    return problems
  }

  /// Judgements and indicators must name the same.
  private var leafProblems: [Problem] {
    guard let file, request.methods.contains(where: \.needsJudgements) else { return [] }
    let leaves = WeighNames.leaves(file)
    let extra = leaves.filter { !indicators.contains($0) }.map {
      Problem(
        file.locations[$0],
        Wording("\"\($0)\" is none of the indicators", "“\($0)”不在所选指标之列")
          + nearestHint($0, among: indicators))
    }
    let missing = indicators.filter { !leaves.contains($0) }.map {
      Problem(
        SourceLocation(file: file.input.path),
        Wording("no judgement weighs \"\($0)\"", "没有涉及“\($0)”的判断"))
    }
    return extra + missing
  }
}
