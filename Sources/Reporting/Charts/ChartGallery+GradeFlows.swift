import Comparison
import Documents
import PolicyModel
import Simulation

extension ChartGallery {
  /// Grades of counties from year to year: the data's before the first year, then each year's end.
  func gradeFlows(_ choice: Choice) throws(ChartGap) -> Chart {
    let ledger = ledgers[scenario(choice)]
    let first = ledger.plan.scenario.years.lowerBound
    let columns = [ledger.years[0].start.grade] + ledger.years.map(\.end.grade)
    let members = columns[0].indices.filter { county in
      columns.contains { !$0[county].isNaN }
    }
    if members.isEmpty { throw .noGrades(ledger.plan.scenario.name) }
    let classes = columns.map { grades in members.map { grades[$0].isNaN ? 4 : Int(grades[$0]) } }
    let years = ["\(first - 1)"] + ledger.years.map { "\($0.year)" }
    let hasNone = classes.contains { $0.contains(4) }
    let names =
      Grade.allCases.map { words("grade \($0.letter)", "\($0.letter)等") }
      + (hasNone ? [words("no grade", "无等级")] : [])
    let chart = chart(classes, names, years)
    let ends = [chart.counts[0], chart.counts[chart.counts.count - 1]].map { counts in
      zip(names, counts).map { "\($0) \($1)" }.joined(separator: words(", ", "，"))
    }
    return Chart(
      title: words("Grades of counties from year to year", "各县市区考核等级逐年变化"),
      subtitle: name(ledger), marks: marks,
      summary: "\(years[0]): \(ends[0]); \(years[years.count - 1]): \(ends[1])",
      notes: [
        words(
          "Numbers of counties. Dark bands: counties that change their grade; between the columns "
            + "how many rise (↑) and fall (↓).",
          "数字为县市区个数；深色带为等级变动的县；列间↑为升级县数，↓为降级县数。")
      ], source: source([ledger]), languageTag: languageTag, content: .flows(chart))
  }

  private func chart(_ classes: [[Int]], _ names: [String], _ years: [String]) -> Flows {
    return Flows(
      columns: [words("\(years[0]) (data)", "\(years[0])（数据）")] + years.dropFirst(),
      classes: names, counts: classes.map { Self.counts($0, names.count) },
      flows: classes.indices.dropLast().map { column in
        flows(
          classes[column], classes[column + 1], names, years[column] + " → " + years[column + 1])
      },
      gapTitles: classes.indices.dropLast().map { column in
        let pairs = zip(classes[column], classes[column + 1])
        let better = pairs.count { $1 < $0 }
        let worse = pairs.count { $1 > $0 }
        return words("↑\(better) ↓\(worse)", "↑\(better) ↓\(worse)")
      })
  }

  private static func counts(_ classes: [Int], _ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for rank in classes { counts[rank] += 1 }
    return counts
  }

  private func flows(
    _ from: [Int], _ to: [Int], _ names: [String], _ years: String
  ) -> [Flows.Flow] {
    names.indices.flatMap { start in
      names.indices.compactMap { end -> Flows.Flow? in
        let count = zip(from, to).count { $0 == start && $1 == end }
        if count == 0 { return nil }
        return Flows.Flow(
          from: start, to: end, count: count,
          detail: "\(years): \(names[start]) → \(names[end]): \(count)")
      }
    }
  }
}
