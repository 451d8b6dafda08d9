import FundAllocation
import PolicyModel
import Simulation
import Statistics

/// How far the computed amounts of a stream and year agree with the amounts officially paid.
public struct PublishedAgreement: Sendable {
  /// A county whose computed amount differs.
  public struct Difference: Sendable {
    /// The county.
    public let county: County
    /// The official amount.
    public let official: Money
    /// The computed final amount.
    public let computed: Money

    /// Computed less official.
    public var error: Money { computed - official }
  }

  /// The stream's key.
  public let stream: String
  /// The stream's title.
  public let title: Wording
  /// The year.
  public let year: Int
  /// Counties with an official amount.
  public let countyCount: Int
  /// Sum of the official amounts.
  public let officialSum: Money
  /// Sum of the computed amounts of the same counties.
  public let computedSum: Money
  /// Counties whose amounts are equal.
  public let equalCount: Int
  /// Counties within one quantum.
  public let withinQuantum: Int
  /// Counties within two quanta.
  public let withinTwoQuanta: Int
  /// Counties within 1 % of the official amount.
  public let withinPercent: Int
  /// R²: 1 − Σ (official − computed)² / Σ (official − mean)²; nil where all are equal.
  public let rSquared: Double?
  /// λ per unit of the factors' values, such as the official value of a point; nil where λ is
  /// undefined or the stream has more than one factor.
  public let pointValue: Double?
  /// Σ |error|.
  public let absoluteError: Money
  /// √(Σ error²) in fen.
  public let euclideanError: Double
  /// Errors at the quantiles of `quantiles`, in fen.
  public let errorQuantiles: [Double]
  /// Mean error of each group of the scenario, in fen, with its number of counties.
  public let groupBias: [(group: Wording, meanError: Double, countyCount: Int)]
  /// What the errors over two quanta look like.
  public let pattern: ErrorPattern
  /// The largest differences, largest first.
  public let worst: [Difference]

  /// The quantiles at which errors are shown.
  public static let quantiles = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]

  /// Compares every stream and year that has official amounts in the data.
  ///
  /// - Parameters:
  ///   - ledger: The run.
  ///   - worstCount: How many of the largest differences to keep.
  /// - Returns: One agreement for each stream and year.
  public static func all(_ ledger: Ledger, worstCount: Int) -> [PublishedAgreement] {
    ledger.plan.scenario.streams.enumerated().flatMap { index, stream in
      ledger.years.indices.compactMap { yearIndex in
        PublishedAgreement(ledger, stream: index, yearIndex: yearIndex, worstCount: worstCount)
      }
    }
  }

  /// Compares one stream and year; nil if it has no official amounts.
  init?(_ ledger: Ledger, stream index: Int, yearIndex: Int, worstCount: Int) {
    let policy = ledger.plan.scenario.streams[index]
    let result = ledger.years[yearIndex].streams[index]
    let differences = PublishedAgreement.differences(ledger, index, yearIndex)
    if differences.isEmpty { return nil }
    stream = policy.key
    title = policy.title
    year = ledger.years[yearIndex].year
    countyCount = differences.count
    officialSum = differences.reduce(.zero) { $0 + $1.official }
    computedSum = differences.reduce(.zero) { $0 + $1.computed }
    let quantum = ledger.plan.scenario.quantum.fen
    equalCount = differences.count { $0.error == .zero }
    withinQuantum = differences.count { abs($0.error.fen) <= quantum }
    withinTwoQuanta = differences.count { abs($0.error.fen) <= 2 * quantum }
    withinPercent = differences.count { 100 * abs($0.error.fen) <= $0.official.fen }
    rSquared = PublishedAgreement.rSquared(differences)
    pointValue = PublishedAgreement.pointValue(result)
    absoluteError = differences.reduce(.zero) { $0 + Money(fen: abs($1.error.fen)) }
    euclideanError = differences.reduce(0) { $0 + $1.error.asDouble * $1.error.asDouble }
      .squareRoot()
    let sorted = differences.map(\.error.asDouble).sorted()
    errorQuantiles = PublishedAgreement.quantiles.map { Quantile.value(of: sorted, at: $0) }
    groupBias = PublishedAgreement.groupBias(ledger, yearIndex, differences)
    pattern = ErrorPattern(ledger, stream: index, yearIndex: yearIndex, differences)
    worst = Array(
      differences.filter { $0.error != .zero }
        .sorted {
          abs($0.error.fen) == abs($1.error.fen)
            ? isBefore($0.county.code, $1.county.code) : abs($0.error.fen) > abs($1.error.fen)
        }.prefix(worstCount))
  }

  /// The official amounts of a stream of just that year, by index of the county.
  ///
  /// - Parameters:
  ///   - ledger: A run.
  ///   - index: Index of the stream.
  ///   - yearIndex: Index of the year in the run.
  /// - Returns: Counties with an official amount, ascending; none where the stream names no column.
  public static func official(
    _ ledger: Ledger, stream index: Int, yearIndex: Int
  ) -> [(county: Int, amount: Money)] {
    let year = ledger.years[yearIndex].year
    guard let column = ledger.plan.scenario.streams[index].published,
      let values = ledger.plan.panel.column(named: column.name)?.values,
      let row = ledger.plan.panel.years.firstIndex(of: year)
    else { return [] }
    let unit = ledger.plan.panel.descriptions[column.name]?.unit ?? ""
    let size = ledger.plan.scenario.currency.size(ofColumnUnit: unit) ?? 1
    return ledger.plan.counties.counties.indices.compactMap { county in
      let value = values[row * ledger.plan.countyCount + county]
      if value.isNaN { return nil }
      return (county, Money(wholeFen: (value * size * 100).rounded(.toNearestOrAwayFromZero)))
    }
  }

  private static func differences(
    _ ledger: Ledger, _ index: Int, _ yearIndex: Int
  ) -> [Difference] {
    let final = ledger.years[yearIndex].streams[index].final
    return official(ledger, stream: index, yearIndex: yearIndex).map { county, amount in
      Difference(
        county: ledger.plan.counties.counties[county], official: amount,
        computed: Money(wholeFen: final[county]))
    }
  }

  private static func groupBias(
    _ ledger: Ledger, _ yearIndex: Int, _ differences: [Difference]
  ) -> [(group: Wording, meanError: Double, countyCount: Int)] {
    let indexOfCode = ledger.plan.counties.indexOfCode
    return ledger.plan.scenario.groups.enumerated().compactMap { position, group in
      let inside = ledger.years[yearIndex].observation.groups[position]
      let errors = differences.filter { difference in
        indexOfCode[difference.county.code].map { inside[$0] > 0 } ?? false
      }.map(\.error.asDouble)
      if errors.isEmpty { return nil }
      return (group.title, errors.reduce(0, +) / Double(errors.count), errors.count)
    }
  }

  private static func rSquared(_ differences: [Difference]) -> Double? {
    let official = differences.map(\.official.asDouble)
    let mean = official.reduce(0, +) / Double(official.count)
    let total = official.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    if total == 0 { return nil }
    let rest = differences.reduce(0) { $0 + $1.error.asDouble * $1.error.asDouble }
    return 1 - rest / total
  }

  /// λ divided by the sum of the only factor's values.
  ///
  /// Currency units per unit of the factor.
  private static func pointValue(_ result: StreamResult<Double>) -> Double? {
    let rules = result.year.rules
    guard rules.isRead.filter({ $0 }).count == 1, rules.multipliers.isEmpty,
      rules.guarantees.isEmpty,
      let factor = rules.isRead.firstIndex(of: true), !result.allocation.level.isNaN
    else { return nil }
    let sum = rules.values[factor].reduce(0, +)
    return sum > 0 ? result.allocation.level / 100 / sum : nil
  }
}
