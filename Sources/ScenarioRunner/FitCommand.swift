import Documents
import PolicyModel
import Reporting
import ScenarioFiles
import Statistics
import WeightFitting

/// What `karez fit` is asked for.
public struct FitRequest: Sendable {
  /// Where the observed amounts come from.
  public enum Source: Sendable {
    /// A table with named columns.
    case table(FitTableSource)
    /// A stream of a scenario with a column of published amounts.
    case scenario(FitScenarioSource)
  }

  /// Where the observed amounts come from.
  public var source: Source
  /// Weights that are given, as `FACTOR=0.3`.
  public var fixed: [String]
  /// Bounds of weights, as `FACTOR=0.1:0.4`.
  public var bounds: [String]
  /// Huber's constant; nil for least squares.
  public var huber: Double?
  /// What amounts were rounded to; nil to see it from them.
  public var tolerance: Double?
  /// How many bootstrap replicates; 0 for none.
  public var replicates: Int
  /// Part of the replicates in an interval.
  public var level: Double
  /// The seed of the bootstrap.
  public var seed: UInt64
  /// How many threads; results do not depend on it.
  public var threads: Int
  /// The language of words in results.
  public var language: Language

  /// Makes a request.
  public init(
    source: Source, fixed: [String] = [], bounds: [String] = [], huber: Double? = nil,
    tolerance: Double? = nil, replicates: Int = 2_000, level: Double = 0.9, seed: UInt64 = 1,
    threads: Int = 1, language: Language = .english
  ) {
    self.source = source
    self.fixed = fixed
    self.bounds = bounds
    self.huber = huber
    self.tolerance = tolerance
    self.replicates = replicates
    self.level = level
    self.seed = seed
    self.threads = threads
    self.language = language
  }
}

/// What a fit starts from, whatever it was read from.
struct FitInput: Sendable {
  var problem: FitProblem
  let subject: FitSubject
  let inputs: [InputFile]
  /// What the data are called in messages.
  let file: String
}

/// Fitted weights with their tables and files.
public struct FitOutcome: Sendable {
  private let report: FitReport
  private let inputs: [InputFile]

  /// Reads and fits.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - progress: Called now and then with the replicates done and to do.
  /// - Throws: `RunFailure.badInput` if the data cannot be read or give no weights.
  public init(
    _ request: FitRequest, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(RunFailure) {
    var input: FitInput
    switch request.source {
    case .table(let source): input = try source.input()
    case .scenario(let source): input = try source.input()
    }
    let factors = input.subject.factors.map(\.key)
    input.problem.bounds = try WeightBounds(factors).read(
      fixed: request.fixed, bounds: request.bounds)
    input.problem.huber = request.huber
    if let tolerance = request.tolerance { input.problem.tolerance = tolerance }
    let problem = input.problem
    do throws(WeightFittingError) {
      let fit = try WeightFit(problem)
      let naive =
        fit.boundRows > 0 ? try WeightFit(problem, treatsBoundsAsData: true) : nil
      let diagnostics = try FitDiagnostics(problem)
      let intervals = try FitOutcome.intervals(fit, diagnostics, request, progress)
      report = FitReport(
        subject: input.subject, fit: fit, naive: naive, diagnostics: diagnostics,
        intervals: intervals, language: request.language)
    } catch {
      throw .badInput([
        Problem(SourceLocation(file: input.file), error.wording(input.subject))
      ])
    }
    inputs = input.inputs
  }

  /// Replicates by blocks of 64 on several threads; each depends on its number only.
  private static func intervals(
    _ fit: WeightFit, _ diagnostics: FitDiagnostics, _ request: FitRequest,
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(WeightFittingError) -> WeightIntervals? {
    if request.replicates == 0 { return nil }
    let bootstrap = try WeightBootstrap(fit, seed: request.seed)
    let all = request.replicates
    let size = 64
    let blocks = concurrentMap(
      count: (all + size - 1) / size, threads: request.threads,
      progress: { done, _ in progress(min(all, done * size), all) },
      { bootstrap.weights(($0 * size)..<min(all, ($0 + 1) * size)) })
    return WeightIntervals(
      blocks.flatMap { $0 }, level: request.level,
      undetermined: FitReport.undetermined(fit, diagnostics))
  }

  /// The tables.
  ///
  /// - Parameter worst: How many of the largest misfits to show.
  /// - Returns: Weights, quality, what cannot be told apart, and misfits.
  public func document(worst: Int) -> Document { report.document(worst: worst) }

  /// The result for programs, as JSON (formats, Commands).
  public var json: String { report.json }

  /// Which data are made up; for outputs that hold numbers only.
  public var provenance: [String] { report.provenance }

  /// Writes the result, the weights and the fitted amounts into a folder, whole or not at all.
  public func write(to folder: String) throws(RunFailure) {
    let document = report.document(worst: 20)
    try OutputWriter.write(
      [
        OutputFile(name: "fit.json", text: report.json),
        OutputFile(name: "fit.md", text: document.rendered(as: .markdown)),
        OutputFile(name: "fitted.csv", text: report.fittedCSV),
        OutputFile(name: "weights.csv", text: report.weightsCSV),
      ], to: folder, inputs: inputs)
  }
}

extension WeightFittingError {
  /// What is wrong, in the names of the data.
  func wording(_ subject: FitSubject) -> Wording {
    func factor(_ index: Int) -> String { subject.factors[index].key }
    switch self {
    case .tooFewRows(let rows, let factors):
      return Wording(
        "\(rows) amounts that are at no floor or cap are fewer than the \(factors) factors; give more "
          + "rows or fewer factors",
        "不处于保底或封顶的金额只有\(rows)个，少于因素数（\(factors)）；请增加数据或减少因素")
    case .factorWithoutSum(let index, _):
      return Wording(
        "\(factor(index)) is 0 in every row of a pool, so it has no shares; leave it out",
        "“\(factor(index))”在某资金池各行均为0，无法计算份额；请去掉该因素")
    case .poolWithoutMoney:
      return Wording(
        "the amounts of a pool sum to 0; leave its rows out", "某资金池的金额合计为0；请去掉这些行")
    case .boundsExcludeSimplex(let lowest, let highest):
      let range = [lowest, highest].map { NumberText.significant($0, digits: 6) }
      return Wording(
        "no weights within the bounds sum to 1: they sum to \(range[0]) at least and \(range[1]) at "
          + "most; widen them",
        "界限内没有合计为1的权重：合计最小\(range[0])、最大\(range[1])；请放宽界限")
    case .nothingExplains:
      return Wording(
        "the amounts fall where every factor rises, so that no weights ≥ 0 explain them; check the "
          + "amount column and the factors",
        "金额随各因素上升而下降，非负权重无法解释；请检查金额列和因素")
    case .notSolved, .notConvex, .linearAlgebra:
      return Wording(
        "the data are too badly scaled to be solved with; check for values of absurd size",
        "数据量级异常，无法求解；请检查是否有异常值")
    }
  }
}
