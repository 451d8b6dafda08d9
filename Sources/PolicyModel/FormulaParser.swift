/// Why a text is no formula.
public struct FormulaFault: Error, Sendable, Equatable {
  /// Character position in the text, from 1.
  public let column: Int
  /// What is wrong, in words.
  public let wording: Wording
}

/// Reads a formula by recursive descent.
///
/// Precedence, loosest first: or, and, not, comparison (not chained), + −, * /, unary −,
/// ^ (to the right).
public struct FormulaParser {
  private var tokens: [FormulaToken] = []
  private var position = 0
  private var depth = 0
  private let length: Int

  /// Reads the whole of a text.
  ///
  /// - Throws: `FormulaFault` with the column of the first mistake.
  public static func parse(_ text: String) throws(FormulaFault) -> Formula {
    var parser = try FormulaParser(text)
    let formula = try parser.disjunction()
    if let extra = parser.current {
      throw FormulaFault(
        column: extra.column,
        wording: Wording(
          "unexpected \"\(extra.text)\"; an operator is missing before it, or it is one too many",
          "多余的“\(extra.text)”；其前缺少运算符，或应删去"))
    }
    return formula
  }

  private init(_ text: String) throws(FormulaFault) {
    tokens = try FormulaToken.tokens(of: text)
    length = text.count
  }

  private var current: FormulaToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard let token = current, token.text == text else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ text: String) throws(FormulaFault) {
    if !take(text) { throw missing(Wording("\"\(text)\"", "“\(text)”")) }
  }

  private func missing(_ what: Wording) -> FormulaFault {
    guard let token = current else {
      return FormulaFault(
        column: length + 1,
        wording: Wording(
          "the formula ends where \(what.english) should stand", "公式不完整，此处应为\(what.chinese)"))
    }
    return FormulaFault(
      column: token.column,
      wording: Wording(
        "\"\(token.text)\" stands where \(what.english) should",
        "“\(token.text)”处应为\(what.chinese)"))
  }

  private mutating func nested<T>(
    _ body: (inout FormulaParser) throws(FormulaFault) -> T
  ) throws(FormulaFault) -> T {
    depth += 1
    defer { depth -= 1 }
    if depth > 50 {
      throw FormulaFault(
        column: current?.column ?? 1,
        wording: Wording(
          "the formula is nested more than 50 deep; split it into derived indicators",
          "公式嵌套超过50层；请拆分为多个派生指标"))
    }
    return try body(&self)
  }

  private mutating func disjunction() throws(FormulaFault) -> Formula {
    try nested { (parser) throws(FormulaFault) in
      var left = try parser.conjunction()
      while parser.take("or") { left = .or(left, try parser.conjunction()) }
      return left
    }
  }

  private mutating func conjunction() throws(FormulaFault) -> Formula {
    var left = try negation()
    while take("and") { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(FormulaFault) -> Formula {
    guard take("not") else { return try comparison() }
    return try nested { (parser) throws(FormulaFault) in .not(try parser.negation()) }
  }

  private static let aValue = Wording("a value", "数值")

  private static let comparisons: [String: Formula.Operator] = [
    "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "==": .equal,
    "!=": .notEqual,
  ]

  private mutating func comparison() throws(FormulaFault) -> Formula {
    let left = try sum()
    guard let sign = takeComparison() else { return left }
    let right = try sum()
    if let next = current, FormulaParser.comparisons[next.text] != nil {
      throw FormulaFault(
        column: next.column,
        wording: Wording(
          "comparisons are not chained; write \"a < b and b < c\"", "比较不能连写；请写作“a < b and b < c”"))
    }
    return .binary(sign, left, right)
  }

  private mutating func takeComparison() -> Formula.Operator? {
    guard let token = current, let sign = FormulaParser.comparisons[token.text] else { return nil }
    position += 1
    return sign
  }

  private mutating func sum() throws(FormulaFault) -> Formula {
    var left = try product()
    while true {
      if take("+") {
        left = .binary(.plus, left, try product())
      } else if take("-") {
        left = .binary(.minus, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(FormulaFault) -> Formula {
    var left = try signed()
    while true {
      if take("*") {
        left = .binary(.times, left, try signed())
      } else if take("/") {
        left = .binary(.over, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(FormulaFault) -> Formula {
    guard take("-") else { return try power() }
    return try nested { (parser) throws(FormulaFault) in .negated(try parser.signed()) }
  }

  private mutating func power() throws(FormulaFault) -> Formula {
    let base = try primary()
    guard take("^") else { return base }
    return try nested { (parser) throws(FormulaFault) in
      .binary(.power, base, try parser.signed())
    }
  }

  private mutating func primary() throws(FormulaFault) -> Formula {
    guard let token = current else { throw missing(FormulaParser.aValue) }
    switch token.kind {
    case .number(let value):
      position += 1
      return .number(value)
    case .name:
      position += 1
      return take("(") ? try call(token) : try plainName(token)
    case .symbol:
      guard take("(") else { throw missing(FormulaParser.aValue) }
      let inner = try disjunction()
      try expect(")")
      return inner
    }
  }

  private func plainName(_ token: FormulaToken) throws(FormulaFault) -> Formula {
    if ["if", "and", "or", "not"].contains(token.text) {
      throw FormulaFault(
        column: token.column,
        wording: Wording(
          "\"\(token.text)\" is a word of the formula language, not an indicator",
          "“\(token.text)”是公式关键字，不是指标"))
    }
    return .name(token.text)
  }

  private mutating func call(_ name: FormulaToken) throws(FormulaFault) -> Formula {
    var arguments = [try disjunction()]
    while take(",") { arguments.append(try disjunction()) }
    try expect(")")
    if name.text == "if" {
      try checkCount(arguments, 3...3, name)
      return .choice(arguments[0], arguments[1], arguments[2])
    }
    if let function = Formula.Function(rawValue: name.text) {
      try checkCount(arguments, function.arity, name)
      return .function(function, arguments)
    }
    if let aggregate = Formula.Aggregate(rawValue: name.text) {
      try checkCount(arguments, aggregate.arity...aggregate.arity, name)
      return .aggregate(aggregate, arguments)
    }
    throw unknownFunction(name)
  }

  private func checkCount(
    _ arguments: [Formula], _ arity: ClosedRange<Int>, _ name: FormulaToken
  ) throws(FormulaFault) {
    if arity.contains(arguments.count) { return }
    let wanted =
      arity.count == 1 ? "\(arity.lowerBound)" : "\(arity.lowerBound)–\(arity.upperBound)"
    throw FormulaFault(
      column: name.column,
      wording: Wording(
        "\(name.text) takes \(wanted) arguments, not \(arguments.count)",
        "\(name.text) 需要 \(wanted) 个参数，而不是 \(arguments.count) 个"))
  }

  private func unknownFunction(_ name: FormulaToken) -> FormulaFault {
    let known =
      ["if"] + Formula.Function.allCases.map(\.rawValue)
      + Formula.Aggregate.allCases.map(\.rawValue)
    return FormulaFault(
      column: name.column,
      wording: Wording("unknown function \"\(name.text)\"", "未知函数“\(name.text)”")
        + nearestHint(name.text, among: known))
  }
}
