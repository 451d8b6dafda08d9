import PolicyModel

/// A metric with the direction in which it is better, for trade-offs.
public struct MetricPreference: Sendable, Equatable {
  /// The metric.
  public let metric: Metric
  /// Whether more of it is better.
  public let prefersMore: Bool

  /// Makes a preference.
  public init(metric: Metric, prefersMore: Bool) {
    self.metric = metric
    self.prefersMore = prefersMore
  }

  /// 1 where less is better, −1 where more is: what is made small is sign × value.
  public var sign: Double { prefersMore ? -1 : 1 }

  /// Reads two metrics parted by a comma; `-` or `+` before a name says that less or more is better.
  ///
  /// - Throws: `Problem` for an unknown metric, another number of metrics than two, or one twice.
  public static func pair(_ text: String) throws(Problem) -> [MetricPreference] {
    let parts = text.split(omittingEmptySubsequences: false, whereSeparator: { ",，".contains($0) })
    guard parts.count == 2 else {
      throw problem(
        text,
        Wording(
          "name two metrics, such as gini_amount,execution", "请写两项指标，例如 gini_amount,execution"))
    }
    var pair: [MetricPreference] = []
    for part in parts { pair.append(try one(part, text)) }
    if pair[0].metric == pair[1].metric {
      throw problem(text, Wording("the two metrics are the same", "两项指标相同"))
    }
    return pair
  }

  private static func one(
    _ part: Substring, _ text: String
  ) throws(Problem) -> MetricPreference {
    let bare = part.filter { !$0.isWhitespace }
    let sign = bare.first.flatMap { "+-−".contains($0) ? $0 : nil }
    let name = sign == nil ? bare : String(bare.dropFirst())
    guard let metric = Metric(rawValue: name) else {
      throw problem(
        text,
        Wording("\"\(name)\" is no metric", "“\(name)”不是指标")
          + nearestHint(name, among: Metric.allCases.map(\.rawValue)))
    }
    return MetricPreference(
      metric: metric, prefersMore: sign.map { $0 == "+" } ?? metric.isBetterWhenMore)
  }

  private static func problem(_ text: String, _ wording: Wording) -> Problem {
    Problem(nil, path: "--trade-off", Wording(same: "\(text): ") + wording)
  }
}

extension Metric {
  /// Whether more of it is commonly held better; a user may say otherwise.
  public var isBetterWhenMore: Bool {
    switch self {
    case .needAlignment, .winners, .execution, .rewarded, .incentiveReach: true
    default: false
    }
  }
}
