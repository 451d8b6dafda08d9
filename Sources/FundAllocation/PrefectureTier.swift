extension StreamAllocation {
  /// Region to prefectures, then each prefecture's amount to its counties (model, section 3).
  @inlinable mutating func allocateThroughPrefectures<Rule: MoneyRule>(
    _ year: StreamYear<Number>, _ countyRules: ShareRules<Number>, _ prefectures: [[Int]],
    _ money: Rule
  ) where Rule.Number == Number {
    var upper = CompositeShares<Number>(countyCount: prefectures.count)
    upper.workOut(year.rules.summed(over: prefectures), members: prefectures.indices)
    notices += upper.notices
    shares.clear()
    for members in prefectures {
      let eligible = members.filter { (year.eligible[$0] .> Number.zero).holdsForAny }
      shares.workOut(countyRules, members: eligible, isWithinPrefecture: true)
    }
    let bounds = prefectures.map { prefectureBounds($0) }
    let placed = Placement(
      shares: upper.final, floors: bounds.map(\.floor), caps: bounds.map(\.cap), pool: basePool,
      money: money)
    notices += placed.result.notices
    unplaced = placed.unplaced
    share = shares.final
    for (prefecture, members) in prefectures.enumerated() {
      for county in members { share[county] = upper.final[prefecture] * shares.final[county] }
      place(placed.amounts[prefecture], on: members, money)
    }
  }

  /// Σ ℓ and Σ u of a prefecture's counties, ℓ in place of u for a county without share.
  @inlinable func prefectureBounds(_ members: [Int]) -> (floor: Number, cap: Number) {
    var floor = Number.zero
    var cap = Number.zero
    for county in members {
      let hasShare = shares.final[county] .> Number.zero
      floor = floor + floors[county]
      cap = cap + Number.choose(hasShare, caps[county], floors[county])
    }
    return (floor, cap)
  }

  /// Splits a prefecture's amount over its counties.
  @inlinable mutating func place<Rule: MoneyRule>(
    _ amount: Number, on members: [Int], _ money: Rule
  ) where Rule.Number == Number {
    let placed = Placement(
      shares: members.map { shares.final[$0] }, floors: members.map { floors[$0] },
      caps: members.map { caps[$0] }, pool: amount, money: money)
    for (index, county) in members.enumerated() {
      base[county] = placed.amounts[index]
      unrounded[county] = placed.unrounded[index]
    }
    for notice in placed.result.notices where notice != .floorsExceedPool {
      notices.append(notice)
    }
    unplaced = unplaced + placed.unplaced
  }
}
