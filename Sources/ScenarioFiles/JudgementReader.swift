import PolicyModel
import WeightFitting

/// Reads judgements from YAML.
final class JudgementReader {
  private let fields = FieldReader()
  private(set) var locations: [String: SourceLocation] = [:]
  private var problems: [Problem] = []

  /// The goal with all its criteria.
  ///
  /// - Throws: `ProblemList` with everything that cannot be used.
  func goal(_ tree: YAMLNode) throws(ProblemList) -> JudgementGroup {
    let goal = group(tree, "", name: "")
    let all = fields.problems + problems
    guard let goal, all.isEmpty else { throw ProblemList(all) }
    return goal
  }

  private func group(_ node: YAMLNode, _ path: String, name: String) -> JudgementGroup? {
    guard let own = fields.fields(node, path, known: ["judgements", "criteria"]) else {
      return nil
    }
    guard let listed = own["judgements"] else {
      fields.reportMissing(own, "judgements")
      return nil
    }
    let place = joined(path, "judgements")
    let judgements = judgements(listed, place)
    let groups = criteria(own, path, parts: judgements)
    return judgements.map { JudgementGroup(name: name, judgements: $0, groups: groups) }
  }

  private func criteria(_ own: Fields, _ path: String, parts: Judgements?) -> [JudgementGroup] {
    guard let node = own["criteria"] else { return [] }
    let here = joined(path, "criteria")
    return fields.namedEntries(node, here).compactMap { entry in
      let place = joined(here, entry.key)
      let inner = group(entry.value, place, name: entry.key)
      if let parts, !parts.names.contains(entry.key) {
        fields.report(
          entry.location, place,
          Wording(
            "\"\(entry.key)\" is in no judgement of the level above",
            "上一层的判断中没有“\(entry.key)”") + nearestHint(entry.key, among: parts.names))
        return nil
      }
      return inner
    }
  }

  // MARK: Judgements

  /// Names in order of first mention, and what is judged of them.
  private struct Collected {
    var names: [String] = []
    var list: [Judgement] = []
    var lines: [[Int]: Int] = [:]

    mutating func index(_ name: String) -> Int {
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
  }

  private func judgements(_ node: YAMLNode, _ path: String) -> Judgements? {
    guard case .sequence(let items) = node.content else {
      fields.reportType(node, path, Wording("a list of judgements", "判断列表"))
      return nil
    }
    if items.isEmpty {
      fields.report(node.location, path, Wording("there is no judgement", "没有任何判断"))
      return nil
    }
    var collected = Collected()
    let isWhole = items.map { add($0, path, to: &collected) }.allSatisfy { $0 }
    if !isWhole { return nil }
    do throws(Problem) {
      return try JudgementAssembly.judgements(
        names: collected.names, list: collected.list, at: node.location, path: path)
    } catch {
      problems.append(error)
      return nil
    }
  }

  /// Adds a judgement; says whether it could be used.
  private func add(_ node: YAMLNode, _ path: String, to collected: inout Collected) -> Bool {
    guard let own = fields.fields(node, path, known: ["more", "less", "times"]) else {
      return false
    }
    for key in ["more", "less", "times"] where !own.has(key) { fields.reportMissing(own, key) }
    guard let more = fields.reference(own, "more"), let less = fields.reference(own, "less"),
      let times = fields.text(own, "times"), let ratio = ratio(times, own, path)
    else { return false }
    if more.name == less.name {
      fields.report(
        less.location, joined(path, "less"),
        Wording(
          "\"\(less.name)\" is held against itself; name another", "“\(less.name)”不能与自身比较；请改为其他指标"))
      return false
    }
    for name in [more, less] where locations[name.name] == nil {
      locations[name.name] = name.location
    }
    let (first, second) = (collected.index(more.name), collected.index(less.name))
    return link(first, second, ratio, node.location, path, &collected)
  }

  private func ratio(_ text: String, _ own: Fields, _ path: String) -> Double? {
    switch JudgementRatio.read(text) {
    case .success(let ratio): return ratio
    case .failure(let problem):
      fields.report(own["times"]?.location, joined(path, "times"), problem.wording)
      return nil
    }
  }

  private func link(
    _ first: Int, _ second: Int, _ ratio: Double, _ place: SourceLocation, _ path: String,
    _ collected: inout Collected
  ) -> Bool {
    let pair = [min(first, second), max(first, second)]
    if let line = collected.lines[pair] {
      let names = pair.map { collected.names[$0] }
      fields.report(
        place, path,
        Wording(
          "\(names[0]) and \(names[1]) are judged twice, first in line \(line); keep one",
          "\(names[0])与\(names[1])重复判断，首次出现在第\(line)行；请只保留一个"))
      return false
    }
    collected.lines[pair] = place.line
    collected.list.append(Judgement(first: first, second: second, ratio: ratio))
    return true
  }
}
