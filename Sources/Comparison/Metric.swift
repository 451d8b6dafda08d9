import PolicyModel

/// A figure that sums up a year of a scenario (model, section 11), in the order of the files.
public enum Metric: String, Sendable, CaseIterable {
  /// Gini of final amount per rural person.
  case giniAmount = "gini_amount"
  /// Gini of end-of-year income per rural person.
  case giniIncome = "gini_income"
  /// Theil index of final amount per rural person.
  case theilAmount = "theil_amount"
  /// Its part between prefectures.
  case theilAmountBetween = "theil_amount_between"
  /// Its part within prefectures.
  case theilAmountWithin = "theil_amount_within"
  /// Theil index of income per rural person.
  case theilIncome = "theil_income"
  /// Its part between prefectures.
  case theilIncomeBetween = "theil_income_between"
  /// Its part within prefectures.
  case theilIncomeWithin = "theil_income_within"
  /// Rank correlation of amount per rural person with need.
  case needAlignment = "need_alignment"
  /// Part of the money that moved against the baseline.
  case poolMoved = "pool_moved"
  /// Counties with over 1 % more than in the baseline.
  case winners
  /// Counties with over 1 % less than in the baseline.
  case losers
  /// Mean change of a county's amount against the year before.
  case volatility
  /// Part of the money at hand that was spent.
  case execution
  /// Unspent money that stays with counties.
  case carried
  /// Money that the region took back.
  case recovered
  /// Money of the pools that no county got.
  case unallocated
  /// Rewards.
  case rewarded
  /// Deductions.
  case deducted
  /// Part of the counties that feel the incentive.
  case incentiveReach = "incentive_reach"
  /// Rank correlation of administrative capacity with the growth of the amount.
  case matthewIndex = "matthew_index"

  /// How a metric is shown.
  public enum Kind: Sendable {
    /// A number without unit.
    case index
    /// A fraction of 1, shown in percent.
    case share
    /// Money in currency units.
    case money
    /// A number of counties.
    case counties
  }

  /// How it is shown.
  public var kind: Kind {
    switch self {
    case .carried, .recovered, .unallocated, .rewarded, .deducted: .money
    case .winners, .losers: .counties
    case .poolMoved, .volatility, .execution, .incentiveReach: .share
    default: .index
    }
  }

  /// Its title in both languages.
  public var title: Wording {
    switch self {
    case .giniAmount: Wording("Gini of amount per rural person", "人均资金基尼系数")
    case .giniIncome: Wording("Gini of income per rural person", "人均收入基尼系数")
    case .theilAmount: Wording("Theil of amount per rural person", "人均资金泰尔指数")
    case .theilAmountBetween: Wording("  between prefectures", "  地州市之间")
    case .theilAmountWithin: Wording("  within prefectures", "  地州市内部")
    case .theilIncome: Wording("Theil of income per rural person", "人均收入泰尔指数")
    case .theilIncomeBetween: Wording("  between prefectures", "  地州市之间")
    case .theilIncomeWithin: Wording("  within prefectures", "  地州市内部")
    case .needAlignment: Wording("Alignment with need (rank corr.)", "与需求的一致性（秩相关）")
    case .poolMoved: Wording("Money moved against baseline", "与基准相比转移的资金")
    case .winners: Wording("Winners (over +1 %), counties", "增加1%以上的县数（县）")
    case .losers: Wording("Losers (over −1 %), counties", "减少1%以上的县数（县）")
    case .volatility: Wording("Volatility against last year", "与上年相比的波动")
    case .execution: Wording("Execution rate", "预算执行率")
    case .carried: Wording("Carried over", "结转资金")
    case .recovered: Wording("Recovered by the region", "收回资金")
    case .unallocated: Wording("Unallocated", "未分配资金")
    case .rewarded: Wording("Rewards", "奖励资金")
    case .deducted: Wording("Deductions", "扣减资金")
    case .incentiveReach: Wording("Counties that feel the incentive", "受激励影响的县占比")
    case .matthewIndex: Wording("Matthew index (capacity → growth)", "马太指数（能力→增长）")
    }
  }
}
