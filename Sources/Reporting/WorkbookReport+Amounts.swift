import Comparison
import Documents
import FundAllocation
import PolicyModel
import Simulation

/// Who gets how much: by county, by prefecture, and who gains and loses most.
extension WorkbookReport {
  private func column(_ english: String, _ chinese: String, _ style: NumberStyle = .text)
    -> WorkbookSheet.Column
  {
    WorkbookSheet.Column(language.words(english, chinese), style)
  }

  // MARK: Counties

  /// Every county once, the baseline's first.
  private var allCounties: [County] {
    var known: Set<String> = []
    return ledgers.flatMap(\.plan.counties.counties).filter { known.insert($0.code).inserted }
  }

  /// Final amounts by year and county.
  var counties: WorkbookSheet {
    var sheet = sheet(
      .counties, language.words("Final amount by county", "分县最终资金"))
    sheet.columns =
      [
        column("year", "年度", .plain), column("code", "代码"), column("county", "县市区"),
        column("prefecture", "地州市"),
      ] + comparisonColumns
    let all = allCounties
    let positions = ledgers.map { ledger in
      all.map { ledger.plan.counties.indexOfCode[$0.code] }
    }
    let years = Array(years)
    sheet.rows = RowSource(count: years.count * all.count) { index in
      let (year, county) = (index / all.count, index % all.count)
      let fen = positions.indices.map { scenario in
        positions[scenario][county].flatMap { amounts[scenario][year]?[$0] }
      }
      return WorkbookRow(
        [
          WorkbookCell(Double(years[year])), WorkbookCell(all[county].code),
          WorkbookCell(all[county].name.text(in: language)),
          WorkbookCell(all[county].prefectureName.text(in: language)),
        ] + comparisonCells(fen, start: 4))
    }
    sheet.total = WorkbookSheet.Total(sumLabel, .above)
    sheet.frozenColumns = 3
    return sheet
  }

  // MARK: Prefectures

  /// Final amounts by year and prefecture.
  var prefectures: WorkbookSheet {
    var sheet = sheet(
      .prefectures, language.words("Final amount by prefecture", "分地州市最终资金"))
    sheet.columns =
      [
        column("year", "年度", .plain), column("code", "代码"), column("prefecture", "地州市"),
      ] + comparisonColumns
    let names = Dictionary(
      allCounties.map { ($0.prefecture, $0.prefectureName.text(in: language)) },
      uniquingKeysWith: { first, _ in first })
    let codes = prefectureCodes
    let sums = ledgers.indices.map { prefectureSums($0) }
    sheet.rows = RowSource(
      years.enumerated().flatMap { position, year in
        codes.map { code in
          WorkbookRow(
            [WorkbookCell(Double(year)), WorkbookCell(code), WorkbookCell(names[code] ?? code)]
              + comparisonCells(sums.map { $0[position]?[code] }, start: 3))
        }
      })
    sheet.total = WorkbookSheet.Total(sumLabel, .above)
    sheet.frozenColumns = 3
    return sheet
  }

  var prefectureCodes: [String] { Set(allCounties.map(\.prefecture)).sorted(by: isBefore) }

  /// The rows of the last year in that sheet.
  var lastPrefectureRows: Range<Int> {
    let count = prefectureCodes.count
    return (years.count - 1) * count..<years.count * count
  }

  /// Sums by prefecture in fen; nil for a year that the run lacks.
  ///
  /// Shape: [year of the baseline].
  private func prefectureSums(_ scenario: Int) -> [[String: Double]?] {
    let counties = ledgers[scenario].plan.counties.counties
    return amounts[scenario].map { year in
      year.map { amounts in
        var sums: [String: Double] = [:]
        for (county, amount) in zip(counties, amounts) {
          sums[county.prefecture, default: 0] += amount
        }
        return sums
      }
    }
  }

  // MARK: Winners and losers

  /// How many gains and how many losses of a reform stand in its list.
  private static let winnerCount = 10

  /// The reforms that run the last year, with the counties that gain and lose most.
  var largestChanges: [(scenario: Int, changes: [ComparisonReport.CountyChange])] {
    ledgers.indices.dropFirst().filter { scenarios[$0].years.contains(lastYear) }.map { index in
      let all = report.changes(index, year: lastYear)
      return (index, report.largest(all, count: WorkbookReport.winnerCount))
    }
  }

  var winners: WorkbookSheet {
    var sheet = sheet(
      .winners,
      language.words("Largest winners and losers in \(lastYear)", "\(lastYear)年增减最多的县"))
    let unit = format.moneyUnit
    let decimals = format.moneyDecimals
    sheet.columns = [
      column("reform", "改革情景"), column("code", "代码"), column("county", "县市区"),
      column("prefecture", "地州市"),
      column("baseline\n(\(unit))", "基准\n（\(unit)）", .decimals(decimals)),
      column("reform\n(\(unit))", "改革\n（\(unit)）", .decimals(decimals)),
      column("change\n(\(unit))", "变动\n（\(unit)）", .signed(decimals)),
      column("change\n(%)", "变动\n（%）", .signedPercent(1)),
    ]
    sheet.rows = RowSource(
      largestChanges.flatMap { index, changes in
        changes.map { change in
          WorkbookRow(
            [
              WorkbookCell(scenarios[index].name), WorkbookCell(change.county.code),
              WorkbookCell(change.county.name.text(in: language)),
              WorkbookCell(change.county.prefectureName.text(in: language)),
            ] + comparisonCells([change.base * 100, change.amount * 100], start: 4))
        }
      })
    sheet.notes = ledgers.indices.dropFirst().map { winnerNote($0) }
    sheet.frozenColumns = 3
    return sheet
  }

  private func winnerNote(_ index: Int) -> String {
    let name = scenarios[index].name
    guard scenarios[index].years.contains(lastYear) else {
      return language.words("\(name) does not run \(lastYear).", "\(name) 不含\(lastYear)年。")
    }
    let changes = report.changes(index, year: lastYear)
    let (gain, loss) = (changes.count { $0.change > 0 }, changes.count { $0.change < 0 })
    return language.words(
      "\(name): \(gain) counties gain, \(loss) lose; up to \(WorkbookReport.winnerCount) of each.",
      "\(name)：\(gain)县增加，\(loss)县减少；各列至多\(WorkbookReport.winnerCount)县。")
  }
}
