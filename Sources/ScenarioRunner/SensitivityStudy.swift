import Comparison
import PolicyModel
import Reporting
import Sensitivity
import Simulation
import Statistics

/// Runs the points of a method on several threads and estimates.
struct SensitivityStudy: Sendable {
  typealias Lanes = SIMD8<Double>

  let request: SensitivityRequest
  let study: SensitivityCase
  let runs: PointRuns
  /// The coordinates of each input.
  ///
  /// Shape: [input][dimension].
  let groups: [[Int]]
  /// Names of the inputs.
  let inputs: [String]

  /// More values than these would take hours, or more than 500 MB.
  static let mostValues = 20_000_000

  init(_ request: SensitivityRequest, _ study: SensitivityCase) throws(RunFailure) {
    self.request = request
    self.study = study
    let space = ParameterSpace(study.plan)
    try SensitivityStudy.check(space, request)
    runs = PointRuns(study)
    if request.eachWeight {
      groups = space.dimensions.indices.map { [$0] }
      inputs = space.dimensions.map(\.path)
    } else {
      groups = space.inputs.map { Array($0.dimensions) }
      inputs = space.inputs.map(\.path)
    }
  }

  private static func check(
    _ space: ParameterSpace, _ request: SensitivityRequest
  ) throws(RunFailure) {
    let count = request.eachWeight ? space.dimensions.count : space.inputs.count
    var wording: Wording?
    if count == 0 {
      wording = Wording(
        "nothing varies; give ranges, such as --vary incentives.reserve=0.02:0.10 or --vary "
          + "streams.<key>.weights, or an uncertainty: section",
        "没有变化的参数；请给出区间，例如 --vary incentives.reserve=0.02:0.10 或 --vary "
          + "streams.<key>.weights，或在情景中写 uncertainty: 一节")
    } else if space.dimensions.count > PickFreezeDesign.mostDimensions {
      wording = Wording(
        "\(space.dimensions.count) numbers and weights vary, more than "
          + "\(PickFreezeDesign.mostDimensions); vary fewer",
        "共\(space.dimensions.count)个数值和权重在变化，超过\(PickFreezeDesign.mostDimensions)个；请减少")
    } else if count > PickFreezeDesign.mostGroups {
      wording = Wording(
        "\(count) inputs are more than \(PickFreezeDesign.mostGroups); vary fewer, or weights "
          + "together (without --each-weight)",
        "共\(count)个输入，超过\(PickFreezeDesign.mostGroups)个；请减少，或不用 --each-weight")
    } else if request.method == .shapley && request.eachWeight,
      let changing = space.inputs.first(where: { !$0.isSameEveryYear })
    {
      wording = Wording(
        "\(changing.path) changes by year; Shapley effects of each weight need weights that are the "
          + "same in every year; leave out --each-weight",
        "\(changing.path) 逐年不同；逐个权重的Shapley效应要求各年权重相同；请不用 --each-weight")
    }
    if let wording {
      throw .badInput([Problem(SourceLocation(file: request.scenario), wording)])
    }
  }

  /// Runs and estimates.
  func findings(
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> SensitivityFindings {
    switch request.method {
    case .sobol: try sobol(progress)
    case .morris: try morris(progress)
    case .shapley: try shapley(progress)
    }
  }

  private func findings(
    _ tally: PointRuns.Tally, orders: Int? = nil,
    _ outcome: (Int) -> SensitivityFindings.Outcome?
  ) throws(RunFailure) -> SensitivityFindings {
    var experiment = runs.experiment
    let written = experiment.runAsWritten()
    var found: [SensitivityFindings.Finding] = []
    for (output, metric) in study.metrics.enumerated() {
      guard let outcome = outcome(output) else { throw .badInput([tooFew(tally)]) }
      found.append(
        SensitivityFindings.Finding(
          metric: metric, written: written.value(metric, yearIndex: study.yearIndex),
          outcome: outcome))
    }
    return SensitivityFindings(
      ledger: study.ledger, yearIndex: study.yearIndex, inputs: inputs, findings: found,
      effort: SensitivityFindings.Effort(
        pointCount: request.pointCount, runCount: tally.runCount,
        failedCount: tally.failedCount, resamples: request.resamples, orderCount: orders,
        seed: study.seed))
  }

  private func tooFew(_ tally: PointRuns.Tally) -> Problem {
    Problem(
      SourceLocation(file: request.scenario),
      Wording(
        "too few points ran through (\(tally.failedCount) of \(tally.runCount) ended in an error); "
          + "narrow the ranges",
        "运行成功的点过少（\(tally.runCount)个中有\(tally.failedCount)个出错）；请收窄区间"))
  }

  /// What of an output's spread is rounding: 10⁻¹² of a share or index, 10⁻¹² of all money.
  private func negligible(_ metric: Metric) -> Negligible {
    switch metric.kind {
    case .index, .share: return Negligible(size: 1e-12)
    case .counties: return Negligible(size: 0)
    case .money:
      let year = study.ledger.years[study.yearIndex]
      let sum = year.streams.reduce(0) { $0 + $1.year.pool }
      return Negligible(size: 1e-12 * sum / 100)
    }
  }

  private func checkSize(_ runCount: Int) throws(RunFailure) {
    let metricCount = study.metrics.count
    if runCount * metricCount <= SensitivityStudy.mostValues { return }
    throw .badInput([
      Problem(
        SourceLocation(file: request.scenario),
        Wording(
          "\(runCount) runs × \(metricCount) metrics are more than 20 million; take fewer --points or "
            + "vary fewer inputs",
          "\(runCount)次运行×\(metricCount)个指标，超过2000万；请减小 --points 或减少变化的参数"))
    ])
  }

  // MARK: Variance

  private func sobol(
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> SensitivityFindings {
    let (values, tally) = try picked(nil, progress)
    return try findings(tally) { output in
      SobolIndices(
        values, output: output, replicates: request.resamples, seed: study.seed,
        negligible: negligible(study.metrics[output])
      ).map { .sobol($0) }
    }
  }

  private func shapley(
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> SensitivityFindings {
    // As many pairs of orders as two thousand subsets hold, at least four.
    let pairs = max(4, 1_000 / max(1, groups.count))
    let plan = ShapleyEffects.Plan(groupCount: groups.count, pairs: pairs, seed: study.seed)
    let (values, tally) = try picked(plan.subsets, progress)
    return try findings(tally, orders: plan.orders?.count) { output in
      ShapleyEffects(
        values, plan, output: output, replicates: request.resamples, seed: study.seed,
        negligible: negligible(study.metrics[output])
      ).map { .shapley($0) }
    }
  }

  /// Runs A, B and every subset, block by block.
  private func picked(
    _ subsets: [UInt64]?, _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> (PickFreezeRuns, PointRuns.Tally) {
    let design = PickFreezeDesign(
      groups: groups, pointCount: request.pointCount, seed: study.seed)
    let subsets = subsets ?? design.singles
    try checkSize(design.pointCount * (2 + subsets.count))
    let mixer =
      request.method == .shapley && request.eachWeight
      ? SimplexMixer(ParameterSpace(study.plan)) : nil
    let blocks = concurrentMap(
      count: design.blockCount, threads: request.threads, progress: progress
    ) { index in
      block(design, index, subsets, mixer)
    }
    var values = PickFreezeRuns(
      subsets: subsets, pointCount: design.pointCount, outputCount: study.metrics.count)
    var tally = PointRuns.Tally(metricCount: study.metrics.count)
    for (index, block) in blocks.enumerated() {
      tally.add(block.tally)
      for (run, outputs) in block.outputs.enumerated() {
        values.set(block: index, run: run, outputs)
      }
    }
    try runs.check(tally, study, allowed: request.allowedFailures)
    return (values, tally)
  }

  private func block(
    _ design: PickFreezeDesign, _ index: Int, _ subsets: [UInt64], _ mixer: SimplexMixer?
  ) -> (outputs: [[Lanes]], tally: PointRuns.Tally) {
    var experiment = runs.experiment
    var tally = PointRuns.Tally(metricCount: study.metrics.count)
    let (a, b) = design.block(index)
    let mixed = mixer.map { $0.settings(a, b) }
    let all = (UInt64(1) << UInt64(groups.count)) &- 1
    let outputs = ([0, all] + subsets).map { subset in
      let points: PointRuns.Points =
        if let mixer, let mixed {
          .settings(mixer.picked(mixed, subset: subset))
        } else {
          .unit(design.picked(a, b, subset: subset))
        }
      let values = runs.run(points, &experiment)
      tally.add(values, points)
      return values.outputs
    }
    return (outputs, tally)
  }

  // MARK: Elementary effects

  private func morris(
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(RunFailure) -> SensitivityFindings {
    let design = MorrisDesign(
      groups: groups, trajectoryCount: request.pointCount, seed: study.seed)
    let all = (0..<design.trajectoryCount).flatMap { design.points($0) }
    try checkSize(all.count)
    let blocks = concurrentMap(
      count: (all.count + 7) / 8, threads: request.threads, progress: progress
    ) { index in
      let points = Array(all[(8 * index)..<min(all.count, 8 * index + 8)])
      var experiment = runs.experiment
      let unit = PointRuns.Points.unit(lanes(points))
      let values = runs.run(unit, &experiment)
      var tally = PointRuns.Tally(metricCount: study.metrics.count)
      tally.add(values, unit, count: points.count)
      return (outputs: values.outputs, tally: tally)
    }
    var tally = PointRuns.Tally(metricCount: study.metrics.count)
    for block in blocks { tally.add(block.tally) }
    try runs.check(tally, study, allowed: request.allowedFailures)
    let steps = design.stepCount
    return try findings(tally) { output in
      let trajectories = (0..<design.trajectoryCount).map { trajectory in
        let range = (trajectory * steps)..<((trajectory + 1) * steps)
        return MorrisScreening.Trajectory(
          points: Array(all[range]),
          values: range.map { blocks[$0 / 8].outputs[output][$0 % 8] })
      }
      return MorrisScreening(
        trajectories, groups: groups, replicates: request.resamples, seed: study.seed,
        negligible: negligible(study.metrics[output])
      ).map { .morris($0) }
    }
  }

  /// Up to eight points side by side, the last repeated.
  private func lanes(_ points: [[Double]]) -> [Lanes] {
    points[0].indices.map { dimension in
      var lanes = Lanes.zero
      for lane in 0..<8 { lanes[lane] = points[min(lane, points.count - 1)][dimension] }
      return lanes
    }
  }
}

/// Picks weights from their distribution given the other weights, so that each of them can be an
/// input of its own though they sum to 1.
///
/// Dirichlet weights w: given those outside a set u, those in u are the rest of 1 times independent
/// Dirichlet weights. So a set u takes from B its proportions and from A its sum.
struct SimplexMixer: Sendable {
  typealias Lanes = SIMD8<Double>
  private let space: ParameterSpace

  init(_ space: ParameterSpace) { self.space = space }

  /// Eight points of A and of B as settings.
  func settings(_ a: [Lanes], _ b: [Lanes]) -> [(a: [[Double]], b: [[Double]])] {
    (0..<8).map { lane in
      (space.settings(at: a.map { $0[lane] }), space.settings(at: b.map { $0[lane] }))
    }
  }

  /// A with a subset of numbers and weights from B; bit i is dimension i.
  func picked(
    _ points: [(a: [[Double]], b: [[Double]])], subset: UInt64
  ) -> [[[Double]]] {
    points.map { point in
      space.inputs.indices.map { input in
        let dimensions = space.inputs[input].dimensions
        let isPicked = dimensions.map { subset & (1 << UInt64($0)) != 0 }
        if !space.inputs[input].isWeights {
          return isPicked[0] ? point.b[input] : point.a[input]
        }
        return SimplexMixer.weights(point.a[input], point.b[input], isPicked)
      }
    }
  }

  /// Weights with some picked.
  static func weights(_ a: [Double], _ b: [Double], _ isPicked: [Bool]) -> [Double] {
    if isPicked.allSatisfy({ $0 }) { return b }
    let members = a.indices.filter { isPicked[$0] }
    let ofA = members.reduce(0) { $0 + a[$1] }
    let ofB = members.reduce(0) { $0 + b[$1] }
    // Weights so small that they vanish leave no proportions to take over.
    if ofB <= 0 { return a }
    return a.indices.map { isPicked[$0] ? b[$0] * (ofA / ofB) : a[$0] }
  }
}
