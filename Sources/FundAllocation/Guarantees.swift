extension CompositeShares {
  /// Raises guaranteed groups to their shares (model, section 2, Guarantees).
  ///
  /// Groups that fall below join the guaranteed until none does; groups of the guaranteed are
  /// scaled to their share each, everybody else to what is left.
  @inlinable mutating func guarantee(
    _ rules: ShareRules<Number>, _ members: some RandomAccessCollection<Int>,
    _ isWithinPrefecture: Bool
  ) {
    if rules.guarantees.isEmpty { return }
    var groups: [GuaranteedGroup<Number>] = []
    for (index, guarantee) in rules.guarantees.enumerated() {
      let group = GuaranteedGroup(guarantee, shares: adjusted, members: members)
      groups.append(group)
      let hasCounties = !isWithinPrefecture || group.hasCounties.holdsForAny
      if hasCounties && !group.hasShare.holdsForAll {
        notices.append(.guaranteeWithoutShare(guarantee: index))
      }
    }
    let otherScale = GuaranteedGroup.settle(&groups)
    for county in members {
      var share = adjusted[county] * otherScale
      for index in groups.indices {
        let isInside = rules.guarantees[index].members[county] .> Number.zero
        let scaled = adjusted[county] * groups[index].scale
        share = Number.choose(isInside .& groups[index].isRaised, scaled, share)
      }
      final[county] = share
    }
  }
}

/// A guaranteed group while the shares are settled.
@usableFromInline
struct GuaranteedGroup<Number: LawNumber> {
  /// θ.
  @usableFromInline let guaranteed: Number
  /// Its share before any guarantee.
  @usableFromInline var share = Number.zero
  @usableFromInline var hasShare: Number.Mask
  @usableFromInline var hasCounties: Number.Mask
  /// Whether it is held at θ.
  @usableFromInline var isRaised: Number.Mask
  /// What its counties' shares are multiplied by, where it is raised.
  @usableFromInline var scale = Number.one

  @inlinable init(
    _ guarantee: GuaranteedShare<Number>, shares: [Number],
    members: some RandomAccessCollection<Int>
  ) {
    guaranteed = guarantee.share
    var counties = Number.zero
    for county in members {
      share = share + shares[county] * guarantee.members[county]
      counties = counties + guarantee.members[county]
    }
    hasShare = share .> Number.zero
    hasCounties = counties .> Number.zero
    isRaised = Number.Mask(repeating: false)
  }

  /// Lets groups join until none is below; returns the scale of everybody else.
  @inlinable static func settle(_ groups: inout [GuaranteedGroup]) -> Number {
    var total = Number.zero
    var others = Number.one
    for round in 0...groups.count {
      var raisedGuarantee = Number.zero
      var raisedShare = Number.zero
      for group in groups {
        raisedGuarantee =
          raisedGuarantee + Number.choose(group.isRaised, group.guaranteed, Number.zero)
        raisedShare = raisedShare + Number.choose(group.isRaised, group.share, Number.zero)
      }
      total = Number.one - raisedShare
      others = (Number.one - raisedGuarantee) / total
      others = Number.choose(total .> Number(repeating: 1e-15), others, Number.one)
      if round == groups.count || !join(&groups, others: others) { break }
    }
    for index in groups.indices {
      groups[index].scale = groups[index].guaranteed / groups[index].share
    }
    return others
  }

  /// Lets every group that is below its θ join; says whether any did.
  @inlinable static func join(_ groups: inout [GuaranteedGroup], others: Number) -> Bool {
    var anyJoined = false
    for index in groups.indices {
      let group = groups[index]
      let isBelow = group.share * others .< group.guaranteed
      let joins = isBelow .& group.hasShare .& (.!group.isRaised)
      groups[index].isRaised = group.isRaised .| joins
      anyJoined = anyJoined || joins.holdsForAny
    }
    return anyJoined
  }
}
