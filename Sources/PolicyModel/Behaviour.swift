/// How counties are assumed to respond (model, section 8): assumption, not law.
public struct Behaviour: Sendable {
  /// The effort of a county's administration.
  public struct Effort: Sendable {
    /// E0, the effort without incentive.
    public let start: Parameter
    /// κ, the part of the gap closed in a year.
    public let adjustment: Parameter
    /// α, the response to the power of the incentive.
    public let response: Parameter

    /// Makes the parameters.
    public init(start: Parameter, adjustment: Parameter, response: Parameter) {
      self.start = start
      self.adjustment = adjustment
      self.response = response
    }
  }

  /// A level that responds to effort.
  public struct Level: Sendable {
    /// The assessment indicator.
    public let indicator: Reference
    /// ρ, the part of the gap to its mean closed in a year.
    public let persistence: Parameter
    /// b, the response to effort.
    public let response: Parameter
    /// σ of the yearly shock.
    public let noise: Parameter

    /// Makes the parameters.
    public init(
      indicator: Reference, persistence: Parameter, response: Parameter, noise: Parameter
    ) {
      self.indicator = indicator
      self.persistence = persistence
      self.response = response
      self.noise = noise
    }
  }

  /// The pipeline of ready projects.
  public struct Pipeline: Sendable {
    /// γ, growth a year.
    public let growth: Parameter
    /// b, the response to effort.
    public let response: Parameter

    /// Makes the parameters.
    public init(growth: Parameter, response: Parameter) {
      self.growth = growth
      self.response = response
    }
  }

  /// The assets that spending forms.
  public struct Assets: Sendable {
    /// δ, depreciation a year.
    public let depreciation: Parameter
    /// ι, the part of spending that becomes fixed assets.
    public let fixedShare: Parameter
    /// r, the yearly return.
    public let returnRate: Parameter
    /// The assessment indicator whose level says how well assets are looked after.
    public let indicator: Reference?

    /// Makes the parameters.
    public init(
      depreciation: Parameter, fixedShare: Parameter, returnRate: Parameter, indicator: Reference?
    ) {
      self.depreciation = depreciation
      self.fixedShare = fixedShare
      self.returnRate = returnRate
      self.indicator = indicator
    }
  }

  /// Income per rural person.
  public struct Income: Sendable {
    /// Growth a year.
    public let growth: Parameter
    /// σ of the yearly shock.
    public let noise: Parameter

    /// Makes the parameters.
    public init(growth: Parameter, noise: Parameter) {
      self.growth = growth
      self.noise = noise
    }
  }

  /// Monitored persons (监测对象), a county total.
  public struct Monitored: Sendable {
    /// Inflow a year, a part of the stock.
    public let inflow: Parameter
    /// ω, the part that money can relieve at most.
    public let relief: Parameter
    /// Cost of one person's relief in fen.
    public let cost: Parameter

    /// Makes the parameters.
    public init(inflow: Parameter, relief: Parameter, cost: Parameter) {
      self.inflow = inflow
      self.relief = relief
      self.cost = cost
    }
  }

  /// h, the points a county believes it can move in a year.
  public let reach: Parameter
  /// Effort, if switched on.
  public let effort: Effort?
  /// Responsive levels in the order of the file.
  public let levels: [Level]
  /// Pipelines, if switched on.
  public let pipeline: Pipeline?
  /// Assets, if switched on.
  public let assets: Assets?
  /// Income, if switched on.
  public let income: Income?
  /// Monitored persons, if switched on.
  public let monitored: Monitored?
  /// σ_S of the score.
  public let scoreNoise: Parameter

  /// Makes the behaviour.
  public init(
    reach: Parameter, effort: Effort?, levels: [Level], pipeline: Pipeline?, assets: Assets?,
    income: Income?, monitored: Monitored?, scoreNoise: Parameter
  ) {
    self.reach = reach
    self.effort = effort
    self.levels = levels
    self.pipeline = pipeline
    self.assets = assets
    self.income = income
    self.monitored = monitored
    self.scoreNoise = scoreNoise
  }
}
