import Comparison
import Documents
import PolicyModel
import Simulation

/// Makes the pictures of a run: which numbers, with which words.
///
/// Titles and axes are in one language; money stands in the unit of tables.
public struct ChartGallery: Sendable {
  /// The pictures of a run.
  public enum Kind: String, Sendable, CaseIterable {
    /// Change of amounts by county, sorted.
    case changeByCounty = "change-by-county"
    /// The region as tiles, coloured by change.
    case map
    /// A metric, or a county's amount, by year.
    case trajectories
    /// Lorenz curves of amounts or of income per rural person.
    case lorenz
    /// Grades of counties from year to year.
    case gradeFlows = "grade-flows"
    /// How one county's amount came about.
    case waterfall
    /// Need against amount per rural person.
    case needScatter = "need-scatter"
    /// Amounts or a metric with intervals over draws.
    case dots
  }

  /// What a picture shows; what is left out has a default.
  public struct Choice: Sendable {
    /// Index of the scenario; the first reform, or the baseline where there is none.
    public var scenario: Int?
    /// The year; the last of the scenario.
    public var year: Int?
    /// Code of the county; the one whose amount changes most.
    public var county: String?
    /// The metric; the Gini of amounts.
    public var metric: Metric?
    /// Index of the stream of a waterfall; all.
    public var stream: Int?

    /// Makes a choice of defaults.
    public init() {}
  }

  let ledgers: [Ledger]
  let metrics: [MetricTable]
  let ensemble: EnsembleFigures?
  let language: Language
  let format: FigureFormat

  /// Prepares the pictures; the first ledger is the baseline.
  ///
  /// - Parameters:
  ///   - ledgers: The runs.
  ///   - metrics: Their metrics.
  ///   - ensemble: What draws came to, if there were any.
  ///   - language: Of all words.
  /// - Precondition: There is at least one ledger.
  public init(
    ledgers: [Ledger], metrics: [MetricTable], ensemble: EnsembleFigures?, language: Language
  ) {
    precondition(!ledgers.isEmpty, "a comparison has a baseline")
    self.ledgers = ledgers
    self.metrics = metrics
    self.ensemble = ensemble
    self.language = language
    format = FigureFormat(ledgers[0].plan.scenario, language)
  }

  /// Makes one picture.
  ///
  /// - Parameters:
  ///   - kind: Which.
  ///   - choice: Of what.
  /// - Returns: The picture.
  /// - Throws: `ChartGap` where the run lacks what the picture needs.
  public func chart(_ kind: Kind, _ choice: Choice = Choice()) throws(ChartGap) -> Chart {
    switch kind {
    case .changeByCounty: try changeByCounty(choice)
    case .map: try map(choice)
    case .trajectories: try trajectories(choice)
    case .lorenz: try lorenz(choice)
    case .gradeFlows: try gradeFlows(choice)
    case .waterfall: try waterfall(choice)
    case .needScatter: try needScatter(choice)
    case .dots: try dots(choice)
    }
  }

  // MARK: Shared words

  var baseline: Ledger { ledgers[0] }
  var languageTag: String { language == .chinese ? "zh-Hans" : "en" }
  var marks: [String] { DataProvenance(ledgers).lines(language) }

  func words(_ english: String, _ chinese: String) -> String { language.words(english, chinese) }

  /// A quantity with its unit, as axes name it.
  func title(_ quantity: String, unit: String) -> String {
    words("\(quantity), \(unit)", "\(quantity)（\(unit)）")
  }

  /// Name and title of a scenario.
  func name(_ ledger: Ledger) -> String {
    let scenario = ledger.plan.scenario
    let title = scenario.title.text(in: language)
    return title == scenario.name
      ? scenario.name : words("\(scenario.name) (\(title))", "\(scenario.name)（\(title)）")
  }

  /// The rules and the program behind the numbers.
  func source(_ shown: [Ledger]) -> String {
    let names = shown.map(\.plan.scenario.name).joined(separator: words(", ", "、"))
    let rules = shown.map(\.plan.scenario.source).first { !$0.isEmpty }
    let computed = words("Computed by Karez from \(names).", "由Karez根据情景 \(names) 计算。")
    guard let rules else { return computed }
    return words("Rules: \(rules). \(computed)", "规则来源：\(rules)。\(computed)")
  }

  /// The title of a metric that can stand alone.
  func title(_ metric: Metric) -> String {
    let own = metric.title.text(in: language)
    guard own.hasPrefix(" ") else { return own }
    let whole = metric.rawValue.hasPrefix("theil_income") ? Metric.theilIncome : .theilAmount
    let part = own.drop { $0 == " " }
    return whole.title.text(in: language) + words(", \(part)", "（\(part)）")
  }

  /// A metric's value as its axis shows it: percent, or money in the unit of tables.
  func shown(_ value: Double, _ metric: Metric) -> Double {
    switch metric.kind {
    case .share: value * 100
    case .money: format.money(fen: value * 100).number ?? value
    case .index, .counties: value
    }
  }

  /// The axis of a metric.
  func axis(_ metric: Metric) -> Chart.Axis {
    switch metric.kind {
    case .share: Chart.Axis(title(metric), suffix: " %")
    case .money: Chart.Axis(title(title(metric), unit: format.moneyUnit))
    case .index, .counties: Chart.Axis(title(metric))
    }
  }

  // MARK: Choices

  func scenario(_ choice: Choice) -> Int {
    choice.scenario ?? (ledgers.count > 1 ? 1 : 0)
  }

  /// The reform to compare with the baseline, and the year that both run.
  func reform(_ choice: Choice) throws(ChartGap) -> (ledger: Ledger, year: Int) {
    let index = scenario(choice)
    if index == 0 { throw .noReform }
    let ledger = ledgers[index]
    let year = choice.year ?? ledger.plan.scenario.years.upperBound
    for checked in [ledger, baseline] { _ = try yearIndex(year, checked) }
    return (ledger, year)
  }

  func yearIndex(_ year: Int, _ ledger: Ledger) throws(ChartGap) -> Int {
    guard let index = ledger.years.firstIndex(where: { $0.year == year }) else {
      throw .noSuchYear(year, ledger.plan.scenario.name)
    }
    return index
  }

  /// A county that gets money in the baseline or the reform.
  struct Change {
    let county: County
    /// Index in the reform.
    let index: Int
    /// Fen.
    let old: Double
    /// Fen.
    let new: Double
    var fen: Double { new - old }
  }

  /// The change of every county that gets money in either, by code.
  func changes(_ ledger: Ledger, year: Int) throws(ChartGap) -> [Change] {
    let own = try yearIndex(year, ledger)
    let before = try yearIndex(year, baseline)
    let indices = baseline.plan.counties.indexOfCode
    return ledger.plan.counties.counties.enumerated().compactMap { index, county in
      let new = ledger.finalAmount(yearIndex: own, county: index).asDouble
      let old =
        indices[county.code].map {
          baseline.finalAmount(yearIndex: before, county: $0).asDouble
        } ?? 0
      return old == 0 && new == 0 ? nil : Change(county: county, index: index, old: old, new: new)
    }
  }

  /// Who has a county: its name, its prefecture.
  func place(_ county: County) -> String {
    let name = county.name.text(in: language)
    return "\(county.code) \(name), \(county.prefectureName.text(in: language))"
  }
}
