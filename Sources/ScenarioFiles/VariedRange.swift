import PolicyModel

/// A range given beside a scenario: `incentives.reserve=0.02:0.10`, `streams.roads.weights=100`.
///
/// It becomes an entry of the scenario's `uncertainty`, read and checked like one of the file.
public struct VariedRange: Sendable {
  /// The concentration of weights for which none is given: as firm as a sample of 100.
  public static let defaultConcentration = "100"

  /// What is put in the place of a distribution.
  enum Content: Sendable {
    /// The ends of a uniform distribution as written.
    case range(low: String, high: String)
    /// The concentration of a stream's weights as written.
    case weights(String)
    /// The scenario's own distribution, or the default for weights.
    case declared
  }

  /// The key of the parameter.
  let path: String
  let content: Content
  /// Where it stands, for messages.
  public let location: SourceLocation

  /// Reads a range.
  ///
  /// - Parameter argument: `path=low:high`, `path.weights=concentration`, or a path alone.
  /// - Throws: `Problem` if it has another form or low is not below high.
  public init(_ argument: String) throws(Problem) {
    location = SourceLocation(file: "--vary \(argument)")
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    path = parts[0].trimmingSpaces
    if parts.count == 1 {
      content = .declared
      if path.isEmpty { throw VariedRange.malformed(location) }
      return
    }
    let ends = parts[1].split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "：" }
      .map { $0.trimmingSpaces }
    if path.isEmpty || ends.contains("") || ends.count > 2 { throw VariedRange.malformed(location) }
    if VariedRange.areWeights(path) {
      if ends.count == 2 { throw VariedRange.noRangeOfWeights(location, path) }
      content = .weights(ends[0])
    } else {
      if ends.count == 1 { throw VariedRange.malformed(location) }
      if VariedRange.isEmpty(ends[0], ends[1]) { throw VariedRange.empty(location) }
      content = .range(low: ends[0], high: ends[1])
    }
  }

  private static func areWeights(_ path: String) -> Bool {
    path.hasSuffix(".weights") || path.hasSuffix(".county_weights")
  }

  /// Whether two numbers of the same unit do not ascend.
  private static func isEmpty(_ low: String, _ high: String) -> Bool {
    func split(_ text: String) -> (number: Double?, unit: String) {
      let end = text.lastIndex { $0.isNumber && $0.isASCII }.map { text.index(after: $0) }
      let number = text[..<(end ?? text.startIndex)]
      return (try? DecimalText(number).double(), text[(end ?? text.startIndex)...].trimmingSpaces)
    }
    let (one, other) = (split(low), split(high))
    guard let first = one.number, let second = other.number, one.unit == other.unit else {
      return false
    }
    return first >= second
  }

  // MARK: Problems

  private static func malformed(_ location: SourceLocation) -> Problem {
    Problem(
      location,
      Wording(
        "write a range as path=low:high, such as incentives.reserve=0.02:0.10, or the weights of a "
          + "stream as streams.<key>.weights=100 (concentration)",
        "请写成 路径=下限:上限，例如 incentives.reserve=0.02:0.10；任务方向的权重写成 "
          + "streams.<key>.weights=100（集中度）"))
  }

  private static func empty(_ location: SourceLocation) -> Problem {
    Problem(
      location,
      Wording(
        "the range is empty; the first number must be below the second", "区间为空；前一个数须小于后一个数"))
  }

  private static func noRangeOfWeights(_ location: SourceLocation, _ path: String) -> Problem {
    Problem(
      location,
      Wording(
        "the weights of a stream vary together, because they sum to 1; give their concentration, as "
          + "in \(path)=100 (the larger, the closer to the written ones)",
        "同一任务方向的权重合计为1，须一并变化；请给出集中度，例如 \(path)=100（越大越接近现行权重）"))
  }
}

extension ScenarioSource {
  /// This scenario with ranges as entries of its `uncertainty`.
  ///
  /// - Parameters:
  ///   - ranges: Each takes the place of the scenario's own distribution of the same parameter.
  ///   - isOnly: Whether the scenario's other distributions are left out.
  /// - Returns: The scenario.
  /// - Throws: `Problem` for a path alone of which the scenario says nothing, and for a parameter with
  ///   two ranges.
  public func varying(_ ranges: [VariedRange], isOnly: Bool) throws(Problem) -> ScenarioSource {
    let declared = ScenarioTree.withoutNulls(tree)["uncertainty"]?.entries ?? []
    var entries = isOnly ? [] : declared
    var keys: Set<String> = []
    for range in ranges {
      let key = writtenPath(range.path)
      if !keys.insert(key).inserted { throw range.repeated(key) }
      let own = declared.last { $0.key == key }
      guard let value = range.node ?? own?.value ?? range.defaultNode else {
        throw range.undeclared
      }
      entries.removeAll { $0.key == key }
      entries.append(YAMLNode.Entry(key: key, location: range.location, value: value))
    }
    var top = (tree.entries ?? []).filter { $0.key != "uncertainty" }
    if !entries.isEmpty {
      let node = YAMLNode(content: .mapping(entries), location: entries[0].location)
      top.append(YAMLNode.Entry(key: "uncertainty", location: node.location, value: node))
    }
    return ScenarioSource(
      tree: YAMLNode(content: .mapping(top), location: tree.location), file: file)
  }

  /// `streams.x.pool` for a pool with an amount and a growth is its amount, and the other way round.
  private func writtenPath(_ path: String) -> String {
    let keys = path.split(separator: ".")
    if let node = node(keys[...]), !node.isTimeline, node["amount"] != nil {
      return path + ".amount"
    }
    if keys.last == "amount", let parent = node(keys.dropLast()),
      parent.entries == nil || parent.isTimeline
    {
      return keys.dropLast().joined(separator: ".")
    }
    return path
  }

  private func node(_ keys: ArraySlice<Substring>) -> YAMLNode? {
    keys.reduce(tree as YAMLNode?) { $0?[String($1)] }
  }
}

extension VariedRange {
  /// The distribution as a scenario would hold it; nil for a path alone.
  fileprivate var node: YAMLNode? {
    switch content {
    case .range(let low, let high):
      mapping([("distribution", "uniform"), ("low", low), ("high", high)])
    case .weights(let concentration):
      mapping([("distribution", "dirichlet"), ("concentration", concentration)])
    case .declared: nil
    }
  }

  /// The default of weights.
  fileprivate var defaultNode: YAMLNode? {
    VariedRange.areWeights(path)
      ? mapping([
        ("distribution", "dirichlet"), ("concentration", VariedRange.defaultConcentration),
      ]) : nil
  }

  private func mapping(_ entries: [(key: String, text: String)]) -> YAMLNode {
    YAMLNode(
      content: .mapping(
        entries.map { entry in
          YAMLNode.Entry(
            key: entry.key, location: location,
            value: YAMLNode(content: .scalar(entry.text, isPlain: true), location: location))
        }), location: location)
  }

  fileprivate func repeated(_ key: String) -> Problem {
    Problem(
      location, Wording("\(key) is given twice; keep one range", "\(key) 给出了两次；请只保留一个区间"))
  }

  fileprivate var undeclared: Problem {
    Problem(
      location,
      Wording(
        "the scenario's uncertainty does not say how \(path) varies; give a range: \(path)=low:high",
        "情景的 uncertainty 未说明 \(path) 如何变化；请给出区间：\(path)=下限:上限"))
  }
}
