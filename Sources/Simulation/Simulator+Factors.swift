import FundAllocation
import PolicyModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Factor values of a stream with their weights.
///
/// Shapes: [factor][county] and [factor].
struct FactorColumns<Number: LawNumber> {
  var values: [[Number]] = []
  var weights: [Number] = []
  var isRead: [Bool] = []
}

extension Simulator {
  /// Factors, coefficients and guarantees of a stream in numbers.
  mutating func shareRules(
    _ stream: StreamPlan, _ factors: [FactorPlan], _ eligible: [Number]
  ) throws(LawError) -> ShareRules<Number> {
    let columns = try factorColumns(factors, eligible)
    return ShareRules(
      values: columns.values, weights: columns.weights, isRead: columns.isRead,
      multipliers: try multipliers(stream, eligible),
      guarantees: try guarantees(stream, eligible))
  }

  /// Factor values; a factor of weight 0 is not read.
  mutating func factorColumns(
    _ factors: [FactorPlan], _ eligible: [Number]
  ) throws(LawError) -> FactorColumns<Number> {
    var columns = FactorColumns<Number>()
    let zero = Array(repeating: Number.zero, count: eligible.count)
    for factor in factors {
      let weight = parameter(factor.weight)
      let isRead = (weight .> Number.zero).holdsForAny
      columns.weights.append(weight)
      columns.isRead.append(isRead)
      columns.values.append(isRead ? try transformed(factor.transform, eligible) : zero)
    }
    return columns
  }

  /// v = T(x) · h of the eligible counties, 0 for the others.
  mutating func transformed(
    _ plan: TransformPlan, _ eligible: [Number]
  ) throws(LawError) -> [Number] {
    var result = eligible
    var sum = Number.zero
    let indicators = try indicatorValues(plan.indicator, eligible, plan.reference)
    let reference = try distanceReference(plan, indicators, eligible)
    for county in eligible.indices {
      let isEligible = eligible[county] .> Number.zero
      if !isEligible.holdsForAny {
        result[county] = Number.zero
        continue
      }
      var value = try transform(plan, indicators[county], reference, county, isEligible)
      if let scale = plan.scale {
        let factor = try self.value(
          scale, county: county, active: isEligible, reader: plan.reference)
        try refuseValue(
          where: isEligible .& (factor .< Number.zero), scale, "scale", factor, county, plan)
        value = value * factor
      }
      let isGood = (value .>= Number.zero) .& value.isFiniteNumber
      try refuseValue(
        where: isEligible .& (.!isGood), plan.indicator, plan.name, value, county, plan)
      result[county] = Number.choose(isEligible, value, Number.zero)
      sum = sum + result[county]
    }
    try refuse(where: .!sum.isFiniteNumber) {
      .sumNotFinite(year: $0.year, reader: plan.reference)
    }
    return result
  }

  /// x of the eligible counties, 0 for the others.
  ///
  /// Shape: [county].
  private mutating func indicatorValues(
    _ indicator: Int, _ eligible: [Number], _ reader: Reference
  ) throws(LawError) -> [Number] {
    var values = Array(repeating: Number.zero, count: eligible.count)
    for county in eligible.indices {
      let isEligible = eligible[county] .> Number.zero
      if !isEligible.holdsForAny { continue }
      values[county] = try value(
        indicator, county: county, active: isEligible, reader: reader)
    }
    return values
  }

  /// r of the `distance` transform: given, or the largest x among the eligible.
  private mutating func distanceReference(
    _ plan: TransformPlan, _ values: [Number], _ eligible: [Number]
  ) throws(LawError) -> Number {
    guard case .distance(let slot) = plan.kind else { return Number.zero }
    if let slot { return parameter(slot) }
    var largest = Number(repeating: -.infinity)
    for county in eligible.indices {
      let isEligible = eligible[county] .> Number.zero
      largest = Number.choose(isEligible, Number.greatest(largest, values[county]), largest)
    }
    return largest
  }

  private mutating func transform(
    _ plan: TransformPlan, _ x: Number, _ reference: Number, _ county: Int, _ active: Number.Mask
  ) throws(LawError) -> Number {
    let isNegative = x .< Number.zero
    switch plan.kind {
    case .value: return x
    case .inverse:
      try refuseValue(
        where: active .& (x .<= Number.zero), plan.indicator, plan.name, x, county, plan)
      return Number.one / x
    case .distance: return Number.greatest(Number.zero, reference - x)
    case .log:
      try refuseValue(where: active .& isNegative, plan.indicator, plan.name, x, county, plan)
      return x.mapped { log1p($0) }
    case .power(let exponent):
      try refuseValue(where: active .& isNegative, plan.indicator, plan.name, x, county, plan)
      return x.raised(to: parameter(exponent))
    case .bands(let bands):
      return try band(bands, x, county, active, plan)
    }
  }

  private mutating func band(
    _ bands: [(from: Int, value: Int)], _ x: Number, _ county: Int, _ active: Number.Mask,
    _ plan: TransformPlan
  ) throws(LawError) -> Number {
    var value = Number.missing
    for band in bands {
      value = Number.choose(parameter(band.from) .<= x, parameter(band.value), value)
    }
    try refuseValue(
      where: active .& (.!value.isThere), plan.indicator, plan.name, x, county, plan)
    return value
  }

  private mutating func refuseValue(
    where mask: Number.Mask, _ indicator: Int, _ transform: String, _ value: Number,
    _ countyIndex: Int, _ transformPlan: TransformPlan
  ) throws(LawError) {
    if !mask.holdsForAny { return }
    try refuse(where: mask) {
      .refusedValue(
        indicator: $0.plan.indicators[indicator].name, transform: transform, value: value[0],
        county: $0.county(countyIndex), year: $0.year, reader: transformPlan.reference)
    }
  }

  // MARK: Coefficients

  /// m, product of the stream's coefficients; empty if it has none.
  ///
  /// Shape: [county].
  private mutating func multipliers(
    _ stream: StreamPlan, _ eligible: [Number]
  ) throws(LawError) -> [Number] {
    if stream.coefficients.isEmpty { return [] }
    var product = Array(repeating: Number.one, count: eligible.count)
    for coefficient in stream.coefficients {
      let own = try coefficientValues(coefficient, eligible)
      for county in product.indices { product[county] = product[county] * own[county] }
    }
    return product
  }

  /// One coefficient of each eligible county.
  ///
  /// Shape: [county].
  mutating func coefficientValues(
    _ coefficient: CoefficientPlan, _ eligible: [Number]
  ) throws(LawError) -> [Number] {
    switch coefficient.source {
    case .indicator(let transform): return try transformed(transform, eligible)
    case .grades(let slots):
      let table = slots.map { parameter($0, otherwise: 1) }
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

  private mutating func guarantees(
    _ stream: StreamPlan, _ eligible: [Number]
  ) throws(LawError) -> [GuaranteedShare<Number>] {
    var result: [GuaranteedShare<Number>] = []
    var covered = Array(repeating: Number.zero, count: eligible.count)
    for guarantee in stream.guarantees {
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
      result.append(GuaranteedShare(members: members, share: parameter(guarantee.slot)))
    }
    return result
  }
}
