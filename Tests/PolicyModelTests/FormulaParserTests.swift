import PolicyModel
import TestFixtures
import Testing

struct FormulaParserTests {
  /// The formula with every operation in parentheses.
  private func shape(_ formula: Formula) -> String {
    let parts = formula.children.map { shape($0) }
    switch formula {
    case .number(let value): return "\(value)"
    case .name(let name): return name
    case .negated: return "(-\(parts[0]))"
    case .not: return "(not \(parts[0]))"
    case .binary(let sign, _, _): return "(\(parts[0]) \(sign.rawValue) \(parts[1]))"
    case .and: return "(\(parts[0]) and \(parts[1]))"
    case .or: return "(\(parts[0]) or \(parts[1]))"
    case .choice: return "if(\(parts.joined(separator: ", ")))"
    case .function(let name, _): return "\(name.rawValue)(\(parts.joined(separator: ", ")))"
    case .aggregate(let name, _): return "\(name.rawValue)(\(parts.joined(separator: ", ")))"
    }
  }

  @Test(arguments: [
    ("a + b * c", "(a + (b * c))"), ("a - b - c", "((a - b) - c)"), ("a / b * c", "((a / b) * c)"),
    ("-a ^ b", "(-(a ^ b))"), ("a ^ b ^ c", "(a ^ (b ^ c))"), ("a ^ -b", "(a ^ (-b))"),
    ("-a * b", "((-a) * b)"), ("--a", "(-(-a))"), ("a * -b", "(a * (-b))"),
    ("a < b + c", "(a < (b + c))"), ("not a < b", "(not (a < b))"),
    ("not a and b", "((not a) and b)"), ("a or b and c", "(a or (b and c))"),
    ("a and b or c", "((a and b) or c)"), ("(a + b) * c", "((a + b) * c)"),
    ("a == b and c != d", "((a == b) and (c != d))"), ("a<=b", "(a <= b)"), ("a>=b", "(a >= b)"),
    ("if(a > 1, b, c)", "if((a > 1.0), b, c)"), ("min(a, b, c)", "min(a, b, c)"),
    ("clip(x, 0, 1)", "clip(x, 0.0, 1.0)"), ("sum(a * b)", "sum((a * b))"),
    ("wmean(a, b)", "wmean(a, b)"), ("1.5e3", "1500.0"), (".5", "0.5"),
    ("收入 / 人口", "(收入 / 人口)"), ("_a1", "_a1"), ("sum", "sum"), ("not not a", "(not (not a))"),
  ])
  func `precedence, loosest first`(text: String, wanted: String) throws {
    #expect(shape(try FormulaParser.parse(text)) == wanted)
  }

  @Test func `names are listed once, in order`() throws {
    #expect(try FormulaParser.parse("b + a * b + mean(c)").names == ["b", "a", "c"])
  }

  private func mistake(in text: String) -> FormulaFault? {
    do throws(FormulaFault) {
      _ = try FormulaParser.parse(text)
      return nil
    } catch {
      return error
    }
  }

  private static let mistakes: [(text: String, column: Int, english: String, chinese: String)] = [
    ("", 1, "the formula ends where a value should stand", "公式不完整，此处应为数值"),
    ("a +", 4, "the formula ends where a value should stand", "公式不完整，此处应为数值"),
    ("+ a", 1, "\"+\" stands where a value should", "“+”处应为数值"),
    ("(a", 3, "the formula ends where \")\" should stand", "公式不完整，此处应为“)”"),
    ("max(a b)", 7, "\"b\" stands where \")\" should", "“b”处应为“)”"),
    (
      "a b", 3, "unexpected \"b\"; an operator is missing before it, or it is one too many",
      "多余的“b”；其前缺少运算符，或应删去"
    ),
    (
      "a)", 2, "unexpected \")\"; an operator is missing before it, or it is one too many",
      "多余的“)”；其前缺少运算符，或应删去"
    ),
    (
      "a < b < c", 7, "comparisons are not chained; write \"a < b and b < c\"",
      "比较不能连写；请写作“a < b and b < c”"
    ),
    ("a $ b", 3, "the character \"$\" has no meaning in a formula", "公式中不能使用字符“$”"),
    ("a = b", 3, "the character \"=\" has no meaning in a formula", "公式中不能使用字符“=”"),
    ("1e999", 1, "\"1e999\" is not a finite number", "“1e999”不是有限的数"),
    (".", 1, "\".\" is not a finite number", "“.”不是有限的数"),
    (
      "a * if", 5, "\"if\" is a word of the formula language, not an indicator",
      "“if”是公式关键字，不是指标"
    ),
    ("abs(a, b)", 1, "abs takes 1 arguments, not 2", "abs 需要 1 个参数，而不是 2 个"),
    ("min(a)", 1, "min takes 2–64 arguments, not 1", "min 需要 2–64 个参数，而不是 1 个"),
    ("1 + if(a, b)", 5, "if takes 3 arguments, not 2", "if 需要 3 个参数，而不是 2 个"),
    ("wmean(a)", 1, "wmean takes 2 arguments, not 1", "wmean 需要 2 个参数，而不是 1 个"),
    ("sum()", 5, "\")\" stands where a value should", "“)”处应为数值"),
    (
      "maxx(a, b)", 1, "unknown function \"maxx\"; did you mean \"max\"?",
      "未知函数“maxx”；是否指“max”？"
    ),
    ("quantile(a)", 1, "unknown function \"quantile\"", "未知函数“quantile”"),
  ]

  @Test(arguments: 0..<20)
  func `every mistake has its place and its words in both languages`(index: Int) throws {
    let wanted = FormulaParserTests.mistakes[index]
    let fault = try #require(mistake(in: wanted.text))
    #expect(fault.column == wanted.column)
    #expect(fault.wording == Wording(wanted.english, wanted.chinese))
  }

  @Test(arguments: ["(", "-", "not ", "abs(", "2^", "if(a,b,"])
  func `nesting over 50 is an error, however it is made`(opening: String) throws {
    let fault = try #require(mistake(in: String(repeating: opening, count: 60) + "a"))
    #expect(
      fault.wording
        == Wording(
          "the formula is nested more than 50 deep; split it into derived indicators",
          "公式嵌套超过50层；请拆分为多个派生指标"))
  }

  @Test func `a formula of more than 2,000 words is an error`() throws {
    let fault = try #require(mistake(in: String(repeating: "a+", count: 1_001) + "a"))
    #expect(
      fault.wording
        == Wording(
          "the formula has more than 2,000 words; split it into derived indicators",
          "公式超过2000个词；请拆分为多个派生指标"))
    #expect(mistake(in: String(repeating: "a+", count: 999) + "a") == nil)
  }

  @Test(arguments: 0..<300) func `no text makes the parser crash`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = [
      "a", "1", "(", ")", "+", "-", "*", "/", "^", "<", "if", "max", ",", "not", "$", "县",
    ]
    let text = (0..<random.whole(0...40)).map { _ in words[random.whole(0...15)] }
      .joined(separator: random.happens(0.5) ? " " : "")
    if let fault = mistake(in: text) {
      #expect((1...(text.count + 1)).contains(fault.column))
      #expect(!fault.wording.english.isEmpty && !fault.wording.chinese.isEmpty)
    }
  }
}
