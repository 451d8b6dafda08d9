import FundAllocation
import PolicyModel

extension Simulator {
  /// Scores and grades the year (model, section 9).
  mutating func assess(_ next: inout CountyState<Number>) throws(LawError) {
    guard let assessment = plan.assessment else { return }
    let points = assessment.points.map { parameter($0) }
    let all = points.reduce(Number.zero, +)
    let million = Number(repeating: 1e6)
    let half = Number(repeating: 0.5)
    assessedLevels = assessment.levels.map { _ in state.score }
    for county in next.score.indices {
      var sum = Number.zero
      for (index, level) in assessment.levels.enumerated() {
        let value = try self.level(level, of: next, county: county)
        assessedLevels[index][county] = value
        sum = sum + points[index] * value
      }
      let score = Number(repeating: 100) * sum / all
      let bounded = score.clipped(Number.zero, Number(repeating: 100))
      let rounded = (bounded * million + half).roundedDown() / million
      next.score[county] = Number.choose(score.isThere, rounded, Number.missing)
    }
    grade(&next)
  }

  /// q of one assessment indicator at the end of the year, or at the start in a start state.
  ///
  /// A county outside every stream's group may lack data; it then has no score.
  mutating func level(
    _ level: AssessmentPlan.Level, of state: CountyState<Number>, county: Int
  ) throws(LawError) -> Number {
    switch level {
    case .simulated(let index): return state.levels[index][county]
    case .execution(let low, let high):
      let span = parameter(high) - parameter(low)
      return ((state.executionRate[county] - parameter(low)) / span).clippedToUnit
    case .data(let indicator, let reader):
      if !takesPart[county] {
        return try valueIfThere(indicator, county: county, active: everywhere)
      }
      return try value(indicator, county: county, active: everywhere, reader: reader)
    }
  }

  /// Turns scores into grades by cut-offs or quotas.
  mutating func grade(_ state: inout CountyState<Number>) {
    guard let assessment = plan.assessment else { return }
    switch assessment.grading {
    case .cutoffs(let list): gradeByCutoffs(list, &state)
    case .quotas(let list): gradeByQuotas(list, &state)
    }
  }

  private func gradeByCutoffs(
    _ list: [(grade: Grade, slot: Int)], _ state: inout CountyState<Number>
  ) {
    for county in state.score.indices {
      let score = state.score[county]
      var grade = Number(repeating: Double(Grade.d.rawValue))
      for entry in list.reversed() {
        let isReached = parameter(entry.slot) .<= score
        grade = Number.choose(isReached, Number(repeating: Double(entry.grade.rawValue)), grade)
      }
      state.grade[county] = Number.choose(score.isThere, grade, Number.missing)
    }
  }

  /// Ranks the counties that have a score, ties to the lower code, draw by draw.
  private func gradeByQuotas(
    _ list: [(grade: Grade, slot: Int)], _ state: inout CountyState<Number>
  ) {
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
      record(ranked, grades, scores, draw, &state)
    }
  }

  private func record(
    _ ranked: [Int], _ grades: [Double], _ scores: [Double], _ draw: Int,
    _ state: inout CountyState<Number>
  ) {
    for county in state.grade.indices { state.grade[county][draw] = .nan }
    for grade in state.lowestScore.indices { state.lowestScore[grade][draw] = .nan }
    for (rank, county) in ranked.enumerated() {
      state.grade[county][draw] = grades[rank]
      state.lowestScore[Int(grades[rank])][draw] = scores[county]
    }
  }
}
