import FundAllocation
import PolicyModel

/// A column that is the same in every draw, with its sum.
struct FixedColumn: Sendable {
  /// Shape: [county].
  let values: [Double]
  let sum: Double
}

/// What of a stream's year does not depend on the draw: worked out once, by the law itself, when a
/// plan is compiled.
///
/// What is not known here, and what ends in an error, is worked out where it is read.
struct FixedYear: Sendable {
  /// 1 for those who may be eligible, 0 for the others; nil where the group depends on the run.
  ///
  /// Shape: [county].
  var candidates: [Double]?
  /// Whether all candidates are eligible in every draw: no gate depends on the run.
  var isWhole = false
  /// The gates of the stream, where there are candidates.
  var openGates: [GatePlan]?
  /// 1 for those whose amount the region keeps; empty if nobody's.
  var holds: [Double] = []
  /// v of each factor, nil where it depends on the run.
  ///
  /// Shape: [factor].
  var factors: [FixedColumn?] = []
  /// What those factors make together whose weights no draw changes either; nil where they are
  /// kept apart.
  var together: FixedShares?
  /// Which those are.
  ///
  /// Shape: [factor].
  var isTogether: [Bool] = []
  /// Product of the coefficients that are known; nil if none is.
  var multipliers: [Double]?
  /// Which those are.
  var fixedCoefficients: [Int] = []
  /// 1 for the counties of each guaranteed group; nil where that depends on the run.
  var guaranteeMembers: [[Double]]?

  /// Whether every county is eligible in every draw.
  var includesAll = false
  /// The first year with the same candidates; nil where there are none.
  var candidatesAsIn: Int?
}

/// What is known of a stream's year, to be handed on without copying its parts.
final class KnownYear: Sendable {
  let fixed: FixedYear

  init(_ fixed: FixedYear) { self.fixed = fixed }

  /// Nothing is known.
  static let nothing = KnownYear(FixedYear())
}

extension Plan {
  /// Works out the fixed part of every stream and year.
  mutating func fillFixedYears() {
    readsLastAmounts = indicators.contains {
      if case .lastAmount = $0.source { true } else { false }
    }
    var simulator = Simulator(
      plan: self, money: RealMoney<Double>(quantum: scenario.quantum),
      parameters: parameterValues)
    let years = 0..<yearCount
    fixedParticipants = years.map { participants(&simulator, $0) }
    let fixed = streams.map { stream in
      withRepeats(years.map { fixedYear(stream, &simulator, $0) })
    }
    known = fixed.map { $0.map { KnownYear($0) } }
    sharedFactors = shares(fixed)
    if fixedParticipants[0] != nil {
      simulator.yearIndex = 0
      startsComplete = (try? simulator.start()) != nil
    }
  }

  /// What makes two factors the same column: indicator, scale, transform without parameters, and who
  /// is eligible.
  private struct ColumnKey: Hashable {
    let indicator: Int
    let scale: Int?
    let transform: String
    let eligibleAsIn: Int
  }

  /// Factors that several streams read alike and that are not known before the run.
  private func shares(_ fixed: [[FixedYear]]) -> [[Int?]] {
    let keys = streams.indices.map { stream in
      streams[stream].factors.indices.map { columnKey(stream, $0, fixed) }
    }
    var counts: [ColumnKey: Int] = [:]
    for key in keys.joined() { if let key { counts[key, default: 0] += 1 } }
    var numbers: [ColumnKey: Int] = [:]
    return keys.map { row in
      row.map { key in
        guard let key, counts[key, default: 0] > 1 else { return nil }
        if numbers[key] == nil { numbers[key] = numbers.count }
        return numbers[key]
      }
    }
  }

  private func columnKey(_ stream: Int, _ factor: Int, _ fixed: [[FixedYear]]) -> ColumnKey? {
    let transform = streams[stream].factors[factor].transform
    switch transform.kind {
    case .value, .inverse, .log, .distance(referenceSlot: nil): break
    default: return nil
    }
    if isFixed(transform) || streams[stream].isThroughPrefectures { return nil }
    guard let alike = streams.indices.first(where: { hasSameEligible(fixed[stream], fixed[$0]) })
    else {
      return nil
    }
    return ColumnKey(
      indicator: transform.indicator, scale: transform.scale, transform: transform.name,
      eligibleAsIn: alike)
  }

  /// Whether the same counties are eligible for two streams in every year and draw.
  private func hasSameEligible(_ stream: [FixedYear], _ other: [FixedYear]) -> Bool {
    zip(stream, other).allSatisfy { own, other in
      own.isWhole && other.isWhole && own.candidates == other.candidates
    }
  }

  /// Years in which the same counties are candidates, known by the first of them.
  private func withRepeats(_ years: [FixedYear]) -> [FixedYear] {
    years.map { year in
      guard let candidates = year.candidates else { return year }
      var year = year
      year.candidatesAsIn = years.firstIndex { $0.candidates == candidates }
      year.includesAll = year.isWhole && candidates.allSatisfy { $0 > 0 }
      return year
    }
  }

  private typealias Worker = Simulator<RealMoney<Double>>

  private func participants(_ simulator: inout Worker, _ year: Int) -> [Bool]? {
    if streams.contains(where: { $0.eligible.map { !isFixed(group: $0) } ?? false }) { return nil }
    simulator.yearIndex = year
    simulator.aggregates.removeAll()
    do throws(LawError) {
      try simulator.findWhoTakesPart()
      return simulator.takesPart
    } catch {
      return nil
    }
  }

  private func fixedYear(
    _ stream: StreamPlan, _ simulator: inout Worker, _ year: Int
  ) -> FixedYear {
    simulator.yearIndex = year
    simulator.aggregates.removeAll()
    var fixed = FixedYear()
    let position = streams.firstIndex { $0.key == stream.key } ?? 0
    guard stream.eligible.map({ isFixed(group: $0) }) ?? true,
      let members = try? simulator.members(of: stream.eligible)
    else { return fixed }
    fixed.candidates = members
    let gates = gates.filter { $0.applies[position] }
    fixed.openGates = gates
    if gates.allSatisfy({ isFixed($0.indicator) && !isUncertain[$0.threshold] }) {
      setGates(&fixed, position, members, gates, &simulator)
    }
    let eligible = fixed.candidates ?? members
    fixed.factors = stream.factors.map {
      fixedColumn($0.transform, eligible, &simulator, isWhole: fixed.isWhole)
    }
    if fixed.isWhole && !stream.isThroughPrefectures {
      putTogether(&fixed, stream, simulator)
    }
    setCoefficients(&fixed, stream, eligible, &simulator)
    if stream.guarantees.allSatisfy({ isFixed(group: $0.group) }) {
      fixed.guaranteeMembers = try? simulator.guaranteeMembers(stream.guarantees, eligible)
    }
    return fixed
  }

  private func setGates(
    _ fixed: inout FixedYear, _ stream: Int, _ members: [Double], _ gates: [GatePlan],
    _ simulator: inout Worker
  ) {
    var result = simulator.streams[stream]
    result.year.eligible = members
    do throws(LawError) {
      try simulator.setGates(stream, &result, gates)
    } catch {
      return  // The run will meet the error.
    }
    fixed.isWhole = true
    fixed.candidates = result.year.eligible
    let holds = result.held
    if holds.contains(1) { fixed.holds = holds }
  }

  private func fixedColumn(
    _ transform: TransformPlan, _ eligible: [Double], _ simulator: inout Worker, isWhole: Bool
  ) -> FixedColumn? {
    guard isFixed(transform), isWhole || !transform.restsOnAllEligible else { return nil }
    var column = simulator.zeroColumn
    guard let sum = try? simulator.transform(transform, eligible, into: &column) else {
      return nil
    }
    return FixedColumn(values: column, sum: sum)
  }

  /// Puts the factors together of which both values and weight are known.
  private func putTogether(
    _ fixed: inout FixedYear, _ stream: StreamPlan, _ simulator: Worker
  ) {
    var values = simulator.zeroColumn
    var weight = 0.0
    fixed.isTogether = stream.factors.map { _ in false }
    for (position, factor) in stream.factors.enumerated() where !isUncertain[factor.weight] {
      guard let known = fixed.factors[position], known.sum > 0 else { continue }
      let own = simulator.parameter(factor.weight)
      if own <= 0 { continue }
      fixed.isTogether[position] = true
      weight += own
      for county in values.indices { values[county] += own / known.sum * known.values[county] }
    }
    if weight > 0 { fixed.together = FixedShares(values: values, weight: weight) }
  }

  private func setCoefficients(
    _ fixed: inout FixedYear, _ stream: StreamPlan, _ eligible: [Double],
    _ simulator: inout Worker
  ) {
    for (position, coefficient) in stream.coefficients.enumerated() where isFixed(coefficient) {
      guard let own = try? simulator.coefficientValues(coefficient, eligible) else { continue }
      fixed.fixedCoefficients.append(position)
      fixed.multipliers = fixed.multipliers.map { zip($0, own).map { $0 * $1 } } ?? own
    }
  }

  // MARK: What depends on the draw

  private func isFixed(_ indicator: Int) -> Bool { indicators[indicator].isStatic }

  private func isFixed(group: Int) -> Bool {
    groups[group].conditions.allSatisfy { condition in
      switch condition {
      case .fixed: true
      case .indicator(let indicator, _, let slot, _): isFixed(indicator) && !isUncertain[slot]
      }
    }
  }

  private func isFixed(_ coefficient: CoefficientPlan) -> Bool {
    switch coefficient.source {
    case .indicator(let transform): isFixed(transform)
    case .groups(let entries):
      entries.allSatisfy { isFixed(group: $0.group) && !isUncertain[$0.slot] }
    case .grades: false
    }
  }

  private func isFixed(_ transform: TransformPlan) -> Bool {
    guard isFixed(transform.indicator), transform.scale.map({ isFixed($0) }) ?? true else {
      return false
    }
    switch transform.kind {
    case .value, .inverse, .log: return true
    case .distance(let slot): return slot.map { !isUncertain[$0] } ?? true
    case .power(let slot): return !isUncertain[slot]
    case .bands(let bands):
      return bands.allSatisfy { !isUncertain[$0.from] && !isUncertain[$0.value] }
    }
  }
}
