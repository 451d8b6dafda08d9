import FundAllocation
import PolicyModel

extension Simulator {
  /// Scores and grades the year (model, section 9).
  mutating func assess() throws(LawError) {
    guard let assessment = plan.assessment else { return }
    var all = Number.zero
    for slot in assessment.points { all = all + parameter(slot) }
    for (index, level) in assessment.levels.enumerated() {
      let weight = parameter(assessment.points[index])
      @inline(__always) func own(_ level: Number) -> Number { weight * level }
      switch level {
      case .simulated(let source):
        if keepsListing { assessedLevels[index].set(state.levels[source]) }
        addPoints(index, state.levels[source], own)
      case .execution(let low, let high):
        let (bottom, top) = (parameter(low), parameter(high))
        @inline(__always) func level(_ rate: Number) -> Number {
          Simulator.executionLevel(rate, bottom, top)
        }
        @inline(__always) func ofRate(_ rate: Number) -> Number { own(level(rate)) }
        if keepsListing { assessedLevels[index].set(state.executionRate, level) }
        addPoints(index, state.executionRate, ofRate)
      case .data: addPoints(index, assessedLevels[index], own)  // `readDataLevels` set it.
      }
    }
    setScores(all)
    grade()
  }

  /// Adds an indicator's points to the sums in `scratch.used`, which the first one starts.
  @inline(__always)
  private mutating func addPoints(
    _ index: Int, _ column: [Number], _ points: (Number) -> Number
  ) {
    if index == 0 {
      scratch.used.set(column, points)
    } else {
      @inline(__always) func next(_ sum: Number, _ value: Number) -> Number { sum + points(value) }
      scratch.used.update(column, next)
    }
  }

  /// S of the sums of points and levels that stand in `scratch.used`.
  private mutating func setScores(_ all: Number) {
    let million = Number(repeating: 1e6)
    let half = Number(repeating: 0.5)
    let hundred = Number(repeating: 100)
    let shock = shockStart(plan.shockSource(.score))
    let sigma = parameter(plan.behaviour?.scoreNoise, otherwise: 0)
    let (sums, shocks) = (scratch.used, shocks)
    @inline(__always) func value(_ county: Int) -> Number {
      var score = hundred * sums[county] / all
      if let shock { score = score + sigma * shocks[shock &+ county] }
      let bounded = score.clipped(Number.zero, hundred)
      let rounded = (bounded * million + half).roundedDown() / million
      return Number.choose(score.isThere, rounded, Number.missing)
    }
    state.score.setEach(value)
  }

  /// q of `execution` of one county from its rate.
  @inline(__always)
  private static func executionLevel(_ rate: Number, _ low: Number, _ high: Number) -> Number {
    ((rate - low) / (high - low)).clippedToUnit
  }

  /// q of `execution` of every county.
  func executionLevels(_ low: Int, _ high: Int) -> [Number] {
    let (bottom, top) = (parameter(low), parameter(high))
    return state.executionRate.map { Simulator.executionLevel($0, bottom, top) }
  }

  /// q of the assessment indicators that are data or formulas, while the state is that of the
  /// year's start.
  ///
  /// A county outside every stream's group may lack data; it then has no score.
  mutating func readDataLevels() throws(LawError) {
    guard let levels = plan.assessment?.levels else { return }
    for (index, level) in levels.enumerated() {
      guard case .data(let indicator, let reader) = level else { continue }
      for county in takesPart.indices {
        assessedLevels[index][county] =
          takesPart[county]
          ? try value(indicator, county: county, active: everywhere, reader: reader)
          : try valueIfThere(indicator, county: county, active: everywhere)
      }
    }
  }

  /// Turns scores into grades by cut-offs or quotas.
  mutating func grade() {
    guard let assessment = plan.assessment else { return }
    switch assessment.grading {
    case .cutoffs(let list): gradeByCutoffs(list)
    case .quotas(let list): gradeByQuotas(list)
    }
  }

  private mutating func gradeByCutoffs(_ list: [(grade: Grade, slot: Int)]) {
    precondition(list.count < Grade.allCases.count, "the lowest grade has no cut-off")
    // The best first; none is a score that nobody reaches.
    let none = (from: Number(repeating: .infinity), grade: Number.missing)
    var (first, second, third) = (none, none, none)
    for entry in list.reversed() {
      let own = (parameter(entry.slot), Number(repeating: Double(entry.grade.rawValue)))
      (first, second, third) = (own, first, second)
    }
    let lowest = Number(repeating: Double(Grade.d.rawValue))
    @inline(__always) func grade(_ score: Number) -> Number {
      var grade = Number.choose(score.isThere, lowest, Number.missing)
      grade = Number.choose(third.from .<= score, third.grade, grade)
      grade = Number.choose(second.from .<= score, second.grade, grade)
      return Number.choose(first.from .<= score, first.grade, grade)
    }
    state.grade.set(state.score, grade)
  }

  /// Ranks the counties that have a score, ties to the lower code, draw by draw.
  private mutating func gradeByQuotas(_ list: [(grade: Grade, slot: Int)]) {
    for draw in 0..<Number.drawCount {
      let scores = state.score.map { $0[draw] }
      let ranked = scores.indices.filter { !scores[$0].isNaN }
        .sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
      var grades = [Double](repeating: Double(Grade.d.rawValue), count: ranked.count)
      var start = 0
      for entry in list {
        let wanted = (parameter(entry.slot)[draw] * Double(ranked.count) + 0.5 + 1e-9).rounded(
          .down)
        let end = start + Int(min(max(wanted, 0), Double(ranked.count - start)))
        for rank in start..<end { grades[rank] = Double(entry.grade.rawValue) }
        start = end
      }
      record(ranked, grades, scores, draw)
    }
  }

  private mutating func record(
    _ ranked: [Int], _ grades: [Double], _ scores: [Double], _ draw: Int
  ) {
    for county in state.grade.indices { state.grade[county][draw] = .nan }
    for grade in state.lowestScore.indices { state.lowestScore[grade][draw] = .nan }
    for (rank, county) in ranked.enumerated() {
      state.grade[county][draw] = grades[rank]
      state.lowestScore[Int(grades[rank])][draw] = scores[county]
    }
  }
}
