import ArgumentParser
import PolicyModel
import ScenarioRunner
import WeightFitting

extension Normalization: ExpressibleByArgument {}

/// Names separated by commas.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init(names: [String]) { self.names = names }

  init?(argument: String) {
    names = argument.split(whereSeparator: { ",，".contains($0) }).map { name in
      String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    if names.isEmpty || names.contains("") { return nil }
  }
}

/// Methods separated by commas, or `all`.
struct MethodList: ExpressibleByArgument {
  /// The methods; nil for all that can be used.
  let methods: [WeighingMethod]?

  init?(argument: String) {
    if argument == "all" {
      methods = nil
      return
    }
    guard let list = NameList(argument: argument) else { return nil }
    let found = list.names.compactMap { WeighingMethod(name: $0) }
    if found.count != list.names.count || Set(found).count != found.count { return nil }
    methods = found
  }
}

/// Weights by name: `people=0.6,roads=0.4`.
struct NamedWeights: ExpressibleByArgument {
  let weights: [(indicator: String, weight: Double)]

  init?(argument: String) {
    guard let list = NameList(argument: argument) else { return nil }
    weights = list.names.compactMap { entry in
      guard let mark = entry.lastIndex(of: "="),
        let number = try? DecimalText(entry[entry.index(after: mark)...]),
        let weight = try? number.double()
      else { return nil }
      return (String(entry[..<mark]), weight)
    }
    if weights.count != list.names.count { return nil }
  }
}

struct Weigh: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds weights of indicators, from data or judgements, and what they would do.",
    discussion: """
      METHODS
        entropy            entropy of the shares (熵权法)
        critic             contrast times conflict, by Pearson's correlation
        critic-spearman    the same by Spearman's correlation
        pca                coefficients of principal components, by variance explained
        pca-squared        squared loadings of principal components
        sd                 standard deviations
        equal              the same weight for all
        ahp                judgements of pairs, by the principal eigenvector (层次分析法)
        ahp-geometric      judgements of pairs, by geometric means
        all                every one of them; ahp where there are judgements

      EXAMPLE
        karez weigh data.csv --method entropy --indicators people,income --cost income
        karez weigh data.csv --method all --indicators people,roads --pool 45亿元
        karez weigh data.csv --method ahp --judgements judgements.yaml
        karez weigh data.csv --method entropy,critic --indicators people,roads \\
          --against people=0.6,roads=0.4 --out weights
      """)

  @Argument(help: "Table of indicators (CSV).", completion: .file(extensions: ["csv"]))
  var data: String

  @Option(help: "Methods, separated by commas, or all.")
  var method: MethodList

  @Option(help: "Indicators, separated by commas; default: those of the judgements.")
  var indicators: NameList?

  @Option(help: "Indicators of which less is more, separated by commas.")
  var cost: NameList?

  @Option(
    help: "In place of each method's own (see Documentation/weigh.md).")
  var normalization: Normalization?

  @Option(
    help: "File of judgements: YAML, or a square matrix in CSV.",
    completion: .file(extensions: ["yaml", "yml", "csv"]))
  var judgements: String?

  @Option(help: "Year of the data; the last one if left out.")
  var year: Int?

  @Option(help: "Weights in force to compare with, such as people=0.6,roads=0.4.")
  var against: NamedWeights?

  @Option(help: "Money that is shared out, such as 45亿元; shows amounts in place of shares.")
  var pool: String?

  @Option(help: "How many units that gain, and as many that lose, to show.")
  var top = 5

  @Flag(help: "Show what weights come from for every method; with one method it is shown anyway.")
  var working = false

  @Option(help: "Write weights.csv and shares.csv.")
  var out: String?

  @OptionGroup var common: CommonOptions

  private var methods: [WeighingMethod] {
    method.methods ?? WeighingMethod.all.filter { judgements != nil || !$0.needsJudgements }
  }

  func validate() throws {
    if top < 0 { throw ValidationError("--top takes a whole number of 0 or more") }
    let judged = methods.first { $0.needsJudgements }
    if let judged, judgements == nil {
      throw ValidationError("--method \(judged.name) needs --judgements FILE")
    }
    if judgements != nil && judged == nil {
      throw ValidationError("--judgements goes with --method ahp, ahp-geometric or all")
    }
    if indicators == nil && judgements == nil {
      throw ValidationError("name the indicators: --indicators A,B,C")
    }
    if normalization != nil && !methods.contains(where: \.normalizes) {
      throw ValidationError("--normalization has no meaning for equal weights and judgements")
    }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      let request = WeighRequest(
        data: data, methods: methods, indicators: indicators?.names ?? [],
        costs: cost?.names ?? [], normalization: normalization, judgements: judgements,
        year: year, official: against?.weights ?? [], pool: pool)
      let outcome = try WeighOutcome(request, language: common.language)
      if let out { try outcome.write(to: out) }
      common.warn(outcome.statuses)
      if common.format == .csv { common.warn(outcome.provenance) }
      if common.format == .json {
        Terminal.write(outcome.json)
      } else {
        common.show(outcome.document(working: working, top: top))
      }
    }
  }
}
