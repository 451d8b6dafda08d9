import Documents
import PolicyModel
import Reporting
import ScenarioFiles
import WeightFitting

/// What `karez weigh` is asked for.
public struct WeighRequest: Sendable {
  /// The table.
  public var data: String
  /// The methods, in the order of the columns.
  public var methods: [WeighingMethod]
  /// The indicators; empty for those of the judgements.
  public var indicators: [String]
  /// The indicators of which less is more.
  public var costs: [String]
  /// In place of each method's own.
  public var normalization: Normalization?
  /// The file of judgements.
  public var judgements: String?
  /// The year; nil for the last.
  public var year: Int?
  /// The weights in force, to hold the others against.
  public var official: [(indicator: String, weight: Double)]
  /// Money that is shared out, such as `45 亿元`.
  public var pool: String?

  /// Makes a request.
  public init(
    data: String, methods: [WeighingMethod], indicators: [String], costs: [String] = [],
    normalization: Normalization? = nil, judgements: String? = nil, year: Int? = nil,
    official: [(indicator: String, weight: Double)] = [], pool: String? = nil
  ) {
    self.data = data
    self.methods = methods
    self.indicators = indicators
    self.costs = costs
    self.normalization = normalization
    self.judgements = judgements
    self.year = year
    self.official = official
    self.pool = pool
  }
}

/// Weights with their report and files.
public struct WeighOutcome: Sendable {
  private let report: WeighReport
  private let inputs: [InputFile]

  /// Reads the table and the judgements, and weighs.
  ///
  /// - Throws: `RunFailure.badInput` with every problem.
  public init(_ request: WeighRequest, language: Language) throws(RunFailure) {
    do throws(ProblemList) {
      let weigher = try Weigher(request)
      inputs = weigher.inputs
      report = try weigher.report(language)
    } catch {
      throw .badInput(error.problems)
    }
  }

  /// The tables.
  public func document(working: Bool, top: Int) -> Document {
    report.document(working: working, top: top)
  }

  /// The same for programs.
  public var json: String { report.json }

  /// Which data are made up.
  public var provenance: [String] { report.provenance }

  /// What must be known before a weight is used.
  public var statuses: [String] { report.statuses }

  /// Writes `weights.csv` and, where there are shares, `shares.csv`, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    var files = [OutputFile(name: "weights.csv", text: report.weightsCSV)]
    if let shares = report.sharesCSV { files.append(OutputFile(name: "shares.csv", text: shares)) }
    try OutputWriter.write(files, to: folder, inputs: inputs)
  }
}

/// A request with its files read and checked.
private struct Weigher {
  private let request: WeighRequest
  private let table: ColumnTable
  private let year: Int?
  private let file: JudgementFile?
  private let columns: IndicatorColumns
  private let subject: WeighSubject
  private let official: [Double]?
  private let pool: AmountText?
  private let counties: ColumnTable?

  init(_ request: WeighRequest) throws(ProblemList) {
    self.request = request
    var file: JudgementFile?
    if let path = request.judgements { file = try JudgementFile.read(path: path) }
    self.file = file
    let names = WeighNames(request, file)
    try names.check()
    let whole = try ColumnTable.read(path: request.data)
    (table, year) = try whole.rows(ofYear: request.year)
    try table.checkUnits()
    let values = try table.numbers(names.indicators, allowsMissing: false)
    try Weigher.refuseAbsurd(values, names.indicators, table)
    columns = IndicatorColumns(values: values, costs: names.costs)
    official = names.official
    pool = try request.pool.map { text throws(ProblemList) in
      try AmountText(text, option: "--pool")
    }
    counties = try Weigher.counties(beside: table)
    subject = WeighSubject(
      file: request.data, year: year, units: try Weigher.units(table, named: counties ?? table),
      indicators: names.indicators, costs: names.costs, descriptions: table.descriptions)
  }

  /// Squares and sums of such numbers would leave the range of doubles.
  private static func refuseAbsurd(
    _ values: [[Double]], _ names: [String], _ table: ColumnTable
  ) throws(ProblemList) {
    var problems: [Problem] = []
    for (name, column) in zip(names, values) {
      for (row, value) in column.enumerated()
      where value != 0 && !(1e-100...1e100).contains(abs(value)) && problems.count < 50 {
        problems.append(
          Problem(
            table.location(row: row), path: name,
            Wording(
              "\(value) is of absurd size; use a unit in which values lie between 1e-100 and 1e100",
              "\(value) 的量级异常；请换用单位，使数值在1e-100与1e100之间")))
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
  }

  var inputs: [InputFile] {
    [table.input] + [table.metaInput, file?.input, counties?.input].compactMap { $0 }
  }

  /// The table `counties.csv` in the same folder, for names that the table itself does not give.
  private static func counties(
    beside table: ColumnTable
  ) throws(ProblemList) -> ColumnTable? {
    if table.has("name") || table.has("name_zh") || !table.has("code") { return nil }
    guard let counties = try ColumnTable.readIfThere("counties.csv", beside: table.input.path)
    else { return nil }
    return counties.has("code") ? counties : nil
  }

  /// Code and name of each row; the line where there is no code.
  private static func units(
    _ table: ColumnTable, named other: ColumnTable
  ) throws(ProblemList) -> [WeighSubject.Unit] {
    let codes = table.has("code") ? try table.texts("code") : nil
    let names = try WeighSubjectNames(other)
    return (0..<table.rowCount).map { row in
      let code = codes?[row]
      return WeighSubject.Unit(
        code: code ?? "\(table.location(row: row).line)",
        name: code.map { names.byCode[$0] ?? Wording(same: "") } ?? names.byRow[row])
    }
  }

  // MARK: Weights

  func report(_ language: Language) throws(ProblemList) -> WeighReport {
    var problems: [Problem] = []
    var results: [MethodWeights] = []
    for method in request.methods {
      do throws(WeightError) {
        results.append(try weights(method))
      } catch {
        let problem = WeighProblem(table, subject, method, request.normalization).of(error)
        if !problems.contains(problem) { problems.append(problem) }
      }
    }
    if !problems.isEmpty { throw ProblemList(problems) }
    return WeighReport(
      subject, results: results, effects: effects(results), official: official,
      pool: pool.map { WeighPool(fen: $0.fen, currency: $0.currency) }, language: language)
  }

  private func weights(_ method: WeighingMethod) throws(WeightError) -> MethodWeights {
    switch method {
    case .objective(let own):
      return MethodWeights(
        try ObjectiveWeights(columns, method: own, normalization: request.normalization))
    case .hierarchy(let priorities):
      guard let file else { preconditionFailure("this method needs judgements") }
      return MethodWeights(
        AnalyticHierarchy(file.goal, by: priorities), by: priorities,
        indicators: subject.indicators)
    }
  }

  private func effects(_ results: [MethodWeights]) -> WeighEffects {
    do throws(WeightError) {
      let shares = try columns.shares()
      let equal = subject.indicators.map { _ in 1 / Double(subject.indicators.count) }
      func effect(_ weights: [Double]) -> WeightEffect {
        WeightEffect(weights: weights, indicators: shares)
      }
      return .known(
        methods: results.map { effect($0.weights) }, equal: effect(equal),
        official: official.map { effect($0) })
    } catch {
      return .unknown(WeighProblem(table, subject, nil, nil).ofShares(error))
    }
  }
}

/// Names of units, in both languages where there are two.
private struct WeighSubjectNames {
  let byRow: [Wording]
  let byCode: [String: Wording]

  init(_ table: ColumnTable) throws(ProblemList) {
    func column(_ name: String) throws(ProblemList) -> [String]? {
      table.has(name) ? try table.texts(name) : nil
    }
    let chinese = try column("name_zh")
    let english = try column("name") ?? chinese
    let empty = Array(repeating: "", count: table.rowCount)
    let rows = zip(english ?? empty, chinese ?? english ?? empty).map { Wording($0, $1) }
    byRow = rows
    byCode = Dictionary(
      zip(try column("code") ?? [], rows), uniquingKeysWith: { first, _ in first })
  }
}
