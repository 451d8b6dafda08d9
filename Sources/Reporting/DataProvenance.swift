import PolicyModel
import Simulation

/// What a file of results says in its column `data` of that on which a row rests.
public enum DataMark: String, Sendable {
  /// All of it was observed.
  case observed
  /// Some of it was made up for demonstration.
  case synthetic
  /// None of it is said to be made up, but of some nothing is said.
  case unmarked
}

/// Which of the data a comparison used were observed and which made up.
public struct DataProvenance: Sendable {
  /// Synthetic columns in order of first appearance.
  public let synthetic: [String]
  /// Columns about which the data do not say.
  public let unmarked: [String]

  /// Looks through the data of some ledgers.
  public init(_ ledgers: [Ledger]) {
    self.init(
      columns: ledgers.flatMap { ledger in
        ledger.plan.panel.columns.map {
          ($0.name, ledger.plan.panel.descriptions[$0.name]?.status)
        }
      })
  }

  /// Looks through named columns; one that comes again counts once.
  public init(columns: [(name: String, status: ColumnDescription.Status?)]) {
    var synthetic: [String] = []
    var unmarked: [String] = []
    for column in columns {
      switch column.status {
      case .synthetic:
        if !synthetic.contains(column.name) { synthetic.append(column.name) }
      case .observed: break
      case nil:
        if !unmarked.contains(column.name) { unmarked.append(column.name) }
      }
    }
    self.synthetic = synthetic
    self.unmarked = unmarked
  }

  /// The mark of all the columns, for files.
  public var mark: DataMark {
    if !synthetic.isEmpty { return .synthetic }
    return unmarked.isEmpty ? .observed : .unmarked
  }

  /// The mark that stands on every output.
  public func lines(_ language: Language) -> [String] {
    var lines: [String] = []
    if !synthetic.isEmpty {
      let wording = Wording(
        "SYNTHETIC DATA: \(synthetic.count) indicators are made up for demonstration "
          + "(\(listed(synthetic))).",
        "合成数据：\(synthetic.count)项指标为演示用虚构数据（\(listed(synthetic))）。")
      lines.append(wording.text(in: language))
    }
    if !unmarked.isEmpty {
      let wording = Wording(
        "Not marked as observed or synthetic: \(listed(unmarked)).",
        "未标明实测或合成：\(listed(unmarked))。")
      lines.append(wording.text(in: language))
    }
    return lines
  }

  private func listed(_ names: [String]) -> String {
    names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
  }
}
