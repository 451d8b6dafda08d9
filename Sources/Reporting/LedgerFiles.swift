import Comparison
import Documents
import FundAllocation
import PolicyModel
import Simulation

/// The CSV files of a run (formats, "What `karez run --out DIR` writes").
public enum LedgerFiles {
  /// `ledger.csv`: scenario × year × stream × county.
  public static func ledger(_ ledgers: [Ledger]) -> String {
    var text =
      "scenario,year,stream,county,eligible,share,base,deduction,reward,held,final,carried_in,"
      + "spent,recovered,carried_out\n"
    for ledger in ledgers {
      let scenario = CSVText.escaped(ledger.plan.scenario.name)
      let codes = codes(ledger)
      for year in ledger.years {
        for (index, stream) in year.streams.enumerated() {
          let key = CSVText.escaped(ledger.plan.scenario.streams[index].key)
          for county in codes.indices {
            text += "\(scenario),\(year.year),\(key),\(codes[county]),"
            text += line(stream, county)
          }
        }
      }
    }
    return text
  }

  private static func codes(_ ledger: Ledger) -> [String] {
    ledger.plan.counties.counties.map { CSVText.escaped($0.code) }
  }

  private static func line(_ stream: StreamResult<Double>, _ county: Int) -> String {
    let amounts = [
      stream.allocation.base[county], stream.outcome.deduction[county],
      stream.outcome.reward[county], stream.held[county], stream.final[county],
      stream.carriedIn[county], stream.spent[county], stream.recovered[county],
      stream.carriedOut[county],
    ]
    let isEligible = stream.year.eligible[county] > 0 ? "1," : "0,"
    return isEligible + NumberText.significant(stream.allocation.share[county]) + ","
      + amounts.map { fen($0) }.joined(separator: ",") + "\n"
  }

  /// `county_years.csv`: scenario × year × county, end-of-year values.
  public static func countyYears(_ ledgers: [Ledger]) -> String {
    let indicators = assessmentKeys(ledgers)
    var text =
      "scenario,year,county,score,grade,effort,incentive,execution_rate,pipeline,asset_stock,"
      + "income,monitored"
    text += indicators.map { "," + CSVText.escaped("level_" + $0) }.joined() + "\n"
    for ledger in ledgers {
      let scenario = CSVText.escaped(ledger.plan.scenario.name)
      let keys = ledger.plan.scenario.assessment?.indicators.map(\.key) ?? []
      let positions = indicators.map { keys.firstIndex(of: $0) }
      let codes = codes(ledger)
      for year in ledger.years {
        for county in codes.indices {
          text += "\(scenario),\(year.year),\(codes[county]),"
          text += line(year, county, hasBehaviour: ledger.plan.scenario.behaviour != nil)
          for position in positions {
            text += "," + number(position.map { year.levels[$0][county] } ?? .nan)
          }
          text += "\n"
        }
      }
    }
    return text
  }

  /// Every assessment indicator in order of first appearance.
  static func assessmentKeys(_ ledgers: [Ledger]) -> [String] {
    var keys: [String] = []
    for ledger in ledgers {
      for indicator in ledger.plan.scenario.assessment?.indicators ?? []
      where !keys.contains(indicator.key) {
        keys.append(indicator.key)
      }
    }
    return keys
  }

  private static func line(_ year: Ledger.Year, _ county: Int, hasBehaviour: Bool) -> String {
    let shown = year.observation
    return [
      number(shown.score[county]), gradeLetter(year.end.grade[county]),
      number(shown.effort[county]),
      hasBehaviour ? number(year.incentivePower[county]) : "",
      number(year.end.executionRate[county]), money(shown.pipeline[county]),
      money(shown.assetStock[county]), money(shown.income[county]),
      number(shown.monitored[county]),
    ].joined(separator: ",")
  }

  /// A grade's letter; empty without one.
  static func gradeLetter(_ grade: Double) -> String {
    grade.isNaN ? "" : Grade(rawValue: Int(grade))?.letter ?? ""
  }

  /// `pools.csv`: scenario × year × stream.
  public static func pools(_ ledgers: [Ledger]) -> String {
    var text =
      "scenario,year,stream,pool,recycled,reserve,base_pool,allocated,unallocated,lambda\n"
    for ledger in ledgers {
      for year in ledger.years {
        for (index, stream) in year.streams.enumerated() {
          let amounts = [
            stream.year.pool, stream.recycled, stream.allocation.reserve,
            stream.allocation.basePool, stream.final.reduce(0, +), stream.unallocated,
          ]
          let head = [
            CSVText.escaped(ledger.plan.scenario.name), "\(year.year)",
            CSVText.escaped(ledger.plan.scenario.streams[index].key),
          ]
          let cells = head + amounts.map { fen($0) } + [number(stream.allocation.level / 100)]
          text += cells.joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }

  /// `metrics.csv`: scenario × year × metric.
  public static func metrics(_ ledgers: [Ledger], _ tables: [MetricTable]) -> String {
    var text = "scenario,year,metric,value\n"
    for (ledger, table) in zip(ledgers, tables) {
      let scenario = CSVText.escaped(ledger.plan.scenario.name)
      for year in table.years {
        for metric in Metric.allCases {
          let value = table.value(metric, year: year)
          let shown = value.map { metric.kind == .money ? money($0) : number($0) } ?? ""
          text += "\(scenario),\(year),\(metric.rawValue),\(shown)\n"
        }
      }
    }
    return text
  }

  // MARK: Numbers

  /// A whole number of fen as currency units with two decimals.
  static func fen(_ amount: Double) -> String { Money(fen: Int64(amount)).decimalText }

  /// Currency units with two decimals; empty where there is none.
  static func money(_ units: Double) -> String {
    if units.isNaN { return "" }
    let text = NumberText.fixed(units, decimals: 2)
    return text == "-0.00" ? "0.00" : text
  }

  /// 12 significant digits; empty where there is none.
  static func number(_ value: Double) -> String {
    value.isNaN ? "" : NumberText.significant(value)
  }
}
