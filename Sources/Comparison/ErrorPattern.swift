import FundAllocation
import PolicyModel
import Simulation
import Statistics

/// What the differences between computed and official amounts look like.
///
/// The tests, in order, on differences over two quanta (misfits):
/// 1. *Rounding*: at most 1 % of the counties are misfits.
/// 2. *Bounds*: at least half of the misfits have an official amount within two quanta of the
///    computed floor or cap while the computed amount is elsewhere.
/// 3. *Missing factor*: over at least 20 counties, the rank correlation of the error with a column
///    of the data is 0.3 or more in size; the largest is named.
/// 4. Otherwise no pattern is found.
public struct ErrorPattern: Sendable {
  /// The verdict.
  public enum Verdict: Sendable, Equatable {
    /// Nothing is left but rounding.
    case rounding
    /// Bounds differ.
    case bounds
    /// A column goes with the errors.
    case missingFactor(column: String, correlation: Double)
    /// None of these.
    case none
  }

  /// Counties that differ by more than two quanta.
  public let misfitCount: Int
  /// Misfits whose official amount stands at a computed bound.
  public let atBoundCount: Int
  /// The verdict.
  public let verdict: Verdict

  init(
    _ ledger: Ledger, stream: Int, yearIndex: Int, _ differences: [PublishedAgreement.Difference]
  ) {
    let limit = 2 * ledger.plan.scenario.quantum.fen
    let misfits = differences.filter { abs($0.error.fen) > limit }
    let allocation = ledger.years[yearIndex].streams[stream].allocation
    let indexOfCode = ledger.plan.counties.indexOfCode
    misfitCount = misfits.count
    atBoundCount = misfits.count { difference in
      guard let county = indexOfCode[difference.county.code] else { return false }
      return [allocation.floors[county], allocation.caps[county]].contains { bound in
        bound.isFinite && abs(difference.official.asDouble - bound) <= Double(limit)
      }
    }
    if misfitCount * 100 <= differences.count {
      verdict = .rounding
    } else if atBoundCount * 2 >= misfitCount {
      verdict = .bounds
    } else {
      verdict = ErrorPattern.missingFactor(ledger, yearIndex, differences)
    }
  }

  private static func missingFactor(
    _ ledger: Ledger, _ yearIndex: Int, _ differences: [PublishedAgreement.Difference]
  ) -> Verdict {
    let panel = ledger.plan.panel
    let published = Set(ledger.plan.scenario.streams.compactMap(\.published?.name))
    guard let row = panel.years.firstIndex(of: ledger.years[yearIndex].year) else { return .none }
    var best: (column: String, correlation: Double)?
    for column in panel.columns where !published.contains(column.name) {
      let pairs = differences.compactMap { difference -> (Double, Double)? in
        guard let county = ledger.plan.counties.indexOfCode[difference.county.code] else {
          return nil
        }
        let value = column.values[row * ledger.plan.counties.count + county]
        return value.isNaN ? nil : (difference.error.asDouble, value)
      }
      guard pairs.count >= 20,
        let found = RankCorrelation.spearman(pairs.map(\.0), pairs.map(\.1))
      else { continue }
      if abs(found) > abs(best?.correlation ?? 0) { best = (column.name, found) }
    }
    guard let best, abs(best.correlation) >= 0.3 else { return .none }
    return .missingFactor(column: best.column, correlation: best.correlation)
  }
}
