import FundAllocation
import PolicyModel
import Simulation

/// Takes an amount apart.
///
/// Real steps are rounded by their running sum, so that they add up to the fen.
struct ExplanationBuilder {
  let ledger: Ledger
  let county: Int
  let streamIndex: Int
  let yearIndex: Int
  private(set) var steps: [AmountExplanation.Step] = []
  private(set) var prefectureShare: Double?
  private var running = 0.0
  private var shown: Int64 = 0

  init(ledger: Ledger, county: Int, streamIndex: Int, yearIndex: Int) {
    self.ledger = ledger
    self.county = county
    self.streamIndex = streamIndex
    self.yearIndex = yearIndex
  }

  var policy: StreamPolicy { ledger.plan.scenario.streams[streamIndex] }

  var result: StreamResult<Double> { ledger.years[yearIndex].streams[streamIndex] }

  private var year: Int { ledger.years[yearIndex].year }

  mutating func build() {
    if result.year.eligible[county] == 0 { return }
    let shares = localShares()
    let pool = poolOfShares(shares)
    addFactors(shares, pool)
    add(
      .coefficients, pool * (shares.adjusted[county] - shares.byFactors[county]),
      coefficientParameters())
    add(
      .guarantees, pool * (shares.final[county] - shares.adjusted[county]),
      policy.guarantees.map { value($0.share) })
    addBounds(pool * shares.final[county])
    close(.rounding, at: result.allocation.base[county], [])
    addIncentives()
    let held = result.held[county]
    close(
      .held, at: result.final[county],
      held == 0 ? [] : gates().map { value($0.threshold) })
  }

  /// The shares among those with whom the county shares: all, or its prefecture's counties.
  private func localShares() -> CompositeShares<Double> {
    guard let rules = result.year.countyRules else { return result.allocation.shares }
    let prefecture = ledger.plan.counties.prefectureOfCounty[county]
    let members = result.year.eligible.indices.filter {
      result.year.eligible[$0] > 0 && ledger.plan.counties.prefectureOfCounty[$0] == prefecture
    }
    var shares = CompositeShares<Double>(countyCount: result.year.eligible.count)
    shares.workOut(rules, members: members, isWithinPrefecture: true)
    return shares
  }

  /// The money that the shares are parts of: the base pool, or the prefecture's part of it.
  private mutating func poolOfShares(_ shares: CompositeShares<Double>) -> Double {
    guard result.year.countyRules != nil else { return result.allocation.basePool }
    let local = shares.final[county]
    prefectureShare = local > 0 ? result.allocation.share[county] / local : 0
    return result.allocation.basePool * (prefectureShare ?? 0)
  }

  // MARK: Steps

  private mutating func add(
    _ kind: AmountExplanation.Step.Kind, _ amount: Double,
    _ parameters: [AmountExplanation.ParameterValue],
    factor: AmountExplanation.FactorDetail? = nil
  ) {
    running += amount
    let rounded = Int64(running.rounded(.toNearestOrAwayFromZero))
    let step = Money(fen: rounded - shown)
    shown = rounded
    if step == .zero && factor == nil { return }
    steps.append(
      AmountExplanation.Step(kind: kind, factor: factor, amount: step, parameters: parameters))
  }

  /// A step that ends at an amount of whole fen.
  private mutating func close(
    _ kind: AmountExplanation.Step.Kind, at amount: Double,
    _ parameters: [AmountExplanation.ParameterValue]
  ) {
    add(kind, amount - running, parameters)
  }

  private mutating func addFactors(_ shares: CompositeShares<Double>, _ pool: Double) {
    let rules = result.year.countyRules ?? result.year.rules
    var factors = policy.factors
    if case .prefecture(.some(let own)) = policy.tiers { factors = own }
    for (index, factor) in factors.enumerated() where rules.isRead[index] {
      let own = rules.values[index][county]
      let part = shares.factorScales[index] * own
      let weight = factor.weight.value(in: year)
      add(
        .factor, pool * part, [value(factor.weight)],
        factor: AmountExplanation.FactorDetail(
          key: factor.key,
          title: factor.title ?? ledger.plan.panel.title(of: factor.indicator.name),
          indicator: factor.indicator.name,
          indicatorValue: ledger.value(
            of: factor.indicator.name, county: county, yearIndex: yearIndex),
          value: own, share: share(of: own, in: rules, index, shares), weight: weight))
    }
  }

  /// z: the county's part in the sum of the factor's values.
  private func share(
    of value: Double, in rules: ShareRules<Double>, _ index: Int, _ shares: CompositeShares<Double>
  ) -> Double {
    let live = rules.weights.indices.reduce(0) {
      $0 + (shares.factorScales[$1] > 0 ? rules.weights[$1] : 0)
    }
    let weight = rules.weights[index]
    return weight > 0 ? shares.factorScales[index] * value * live / weight : 0
  }

  private mutating func addBounds(_ wanted: Double) {
    let allocation = result.allocation
    let amount = allocation.unrounded[county]
    let level = allocation.level
    if !level.isNaN { add(.bounds, level * allocation.share[county] - wanted, []) }
    if abs(amount - allocation.floors[county]) < 0.5 && amount > running {
      close(.floor, at: amount, parameters([policy.floor, policy.minimum]))
    } else if abs(amount - allocation.caps[county]) < 0.5 && amount < running {
      close(.cap, at: amount, parameters([policy.cap]))
    } else {
      close(.bounds, at: amount, [])
    }
  }

  private mutating func addIncentives() {
    let incentives = ledger.plan.scenario.incentives
    add(
      .deduction, -result.outcome.deduction[county],
      incentiveParameters(incentives, isReward: false))
    add(.reward, result.outcome.reward[county], incentiveParameters(incentives, isReward: true))
  }

  // MARK: Parameters

  private func value(_ parameter: Parameter) -> AmountExplanation.ParameterValue {
    let step = parameter.step(in: year)
    let isMoney = parameter.path.hasSuffix(".minimum") || parameter.path.hasSuffix(".pool")
    return AmountExplanation.ParameterValue(
      path: parameter.path, value: step.value, isMoney: isMoney, location: step.location)
  }

  private func parameters(_ list: [Parameter?]) -> [AmountExplanation.ParameterValue] {
    list.compactMap { $0 }.map { value($0) }
  }

  private func coefficientParameters() -> [AmountExplanation.ParameterValue] {
    policy.coefficients.enumerated().map { index, coefficient in
      AmountExplanation.ParameterValue(
        path: "streams.\(policy.key).coefficients.\(coefficient.key)",
        value: ledger.coefficient(
          index, stream: streamIndex, county: county, yearIndex: yearIndex),
        isMoney: false, location: location(coefficient))
    }
  }

  private func location(_ coefficient: StreamPolicy.Coefficient) -> SourceLocation? {
    switch coefficient.source {
    case .indicator(let reference, _, _): reference.location
    case .groups(let table): table.first?.multiplier.step(in: year).location
    case .grades(let table): table.first?.multiplier.step(in: year).location
    }
  }

  private func incentiveParameters(
    _ incentives: Incentives?, isReward: Bool
  ) -> [AmountExplanation.ParameterValue] {
    guard let incentives else { return [] }
    let grade = ledger.years[yearIndex].start.grade[county]
    switch incentives.scheme {
    case .linear(let slope, let lowest, let highest): return parameters([slope, lowest, highest])
    case .grades(let rewards, let deductions, _, let cap):
      let letter = grade.isNaN ? nil : Grade(rawValue: Int(grade))
      let entry =
        isReward
        ? rewards.first { $0.grade == letter }?.units
        : deductions.first { $0.grade == letter }?.share
      return parameters([entry] + (isReward ? [cap, incentives.reserve] : []))
    }
  }

  private func gates() -> [Gate] {
    ledger.plan.scenario.gates.filter { gate in
      gate.effect == .hold && (gate.streams?.contains { $0.name == policy.key } ?? true)
    }
  }
}
