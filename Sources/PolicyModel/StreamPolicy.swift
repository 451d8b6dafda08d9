/// The rules of one funding stream (任务方向): sections 2 and 3 of the model.
public struct StreamPolicy: Sendable {
  /// A factor (分配因素) with its weight.
  public struct Factor: Sendable {
    /// Its key.
    public let key: String
    /// Title in both languages, if the scenario gives one.
    public let title: Wording?
    /// The indicator it reads.
    public let indicator: Reference
    /// How the value is transformed.
    public let transform: FactorTransform
    /// The indicator that multiplies the transformed value.
    public let scale: Reference?
    /// Its weight, a fraction of 1.
    public let weight: Parameter

    /// Makes a factor.
    public init(
      key: String, title: Wording?, indicator: Reference, transform: FactorTransform,
      scale: Reference?, weight: Parameter
    ) {
      self.key = key
      self.title = title
      self.indicator = indicator
      self.transform = transform
      self.scale = scale
      self.weight = weight
    }
  }

  /// A coefficient (调节系数) that multiplies shares.
  public struct Coefficient: Sendable {
    /// What it multiplies by.
    public enum Source: Sendable {
      /// An indicator under a transform.
      case indicator(Reference, FactorTransform, scale: Reference?)
      /// Each listed group that holds the county.
      case groups([(group: Reference, multiplier: Parameter)])
      /// The county's grade.
      case grades([(grade: Grade, multiplier: Parameter)])
    }

    /// Its key.
    public let key: String
    /// Title in both languages, if the scenario gives one.
    public let title: Wording?
    /// What it multiplies by.
    public let source: Source

    /// Makes a coefficient.
    public init(key: String, title: Wording?, source: Source) {
      self.key = key
      self.title = title
      self.source = source
    }
  }

  /// A guaranteed share (保障比例) of a group.
  public struct Guarantee: Sendable {
    /// The group.
    public let group: Reference
    /// Its least share, a fraction of 1.
    public let share: Parameter

    /// Makes a guarantee.
    public init(group: Reference, share: Parameter) {
      self.group = group
      self.share = share
    }
  }

  /// The pool by year.
  public struct Pool: Sendable {
    /// Amount in fen, by year of its steps.
    public let amount: Parameter
    /// Growth a year, a fraction of 1.
    public let growth: Parameter?

    /// Makes a pool.
    public init(amount: Parameter, growth: Parameter?) {
      self.amount = amount
      self.growth = growth
    }
  }

  /// How money reaches counties.
  public enum Tiers: Sendable {
    /// Region to counties.
    case direct
    /// Region to prefectures to counties, the second step by its own factors if it has any.
    case prefecture(countyFactors: [Factor]?)
  }

  /// Its key.
  public let key: String
  /// Title in both languages.
  public let title: Wording
  /// Where it was written.
  public let location: SourceLocation?
  /// The pool.
  public let pool: Pool
  /// The group that takes part; nil for all counties.
  public let eligible: Reference?
  /// Direct or through prefectures.
  public let tiers: Tiers
  /// The factors in the order of the file.
  public let factors: [Factor]
  /// The coefficients in the order of the file.
  public let coefficients: [Coefficient]
  /// The guaranteed shares.
  public let guarantees: [Guarantee]
  /// Least part of the reference amount.
  public let floor: Parameter?
  /// Largest part of the reference amount.
  public let cap: Parameter?
  /// Least amount in fen.
  public let minimum: Parameter?
  /// The column of officially paid amounts.
  public let published: Reference?

  /// Makes a stream.
  public init(
    key: String, title: Wording, location: SourceLocation?, pool: Pool, eligible: Reference?,
    tiers: Tiers, factors: [Factor], coefficients: [Coefficient], guarantees: [Guarantee],
    floor: Parameter?, cap: Parameter?, minimum: Parameter?, published: Reference?
  ) {
    self.key = key
    self.title = title
    self.location = location
    self.pool = pool
    self.eligible = eligible
    self.tiers = tiers
    self.factors = factors
    self.coefficients = coefficients
    self.guarantees = guarantees
    self.floor = floor
    self.cap = cap
    self.minimum = minimum
    self.published = published
  }
}
