import Documents

/// One line of the result.
struct ResultRow {
  enum Unit: String {
    case nanoseconds = "ns"
    case microseconds = "µs"
    case milliseconds = "ms"
    case seconds = "s"
    case megabytes = "MB"
    case gigaflops = "Gflop/s"
    case gigabytes = "GB/s"
    case percent = "%"
    case slope = ""
  }

  enum Goal {
    /// The median, in seconds, megabytes or as a slope.
    case atMost(Double)
    case atLeast(Double)
    /// The median ratio of a peer's time to this one.
    case times(String, Double)
  }

  let kernel: String
  let size: String
  let median: Sample
  let unit: Unit
  /// Peers' times over this one, round by round: above 1 Karez is faster.
  var ratios: [(peer: String, ratio: Sample)] = []
  var goals: [Goal] = []

  /// The goals that are not met.
  var missedGoals: [Goal] {
    goals.filter { goal in
      switch goal {
      case .atMost(let most): median.median > most
      case .atLeast(let least): median.median < least
      case .times(let peer, let times):
        (ratios.first { $0.peer == peer }?.ratio.median ?? 0) < times
      }
    }
  }

  /// A line for the row, then one for every further peer.
  var lines: [[Cell]] {
    let own = [
      Cell(kernel), Cell(size), figure(median.median),
      Cell("\(number(median.least))–\(number(median.largest))"), Cell(unit.rawValue),
    ]
    if ratios.isEmpty { return [own + [.empty, .empty, .empty] + goalCells(for: nil)] }
    return ratios.map { peer, ratio in
      own + [
        Cell(peer), Cell(ratio.median, text: "\(ratio.median.text(2)) ×"),
        Cell("\(ratio.least.text(2))–\(ratio.largest.text(2))"),
      ] + goalCells(for: peer)
    }
  }

  private func goalCells(for peer: String?) -> [Cell] {
    let own = goals.filter { goal in
      if case .times(let name, _) = goal { return name == peer }
      return peer == nil || peer == ratios.first?.peer
    }
    if own.isEmpty { return [.empty, .empty] }
    var alone = self
    alone.goals = own
    return [
      Cell(own.map(goalText).joined(separator: ", ")),
      Cell(alone.missedGoals.isEmpty ? "met" : "MISSED"),
    ]
  }

  private func figure(_ value: Double) -> Cell { Cell(scaled(value), text: number(value)) }

  private func number(_ value: Double) -> String {
    scaled(value).text([.slope, .nanoseconds, .seconds].contains(unit) ? 2 : 1)
  }

  private func scaled(_ value: Double) -> Double {
    switch unit {
    case .nanoseconds: value * 1e9
    case .microseconds: value * 1e6
    case .milliseconds: value * 1e3
    case .seconds, .megabytes, .gigaflops, .gigabytes, .percent, .slope: value
    }
  }

  private func goalText(_ goal: Goal) -> String {
    switch goal {
    case .atMost(let most): "≤ \(scaled(most).text(unit == .slope ? 2 : 0))"
    case .atLeast(let least): "≥ \(scaled(least).text(unit == .slope ? 2 : 0))"
    case .times(_, let times): "≥ \(times.text(1)) ×"
    }
  }

  static let columns: [Table.Column] = [
    Table.Column("kernel", .leading), Table.Column("size", .trailing),
    Table.Column("median"), Table.Column("range"), Table.Column("unit", .leading),
    Table.Column("peer", .leading), Table.Column("peer / Karez"), Table.Column("range"),
    Table.Column("goal", .leading), Table.Column("", .leading),
  ]
}

extension Double {
  /// With so many decimals.
  func text(_ decimals: Int) -> String { NumberText.fixed(self, decimals: decimals) }
}
