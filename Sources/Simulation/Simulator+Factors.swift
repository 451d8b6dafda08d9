import FundAllocation
import PolicyModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Simulator {
  /// Sets factors, coefficients and guarantees of a stream in numbers.
  mutating func setRules(
    _ index: Int, _ result: inout StreamResult<Number>, _ known: KnownYear
  ) throws(LawError) {
    let together = Rule.isExplained ? nil : known.fixed.together
    result.year.rules.fixedPart = together
    for position in plan.streams[index].factors.indices {
      if together != nil, known.fixed.isTogether[position] {
        result.year.rules.isRead[position] = false
        continue
      }
      try setFactor(index, position, &result, known)
    }
    try setMultipliers(index, &result, known)
    try setGuarantees(index, &result, known)
    if plan.streams[index].isThroughPrefectures { try setCountyRules(index, &result) }
  }

  /// The rules of the second split, for a stream through prefectures.
  private mutating func setCountyRules(
    _ index: Int, _ result: inout StreamResult<Number>
  ) throws(LawError) {
    var local = result.year.rules
    if let own = plan.streams[index].countyFactors {
      local = ShareRules(factorCount: own.count, countyCount: plan.countyCount)
      local.multipliers = result.year.rules.multipliers
      local.guarantees = result.year.rules.guarantees
      let eligible = result.year.eligible
      for (position, factor) in own.enumerated() {
        local.weights[position] = parameter(factor.weight)
        local.isRead[position] = (local.weights[position] .> Number.zero).holdsForAny
        guard local.isRead[position] else { continue }
        _ = try transform(factor.transform, eligible, into: &local.values[position])
      }
    }
    result.year.countyRules = local
    result.year.rules.multipliers = []
    result.year.rules.guarantees = []
  }

  /// Sets the weight and values of a factor; one of weight 0 is not read.
  private mutating func setFactor(
    _ index: Int, _ position: Int, _ result: inout StreamResult<Number>, _ known: KnownYear
  ) throws(LawError) {
    let weight = parameter(plan.streams[index].factors[position].weight)
    let isRead = (weight .> Number.zero).holdsForAny
    result.year.rules.weights[position] = weight
    result.year.rules.isRead[position] = isRead
    result.year.rules.uniformValues[position] = []
    result.year.rules.knownSums[position] = nil
    if !isRead { return }
    if position < known.fixed.factors.count, let column = known.fixed.factors[position] {
      setFixed(index, &result, position, column, isWhole: known.fixed.isWhole)
    } else if let column = plan.sharedFactors.isEmpty ? nil : plan.sharedFactors[index][position] {
      try setShared(column, position, &result, index)
    } else {
      let transform = plan.streams[index].factors[position].transform
      var column: [Number] = []
      swap(&column, &result.year.rules.values[position])
      let sum = try self.transform(transform, result.year.eligible, into: &column)
      swap(&column, &result.year.rules.values[position])
      // Within a prefecture another sum counts.
      if !plan.streams[index].isThroughPrefectures {
        result.year.rules.knownSums[position] = sum
      }
    }
  }

  /// Takes over a column that several streams read; the first of the year works it out.
  private mutating func setShared(
    _ column: Int, _ position: Int, _ result: inout StreamResult<Number>, _ index: Int
  ) throws(LawError) {
    if scratch.shared[column].sum == nil {
      let transform = plan.streams[index].factors[position].transform
      var values: [Number] = []
      swap(&values, &scratch.shared[column].values)
      let sum = try self.transform(transform, result.year.eligible, into: &values)
      swap(&values, &scratch.shared[column].values)
      scratch.shared[column].sum = sum
    }
    if Rule.isExplained {
      result.year.rules.values[position] = scratch.shared[column].values
    } else {
      swap(&result.year.rules.values[position], &scratch.shared[column].values)  // Until returned.
    }
    result.year.rules.knownSums[position] = scratch.shared[column].sum
  }

  /// Takes over the values of a factor that no draw changes; where eligibility does, only for who
  /// is eligible.
  private mutating func setFixed(
    _ index: Int, _ result: inout StreamResult<Number>, _ position: Int, _ known: FixedColumn,
    isWhole: Bool
  ) {
    if !isWhole {
      let eligible = result.year.eligible
      result.year.rules.values[position].setEach { county in
        Number.choose(
          eligible[county] .> Number.zero, Number(repeating: known.values[county]), Number.zero)
      }
    } else if Rule.isExplained || plan.streams[index].isThroughPrefectures {
      result.year.rules.values[position] = Number.column(known.values)
    } else {
      result.year.rules.uniformValues[position] = known.values
      result.year.rules.knownSums[position] = Number(repeating: known.sum)
    }
  }

  // MARK: Values

  /// v = T(x) · h of the eligible counties, 0 for the others, into a column; returns Σ v.
  mutating func transform(
    _ plan: TransformPlan, _ eligible: [Number], into column: inout [Number]
  ) throws(LawError) -> Number {
    try read(plan.indicator, eligible, plan.reference, into: &column)
    let reference = distanceReference(plan, column, eligible)
    let rule = valueRule(plan, reference)
    let scale = try ScaleColumn(plan, eligible, &self)
    var bad = Number.Mask(repeating: false)
    var sum = Number.zero
    @inline(__always) func next(_ county: Int, _ x: Number) -> Number {
      let h = scale.value(of: county)
      let value = rule.value(of: x) * h
      let isEligible = eligible[county] .> Number.zero
      let isGood =
        (value .>= Number.zero) .& value.isFiniteNumber .& rule.accepts(x) .& (h .>= Number.zero)
      bad = bad .| (isEligible .& (.!isGood))
      let own = Number.choose(isEligible, value, Number.zero)
      sum = sum + own
      return own
    }
    column.updateEach(next)
    if bad.holdsForAny { try refuseValues(plan, eligible) }
    try refuse(where: .!sum.isFiniteNumber) {
      .sumNotFinite(year: $0.year, reader: plan.reference)
    }
    return sum
  }

  /// Finds the counties whose values are refused, and refuses them.
  private mutating func refuseValues(
    _ plan: TransformPlan, _ eligible: [Number]
  ) throws(LawError) {
    var column = zeroColumn
    try read(plan.indicator, eligible, plan.reference, into: &column)
    let reference = distanceReference(plan, column, eligible)
    let rule = valueRule(plan, reference)
    let scale = try ScaleColumn(plan, eligible, &self)
    for county in column.indices {
      let isEligible = eligible[county] .> Number.zero
      let x = column[county]
      let h = scale.value(of: county)
      try refuseValue(where: isEligible .& (.!rule.accepts(x)), plan.indicator, x, county, plan)
      if let scale = plan.scale {
        let isNegative = isEligible .& (.!(h .>= Number.zero))
        try refuseValue(where: isNegative, scale, h, county, plan, name: "scale")
      }
      let value = rule.value(of: x) * h
      let isGood = (value .>= Number.zero) .& value.isFiniteNumber
      try refuseValue(where: isEligible .& (.!isGood), plan.indicator, value, county, plan)
    }
  }

  private mutating func refuseValue(
    where mask: Number.Mask, _ indicator: Int, _ value: Number, _ countyIndex: Int,
    _ transformPlan: TransformPlan, name: String? = nil
  ) throws(LawError) {
    if !mask.holdsForAny { return }
    try refuse(where: mask) {
      .refusedValue(
        indicator: $0.plan.indicators[indicator].name, transform: name ?? transformPlan.name,
        value: value[0], county: $0.county(countyIndex), year: $0.year,
        reader: transformPlan.reference)
    }
  }

  /// r of the `distance` transform: given, or the largest x among the eligible.
  private mutating func distanceReference(
    _ plan: TransformPlan, _ column: [Number], _ eligible: [Number]
  ) -> Number {
    guard case .distance(let slot) = plan.kind else { return Number.zero }
    if let slot { return parameter(slot) }
    var largest = Number(repeating: -.infinity)
    for county in column.indices {
      let isEligible = eligible[county] .> Number.zero
      largest = Number.choose(isEligible, Number.greatest(largest, column[county]), largest)
    }
    return largest
  }

  private mutating func valueRule(_ plan: TransformPlan, _ reference: Number) -> ValueRule<Number> {
    var exponent = Number.one
    var bands: [(from: Number, value: Number)] = []
    switch plan.kind {
    case .power(let slot): exponent = parameter(slot)
    case .bands(let list):
      for band in list { bands.append((parameter(band.from), parameter(band.value))) }
    default: break
    }
    return ValueRule(kind: plan.kind, reference: reference, exponent: exponent, bands: bands)
  }

  // MARK: Coefficients

  /// Sets m, product of the stream's coefficients; empty if it has none.
  private mutating func setMultipliers(
    _ index: Int, _ result: inout StreamResult<Number>, _ known: KnownYear
  ) throws(LawError) {
    let coefficients = plan.streams[index].coefficients
    if coefficients.isEmpty { return }
    var product = known.fixed.multipliers.map { Number.column($0) } ?? []
    let eligible = result.year.eligible
    for (position, coefficient) in coefficients.enumerated()
    where !known.fixed.fixedCoefficients.contains(position) {
      let own = try coefficientValues(coefficient, eligible)
      if product.isEmpty {
        product = own
      } else {
        for county in product.indices { product[county] = product[county] * own[county] }
      }
    }
    result.year.rules.multipliers = product
  }

  /// One coefficient of each eligible county.
  ///
  /// Shape: [county].
  mutating func coefficientValues(
    _ coefficient: CoefficientPlan, _ eligible: [Number]
  ) throws(LawError) -> [Number] {
    switch coefficient.source {
    case .indicator(let transform):
      var column = zeroColumn
      _ = try self.transform(transform, eligible, into: &column)
      return column
    case .grades(let slots):
      var table: [Number] = []
      for slot in slots { table.append(parameter(slot, otherwise: 1)) }
      return state.grade.map { grade in
        Number.choose(grade.isThere, GradeIncentives.entry(table, of: grade), Number.one)
      }
    case .groups(let entries):
      var product = Array(repeating: Number.one, count: eligible.count)
      for county in product.indices {
        let active = eligible[county] .> Number.zero
        if !active.holdsForAny { continue }
        for entry in entries {
          let isInside = try isMember(entry.group, county: county, active: active)
          let multiplied = product[county] * parameter(entry.slot)
          product[county] = Number.choose(isInside, multiplied, product[county])
        }
      }
      return product
    }
  }

  // MARK: Guarantees

  private mutating func setGuarantees(
    _ index: Int, _ result: inout StreamResult<Number>, _ known: KnownYear
  ) throws(LawError) {
    let guarantees = plan.streams[index].guarantees
    if guarantees.isEmpty { return }
    let eligible = result.year.eligible
    let own = known.fixed.guaranteeMembers?.map { members in
      eligible.indices.map { eligible[$0] * Number(repeating: members[$0]) }
    }
    let members: [[Number]]
    if let own { members = own } else { members = try guaranteeMembers(guarantees, eligible) }
    result.year.rules.guarantees = zip(guarantees, members).map { guarantee, members in
      GuaranteedShare(members: members, share: parameter(guarantee.slot))
    }
  }

  /// 1 for the eligible counties of each guaranteed group, else 0.
  ///
  /// Shape: [guarantee][county].
  mutating func guaranteeMembers(
    _ guarantees: [(group: Int, slot: Int, reference: Reference)], _ eligible: [Number]
  ) throws(LawError) -> [[Number]] {
    var result: [[Number]] = []
    var covered = Array(repeating: Number.zero, count: eligible.count)
    for guarantee in guarantees {
      var members = covered
      for county in members.indices {
        let active = eligible[county] .> Number.zero
        let isInside =
          active.holdsForAny
          ? active .& (try isMember(guarantee.group, county: county, active: active)) : active
        members[county] = Number.indicator(isInside)
        try refuse(where: isInside .& (covered[county] .> Number.zero)) {
          .guaranteesOverlap(county: $0.county(county), year: $0.year, reader: guarantee.reference)
        }
        covered[county] = covered[county] + members[county]
      }
      result.append(members)
    }
    return result
  }
}

/// h, what a transformed value is multiplied by: 1 without a `scale`.
struct ScaleColumn<Number: LawNumber> {
  /// Values that are the same in every draw.
  ///
  /// Shape: [year][county], flat.
  private var table: [Double] = []
  private var row = 0
  private var varying: [Number] = []

  init<Rule: MoneyRule>(
    _ plan: TransformPlan, _ eligible: [Number], _ simulator: inout Simulator<Rule>
  ) throws(LawError) where Rule.Number == Number {
    guard let scale = plan.scale else { return }
    row = simulator.yearIndex * simulator.plan.countyCount
    table = simulator.plan.indicators[scale].table
    let end = row + simulator.plan.countyCount
    if table.count >= end, !table[row..<end].contains(where: { $0.isNaN }) { return }
    table = []
    varying = simulator.zeroColumn
    try simulator.read(scale, eligible, plan.reference, into: &varying)
  }

  /// h of one county.
  @inline(__always)
  func value(of county: Int) -> Number {
    if !table.isEmpty { return Number(repeating: table[row + county]) }
    return varying.isEmpty ? Number.one : varying[county]
  }
}

/// T of one factor in one year, with its parameters.
struct ValueRule<Number: LawNumber> {
  let kind: TransformPlan.Kind
  let reference: Number
  let exponent: Number
  let bands: [(from: Number, value: Number)]

  /// T(x).
  @inline(__always)
  func value(of x: Number) -> Number {
    switch kind {
    case .value: x
    case .inverse: Number.one / x
    case .distance: Number.greatest(Number.zero, reference - x)
    case .log: x.mapped { log1p($0) }
    case .power: x.raised(to: exponent)
    case .bands: band(x)
    }
  }

  /// Whether the transform takes x.
  @inline(__always)
  func accepts(_ x: Number) -> Number.Mask {
    switch kind {
    case .value, .distance: Number.Mask(repeating: true)
    case .inverse: x .> Number.zero
    case .log, .power: .!(x .< Number.zero)
    case .bands: bands.first.map { $0.from .<= x } ?? Number.Mask(repeating: false)
    }
  }

  private func band(_ x: Number) -> Number {
    var value = Number.missing
    for band in bands { value = Number.choose(band.from .<= x, band.value, value) }
    return value
  }
}
