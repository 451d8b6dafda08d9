import Comparison
import Sensitivity
import Simulation

/// What drives the metrics of a year, as found.
public struct SensitivityFindings: Sendable {
  /// What one metric's study came to.
  public enum Outcome: Sendable {
    /// First and total order.
    case sobol(SobolIndices)
    /// Elementary effects.
    case morris(MorrisScreening)
    /// Shapley effects.
    case shapley(ShapleyEffects)
  }

  /// A metric with its study.
  public struct Finding: Sendable {
    /// The metric.
    public let metric: Metric
    /// Its value at the written parameters.
    public let written: Double
    /// What was found.
    public let outcome: Outcome

    /// Makes a finding.
    public init(metric: Metric, written: Double, outcome: Outcome) {
      self.metric = metric
      self.written = written
      self.outcome = outcome
    }
  }

  /// How the points were made.
  public struct Effort: Sendable {
    /// Points of each sample, or trajectories.
    public let pointCount: Int
    /// How often the law was run.
    public let runCount: Int
    /// Points whose law ended in an error; left out.
    public let failedCount: Int
    /// Resamples that give the intervals.
    public let resamples: Int
    /// Orders that were sampled for Shapley effects; nil for all.
    public let orderCount: Int?
    /// The seed.
    public let seed: UInt64

    /// Makes a description.
    public init(
      pointCount: Int, runCount: Int, failedCount: Int, resamples: Int, orderCount: Int?,
      seed: UInt64
    ) {
      self.pointCount = pointCount
      self.runCount = runCount
      self.failedCount = failedCount
      self.resamples = resamples
      self.orderCount = orderCount
      self.seed = seed
    }
  }

  /// The scenario at its written values.
  public let ledger: Ledger
  /// Index of the year.
  public let yearIndex: Int
  /// What varies: numbers, weights of a stream together, or each weight.
  ///
  /// Shape: [input].
  public let inputs: [String]
  /// Studies in the order asked for.
  public let findings: [Finding]
  /// How the points were made.
  public let effort: Effort

  /// Puts findings together.
  public init(
    ledger: Ledger, yearIndex: Int, inputs: [String], findings: [Finding], effort: Effort
  ) {
    self.ledger = ledger
    self.yearIndex = yearIndex
    self.inputs = inputs
    self.findings = findings
    self.effort = effort
  }
}

/// How firmly the counties of a stream stand in their order, as found.
public struct RobustnessFindings: Sendable {
  /// A change of weights and what it does to the order.
  public struct Change: Sendable {
    /// The factor whose weight goes up; nil where one is taken out.
    public let raised: String?
    /// The factor whose weight goes down, or that is taken out.
    public let lowered: String
    /// Shares of the counties, NaN for those without.
    ///
    /// Shape: [county].
    public let shares: [Double]
    /// Part of the pairs of counties whose order flips.
    public let flipShare: Double

    /// Makes a change.
    public init(raised: String?, lowered: String, shares: [Double], flipShare: Double) {
      self.raised = raised
      self.lowered = lowered
      self.shares = shares
      self.flipShare = flipShare
    }
  }

  /// The scenario at its written values.
  public let ledger: Ledger
  /// Index of the year.
  public let yearIndex: Int
  /// The key of the stream.
  public let stream: String
  /// How far each weight goes.
  public let delta: Double
  /// The seed of the weights.
  public let seed: UInt64
  /// Shares as written, NaN for counties that are not eligible.
  ///
  /// Shape: [county].
  public let shares: [Double]
  /// Ranks under random weights.
  public let ranks: RankRobustness
  /// Every exchange of weight between two factors.
  public let exchanges: [Change]
  /// Every factor taken out, the others raised in proportion.
  public let removals: [Change]

  /// Puts findings together.
  public init(
    ledger: Ledger, yearIndex: Int, stream: String, delta: Double, seed: UInt64,
    shares: [Double], ranks: RankRobustness, exchanges: [Change], removals: [Change]
  ) {
    self.ledger = ledger
    self.yearIndex = yearIndex
    self.stream = stream
    self.delta = delta
    self.seed = seed
    self.shares = shares
    self.ranks = ranks
    self.exchanges = exchanges
    self.removals = removals
  }
}
