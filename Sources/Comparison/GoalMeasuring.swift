/// Measures goals on the years of a run.
///
/// What the search follows must not be a staircase. A number of counties is one, so a goal about losers
/// or winners is measured by the county that decides it: at most ten counties lose over 5 % if and
/// only if the county with the eleventh-largest loss loses at most 5 %. How far that county is over the
/// limit changes without jumps.
public struct GoalMeasuring: Sendable {
  /// The goals.
  public let goals: [Goal]
  /// The first year of the run.
  public let firstYear: Int
  /// What counts as a miss of 1, by goal: the larger of the number and the figure of the baseline.
  public let scales: [Double]

  /// Prepares goals.
  ///
  /// - Parameters:
  ///   - goals: The goals.
  ///   - firstYear: The first year of the run.
  ///   - baseline: The figures of the baseline, year by year.
  public init(_ goals: [Goal], firstYear: Int, baseline: [GoalFigures]) {
    self.goals = goals
    self.firstYear = firstYear
    scales = goals.map { goal in
      if goal.isCount { return 1 }
      let value =
        GoalMeasuring.indices(goal, firstYear, baseline.count)
        .map { abs(baseline[$0].value(goal.quantity)) }.filter { $0.isFinite }.max() ?? 0
      let scale = max(abs(goal.target), value)
      return scale > 0 ? scale : 1
    }
  }

  private static func indices(_ goal: Goal, _ firstYear: Int, _ count: Int) -> Range<Int> {
    switch goal.years {
    case .every: 0..<count
    case .one(let year): (year - firstYear)..<(year - firstYear + 1)
    }
  }

  /// How every goal stands.
  public func measures(_ years: [GoalFigures]) -> [GoalMeasure] {
    zip(goals, scales).map { goal, scale in
      let all = GoalMeasuring.indices(goal, firstYear, years.count).map { index in
        measure(goal, scale, years[index], year: firstYear + index)
      }
      var worst = all[0]
      for measure in all.dropFirst() where measure.excess > worst.excess { worst = measure }
      return worst
    }
  }

  private func measure(
    _ goal: Goal, _ scale: Double, _ figures: GoalFigures, year: Int
  ) -> GoalMeasure {
    let value = figures.value(goal.quantity)
    if value.isNaN { return GoalMeasure(value: value, excess: .infinity, year: year) }
    let miss =
      goal.isCount ? figures.countMiss(goal) : goal.distance(value) / scale
    // The figure itself decides; the miss only says how far.
    let excess = goal.holds(value) ? min(0, miss) : max(.leastNormalMagnitude, miss)
    return GoalMeasure(value: value, excess: excess, year: year)
  }
}

extension Goal {
  /// Whether its figure is a number of counties that gain or lose.
  fileprivate var isCount: Bool { percent != nil }

  /// The percent over which a county counts; nil for other figures.
  fileprivate var percent: Double? {
    switch quantity {
    case .losers(let percent), .winners(let percent): percent
    case .metric(.losers), .metric(.winners): 1
    default: nil
    }
  }

  fileprivate var isAboutLosers: Bool {
    switch quantity {
    case .losers, .metric(.losers): true
    default: false
    }
  }
}

extension GoalFigures {
  /// A figure of the year; NaN where it is undefined.
  func value(_ quantity: Goal.Quantity) -> Double {
    switch quantity {
    case .metric(let metric):
      return Metric.allCases.firstIndex(of: metric).map { metrics[$0] } ?? .nan
    case .share(let place, let stream):
      let column = stream.map { streams[$0] } ?? amounts
      return sum(column, place) / sum(column, .all)
    case .amount(let place): return sum(amounts, place) / 100
    case .perHead(let place):
      let lives = people.map { $0 > 0 ? $0 : 0 }
      let count = sum(lives, place)
      return count > 0 ? sum(amounts, place) / 100 / count : .nan
    case .change(let place):
      let before = sum(baseline, place)
      return before > 0 ? sum(amounts, place) / before - 1 : .nan
    case .losers(let percent): return Double(depths(percent, isLoss: true).count { $0 > 0 })
    case .winners(let percent): return Double(depths(percent, isLoss: false).count { $0 > 0 })
    }
  }

  private func sum(_ column: [Double], _ place: Goal.Place) -> Double {
    switch place {
    case .all: column.reduce(0, +)
    case .county(let county): column[county]
    case .counties(let counties): counties.reduce(0) { $0 + column[$1] }
    case .group(let group):
      zip(column, groups[group]).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
    }
  }

  /// How far each county is over the limit, as a part of its amount in the baseline.
  ///
  /// The test for above 0 is that of the metrics: 100 f < (100 − p) f_base, whole numbers of fen.
  private func depths(_ percent: Double, isLoss: Bool) -> [Double] {
    zip(amounts, baseline).map { amount, base in
      let over =
        isLoss
        ? (100 - percent) * base - 100 * amount : 100 * amount - (100 + percent) * base
      return base > 0 ? over / (100 * base) : (over > 0 ? 1 : -1)
    }
  }

  /// By how much the county that decides is on the wrong side.
  fileprivate func countMiss(_ goal: Goal) -> Double {
    let sorted = depths(goal.percent ?? 1, isLoss: goal.isAboutLosers).sorted(by: >)
    /// At most so many: the next one must not be over the limit.
    func miss(atMost most: Double) -> Double {
      let place = Int(max(-1, min(most, Double(sorted.count))))
      return place < 0 ? 1 : (place < sorted.count ? sorted[place] : -1)
    }
    /// At least so many: the last one needed must be over it.
    func miss(atLeast least: Double) -> Double {
      let place = Int(max(0, min(least, Double(sorted.count + 1))))
      return place == 0 ? -1 : (place <= sorted.count ? -sorted[place - 1] : 1)
    }
    switch goal.relation {
    case .atMost: return miss(atMost: goal.target.rounded(.down))
    case .below: return miss(atMost: goal.target.rounded(.up) - 1)
    case .atLeast: return miss(atLeast: goal.target.rounded(.up))
    case .above: return miss(atLeast: goal.target.rounded(.down) + 1)
    case .equal:
      return max(
        miss(atMost: (goal.target + goal.tolerance).rounded(.down)),
        miss(atLeast: (goal.target - goal.tolerance).rounded(.up)))
    }
  }
}
