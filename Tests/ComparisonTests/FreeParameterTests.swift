import Comparison
import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

/// What a design may change, and the space it spans.
struct FreeParameterTests {
  private let reader: FreeParameterReader

  init() throws {
    var loader = ScenarioLoader()
    let path = ReferenceFile.url("../../Scenarios/worked/baseline.yaml").path
    let loaded = try #require(loader.load([path]).first)
    reader = FreeParameterReader(
      try Plan.compile(loaded.scenario, counties: loaded.counties, panel: loaded.panel))
  }

  @Test func `numbers, money and weights, parted by commas or given apart`() throws {
    let parameters = try reader.parameters([
      "incentives.reserve = 0:0.2，streams.consolidation.weights",
      "streams.roads.pool=3e2 万元:0.05 亿元",
    ])
    #expect(
      parameters.map(\.path) == [
        "incentives.reserve", "streams.consolidation.weights", "streams.roads.pool",
      ])
    #expect(parameters[0].ranges == [0...0.2])
    #expect(parameters[0].written == [[0.05, 0.05, 0.05]])
    #expect(parameters[1].isWeights)
    #expect(parameters[1].start == [0.5, 0.3, 0.2])
    #expect(parameters[2].isAmount)
    #expect(parameters[2].ranges == [3e8...5e8])
  }

  @Test func `the change is measured in units of the range, weights as they are`() throws {
    let space = DesignSpace(
      try reader.parameters(["incentives.reserve=0:0.2", "streams.consolidation.weights"]))
    let values = [[0.15], [0.4, 0.3, 0.3]]
    #expect(abs(space.change(to: values) - (0.25 + 0.02)) < 1e-15)
    #expect(space.change(to: space.values(at: space.home)) < 1e-30)
  }

  @Test(arguments: 0..<50)
  func `every point of the box stands for values in their ranges`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let space = DesignSpace(
      try reader.parameters([
        "incentives.reserve=0.01:0.2", "streams.consolidation.weights=0.1:0.6",
      ]))
    let point = space.box.map { Double.random(in: $0, using: &random) }
    let values = space.values(at: point)
    #expect((0.01...0.2).contains(values[0][0]))
    #expect(abs(values[1].reduce(0, +) - 1) < 1e-12)
    #expect(values[1].allSatisfy { (0.1...0.6).contains($0) })
    let again = space.values(at: space.point(values))
    #expect(zip(again.joined(), values.joined()).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: [
    (
      "incentive.reserve=0:0.2",
      "--free: incentive.reserve is no parameter that this scenario uses; did you mean "
        + "\"incentives.reserve\"?",
      "--free: incentive.reserve 不是本情景使用的参数；是否指“incentives.reserve”？"
    ),
    (
      "incentives.reserve",
      "--free: incentives.reserve needs a range, such as incentives.reserve=0:0.2",
      "--free: incentives.reserve 需要范围，例如 incentives.reserve=0:0.2"
    ),
    (
      "incentives.reserve=0.2:0.1",
      "--free: incentives.reserve has an empty range: 0.2 is not below 0.1",
      "--free: incentives.reserve 的范围为空：0.2 不小于 0.1"
    ),
    (
      "incentives.reserve=0.2:0.2",
      "--free: incentives.reserve has an empty range: 0.2 is not below 0.2",
      "--free: incentives.reserve 的范围为空：0.2 不小于 0.2"
    ),
    (
      "incentives.reserve=0:2",
      "--free: incentives.reserve may be from 0 to 1 only; narrow the range",
      "--free: incentives.reserve 只能在0到1之间；请缩小范围"
    ),
    (
      "incentives.reserve=0:a lot",
      "--free: incentives.reserve has \"a lot\" where a plain number should stand",
      "--free: incentives.reserve 的“a lot”处应为普通数字"
    ),
    (
      "incentives.reserve=0.1",
      "--free: incentives.reserve has \"\" where a plain number should stand",
      "--free: incentives.reserve 的“”处应为普通数字"
    ),
    (
      "streams.roads.pool=300:500",
      "--free: streams.roads.pool is money: \"300\" should be an amount of whole fen with a unit "
        + "(元, 万元, 亿元, yuan)",
      "--free: streams.roads.pool 是金额：“300”应为带单位的整分金额（元, 万元, 亿元, yuan）"
    ),
    (
      "streams.consolidation.factors.performance.weight=0:1",
      "--free: streams.consolidation.factors.performance.weight is one of several weights that sum "
        + "to 1; free all of them: streams.consolidation.weights",
      "--free: streams.consolidation.factors.performance.weight 是合计为1的权重之一；"
        + "请放开全部权重：streams.consolidation.weights"
    ),
    (
      "streams.roads.weights",
      "--free: streams.roads.weights is a single weight, which is 1; there is nothing to change",
      "--free: streams.roads.weights 只有一个权重，恒为1；无可调整"
    ),
    (
      "streams.consolidation.weights=0.4:0.6",
      "--free: streams.consolidation.weights has 3 weights, which cannot sum to 1 within these "
        + "bounds",
      "--free: streams.consolidation.weights 共3个权重，在该范围内合计不可能为1"
    ),
    (
      "carryover.years=1:3",
      "--free: carryover.years takes whole numbers only; compare scenarios with karez run instead",
      "--free: carryover.years 只能取整数；请用 karez run 比较不同情景"
    ),
    (
      "incentives.reserve=0:0.2,incentives.reserve=0:0.1",
      "--free: incentives.reserve is named twice; name it once",
      "--free: incentives.reserve 重复出现；请只写一次"
    ),
  ])
  func `what is wrong is said in full`(text: String, english: String, chinese: String) {
    let group = #expect(throws: ProblemGroup.self) { try reader.parameters([text]) }
    #expect(group?.problems.map { $0.text(in: .english) } == [english])
    #expect(group?.problems.map { $0.text(in: .chinese) } == [chinese])
  }
}
