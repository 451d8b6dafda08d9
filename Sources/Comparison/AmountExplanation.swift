import FundAllocation
import PolicyModel
import Simulation

/// How one amount of one county came about, in signed steps that sum to it.
public struct AmountExplanation: Sendable {
  /// One step.
  public struct Step: Sendable {
    /// What the step is.
    public enum Kind: String, Sendable {
      /// A factor's part of the base pool.
      case factor
      /// What coefficients change.
      case coefficients
      /// What guarantees change.
      case guarantees
      /// What other counties' floors and caps leave or take.
      case bounds
      /// What the county's own floor adds.
      case floor
      /// What the county's own cap takes.
      case cap
      /// Rounding to the quantum.
      case rounding
      /// A deduction.
      case deduction
      /// A reward.
      case reward
      /// Held back by a gate.
      case held
    }

    /// What the step is.
    public let kind: Kind
    /// The factor it concerns, if it is one.
    public let factor: FactorDetail?
    /// Signed amount.
    public let amount: Money
    /// The parameters behind it.
    public let parameters: [ParameterValue]
  }

  /// A factor's figures for the county.
  public struct FactorDetail: Sendable {
    /// The factor's key.
    public let key: String
    /// Title of the factor or its indicator.
    public let title: Wording
    /// The indicator it reads.
    public let indicator: String
    /// The indicator's value; nil where it cannot be told.
    public let indicatorValue: Double?
    /// v, the factor's value.
    public let value: Double
    /// z, the county's share in the sum of all values.
    public let share: Double
    /// w, the weight as written.
    public let weight: Double
  }

  /// A parameter with its value of the year and where it was written.
  public struct ParameterValue: Sendable, Hashable {
    /// The key.
    public let path: String
    /// The value: a number, or fen for money.
    public let value: Double
    /// Whether the value is money.
    public let isMoney: Bool
    /// Where it was written; nil for a default.
    public let location: SourceLocation?
  }

  /// The county.
  public let county: County
  /// The year.
  public let year: Int
  /// The stream.
  public let stream: StreamPolicy
  /// The steps in order.
  public let steps: [Step]
  /// P, the pool.
  public let pool: Money
  /// B, the base pool.
  public let basePool: Money
  /// ā, the reference amount; nil if there is none.
  public let reference: Money?
  /// The county's share in the base pool.
  public let share: Double
  /// The grade that counts this year, if there is one.
  public let grade: Grade?
  /// Whether the county is eligible.
  public let isEligible: Bool
  /// The share of the county's prefecture, for a stream through prefectures.
  public let prefectureShare: Double?
  /// The final amount: the sum of all steps.
  public let final: Money
}

extension AmountExplanation {
  /// Explains the amount of one county, stream and year of a run.
  public init(_ ledger: Ledger, county: Int, stream: Int, yearIndex: Int) {
    var builder = ExplanationBuilder(
      ledger: ledger, county: county, streamIndex: stream, yearIndex: yearIndex)
    builder.build()
    let result = builder.result
    self.county = ledger.plan.counties.counties[county]
    year = ledger.years[yearIndex].year
    self.stream = builder.policy
    steps = builder.steps
    pool = Money(wholeFen: result.year.pool)
    basePool = Money(wholeFen: result.allocation.basePool)
    let reference = result.year.reference[county]
    self.reference = reference > 0 ? Money(wholeFen: reference) : nil
    share = result.allocation.share[county]
    let grade = ledger.years[yearIndex].start.grade[county]
    self.grade = grade.isNaN ? nil : Grade(rawValue: Int(grade))
    isEligible = result.year.eligible[county] > 0
    prefectureShare = builder.prefectureShare
    final = Money(wholeFen: result.final[county])
  }
}
