import PolicyModel

/// What a number of a scenario may be.
typealias NumberRule = Parameter.Domain

extension NumberRule {
  static let any = NumberRule.number(-FieldReader.largestNumber...FieldReader.largestNumber)
  static let notNegative = NumberRule.number(0...FieldReader.largestNumber)
  static let share = NumberRule.number(0...1)
  static let growth = NumberRule.number(-1...FieldReader.largestNumber)
}

extension FieldReader {
  /// A parameter, or nil if the key is not there.
  func parameter(_ fields: Fields, _ key: String, _ rule: NumberRule = .any) -> Parameter? {
    fields[key].flatMap { parameter($0, joined(fields.path, key), rule) }
  }

  /// A parameter with a default.
  func parameter(
    _ fields: Fields, _ key: String, _ rule: NumberRule, defaultValue: Double
  ) -> Parameter {
    parameter(fields, key, rule)
      ?? Parameter(
        path: joined(fields.path, key), defaultValue: defaultValue, domain: rule)
  }

  /// A parameter that must be there; stands as 0 while its problem is reported.
  func requiredParameter(_ fields: Fields, _ key: String, _ rule: NumberRule) -> Parameter {
    if !fields.has(key) { reportMissing(fields, key) }
    return parameter(fields, key, rule, defaultValue: 0)
  }

  /// A number or a timeline of numbers.
  func parameter(_ node: YAMLNode, _ path: String, _ rule: NumberRule) -> Parameter? {
    if node.isTimeline { return timeline(node, path, rule) }
    guard let value = number(node, path, rule) else { return nil }
    let step = Parameter.Step(year: nil, value: value, location: node.location)
    return Parameter(path: path, steps: [step], domain: rule)
  }

  private func timeline(_ node: YAMLNode, _ path: String, _ rule: NumberRule) -> Parameter? {
    var steps: [Parameter.Step] = []
    for entry in node.entries ?? [] {
      guard let year = Int(entry.key), (1900...2200).contains(year) else {
        report(
          entry.location, path,
          Wording(
            "\"\(entry.key)\" is not a year from 1900 to 2200",
            "“\(entry.key)”不是1900–2200之间的年份"))
        return nil
      }
      guard let value = number(entry.value, path, rule) else { return nil }
      steps.append(Parameter.Step(year: year, value: value, location: entry.value.location))
    }
    let parameter = Parameter(path: path, steps: steps, domain: rule)
    if let first = parameter.steps[0].year, let years, first > years.lowerBound {
      report(
        parameter.steps[0].location, path,
        Wording(
          "the timeline begins in \(first), after the first year \(years.lowerBound); "
            + "add a step for it",
          "时间序列始于\(first)年，晚于首年\(years.lowerBound)；请补上首年的值"))
    }
    return parameter
  }

  private func number(_ node: YAMLNode, _ path: String, _ rule: NumberRule) -> Double? {
    switch rule {
    case .amount: return amount(node, path).map { Double($0) }
    case .number(let range): return plainNumber(node, path, range, isWhole: false)
    case .whole(let range): return plainNumber(node, path, range, isWhole: true)
    }
  }

  private func plainNumber(
    _ node: YAMLNode, _ path: String, _ range: ClosedRange<Double>, isWhole: Bool
  ) -> Double? {
    guard case .scalar(let text, let isPlain) = node.content else {
      reportType(node, path, Wording("a number", "数字"))
      return nil
    }
    guard isPlain else {
      report(
        node.location, path,
        Wording(
          "\"\(text.prefix(40))\" is a quoted text where a number should stand; "
            + "remove the quotes",
          "“\(text.prefix(40))”是带引号的文本，此处应为数字；请去掉引号"))
      return nil
    }
    guard let value = coreNumber(text), value.isFinite else {
      reportNoNumber(node, path, text)
      return nil
    }
    return checked(value, node, path, range, isWhole: isWhole)
  }

  private func reportNoNumber(_ node: YAMLNode, _ path: String, _ text: String) {
    do throws(DecimalFault) {
      _ = try DecimalText(text[...]).double()
      reportType(node, path, Wording("a plain number", "普通数字"))
    } catch {
      report(
        node.location, path,
        error == .notANumber
          ? Wording(
            "\"\(text.prefix(40))\" stands where a number should",
            "此处应为数字，而不是“\(text.prefix(40))”")
          : CellNumber.wording(error, cell: text))
    }
  }

  private func checked(
    _ value: Double, _ node: YAMLNode, _ path: String, _ range: ClosedRange<Double>, isWhole: Bool
  ) -> Double? {
    if isWhole && value != value.rounded() {
      report(
        node.location, path,
        Wording("\(value) is not a whole number", "\(value)不是整数"))
      return nil
    }
    if range.contains(value) { return value }
    let low = range.lowerBound
    let high = range.upperBound
    let english =
      high >= FieldReader.largestNumber
      ? (low <= -FieldReader.largestNumber ? "of a sensible size" : "\(short(low)) or more")
      : "from \(short(low)) to \(short(high))"
    let chinese =
      high >= FieldReader.largestNumber
      ? (low <= -FieldReader.largestNumber ? "在合理范围内" : "不小于\(short(low))")
      : "在\(short(low))到\(short(high))之间"
    report(
      node.location, path,
      Wording(
        "\(short(value)) is out of range; it must be \(english)", "\(short(value))超出范围；须\(chinese)")
    )
    return nil
  }

  private func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// A number of the YAML 1.2 core schema in decimal form.
  func coreNumber(_ text: String) -> Double? {
    let allowed = text.utf8.allSatisfy {
      (48...57).contains($0) || "+-.eE".utf8.contains($0)
    }
    guard allowed, text.utf8.contains(where: { (48...57).contains($0) }) else { return nil }
    return Double(text)
  }

  // MARK: Money

  /// An amount in whole fen.
  func amount(_ node: YAMLNode, _ path: String, isSigned: Bool = false) -> Int64? {
    guard case .scalar(let text, _) = node.content else {
      reportType(node, path, Wording("an amount", "金额"))
      return nil
    }
    let split = text.lastIndex { isFigure($0) }.map { text.index(after: $0) }
    let end = split ?? text.startIndex
    let unit = text[end...].trimmingSpaces
    guard let power = currency.power(ofUnit: unit) else {
      reportUnit(node, path, unit)
      return nil
    }
    do throws(DecimalFault) {
      let number = try DecimalText(text[..<end])
      if number.isNegative && !number.digits.isEmpty && !isSigned {
        report(node.location, path, Wording("an amount may not be negative", "金额不得为负"))
        return nil
      }
      return wholeFen(number, power: power + 2, node, path)
    } catch {
      report(node.location, path, CellNumber.wording(error, cell: String(text[..<end])))
      return nil
    }
  }

  /// A digit or point, full-width ones too; 万 and 亿 are letters here.
  private func isFigure(_ character: Character) -> Bool {
    ("0"..."9").contains(character) || ("０"..."９").contains(character)
      || character == "." || character == "．"
  }

  private func reportUnit(_ node: YAMLNode, _ path: String, _ unit: String) {
    let units = currency.unitList
    report(
      node.location, path,
      unit.isEmpty
        ? Wording(
          "the amount has no unit; write one of \(units) after it", "金额缺少单位；请写明：\(units)")
        : Wording(
          "\"\(unit.prefix(40))\" is no unit of \(currency.code); use one of \(units)",
          "“\(unit.prefix(40))”不是\(currency.code)的单位；请使用：\(units)"))
  }

  private func wholeFen(
    _ number: DecimalText, power: Int, _ node: YAMLNode, _ path: String
  ) -> Int64? {
    switch number.wholeNumber(timesTenTo: power, limit: Money.limit) {
    case .whole(let fen): return fen
    case .fraction:
      report(
        node.location, path,
        Wording(
          "the amount is not a whole number of fen (0.01 of the currency unit); round it",
          "金额不是整分；请四舍五入到分"))
    case .tooLarge:
      report(
        node.location, path,
        Wording(
          "the amount is larger than 9 × 10^15 fen (90 trillion currency units)",
          "金额超过9×10^15分（90万亿元）"))
    }
    return nil
  }
}

extension Substring {
  /// The text without surrounding white space.
  var trimmingSpaces: String {
    var part = self
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }
}
