import PolicyModel
import Simulation

/// Reads goals against the names of a plan.
///
///     goal     = [label ":"] figure relation number [unit] ["±" number [unit]] ["@" year]
///     figure   = metric | name "(" argument {"," argument} ")"
///     relation = "<=" | ">=" | "<" | ">" | "=="
///     unit     = "%" | a unit of money
///     year     = a year of the run | "every"
///
/// Spaces may stand anywhere between; full-width signs and ≤ ≥ are read as well.
public struct GoalReader: Sendable {
  private let plan: Plan

  /// Makes a reader.
  public init(_ plan: Plan) { self.plan = plan }

  /// Reads one goal.
  ///
  /// - Throws: `Problem` that holds the goal, the position, what is wrong and the nearest known name.
  public func goal(_ text: String) throws(Problem) -> Goal {
    var scanner = GoalScanner(text)
    let label = scanner.label()
    let name = scanner.name()
    let quantity = try quantity(name, &scanner)
    let start = scanner.position
    guard let relation = scanner.relation() else {
      throw scanner.problem(
        at: start,
        Wording(
          "a relation should stand here: <=, >=, <, > or ==", "此处应为关系符：<=、>=、<、> 或 =="))
    }
    let unit = NumberUnit(quantity, plan.scenario.currency)
    let target = try number(&scanner, unit)
    var tolerance = relation == .equal ? target.half : 0
    if let mark = scanner.skip(anyOf: ["±", "+-"]) {
      if relation != .equal {
        throw scanner.problem(
          at: mark, Wording("a tolerance goes with == only", "容差只能与 == 一起使用"))
      }
      tolerance = try number(&scanner, unit).value
    }
    let years = try years(&scanner)
    if !scanner.isAtEnd {
      throw scanner.problem(
        at: scanner.position,
        Wording(
          "\"\(scanner.rest)\" is more than a goal; write one goal for each --goal",
          "“\(scanner.rest)”是多余的；每个 --goal 只写一个目标"))
    }
    return Goal(
      text: scanner.textWithoutLabel, label: label, quantity: quantity, relation: relation,
      target: target.value, tolerance: tolerance, years: years)
  }

  // MARK: Figures

  private static let functions = ["share", "amount", "per_head", "change", "losers", "winners"]

  private func quantity(
    _ name: GoalScanner.Word, _ scanner: inout GoalScanner
  ) throws(Problem) -> Goal.Quantity {
    let metric = Metric(rawValue: name.text)
    let arguments = try scanner.arguments()
    guard let arguments else {
      if let metric { return .metric(metric) }
      throw unknown(name, scanner)
    }
    guard GoalReader.functions.contains(name.text) else {
      if metric == nil { throw unknown(name, scanner) }
      throw scanner.problem(
        at: name.position,
        Wording("\"\(name.text)\" takes nothing in brackets", "“\(name.text)”不带括号"))
    }
    let most = name.text == "share" ? 2 : 1
    guard (1...most).contains(arguments.count), !arguments.contains(where: { $0.text.isEmpty })
    else {
      throw scanner.problem(
        at: name.position,
        Wording(
          "\"\(name.text)\" takes \(most == 1 ? "one name or number" : "a group, and perhaps a stream,") in brackets",
          "“\(name.text)”的括号内应为\(most == 1 ? "一个名称或数字" : "一个分组，其后可加一个任务方向")"))
    }
    return try function(name, arguments, scanner)
  }

  private func function(
    _ name: GoalScanner.Word, _ arguments: [GoalScanner.Word], _ scanner: GoalScanner
  ) throws(Problem) -> Goal.Quantity {
    let first = arguments[0]
    switch name.text {
    case "losers": return .losers(percent: try percent(first, scanner))
    case "winners": return .winners(percent: try percent(first, scanner))
    case "share":
      let place = try place(first, scanner)
      if arguments.count == 1 { return .share(place, stream: nil) }
      return .share(place, stream: try stream(arguments[1], scanner))
    case "amount": return .amount(try place(first, scanner))
    case "per_head": return .perHead(try place(first, scanner))
    default: return .change(try place(first, scanner))
    }
  }

  private func unknown(_ name: GoalScanner.Word, _ scanner: GoalScanner) -> Problem {
    let known = Metric.allCases.map(\.rawValue) + GoalReader.functions
    let hint = nearestHint(name.text, among: known)
    let list = Wording(
      "; known are the metrics and \(GoalReader.functions.joined(separator: ", "))(…)",
      "；可用各项指标及 \(GoalReader.functions.joined(separator: "、"))(…)")
    return scanner.problem(
      at: name.position,
      Wording(
        "\"\(name.text)\" is no figure that a goal may name",
        "“\(name.text)”不是目标可用的指标") + (hint.english.isEmpty ? list : hint))
  }

  private func stream(
    _ word: GoalScanner.Word, _ scanner: GoalScanner
  ) throws(Problem) -> Int {
    let keys = plan.scenario.streams.map(\.key)
    if let index = keys.firstIndex(of: word.text) { return index }
    throw scanner.problem(
      at: word.position,
      Wording("unknown stream \"\(word.text)\"", "未知的任务方向“\(word.text)”")
        + nearestHint(word.text, among: keys))
  }

  private func place(
    _ word: GoalScanner.Word, _ scanner: GoalScanner
  ) throws(Problem) -> Goal.Place {
    if word.text == "all" { return .all }
    let groups = plan.scenario.groups.map(\.name)
    if let group = groups.firstIndex(of: word.text) { return .group(group) }
    if let county = plan.counties.indexOfCode[word.text] { return .county(county) }
    let counties = plan.counties.counties
    let members = counties.indices.filter { counties[$0].prefecture == word.text }
    if !members.isEmpty { return .counties(members) }
    let known = groups + counties.map(\.code) + counties.map(\.prefecture)
    throw scanner.problem(
      at: word.position,
      Wording(
        "\"\(word.text)\" is neither a group of this scenario nor the code of a county or prefecture",
        "“\(word.text)”既不是本情景的分组，也不是县市区或地州市代码") + nearestHint(word.text, among: known))
  }

  private func percent(
    _ word: GoalScanner.Word, _ scanner: GoalScanner
  ) throws(Problem) -> Double {
    let isPercent = word.text.hasSuffix("%")
    let digits = isPercent ? word.text.dropLast() : word.text[...]
    let wording = Wording(
      "\"\(word.text)\" is no percentage; write one such as 5%",
      "“\(word.text)”不是百分比；请写如 5%")
    do throws(DecimalFault) {
      let value = try DecimalText(digits).double()
      let percent = isPercent ? value : value * 100
      if percent >= 0 && (isPercent || value < 1) { return percent }
    } catch {
      throw scanner.problem(at: word.position, wording)
    }
    throw scanner.problem(at: word.position, wording)
  }

  // MARK: Numbers and years

  /// In which unit a goal's number stands.
  private struct NumberUnit {
    let takesPercent: Bool
    let currency: Currency?

    init(_ quantity: Goal.Quantity, _ currency: Currency) {
      switch quantity {
      case .amount, .perHead: (takesPercent, self.currency) = (false, currency)
      case .metric(let metric) where metric.kind == .money:
        (takesPercent, self.currency) = (false, currency)
      case .metric(let metric): (takesPercent, self.currency) = (metric.kind == .share, nil)
      case .share, .change: (takesPercent, self.currency) = (true, nil)
      case .losers, .winners: (takesPercent, self.currency) = (false, nil)
      }
    }
  }

  private struct Number {
    let value: Double
    /// Half a unit of the last digit as written.
    let half: Double
  }

  private func number(
    _ scanner: inout GoalScanner, _ unit: NumberUnit
  ) throws(Problem) -> Number {
    let start = scanner.position
    let digits = scanner.digits()
    var power: Int
    let decimal: DecimalText
    do throws(DecimalFault) {
      decimal = try DecimalText(digits[...])
    } catch {
      throw scanner.problem(
        at: start, Wording("a number should stand here", "此处应为数字"))
    }
    let unitStart = scanner.position
    let name = scanner.unit()
    if let currency = unit.currency {
      guard let found = currency.power(ofUnit: name) else {
        throw scanner.problem(
          at: unitStart,
          Wording(
            "the figure is money; write a unit after the number: \(currency.unitList)",
            "该指标为金额；请在数字后写明单位：\(currency.unitList)"))
      }
      power = found
    } else {
      guard name.isEmpty || (name == "%" && unit.takesPercent) else {
        throw scanner.problem(
          at: unitStart,
          Wording(
            unit.takesPercent
              ? "the figure is a share; write a fraction or a percentage, such as 0.6 or 60%"
              : "the figure has no unit; remove \"\(name)\"",
            unit.takesPercent
              ? "该指标为占比；请写小数或百分比，如 0.6 或 60%" : "该指标没有单位；请去掉“\(name)”"))
      }
      power = name == "%" ? -2 : 0
    }
    return try scaled(decimal, power: power, scanner, start)
  }

  private func scaled(
    _ decimal: DecimalText, power: Int, _ scanner: GoalScanner, _ start: Int
  ) throws(Problem) -> Number {
    func value(_ text: String) -> Double? { Double(text + "e\(decimal.exponent + power)") }
    let digits = String(decoding: decimal.digits.map { $0 + 48 }, as: UTF8.self)
    guard let size = value(digits.isEmpty ? "0" : digits), size.isFinite, let step = value("0.5"),
      size <= 1e15
    else {
      throw scanner.problem(at: start, Wording("the number is too large", "数字过大"))
    }
    return Number(value: decimal.isNegative ? -size : size, half: step)
  }

  private func years(_ scanner: inout GoalScanner) throws(Problem) -> Goal.Years {
    let years = plan.scenario.years
    guard scanner.skip(anyOf: ["@"]) != nil else { return .one(years.upperBound) }
    let word = scanner.name()
    if word.text == "every" { return .every }
    if let year = Int(word.text), years.contains(year) { return .one(year) }
    throw scanner.problem(
      at: word.position,
      Wording(
        "\"\(word.text)\" is no year of the run; write a year from \(years.lowerBound) to "
          + "\(years.upperBound), or every",
        "“\(word.text)”不是运行年度；请写\(years.lowerBound)到\(years.upperBound)之间的年份，或 every"))
  }
}
