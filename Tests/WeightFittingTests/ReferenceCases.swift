import Foundation
import TestFixtures
import WeightFitting

/// Published weighting cases.
struct WeightingCase {
  let columns: IndicatorColumns
  let output: [Double]
  /// Half a unit of the last digit printed.
  let tolerance: Double

  static func named(_ name: String) throws -> WeightingCase {
    let all = try ReferenceFile.json("Reference/mcdm_weights_pymcdm.json")["cases"]
    let cases = all as? [[String: Any]] ?? []
    let found = cases.first { ($0["case"] as? String) == "\(name).test_output" } ?? [:]
    let rows = found["matrix"] as? [[Double]] ?? []
    let columns = (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
    return WeightingCase(
      columns: IndicatorColumns(values: columns, costs: columns.map { _ in false }),
      output: found["output"] as? [Double] ?? [],
      tolerance: 0.5 * pow(10, -Double(found["decimals"] as? Int ?? 9)) + 1e-12)
  }
}

/// Published hierarchies.
enum HierarchyCase {
  static func named(_ prefix: String) throws -> [String: Any] {
    let all = try ReferenceFile.json("Reference/ahp.json")["cases"] as? [[String: Any]] ?? []
    return all.first { ($0["case"] as? String ?? "").hasPrefix(prefix) } ?? [:]
  }

  /// Judgements of `[x, y, v]`: x is v times y; a pair that is given again, as in the cities, once.
  static func judgements(_ comparisons: Any?) throws -> Judgements {
    var names: [String] = []
    var list: [Judgement] = []
    func index(_ name: Any) -> Int {
      let name = name as? String ?? ""
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
    var pairs: Set<Set<Int>> = []
    for entry in comparisons as? [[Any]] ?? [] {
      let (first, second) = (index(entry[0]), index(entry[1]))
      if !pairs.insert([first, second]).inserted { continue }
      let ratio = (entry[2] as? NSNumber)?.doubleValue ?? 0
      list.append(Judgement(first: first, second: second, ratio: ratio))
    }
    return try Judgements(names: names, list: list)
  }

  static func single(
    _ judgements: Judgements, _ priorities: AnalyticHierarchy.Priorities = .eigenvector
  )
    -> AnalyticHierarchy
  {
    AnalyticHierarchy(JudgementGroup(name: "", judgements: judgements), by: priorities)
  }
}

func isNear(_ left: [Double], _ right: [Double], _ tolerance: Double) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
}
