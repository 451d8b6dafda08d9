import Comparison
import PolicyModel
import Simulation

/// Runs of a plan at points, eight side by side, for the metrics of one year.
struct PointRuns: Sendable {
  typealias Lanes = SIMD8<Double>

  /// Eight points in one of the ways in which a point is given.
  enum Points: Sendable {
    /// Shape: [dimension].
    case unit([Lanes])
    /// Shape: [point][input][1, or weight].
    case settings([[[Double]]])
  }

  /// What eight points came to.
  struct Values: Sendable {
    /// Shape: [metric].
    var outputs: [Lanes]
    /// Which points failed.
    var failed = SIMD8<Double>.Mask(repeating: false)
  }

  /// What went wrong over many points.
  struct Tally: Sendable {
    var runCount = 0
    var failedCount = 0
    /// The first failed point, by the order of the study.
    var firstFailed: Points?
    var firstLane = 0
    /// At how many points each metric is undefined though the law ran through.
    ///
    /// Shape: [metric].
    var undefined: [Int]

    init(metricCount: Int) { undefined = Array(repeating: 0, count: metricCount) }

    /// Adds eight points, of which `count` are wanted.
    mutating func add(_ values: Values, _ points: @autoclosure () -> Points, count: Int = 8) {
      runCount += count
      for lane in 0..<count {
        if values.failed[lane] {
          if failedCount == 0 {
            firstFailed = points()
            firstLane = lane
          }
          failedCount += 1
        } else {
          for metric in undefined.indices where values.outputs[metric][lane].isNaN {
            undefined[metric] += 1
          }
        }
      }
    }

    /// Adds what came later.
    mutating func add(_ other: Tally) {
      if failedCount == 0, let first = other.firstFailed {
        firstFailed = first
        firstLane = other.firstLane
      }
      runCount += other.runCount
      failedCount += other.failedCount
      for metric in undefined.indices { undefined[metric] += other.undefined[metric] }
    }
  }

  let experiment: PlanExperiment
  /// Positions among all metrics.
  let metrics: [Int]
  let yearIndex: Int

  init(_ study: SensitivityCase) {
    experiment = PlanExperiment(study.plan, metricYears: [study.yearIndex])
    metrics = study.metrics.map { Metric.allCases.firstIndex(of: $0) ?? 0 }
    yearIndex = study.yearIndex
  }

  /// Runs eight points.
  func run(_ points: Points, _ experiment: inout PlanExperiment) -> Values {
    let results =
      switch points {
      case .unit(let lanes): experiment.run(unit: lanes, count: 8)
      case .settings(let settings): experiment.run(settings: settings)
      }
    var values = Values(outputs: metrics.map { _ in Lanes(repeating: .nan) })
    for (lane, result) in results.enumerated() {
      values.failed[lane] = result.isFailed
      for (output, metric) in metrics.enumerated() {
        values.outputs[output][lane] = result.metrics[yearIndex][metric]
      }
    }
    return values
  }

  /// Why too many points failed, or where a metric is undefined; nothing if all is well.
  func check(_ tally: Tally, _ study: SensitivityCase, allowed: Int) throws(RunFailure) {
    if tally.failedCount > allowed, let first = tally.firstFailed {
      throw .badInput([failure(tally, first, allowed)])
    }
    let problems = zip(study.metrics, tally.undefined).filter { $0.1 > 0 }.map { metric, count in
      let all = tally.runCount - tally.failedCount
      return Problem(
        SourceLocation(file: "--metric \(metric.rawValue)"),
        Wording(
          "undefined in \(study.year) at \(count) of \(all) points, so that nothing can be said of "
            + "it; choose another metric or year, or narrow the ranges",
          "\(study.year)年在\(all)个点中的\(count)个点无定义，无法给出结论；请改用其他指标或年度，或收窄区间"))
    }
    if !problems.isEmpty { throw .badInput(problems) }
  }

  private func failure(_ tally: Tally, _ first: Points, _ allowed: Int) -> Problem {
    let plan = experiment.plan
    let reason: Problem? =
      switch first {
      case .unit(let lanes): plan.error(atUnit: lanes.map { $0[tally.firstLane] })
      case .settings(let settings): plan.error(atSettings: settings[tally.firstLane])
      }
    let wording =
      reason.map { Wording($0.text(in: .english), $0.text(in: .chinese)) }
      ?? Wording("a value is refused by a hair's breadth", "某个取值恰在允许范围的边缘")
    return Problem(
      SourceLocation(file: plan.scenario.file),
      Wording(
        "\(tally.failedCount) of \(tally.runCount) points ended in an error, more than "
          + "--allow-failed \(allowed); the first: \(wording.english)",
        "\(tally.runCount)个点中有\(tally.failedCount)个出错，超过 --allow-failed \(allowed)；"
          + "首个错误：\(wording.chinese)"))
  }
}
