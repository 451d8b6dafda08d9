/// A group's guaranteed share (保障比例) in numbers.
public struct GuaranteedShare<Number: LawNumber>: Sendable {
  /// 1 for its counties, else 0.
  ///
  /// Shape: [county].
  public var members: [Number]
  /// θ, its least share, a fraction of 1.
  public var share: Number

  /// Makes the guarantee.
  public init(members: [Number], share: Number) {
    self.members = members
    self.share = share
  }
}

/// The part of the shares that factors make which no draw changes.
public struct FixedShares: Sendable {
  /// Σ w v / Σ v over the factors that have a sum.
  ///
  /// Shape: [county].
  public let values: [Double]
  /// Σ w of the same factors.
  public let weight: Double

  /// Makes the part.
  public init(values: [Double], weight: Double) {
    self.values = values
    self.weight = weight
  }
}

/// What makes the shares of a stream: factor values with weights, coefficients, guarantees.
public struct ShareRules<Number: LawNumber>: Sendable {
  /// v, value of each factor, 0 for who is not eligible.
  ///
  /// Shape: [factor][county].
  public var values: [[Number]]
  /// v of the factors that are the same in every draw, in place of `values`; empty for the others.
  ///
  /// Shape: [factor][county].
  public var uniformValues: [[Double]]
  /// Σ v of the factors of which it is known already; nil for the others.
  ///
  /// Shape: [factor].
  public var knownSums: [Number?]
  /// Factors that no draw changes, weights included, put together in place of their columns; those
  /// are then not read.
  public var fixedPart: FixedShares?
  /// w, weight of each factor.
  ///
  /// Shape: [factor].
  public var weights: [Number]
  /// Which factors are read this year: those with a weight.
  ///
  /// Shape: [factor].
  public var isRead: [Bool]
  /// m, product of the coefficients; empty if there are none.
  ///
  /// Shape: [county].
  public var multipliers: [Number]
  /// The guarantees.
  public var guarantees: [GuaranteedShare<Number>]

  /// Makes the rules.
  public init(
    values: [[Number]], weights: [Number], isRead: [Bool], multipliers: [Number],
    guarantees: [GuaranteedShare<Number>]
  ) {
    self.values = values
    uniformValues = values.map { _ in [] }
    knownSums = values.map { _ in nil }
    fixedPart = nil
    self.weights = weights
    self.isRead = isRead
    self.multipliers = multipliers
    self.guarantees = guarantees
  }

  /// Room for a number of factors, to be filled year after year.
  public init(factorCount: Int, countyCount: Int) {
    let zero = Array(repeating: Number.zero, count: countyCount)
    self.init(
      values: Array(repeating: zero, count: factorCount),
      weights: Array(repeating: Number.zero, count: factorCount),
      isRead: Array(repeating: false, count: factorCount), multipliers: [], guarantees: [])
  }

  /// The same factors summed over prefectures, without coefficients or guarantees.
  @inlinable public func summed(over prefectures: [[Int]]) -> ShareRules {
    let sums = values.map { column in
      prefectures.map { $0.reduce(Number.zero) { $0 + column[$1] } }
    }
    return ShareRules(
      values: sums, weights: weights, isRead: isRead, multipliers: [], guarantees: [])
  }
}

/// What happened while shares and amounts were made that the user should know.
public enum AllocationNotice: Sendable, Hashable {
  /// A factor's values sum to 0, so it has no say.
  case factorWithoutSum(factor: Int)
  /// Nobody has a share.
  case noShares
  /// A guaranteed group without share was left out.
  case guaranteeWithoutShare(guarantee: Int)
  /// Floors add up to more than the pool; all were scaled.
  case floorsExceedPool
  /// Caps leave money over.
  case poolNotPlaced
  /// Bounds brought a guaranteed group below its share.
  case guaranteeMissed(guarantee: Int)
}

/// The shares of the counties in the three steps in which they come about.
public struct CompositeShares<Number: LawNumber>: Sendable {
  /// s, by factors and weights.
  ///
  /// Shape: [county].
  public var byFactors: [Number]
  /// s', after coefficients.
  ///
  /// Shape: [county].
  public var adjusted: [Number]
  /// s', after guarantees; what the pool is split by.
  ///
  /// Shape: [county].
  public var final: [Number]
  /// w / Σ v of each factor after the weights of factors without a sum were spread.
  ///
  /// Shape: [factor].
  public var factorScales: [Number]
  /// What the user should know.
  public var notices: [AllocationNotice] = []

  /// Makes shares of 0.
  public init(countyCount: Int) {
    byFactors = Array(repeating: Number.zero, count: countyCount)
    adjusted = byFactors
    final = byFactors
    factorScales = []
  }

  /// Makes all shares 0, for who is in no call of `workOut`.
  @inlinable mutating func clear() {
    byFactors.setEach { _ in Number.zero }
    adjusted.setEach { _ in Number.zero }
    final.setEach { _ in Number.zero }
  }

  /// Works out the shares of some counties; together they sum to 1, or to 0 if nobody has any.
  ///
  /// - Parameters:
  ///   - rules: Factors, coefficients and guarantees.
  ///   - members: The counties that share: all of them, or those of one prefecture.
  ///   - isWithinPrefecture: Whether guarantees without counties here are passed over in silence.
  ///   - keepsSteps: Whether `byFactors` and `adjusted` must hold their steps afterwards.
  @inlinable public mutating func workOut(
    _ rules: ShareRules<Number>, members: some RandomAccessCollection<Int>,
    isWithinPrefecture: Bool = false, keepsSteps: Bool = true
  ) {
    weigh(rules, members)
    if !keepsSteps && rules.multipliers.isEmpty && rules.guarantees.isEmpty
      && members.count == final.count
    {
      swap(&final, &byFactors)
      return
    }
    adjust(rules, members)
    guarantee(rules, members, isWithinPrefecture)
  }

  @inlinable mutating func weigh(
    _ rules: ShareRules<Number>, _ members: some RandomAccessCollection<Int>
  ) {
    let liveWeight = setFactorScales(rules, members)
    if let fixed = rules.fixedPart, members.count == byFactors.count {
      let scale = Number.choose(liveWeight .> Number.zero, Number.one / liveWeight, Number.zero)
      rules.weigh(factorScales, fixed, times: scale, into: &byFactors)
      return
    }
    for county in members { byFactors[county] = Number.zero }
    for factor in rules.values.indices where rules.isRead[factor] {
      rules.add(factor, times: factorScales[factor], to: &byFactors, members)
    }
  }

  /// Sets w / Σ v of each factor, weights of factors without a sum spread over the others; returns
  /// Σ w of those that have one.
  @inlinable mutating func setFactorScales(
    _ rules: ShareRules<Number>, _ members: some RandomAccessCollection<Int>
  ) -> Number {
    if factorScales.count != rules.values.count {
      factorScales = Array(repeating: Number.zero, count: rules.values.count)
    }
    var liveWeight = Number(repeating: rules.fixedPart?.weight ?? 0)
    for factor in rules.values.indices {
      var sum = Number.zero
      if rules.isRead[factor] { sum = rules.sum(of: factor, members) }
      let isLive = sum .> Number.zero
      liveWeight = liveWeight + Number.choose(isLive, rules.weights[factor], Number.zero)
      if rules.isRead[factor] && !isLive.holdsForAll {
        notices.append(.factorWithoutSum(factor: factor))
      }
      factorScales[factor] = sum
    }
    for factor in factorScales.indices {
      let sum = factorScales[factor]
      let scale = rules.weights[factor] / liveWeight / sum
      let isLive = (sum .> Number.zero) .& (liveWeight .> Number.zero)
      factorScales[factor] = Number.choose(isLive, scale, Number.zero)
    }
    return liveWeight
  }

  @inlinable mutating func adjust(
    _ rules: ShareRules<Number>, _ members: some RandomAccessCollection<Int>
  ) {
    var sum = Number.zero
    let multipliers = rules.multipliers
    for county in members {
      let share = byFactors[county]
      adjusted[county] = multipliers.isEmpty ? share : share * multipliers[county]
      sum = sum + adjusted[county]
    }
    let hasShares = sum .> Number.zero
    if !hasShares.holdsForAll && !members.isEmpty { notices.append(.noShares) }
    let scale = Number.choose(hasShares, Number.one / sum, Number.zero)
    for county in members {
      if !multipliers.isEmpty { adjusted[county] = adjusted[county] * scale }
      final[county] = adjusted[county]
    }
  }
}

extension ShareRules {
  /// Σ v of a factor over some counties.
  @inlinable func sum(
    of factor: Int, _ members: some RandomAccessCollection<Int>
  ) -> Number {
    if let known = knownSums[factor] { return known }
    let column = values[factor]
    var sum = Number.zero
    for county in members { sum = sum + column[county] }
    return sum
  }

  /// The next factor that is read, from a number on; nil if there is none.
  @inlinable func nextRead(_ start: Int) -> Int? {
    var factor = start
    while factor < isRead.count {
      if isRead[factor] { return factor }
      factor += 1
    }
    return nil
  }

  /// Sets the shares of all counties to those that the fixed part and the factors read give, two
  /// factors a pass.
  @inlinable func weigh(
    _ scales: [Number], _ fixed: FixedShares, times fixedScale: Number, into shares: inout [Number]
  ) {
    var column = shares.mutableSpan
    let start = fixed.values.span
    precondition(start.count == column.count, "shares of others")
    guard let first = nextRead(0), let second = nextRead(first + 1), uniformValues[first].isEmpty,
      uniformValues[second].isEmpty
    else {
      for county in 0..<column.count {
        column[county] = Number(repeating: start[county]) * fixedScale
      }
      add(scales, from: 0, to: &shares)
      return
    }
    let (firstValues, secondValues) = (values[first], values[second])
    let (one, two) = (firstValues.span, secondValues.span)
    let (firstScale, secondScale) = (scales[first], scales[second])
    precondition(one.count == column.count && two.count == column.count, "factors of others")
    for county in 0..<column.count {
      column[county] =
        Number(repeating: start[county]) * fixedScale + firstScale * one[county]
        + secondScale * two[county]
    }
    add(scales, from: second + 1, to: &shares)
  }

  /// Adds the parts of the factors read from a number on to the shares of all counties.
  @inlinable func add(_ scales: [Number], from start: Int, to shares: inout [Number]) {
    var next = nextRead(start)
    while let factor = next {
      add(factor, times: scales[factor], to: &shares, shares.indices)
      next = nextRead(factor + 1)
    }
  }

  /// Adds a factor's part to the shares of some counties.
  @inlinable func add(
    _ factor: Int, times scale: Number, to column: inout [Number],
    _ members: some RandomAccessCollection<Int>
  ) {
    var shares = column.mutableSpan
    let uniform = uniformValues[factor]
    if !uniform.isEmpty {
      for county in members {
        shares[county] = shares[county] + scale * Number(repeating: uniform[county])
      }
      return
    }
    let values = values[factor]
    for county in members { shares[county] = shares[county] + scale * values[county] }
  }
}
