import Comparison
import Optimization
import Simulation

/// Finds points of which neither of two metrics can be bettered without the other getting worse.
///
/// Each metric is first made best alone. Between the two ends the second metric is held to levels at even
/// distances, and the first made best under each (ε-constraint method).
///
/// Source: Haimes, Lasdon and Wismer (1971), On a bicriterion formulation of the problems of integrated
/// system identification and system optimization.
struct TradeOffSearch: Sendable {
  let search: DesignSearch
  let pair: [MetricPreference]
  /// What counts as 1 of each metric: its figure in the baseline.
  let scales: [Double]

  /// A point that was tried and its two metrics as they are made small.
  private struct Sample {
    let point: [Double]
    let first: Double
    let second: Double
    let holds: Bool
  }

  /// A level that holds wherever the metric is defined.
  private static let anyLevel = 1e6

  /// Points on the front and near it, the baseline's among them; empty if the goals are met nowhere.
  ///
  /// Rounded money and grades shift figures a little, so the ledger decides among these.
  ///
  /// - Parameter count: How many levels.
  /// - Returns: Points of the box.
  func candidates(count: Int) -> [[Double]] {
    var samples = run(lead: 0, level: nil, [])
    samples += run(lead: 1, level: nil, samples)
    guard let low = samples.filter(\.holds).map(\.second).min(),
      let end = best(samples, level: .infinity)
    else { return [] }
    func levels(_ count: Int) -> [Double] {
      (0..<count).map { low + (end.second - low) * Double($0) / Double(count - 1) }
    }
    for level in levels(count).dropFirst().dropLast() {
      samples += run(lead: 0, level: level, samples)
    }
    var points: [[Double]] = [search.setup.space.home]
    for level in levels(TradeOffSearch.finer * count) {
      // What the arithmetic may be off by must not lose the end point itself.
      let slack = 1e-9 * max(1, abs(level))
      let near = samples.filter { $0.holds && $0.second <= level + slack }
        .sorted { $0.first == $1.first ? $0.second < $1.second : $0.first < $1.first }
      for sample in near.prefix(TradeOffSearch.nearest) where !points.contains(sample.point) {
        points.append(sample.point)
      }
    }
    return points
  }

  private static let finer = 4
  private static let nearest = 8

  /// The sample with the best first metric whose second keeps a level; ties to the better second.
  private func best(_ samples: [Sample], level: Double) -> Sample? {
    samples.filter { $0.holds && $0.second <= level }.min {
      $0.first == $1.first ? $0.second < $1.second : $0.first < $1.first
    }
  }

  /// Makes one metric best, the other held to a level.
  private func run(lead: Int, level: Double?, _ samples: [Sample]) -> [Sample] {
    let other = 1 - lead
    var task = search.task
    task.aim = .metric(
      pair[lead].metric, sign: pair[lead].sign, scale: scales[lead])
    let bound = level ?? TradeOffSearch.anyLevel
    task.bound = DesignSearch.Bound(
      metric: pair[other].metric, sign: pair[other].sign, scale: scales[other], level: bound)
    var effort = search.usualEffort
    effort.lastStep = 1e-5
    if level != nil { (effort.scanCount, effort.startCount) = (0, 8) }
    let known = level.map { seeds(samples, level: $0) } ?? []
    return search.find(task, known: known, effort: effort).trials.map { trial in
      let second = (trial.excess.last ?? .infinity) + bound
      return Sample(
        point: trial.point, first: lead == 0 ? trial.objective : second,
        second: lead == 0 ? second : trial.objective,
        holds: trial.excess.dropLast().allSatisfy { $0 <= 0 } && trial.objective.isFinite
          && second.isFinite)
    }
  }

  /// Where to begin under a level: the best that keep it, and those just beyond it.
  private func seeds(_ samples: [Sample], level: Double) -> [[Double]] {
    let inside = samples.filter { $0.holds && $0.second <= level }
      .sorted { $0.first < $1.first }.prefix(4)
    let beyond = samples.filter { $0.holds && $0.second > level }
      .sorted { $0.second < $1.second }.prefix(2)
    return (Array(inside) + Array(beyond)).map(\.point)
  }
}
