import FundAllocation
import PolicyModel

extension Simulator {
  /// μ: the money at stake per ten points of score, as a part of the county's money
  /// (model, section 8).
  mutating func setIncentivePower() {
    guard let behaviour = plan.behaviour, let incentives = plan.incentives else { return }
    switch incentives.scheme {
    case .linear(let slope, _, _): setLinearPower(parameter(slope))
    case .grades: setPowerByGrade(yearIncentives, reach: parameter(behaviour.reach))
    }
  }

  /// Sets the year's table of grades and what it means for each county.
  mutating func setGradeRates() {
    guard let incentives = plan.incentives, case .grades = incentives.scheme else { return }
    yearIncentives = gradeIncentives(incentives)
    if Rule.keepsProportions && incentives.isByAllocation { return }  // Rewarded by grade.
    scratch.rates.set(yearIncentives, grades: state.grade)
  }

  private mutating func setLinearPower(_ slope: Number) {
    let perTenPoints = slope * Number(repeating: 0.1)
    for county in incentivePower.indices {
      var (underRule, all) = (Number.zero, Number.zero)
      for index in streams.indices {
        let base = streams[index].allocation.base[county]
        if plan.streams[index].hasIncentives { underRule = underRule + base }
        all = all + base
      }
      let isFelt = (all .> Number.zero) .& state.score[county].isThere
      incentivePower[county] = Number.choose(isFelt, perTenPoints * underRule / all, Number.zero)
    }
  }

  private mutating func setPowerByGrade(_ table: GradeIncentives<Number>, reach: Number) {
    let cutoffs = gradeCutoffs()
    setStakes(table, cutoffs)
    let (scores, stakes) = (state.score, scratch.stakes)
    // 10 points · ¾ / h, taken out of the sum over cut-offs.
    let perReach = Number.one / reach
    let scale = Number(repeating: 7.5) * perReach
    let count = cutoffs.count
    @inline(__always) func value(_ county: Int) -> Number {
      let score = scores[county]
      let start = county &* (count &+ 1)
      let all = stakes[start &+ count]
      let isFelt = (all .> Number.zero) .& score.isThere
      var sum = Number.zero
      for index in 0..<count {
        let cutoff = cutoffs[index].score
        let distance = (score - cutoff) * perReach
        let kernel = Number.greatest(Number.zero, Number.one - distance * distance)
        let stake = stakes[start &+ index]
        sum = sum + Number.choose(cutoff.isThere, stake * kernel, Number.zero)
      }
      return Number.choose(isFelt, sum * scale / all, Number.zero)
    }
    incentivePower.setEach(value)
  }

  /// Σ over streams of what the grade above each cut-off brings more than the one below, then Σ a, into
  /// `scratch.stakes`.
  ///
  /// Fen.
  private mutating func setStakes(_ table: GradeIncentives<Number>, _ cutoffs: [Cutoff]) {
    var sums: [Number] = []
    swap(&sums, &scratch.stakes)
    defer { swap(&sums, &scratch.stakes) }
    let width = cutoffs.count + 1
    let size = plan.countyCount * width
    if sums.count != size { sums = Array(repeating: Number.zero, count: size) }
    let isByAllocation = plan.incentives?.isByAllocation ?? false
    if !Rule.isExplained && isByAllocation && width == StakeRow<Number>.width {
      addRows(table, cutoffs, &sums)
      return
    }
    sums.setEach { _ in Number.zero }
    for index in streams.indices {
      let base = streams[index].allocation.base
      addStakes(
        index, table, cutoffs, base: base,
        basis: isByAllocation ? base : streams[index].outcome.basis, &sums)
    }
  }

  /// Adds a stream's part of the stakes.
  private func addStakes(
    _ index: Int, _ table: GradeIncentives<Number>, _ cutoffs: [Cutoff], base: [Number],
    basis: [Number], _ sums: inout [Number]
  ) {
    let gains = gains(index)
    let width = cutoffs.count + 1
    for county in base.indices {
      let start = county &* width
      if plan.streams[index].hasIncentives {
        for (position, cutoff) in cutoffs.enumerated() {
          let stake = gains.stake(cutoff, table, base[county], basis[county])
          sums[start &+ position] = sums[start &+ position] + stake
        }
      }
      sums[start &+ cutoffs.count] = sums[start &+ cutoffs.count] + base[county]
    }
  }

  @inline(__always)
  private func gains(_ index: Int) -> GradeGains<Number> {
    GradeGains(
      unitSum: streams[index].outcome.unitSum, rewardPool: streams[index].outcome.rewardPool)
  }

  /// Adds the streams' parts where there are three cut-offs and reward units are measured by base
  /// amounts, two streams a pass; the first pass starts the sums.
  @inline(__always)
  private func addRows(
    _ table: GradeIncentives<Number>, _ cutoffs: [Cutoff], _ sums: inout [Number]
  ) {
    var index = 0
    while index < streams.count {
      let row = StakeRow(gains(index), table, cutoffs, isFelt: plan.streams[index].hasIncentives)
      let base = streams[index].allocation.base
      let isFirst = index == 0
      if index + 1 < streams.count {
        let nextRow = StakeRow(
          gains(index + 1), table, cutoffs, isFelt: plan.streams[index + 1].hasIncentives)
        sums.add(
          base, times: row, streams[index + 1].allocation.base, times: nextRow, isFirst: isFirst)
      } else {
        sums.add(base, times: row, base, times: StakeRow(), isFirst: isFirst)
      }
      index += 2
    }
  }

  private typealias Cutoff = GradeCutoff<Number>

  /// The scores at which the grade changes, with the grades above and below; a missing score for
  /// a step that does not exist.
  private mutating func gradeCutoffs() -> [Cutoff] {
    guard let assessment = plan.assessment else { return [] }
    switch assessment.grading {
    case .cutoffs(let list):
      var cutoffs: [Cutoff] = []
      cutoffs.reserveCapacity(list.count)
      for (position, entry) in list.enumerated() {
        let below = position + 1 < list.count ? list[position + 1].grade.rawValue : 3
        cutoffs.append((parameter(entry.slot), .same(entry.grade.rawValue), .same(below)))
      }
      return cutoffs
    case .quotas: return quotaCutoffs()
    }
  }

  /// Under quotas: the lowest score of each grade that anybody has, against the next such grade.
  private mutating func quotaCutoffs() -> [Cutoff] {
    (0..<3).map { grade in
      var below = Number.missing
      for lower in ((grade + 1)..<4).reversed() {
        let isHeld = state.lowestScore[lower].isThere
        below = Number.choose(isHeld, Number(repeating: Double(lower)), below)
      }
      let score = Number.choose(below.isThere, state.lowestScore[grade], Number.missing)
      return (score, .same(grade), .byDraw(below))
    }
  }
}

/// A score at which the grade changes, missing for a step that does not exist, with the grades above
/// and below.
private typealias GradeCutoff<Number: LawNumber> = (
  score: Number, above: CutoffGrade<Number>, below: CutoffGrade<Number>
)

/// A grade on one side of a cut-off, 0 (A) to 3 (D).
private enum CutoffGrade<Number: LawNumber> {
  /// The same in every draw.
  case same(Int)
  /// Which one depends on the draw.
  case byDraw(Number)
}

/// What each grade would bring a county in one stream (model, section 8: y).
///
/// The table is handed over each time: held here, it would be counted for every stream and year.
private struct GradeGains<Number: LawNumber> {
  /// R / Σ n.
  private let perUnit: Number

  init(unitSum: Number, rewardPool: Number) {
    perUnit = Number.choose(unitSum .> Number.zero, rewardPool / unitSum, Number.zero)
  }

  /// y of a grade.
  @inline(__always)
  private func gain(
    _ grade: Int, _ table: GradeIncentives<Number>, _ base: Number, _ basis: Number
  ) -> Number {
    var reward = perUnit * table.rewards[grade] * basis
    if let cap = table.rewardCap { reward = Number.least(reward, cap * base) }
    return reward - table.deductions[grade] * base
  }

  @inline(__always)
  private func gain(
    _ grade: CutoffGrade<Number>, _ table: GradeIncentives<Number>, _ base: Number,
    _ basis: Number
  ) -> Number {
    switch grade {
    case .same(let grade): return gain(grade, table, base, basis)
    case .byDraw(let index):
      var value = Number.zero
      for grade in 0..<Grade.allCases.count {
        let isIt = index .== Number(repeating: Double(grade))
        value = Number.choose(isIt, gain(grade, table, base, basis), value)
      }
      return value
    }
  }

  /// What the grade above a cut-off brings more than the one below, of a county with a base amount
  /// and a basis.
  @inline(__always)
  func stake(
    _ cutoff: GradeCutoff<Number>, _ table: GradeIncentives<Number>, _ base: Number,
    _ basis: Number
  ) -> Number {
    gain(cutoff.above, table, base, basis) - gain(cutoff.below, table, base, basis)
  }

  /// The same for a fen of base amount: where reward units are measured by base amounts, stakes are in
  /// proportion to them.
  @inline(__always)
  func stakePerFen(
    _ cutoff: GradeCutoff<Number>, _ table: GradeIncentives<Number>
  ) -> Number {
    stake(cutoff, table, Number.one, Number.one)
  }
}

/// What a fen adds to the stakes of three cut-offs and to Σ a.
private struct StakeRow<Number: LawNumber> {
  /// How many numbers it has.
  static var width: Int { 4 }

  var first = Number.zero
  var second = Number.zero
  var third = Number.zero
  var base = Number.zero

  /// Adds nothing.
  init() {}

  /// What a stream adds; the stakes only if its counties feel the incentives.
  @inline(__always)
  init(
    _ gains: GradeGains<Number>, _ table: GradeIncentives<Number>,
    _ cutoffs: [GradeCutoff<Number>], isFelt: Bool
  ) {
    base = Number.one
    if !isFelt { return }
    first = gains.stakePerFen(cutoffs[0], table)
    second = gains.stakePerFen(cutoffs[1], table)
    third = gains.stakePerFen(cutoffs[2], table)
  }
}

extension Array where Element: LawNumber {
  /// Adds two columns, each times four numbers, to four columns that lie between each other; the first
  /// time, what stands there counts for nothing.
  ///
  /// Shape of this array: [recipient][4], flat.
  fileprivate mutating func add(
    _ column: [Element], times row: StakeRow<Element>, _ other: [Element],
    times otherRow: StakeRow<Element>, isFirst: Bool
  ) {
    var sums = mutableSpan
    let (one, two) = (column.span, other.span)
    let width = StakeRow<Element>.width
    precondition(one.count == two.count && sums.count == width * one.count, "sums of others")
    for index in 0..<one.count {
      let (a, b, place) = (one[index], two[index], index &* width)
      @inline(__always) func next(_ before: Element, _ part: Element, _ other: Element) -> Element {
        (isFirst ? Element.zero : before) + part * a + other * b
      }
      sums[place] = next(sums[place], row.first, otherRow.first)
      sums[place &+ 1] = next(sums[place &+ 1], row.second, otherRow.second)
      sums[place &+ 2] = next(sums[place &+ 2], row.third, otherRow.third)
      sums[place &+ 3] = next(sums[place &+ 3], row.base, otherRow.base)
    }
  }
}
