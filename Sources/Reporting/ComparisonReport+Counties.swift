import Comparison
import PolicyModel
import Simulation

extension ComparisonReport {
  /// A county's total in the baseline and in a reform.
  struct CountyChange {
    let county: County
    let base: Double
    let amount: Double

    var change: Double { amount - base }
  }

  /// County totals of a year in currency units, in the order of the baseline's counties.
  func countyChanges(_ index: Int, year: Int) -> [CountyChange] {
    let base = totals(baseline, year)
    let own = totals(ledgers[index], year)
    let table = ledgers[index].plan.counties
    return baseline.plan.counties.counties.enumerated().map { position, county in
      let other = table.indexOfCode[county.code].map { own[$0] } ?? 0
      return CountyChange(county: county, base: base[position], amount: other)
    }
  }

  private func totals(_ ledger: Ledger, _ year: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: ledger.plan.countyCount)
    guard let record = ledger.years.first(where: { $0.year == year }) else { return sums }
    for stream in record.streams {
      for county in sums.indices { sums[county] += stream.final[county] / 100 }
    }
    return sums
  }
}
