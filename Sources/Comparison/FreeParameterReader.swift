import PolicyModel
import Simulation

/// Reads what a design may change: `path=low:high` or `streams.<key>.weights`, parted by commas.
public struct FreeParameterReader: Sendable {
  private let plan: Plan

  /// Makes a reader of the parameters of a plan.
  public init(_ plan: Plan) { self.plan = plan }

  /// Reads several texts.
  ///
  /// - Returns: The parameters in the order written.
  /// - Throws: `ProblemGroup` with every problem of every text.
  public func parameters(_ texts: [String]) throws(ProblemGroup) -> [FreeParameter] {
    var problems: [Problem] = []
    var parameters: [FreeParameter] = []
    for text in texts {
      for part in text.split(whereSeparator: { $0 == "," || $0 == "，" }) {
        do throws(Problem) {
          let parameter = try parameter(FreeText(part))
          if parameters.contains(where: { $0.path == parameter.path }) {
            throw problem(
              parameter.path, Wording("is named twice; name it once", "重复出现；请只写一次"))
          }
          parameters.append(parameter)
        } catch {
          problems.append(error)
        }
      }
    }
    if !problems.isEmpty { throw ProblemGroup(problems: problems) }
    return parameters
  }

  private func problem(_ path: String, _ wording: Wording) -> Problem {
    Problem(nil, path: "--free", Wording("\(path) ", "\(path) ") + wording)
  }

  private func parameter(_ text: FreeText) throws(Problem) -> FreeParameter {
    if let members = weights(text.path) { return try weights(text, members) }
    guard let parameter = plan.parameters.first(where: { $0.path == text.path }) else {
      throw problem(
        text.path,
        Wording("is no parameter that this scenario uses", "不是本情景使用的参数")
          + nearestHint(text.path, among: known))
    }
    if isWeight(text.path) {
      let stream = text.path.split(separator: ".")[1]
      throw problem(
        text.path,
        Wording(
          "is one of several weights that sum to 1; free all of them: streams.\(stream).weights",
          "是合计为1的权重之一；请放开全部权重：streams.\(stream).weights"))
    }
    if case .whole = parameter.domain {
      throw problem(
        text.path,
        Wording(
          "takes whole numbers only; compare scenarios with karez run instead",
          "只能取整数；请用 karez run 比较不同情景"))
    }
    let isAmount = parameter.domain == .amount
    let range = try range(text, isAmount: isAmount, within: parameter.domain.bounds)
    return FreeParameter(
      path: text.path, members: [text.path], ranges: [range], written: [written(parameter)],
      isAmount: isAmount, isWeights: false)
  }

  private func written(_ parameter: Parameter) -> [Double] {
    plan.scenario.years.map { parameter.value(in: $0) }
  }

  private func isWeight(_ path: String) -> Bool {
    let parts = path.split(separator: ".")
    return parts.count == 5 && parts[0] == "streams" && parts[4] == "weight"
  }

  private var known: [String] {
    plan.parameters.map(\.path).filter { !isWeight($0) }
      + plan.scenario.streams.map { "streams.\($0.key).weights" }
  }

  // MARK: Weights

  /// The weights that `streams.<key>.weights` or `.county_weights` stands for.
  private func weights(_ path: String) -> [Parameter]? {
    for (word, section) in [("weights", "factors"), ("county_weights", "county_factors")] {
      for stream in plan.scenario.streams where path == "streams.\(stream.key).\(word)" {
        let prefix = "streams.\(stream.key).\(section)."
        let own = plan.parameters.filter { $0.path.hasPrefix(prefix) && isWeight($0.path) }
        if !own.isEmpty { return own }
      }
    }
    return nil
  }

  private func weights(_ text: FreeText, _ members: [Parameter]) throws(Problem) -> FreeParameter {
    if members.count < 2 {
      throw problem(
        text.path,
        Wording(
          "is a single weight, which is 1; there is nothing to change", "只有一个权重，恒为1；无可调整"))
    }
    let range =
      text.bounds == nil
      ? 0...1 : try range(text, isAmount: false, within: 0...1)
    let count = Double(members.count)
    if range.lowerBound * count > 1 || range.upperBound * count < 1 {
      throw problem(
        text.path,
        Wording(
          "has \(members.count) weights, which cannot sum to 1 within these bounds",
          "共\(members.count)个权重，在该范围内合计不可能为1"))
    }
    return FreeParameter(
      path: text.path, members: members.map(\.path),
      ranges: members.map { _ in range }, written: members.map { written($0) }, isAmount: false,
      isWeights: true)
  }

  // MARK: Ranges

  private func range(
    _ text: FreeText, isAmount: Bool, within bounds: ClosedRange<Double>
  ) throws(Problem) -> ClosedRange<Double> {
    guard let (first, second) = text.bounds else {
      throw problem(
        text.path,
        Wording(
          "needs a range, such as \(text.path)=\(example(isAmount))",
          "需要范围，例如 \(text.path)=\(example(isAmount))"))
    }
    let low = try number(first, text.path, isAmount: isAmount)
    let high = try number(second, text.path, isAmount: isAmount)
    if low >= high {
      throw problem(
        text.path,
        Wording(
          "has an empty range: \(first) is not below \(second)", "的范围为空：\(first) 不小于 \(second)"))
    }
    if low < bounds.lowerBound || high > bounds.upperBound {
      throw problem(text.path, outside(bounds, isAmount: isAmount))
    }
    return low...high
  }

  private func outside(_ bounds: ClosedRange<Double>, isAmount: Bool) -> Wording {
    if isAmount {
      return Wording(
        "may be from 0 to 90 trillion; narrow the range", "须在0到90万亿之间；请缩小范围")
    }
    let (low, high) = (short(bounds.lowerBound), short(bounds.upperBound))
    return Wording(
      "may be from \(low) to \(high) only; narrow the range", "只能在\(low)到\(high)之间；请缩小范围")
  }

  private func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  private func example(_ isAmount: Bool) -> String {
    if !isAmount { return "0:0.2" }
    return plan.scenario.currency.isRenminbi
      ? "40 亿元:50 亿元"
      : "40 million \(plan.scenario.currency.code):50 million "
        + plan.scenario.currency.code
  }

  private func number(
    _ text: String, _ path: String, isAmount: Bool
  ) throws(Problem) -> Double {
    let end =
      text.lastIndex { $0.isASCII ? $0.isNumber || $0 == "." : ("０"..."９").contains($0) }
      .map { text.index(after: $0) } ?? text.startIndex
    let unit = String(text[end...])
    do throws(DecimalFault) {
      let decimal = try DecimalText(text[..<end])
      if !isAmount {
        if unit.isEmpty { return try decimal.double() }
      } else if let power = plan.scenario.currency.power(ofUnit: unit),
        case .whole(let fen) = decimal.wholeNumber(timesTenTo: power + 2, limit: Money.limit)
      {
        return Double(fen)
      }
    } catch {
      throw noNumber(text, path, isAmount: isAmount)
    }
    throw noNumber(text, path, isAmount: isAmount)
  }

  private func noNumber(_ text: String, _ path: String, isAmount: Bool) -> Problem {
    let units = plan.scenario.currency.unitList
    return problem(
      path,
      isAmount
        ? Wording(
          "is money: \"\(text)\" should be an amount of whole fen with a unit (\(units))",
          "是金额：“\(text)”应为带单位的整分金额（\(units)）")
        : Wording(
          "has \"\(text)\" where a plain number should stand", "的“\(text)”处应为普通数字"))
  }
}

/// A part of `--free`: a key, and two bounds where they are given.
private struct FreeText {
  let path: String
  /// The texts before and after the colon; nil without `=`.
  let bounds: (String, String)?

  init(_ part: Substring) {
    func trimmed(_ text: Substring) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    path = trimmed(sides[0])
    if sides.count < 2 {
      bounds = nil
    } else {
      let ends = sides[1].split(
        maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == ":" || $0 == "：" })
      bounds = (trimmed(ends[0]), ends.count > 1 ? trimmed(ends[1]) : "")
    }
  }
}

/// Everything that is wrong with what a user wrote.
public struct ProblemGroup: Error, Sendable, Equatable {
  /// The problems in order.
  public let problems: [Problem]

  /// Makes a group.
  public init(problems: [Problem]) { self.problems = problems }
}
