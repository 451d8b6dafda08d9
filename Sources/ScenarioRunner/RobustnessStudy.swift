import Comparison
import PolicyModel
import Reporting
import Sensitivity
import Simulation

/// Tries the order of a stream's counties under weights near the written ones.
struct RobustnessStudy: Sendable {
  private let request: SensitivityRequest
  private let study: SensitivityCase
  private let stream: Int
  private let key: String
  private let experiment: PlanExperiment
  private let near: SimplexNeighbourhood
  private let factors: [String]

  /// All weights of a stream, to be chosen freely.
  private static func uncertainty(of key: String) -> Uncertainty {
    let path = "streams.\(key).weights"
    return Uncertainty(
      parameter: Reference(name: path, path: path, location: nil),
      distribution: .dirichlet(concentration: 100), application: .value, lowest: nil,
      highest: nil, isAmount: false)
  }

  init(_ request: SensitivityRequest, _ study: SensitivityCase, stream key: String)
    throws(RunFailure)
  {
    let keys = study.plan.scenario.streams.map(\.key)
    guard let stream = keys.firstIndex(of: key) else {
      throw .badInput([
        Problem(
          SourceLocation(file: "--robust \(key)"),
          Wording("unknown stream \"\(key)\"", "未知的任务方向“\(key)”")
            + nearestHint(key, among: keys))
      ])
    }
    var scenario = study.plan.scenario
    scenario.uncertainty = [RobustnessStudy.uncertainty(of: key)]
    let plan = try SensitivityCase.compiled(scenario, study.loaded)
    self.request = request
    self.study = study
    self.stream = stream
    self.key = key
    experiment = PlanExperiment(plan, metricYears: [])
    factors = experiment.space.inputs[0].factors
    let year = study.year
    let weights = experiment.space.dimensions.map { dimension in
      plan.parameters.first { $0.path == dimension.path }?.value(in: year) ?? 0
    }
    near = SimplexNeighbourhood(weights: weights, delta: request.delta, seed: study.seed)
    if near.freeCount < 2 {
      throw .badInput([
        Problem(
          SourceLocation(file: "--robust \(key)"),
          Wording(
            "the stream has only one factor with a weight in \(year), so that nothing can vary",
            "该任务方向在\(year)年只有一个权重大于0的因素，无可变化"))
      ])
    }
  }

  /// Runs written, random, exchanged and reduced weights.
  func findings(
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> RobustnessFindings {
    let drawCount = request.pointCount
    try checkSize(drawCount)
    let exchanges = near.exchanges
    let removed = factors.indices.filter { near.weights[$0] > 0 }
      .compactMap { factor in near.weights(without: factor).map { (factor, $0) } }
    var all = [near.weights] + exchanges.map(\.weights) + removed.map { $0.1 }
    let fixedCount = all.count
    all += (0..<drawCount).map { near.weights(draw: $0) }
    let shares = try shares(all, progress)
    func change(_ raised: Int?, _ lowered: Int, _ position: Int) -> RobustnessFindings.Change {
      RobustnessFindings.Change(
        raised: raised.map { factors[$0] }, lowered: factors[lowered],
        shares: shares[position],
        flipShare: RankRobustness.flipShare(shares[0], shares[position]))
    }
    return RobustnessFindings(
      ledger: study.ledger, yearIndex: study.yearIndex, stream: key, delta: request.delta,
      seed: study.seed, shares: shares[0],
      ranks: RankRobustness(scores: shares[0], changed: Array(shares[fixedCount...])),
      exchanges: exchanges.enumerated().map { change($1.raised, $1.lowered, 1 + $0) },
      removals: removed.enumerated().map { change(nil, $1.0, 1 + exchanges.count + $0) })
  }

  private func checkSize(_ drawCount: Int) throws(RunFailure) {
    let countyCount = study.plan.countyCount
    if drawCount * countyCount <= SensitivityStudy.mostValues { return }
    throw .badInput([
      Problem(
        SourceLocation(file: request.scenario),
        Wording(
          "\(drawCount) sets of weights × \(countyCount) counties are more than 20 million; take "
            + "fewer --points",
          "\(drawCount)组权重×\(countyCount)个县市区，超过2000万；请减小 --points"))
    ])
  }

  /// The shares of every county under each of some weights.
  private func shares(
    _ weights: [[Double]], _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> [[Double]] {
    let blocks = concurrentMap(
      count: (weights.count + 7) / 8, threads: request.threads, progress: progress
    ) { index in
      var experiment = experiment
      let points = weights[(8 * index)..<min(weights.count, 8 * index + 8)].map { [$0] }
      return experiment.shares(settings: points, stream: stream, yearIndex: study.yearIndex)
    }
    let shares = Array(blocks.joined())
    if let failed = shares.firstIndex(where: { row in row.allSatisfy { $0.isNaN } }) {
      throw .badInput([failure(weights[failed])])
    }
    return shares
  }

  private func failure(_ weights: [Double]) -> Problem {
    let reason = experiment.plan.error(atSettings: [weights])
    return reason
      ?? Problem(
        SourceLocation(file: "--robust \(key)"),
        Wording(
          "no county is eligible in \(study.year); choose another year",
          "\(study.year)年没有符合条件的县；请改用其他年度"))
  }
}
