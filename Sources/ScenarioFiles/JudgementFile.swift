import PolicyModel
import WeightFitting

/// Judgements of pairs as a user wrote them: YAML with criteria within criteria, or a square matrix
/// in a CSV file (weigh, Judgements).
public struct JudgementFile: Sendable {
  /// The file as it was read.
  public let input: InputFile
  /// The goal with all its criteria.
  public let goal: JudgementGroup
  /// Where each name is first mentioned.
  public let locations: [String: SourceLocation]

  /// Reads a file: a matrix if its name ends in `.csv`, `.tsv` or `.txt`, else YAML.
  ///
  /// - Parameter path: The path as the user gave it.
  /// - Returns: The judgements.
  /// - Throws: `ProblemList` with every judgement that cannot be used, and groups that are not linked.
  public static func read(path: String) throws(ProblemList) -> JudgementFile {
    let isMatrix = ["csv", "tsv", "txt"].contains { path.lowercased().hasSuffix("." + $0) }
    let input: InputFile
    let text: String
    var tree: YAMLNode?
    do throws(Problem) {
      input = try InputFile(path: path)
      text = try input.text()
      if !isMatrix { tree = try YAMLReader.read(text, file: path) }
    } catch {
      throw ProblemList([error])
    }
    if let tree {
      let reader = JudgementReader()
      let goal = try reader.goal(ScenarioTree.withoutNulls(tree))
      return JudgementFile(input: input, goal: goal, locations: reader.locations)
    }
    let reader = JudgementMatrixReader(try CSVTable(text, file: path, hasCorner: true))
    return JudgementFile(input: input, goal: try reader.goal(), locations: reader.locations)
  }
}

/// The ratio of a judgement: a number or a fraction such as 1/3.
enum JudgementRatio {
  /// Judgements lie on Saaty's scale from 1/9 to 9; far beyond is a slip of the hand.
  private static let allowed = 0.001...1_000.0

  /// Reads a ratio.
  ///
  /// - Returns: The ratio, or what is wrong with it.
  static func read(_ text: String) -> Result<Double, Problem> {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { "/／".contains($0) })
    let numbers = parts.compactMap { try? DecimalText($0.trimmingSpaces[...]).double() }
    if numbers.count != parts.count || (numbers.count == 2 && numbers[1] == 0) {
      return .failure(Problem(nil, noRatio(text)))
    }
    let ratio = numbers.count == 2 ? numbers[0] / numbers[1] : numbers[0]
    if allowed.contains(ratio) { return .success(ratio) }
    return .failure(
      Problem(
        nil,
        Wording(
          "\"\(text)\" is not between 1/1000 and 1000; judgements run from 1/9 to 9",
          "“\(text)”不在1/1000–1000之间；判断标度为1/9–9")))
  }

  private static func noRatio(_ text: String) -> Wording {
    let shown = text.prefix(40)
    return Wording(
      "\"\(shown)\" is neither a number nor a fraction such as 1/3 (spreadsheets turn 1/3 into a "
        + "date: format the cells as text)",
      "“\(shown)”既不是数字，也不是1/3这样的分数（电子表格会把1/3变成日期：请将单元格设为文本格式）")
  }
}

/// Joins judgements into a group and says, in a user's words, why that cannot be.
enum JudgementAssembly {
  static func judgements(
    names: [String], list: [Judgement], at place: SourceLocation, path: String
  ) throws(Problem) -> Judgements {
    do throws(WeightError) {
      return try Judgements(names: names, list: list)
    } catch {
      throw Problem(place, path: path, wording(error, names))
    }
  }

  private static func wording(_ error: WeightError, _ names: [String]) -> Wording {
    switch error {
    case .notConnected(let parts):
      let shown = parts.map { part in "{" + part.map { names[$0] }.joined(separator: ", ") + "}" }
      return Wording(
        "no judgement links \(shown.joined(separator: " with ")); add one between them",
        "\(shown.joined(separator: "与"))之间没有判断相联系；请补充判断")
    case .tooManyCompared(let count, let most):
      return Wording(
        "\(count) names are compared, more than the \(most) that random indices exist for; put some "
          + "of them together under a criterion of their own",
        "共比较\(count)项，超过随机一致性指标表的\(most)项；请将部分指标归入下一层准则")
    default: preconditionFailure("judgements are only linked or not: \(error)")
    }
  }
}
