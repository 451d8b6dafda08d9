import Comparison
import Optimization
import Simulation

/// What a search under goals came to, by the law without rounding.
struct DesignFinding: Sendable {
  /// The best point, or the nearest miss.
  let best: Trial
  /// Every point that was tried.
  let trials: [Trial]
  /// The border that was bracketed, in the parameter's own unit; nil where several numbers or goals
  /// were searched.
  let border: Bracketing.Border?
}

/// Searches the parameters that meet goals at the least change.
struct DesignSearch: Sendable {
  let setup: DesignSetup

  private var space: DesignSpace { setup.space }

  /// What is made small.
  enum Aim: Sendable {
    /// The change from the baseline.
    case change
    /// A metric of the last year, by its sign: −1 where more is better; divided by its scale.
    case metric(Metric, sign: Double, scale: Double)
  }

  /// A bound on a metric of the last year, as a trade-off asks for.
  struct Bound: Sendable {
    let metric: Metric
    let sign: Double
    let scale: Double
    /// Most of sign × value / scale.
    let level: Double
  }

  /// What is asked of a search beside the goals.
  struct Task: Sendable {
    var aim = Aim.change
    var bound: Bound?
    /// Which goals must hold.
    var goals: [Int]
    /// By how much more each goal must hold than it says, in its scale.
    ///
    /// Shape: [goal].
    var margins: [Double]
  }

  /// The task of meeting every goal at the least change.
  var task: Task {
    Task(
      goals: Array(setup.goals.indices), margins: setup.goals.map { _ in 0 })
  }

  private var concurrently: ConstrainedSearch.Concurrently {
    let threads = setup.request.threads
    return { count, areStepwise, evaluate, body in
      if !areStepwise {
        return concurrentMap(count: count, threads: threads) { body($0, evaluate) }
      }
      // Searches in as many teams as there are threads; those of a team are evaluated side by side.
      let teams = max(1, min(threads, count))
      let found = concurrentMap(count: teams, threads: teams) { team in
        let own = Array(stride(from: team, to: count, by: teams))
        return LaneRendezvous.run(count: own.count, evaluate: evaluate) { body(own[$0], $1) }
      }
      return (0..<count).map { found[$0 % teams][$0 / teams] }
    }
  }

  // MARK: Points

  /// Tries points of the box.
  func trials(_ points: [[Double]], _ task: Task) -> [Trial] {
    let size = PointBlock.laneCount
    var experiment = setup.experiment
    var trials: [Trial] = []
    for start in stride(from: 0, to: points.count, by: size) {
      let own = Array(points[start..<min(start + size, points.count)])
      let years = experiment.run(own.map { space.settings(space.values(at: $0)) })
      trials += zip(own, years).map { trial($0, $1, task) }
      setup.meter.add(own.count)
    }
    return trials
  }

  private func trial(_ point: [Double], _ years: [GoalFigures], _ task: Task) -> Trial {
    let boundCount = task.bound == nil ? 0 : 1
    guard let last = years.last else {
      let none = [Double](repeating: .infinity, count: task.goals.count + boundCount)
      return Trial(point: point, objective: .infinity, excess: none)
    }
    let measures = setup.measuring.measures(years)
    var excess = task.goals.map { measures[$0].excess + task.margins[$0] }
    if let bound = task.bound {
      excess.append(bound.sign * last.metric(bound.metric) / bound.scale - bound.level)
    }
    let objective =
      switch task.aim {
      case .change: space.distance(of: point)
      case .metric(let metric, let sign, let scale): sign * last.metric(metric) / scale
      }
    return Trial(point: point, objective: objective, excess: excess)
  }

  // MARK: Searches

  /// Meets a task.
  ///
  /// - Parameters:
  ///   - task: What is asked.
  ///   - known: Points beside the baseline's to begin with.
  ///   - effort: What may be spent; nil for the usual.
  /// - Returns: The best point and every other.
  func find(
    _ task: Task, known: [[Double]] = [], effort: ConstrainedSearch.Effort? = nil
  ) -> DesignFinding {
    if space.box.count == 1, task.goals.count == 1, task.bound == nil, case .change = task.aim {
      return bracketed(task)
    }
    let search = ConstrainedSearch(
      box: space.box, known: [space.home] + known + alongAxes, effort: effort ?? usualEffort,
      concurrently: concurrently)
    let result = search.run { trials($0, task) }
    return DesignFinding(best: result.best, trials: result.trials, border: nil)
  }

  /// Points in which one coordinate alone leaves the baseline: whatever one number can do by itself is
  /// among what several can.
  private var alongAxes: [[Double]] {
    let count = space.box.count <= 12 ? 32 : 8
    return space.box.indices.flatMap { dimension in
      (0..<count).map { step in
        let range = space.box[dimension]
        var point = space.home
        point[dimension] =
          range.lowerBound
          + (range.upperBound - range.lowerBound) * (Double(step) + 0.5) / Double(count)
        return point
      }
    }
  }

  /// COBYLA's steps grow with the number of dimensions.
  var usualEffort: ConstrainedSearch.Effort {
    ConstrainedSearch.Effort(localBudget: 100 + 50 * space.box.count)
  }

  /// One number and one goal: no search, but a border, in the ledger itself.
  private func bracketed(_ task: Task) -> DesignFinding {
    let parameter = space.parameters[0]
    var all: [Trial] = []
    let border = Bracketing(range: parameter.ranges[0], preferred: parameter.start[0]).nearest {
      values in
      let trials = concurrentMap(count: values.count, threads: setup.request.threads) {
        ledgerTrial(values[$0], task)
      }
      all += trials
      return trials.map(\.worst)
    }
    let best = all.first { space.values(at: $0.point) == [[border.value]] } ?? all.best
    return DesignFinding(
      best: best ?? ledgerTrial(border.value, task), trials: all, border: border)
  }

  /// A trial of the one free number, with rounded money.
  private func ledgerTrial(_ value: Double, _ task: Task) -> Trial {
    let point = space.point([[value]])
    let plan = setup.experiment.plan.setting([(space.parameters[0].path, value)])
    do throws(LawError) {
      let figures = GoalFigures.years(try Ledger(plan), baseline: setup.baseline)
      return trial(point, figures, task)
    } catch {
      return trial(point, [], task)
    }
  }

  // MARK: Conflicts

  /// The goals that no point was found to meet even alone, and of the others the smallest sets that no
  /// point was found to meet together.
  ///
  /// - Parameter finding: A search for all goals that met them not.
  /// - Returns: The sets by index, and what a search for each goal alone found, if there was one.
  func conflicts(_ finding: DesignFinding) -> (sets: [[Int]], alone: [DesignFinding?]) {
    if setup.goals.count == 1 { return ([[0]], [finding]) }
    var trials = finding.trials
    var alone = [DesignFinding?](repeating: nil, count: setup.goals.count)
    var sets: [[Int]] = []
    for size in 1...setup.goals.count {
      for subset in DesignSearch.subsets(of: setup.goals.count, size: size) {
        // A set that holds a conflict conflicts, and is not the smallest.
        if sets.contains(where: { $0.allSatisfy(subset.contains) }) { continue }
        if size == setup.goals.count {
          sets.append(subset)
          continue
        }
        if size > 1 && isMet(subset, in: trials) { continue }
        let found = search(subset, trials)
        if size == 1 { alone[subset[0]] = found }
        if !found.best.holds { sets.append(subset) } else { trials += whole([found.best.point]) }
      }
      if sets.contains(where: { $0.count == size && size > 1 }) { break }
    }
    return (sets, alone)
  }

  private func isMet(_ goals: [Int], in trials: [Trial]) -> Bool {
    trials.contains { trial in goals.allSatisfy { trial.excess[$0] <= 0 } }
  }

  /// Trials under all goals.
  private func whole(_ points: [[Double]]) -> [Trial] { trials(points, task) }

  /// A shorter search for some of the goals, from the points that miss them by least.
  private func search(_ goals: [Int], _ trials: [Trial]) -> DesignFinding {
    var task = task
    task.goals = goals
    let misses = trials.map { trial in goals.map { trial.excess[$0] }.max() ?? 0 }
    let order = trials.indices.sorted {
      misses[$0] == misses[$1] ? $0 < $1 : misses[$0] < misses[$1]
    }
    var effort = usualEffort
    (effort.scanCount, effort.startCount) = (64, 8)
    return find(task, known: order.prefix(8).map { trials[$0].point }, effort: effort)
  }

  private static func subsets(of count: Int, size: Int) -> [[Int]] {
    if size == 0 { return [[]] }
    return (0..<count).flatMap { last in
      subsets(of: last, size: size - 1).map { $0 + [last] }
    }
  }
}
