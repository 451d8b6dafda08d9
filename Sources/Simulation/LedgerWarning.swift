import FundAllocation
import PolicyModel

/// Something that happened in a run that the user should know.
public struct LedgerWarning: Sendable, Hashable {
  /// The scenario's name.
  public let scenario: String
  /// The stream's key.
  public let stream: String
  /// First year in which it happened.
  public let year: Int
  /// In how many years it happened.
  public let yearCount: Int
  /// What happened.
  public let wording: Wording

  /// The whole line.
  public func text(in language: Language) -> String {
    let span = yearCount == 1 ? "\(year)" : "\(year) (+\(yearCount - 1))"
    return "\(scenario) · \(stream) · \(span): \(wording.text(in: language))"
  }
}

/// Collects warnings; the same warning of several years is one line.
struct WarningList {
  let plan: Plan
  private var order: [Key] = []
  private var found: [Key: (year: Int, count: Int)] = [:]

  private struct Key: Hashable {
    let stream: Int
    let wording: Wording
  }

  init(plan: Plan) { self.plan = plan }

  mutating func add(_ streams: [StreamResult<Double>], year: Int) {
    for (index, result) in streams.enumerated() {
      if !result.year.eligible.contains(1) {
        add(Key(stream: index, wording: WarningList.nobodyEligible), year)
        continue
      }
      let notices = result.allocation.shares.notices + result.allocation.notices
      var seen: Set<AllocationNotice> = []
      for notice in notices where seen.insert(notice).inserted {
        add(Key(stream: index, wording: wording(notice, plan.scenario.streams[index])), year)
      }
    }
  }

  private mutating func add(_ key: Key, _ year: Int) {
    if let known = found[key] {
      found[key] = (known.year, known.count + 1)
    } else {
      order.append(key)
      found[key] = (year, 1)
    }
  }

  var list: [LedgerWarning] {
    order.map { key in
      LedgerWarning(
        scenario: plan.scenario.name, stream: plan.scenario.streams[key.stream].key,
        year: found[key]?.year ?? 0, yearCount: found[key]?.count ?? 0, wording: key.wording)
    }
  }

  private static let nobodyEligible = Wording(
    "no county is eligible; the whole pool is unallocated", "没有符合条件的县，资金全部未分配")

  private func wording(_ notice: AllocationNotice, _ stream: StreamPolicy) -> Wording {
    switch notice {
    case .factorWithoutSum(let factor):
      let key = stream.factors.indices.contains(factor) ? stream.factors[factor].key : "\(factor)"
      return Wording(
        "the values of factor \"\(key)\" sum to 0; its weight was spread over the others",
        "因素“\(key)”的合计为0，其权重按比例分摊到其他因素")
    case .noShares:
      return Wording("no county has a share", "没有县市取得份额")
    case .guaranteeWithoutShare(let guarantee):
      let name = stream.guarantees[guarantee].group.name
      return Wording(
        "the guaranteed group \"\(name)\" has no share and was left out",
        "有保障比例的分组“\(name)”没有份额，未予保障")
    case .floorsExceedPool:
      return Wording(
        "floors add up to more than the base pool; all were scaled down",
        "保底金额合计超过基础资金，已按比例缩减")
    case .poolNotPlaced:
      return Wording(
        "caps leave part of the base pool unallocated", "受上限约束，部分基础资金未能分配")
    case .guaranteeMissed(let guarantee):
      let name = stream.guarantees[guarantee].group.name
      return Wording(
        "bounds bring the guaranteed group \"\(name)\" below its share",
        "受上下限约束，分组“\(name)”低于其保障比例")
    }
  }
}
