import Documents

/// One line of the result.
struct ResultRow {
  enum Unit: String {
    case microseconds = "µs"
    case milliseconds = "ms"
    case megabytes = "MB"
    case slope = ""
  }

  enum Goal {
    /// The median, in seconds, megabytes or as a slope.
    case atMost(Double)
    case within(Double, Double)
    /// The median ratio to the peer.
    case timesFaster(Double)
  }

  let kernel: String
  let size: String
  let median: Sample
  let unit: Unit
  var ratio: Sample?
  var goals: [Goal] = []

  /// Whether every goal is met; nil without goals.
  var isMet: Bool? {
    if goals.isEmpty { return nil }
    return goals.allSatisfy { goal in
      switch goal {
      case .atMost(let most): median.median <= most
      case .within(let low, let high): median.median >= low && median.median <= high
      case .timesFaster(let times): (ratio?.median ?? 0) >= times
      }
    }
  }

  var cells: [Cell] {
    let ratioCells =
      ratio.map { ratio in
        [
          Cell(ratio.median, text: "\(ratio.median.text(1)) ×"),
          Cell("\(ratio.least.text(1))–\(ratio.largest.text(1))"),
        ]
      } ?? [.empty, .empty]
    return [
      Cell(kernel), Cell(size), figure(median.median),
      Cell("\(number(median.least))–\(number(median.largest))"), Cell(unit.rawValue),
    ] + ratioCells + [
      Cell(goals.map(goalText).joined(separator: ", ")),
      Cell(isMet.map { $0 ? "met" : "MISSED" } ?? ""),
    ]
  }

  private func figure(_ value: Double) -> Cell { Cell(scaled(value), text: number(value)) }

  private func number(_ value: Double) -> String {
    scaled(value).text(unit == .slope ? 2 : 1)
  }

  private func scaled(_ value: Double) -> Double {
    switch unit {
    case .microseconds: value * 1e6
    case .milliseconds: value * 1e3
    case .megabytes, .slope: value
    }
  }

  private func goalText(_ goal: Goal) -> String {
    switch goal {
    case .atMost(let most): "≤ \(scaled(most).text(unit == .slope ? 2 : 0))"
    case .within(let low, let high): "\(low.text(2))–\(high.text(2))"
    case .timesFaster(let times): "≥ \(times.text(0)) ×"
    }
  }

  static let columns: [Table.Column] = [
    Table.Column("kernel", .leading), Table.Column("size", .trailing),
    Table.Column("median"), Table.Column("range"), Table.Column("unit", .leading),
    Table.Column("NumPy / Karez"), Table.Column("range"), Table.Column("goal", .leading),
    Table.Column("", .leading),
  ]
}

extension Double {
  /// With so many decimals.
  func text(_ decimals: Int) -> String { NumberText.fixed(self, decimals: decimals) }
}
