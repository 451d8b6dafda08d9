import ArgumentParser
import Documents
import Foundation
import ScenarioRunner

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds the factor weights that best explain observed allocations.",
    discussion: """
      Weights are 0 or more and sum to 1. DATA is a CSV table or an .xlsx workbook (columns code, name and year \
      are understood; each year is a pool of its own), or a scenario whose stream names its published \
      amounts: then factors, coefficients, floors and caps are those of its rules. Amounts at a floor \
      or cap say only that the share is smaller or larger, and are treated so.

      EXAMPLE
        karez fit allocations.csv --amount paid --factors population,poverty,area
        karez fit allocations.csv --amount paid --factors population,poverty \\
          --previous paid_last --floor 0.9 --cap 1.2 --fix poverty=0.3
        karez fit Scenarios/france-dsr-2021/lozere.yaml --stream pfi \\
          --factors score_pfi,score_road,score_kids
      """)

  @Argument(
    help: "Table or scenario file.", completion: .file(extensions: ["csv", "xlsx", "yaml", "yml"]))
  var data: String

  @Option(help: "Sheet of a workbook; its first one if left out.")
  var sheet: String?

  @Option(help: "Column of observed amounts (of a table).")
  var amount: String?

  @Option(help: "Columns of factors, separated by commas; of a scenario: its own if left out.")
  var factors: String?

  @Option(help: "Stream of a scenario.")
  var stream: String?

  @Option(help: "Years of a scenario, separated by commas; each is a pool. Default: its first.")
  var years: String?

  @Option(help: "Columns whose values make a pool, separated by commas. Default: year.")
  var group: String?

  @Option(help: "Column of what the bootstrap draws. Default: code, else rows.")
  var cluster: String?

  @Option(help: "Column of last year's amounts, for --floor and --cap.")
  var previous: String?

  @Option(help: "Least part of last year's amount.")
  var floor: Double?

  @Option(help: "Largest part of last year's amount.")
  var cap: Double?

  @Option(help: "Least amount, in the unit of the amounts.")
  var minimum: Double?

  @Option(help: "Column of how much each row counts.")
  var rowWeight: String?

  @Flag(help: "The weighted sum is the amount itself (an index), no share of a pool.")
  var index = false

  @Option(help: "A weight that is known: FACTOR=0.3. May be repeated.")
  var fix: [String] = []

  @Option(help: "Bounds of a weight: FACTOR=0.1:0.4. May be repeated.")
  var bound: [String] = []

  @Option(help: "Huber's loss: errors over so many robust standard deviations count less (1.345).")
  var huber: Double?

  @Option(
    help: "How near to a floor or cap an amount stands at it. Default: what it is rounded to.")
  var tolerance: Double?

  @Option(help: "Bootstrap replicates over counties; 0 for none.")
  var bootstrap = 2_000

  @Option(help: "Part of the replicates within an interval.")
  var level = 0.9

  @Option(help: "Seed of the bootstrap.")
  var seed: UInt64 = 1

  @Option(help: "How many of the largest misfits to show.")
  var worst = 10

  @Option(help: "Write fit.json, fit.md, weights.csv and fitted.csv.")
  var out: String?

  @Option(help: "How many threads; results do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  private var isScenario: Bool { [".yaml", ".yml"].contains { data.hasSuffix($0) } }

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads takes a whole number of 1 or more") }
    if worst < 0 { throw ValidationError("--worst takes a whole number of 0 or more") }
    if bootstrap < 0 || bootstrap > 1_000_000 {
      throw ValidationError("--bootstrap takes a whole number from 0 to 1000000")
    }
    if !(level > 0 && level < 1) { throw ValidationError("--level takes a part of 1, such as 0.9") }
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance takes a number of 0 or more")
    }
    if let floor, let cap, floor > cap { throw ValidationError("--floor is above --cap") }
    if let huber, !(huber > 0) { throw ValidationError("--huber takes a number above 0") }
    try isScenario ? validateScenario() : validateTable()
  }

  private func validateScenario() throws {
    let given = [sheet, amount, group, cluster, previous, rowWeight].contains { $0 != nil }
    if given || [floor, cap, minimum].contains(where: { $0 != nil }) || index {
      throw ValidationError(
        "--sheet, --amount, --group, --cluster, --previous, --floor, --cap, --minimum, --row-weight and "
          + "--index are for tables; a scenario says all that itself")
    }
    if let years, list(years).contains(where: { Int($0) == nil }) {
      throw ValidationError("--years takes years separated by commas")
    }
  }

  private func validateTable() throws {
    if amount == nil || factors == nil {
      throw ValidationError("a table needs --amount COLUMN and --factors A,B,C")
    }
    if stream != nil || years != nil {
      throw ValidationError("--stream and --years are for scenarios")
    }
    if previous == nil && (floor != nil || cap != nil) {
      throw ValidationError("--floor and --cap need --previous COLUMN")
    }
    for (name, value) in [("--floor", floor), ("--cap", cap), ("--minimum", minimum)] {
      if let value, !(value >= 0) { throw ValidationError("\(name) takes a number of 0 or more") }
    }
    let names = list(factors ?? "")
    let isWhole =
      names.count == (factors ?? "").split(separator: ",", omittingEmptySubsequences: false).count
    if names.isEmpty || !isWhole || Set(names).count < names.count {
      throw ValidationError("--factors takes different columns separated by commas")
    }
  }

  private func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  private var source: FitRequest.Source {
    if isScenario {
      return .scenario(
        FitScenarioSource(
          path: data, stream: stream, factors: factors.map(list),
          years: years.map { list($0).compactMap { Int($0) } }))
    }
    return .table(
      FitTableSource(
        path: data, sheet: sheet, amount: amount ?? "", factors: list(factors ?? ""),
        groups: group.map(list),
        cluster: cluster, previous: previous, floor: floor, cap: cap, minimum: minimum,
        rowWeight: rowWeight, isIndex: index))
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = FitRequest(
        source: source, fixed: fix, bounds: bound, huber: huber, tolerance: tolerance,
        replicates: bootstrap, level: level, seed: seed, threads: threads,
        language: common.language)
      let outcome = try FitOutcome(request, progress: common.progress)
      if let out { try outcome.write(to: out) }
      if common.format == .json {
        Terminal.write(outcome.json)
        return
      }
      if common.format == .csv { common.warn(outcome.provenance) }
      common.show(outcome.document(worst: worst))
    }
  }
}
