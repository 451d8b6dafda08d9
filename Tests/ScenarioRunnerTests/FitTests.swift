import Foundation
import PolicyModel
import ScenarioRunner
import TestFixtures
import Testing

/// `karez fit`: weights from tables and scenarios, and what it refuses.
@Suite struct FitTests {
  /// 24 counties in two years; amounts are 0.5, 0.3 and 0.2 of three shares, in whole yuan.
  private func table(_ change: (inout [[String]]) -> Void = { _ in }) throws -> TemporaryFolder {
    var random = SplitMix64(seed: 5)
    var rows: [[String]] = [["code", "year", "people", "poor", "area", "paid", "last"]]
    for year in ["2023", "2024"] {
      let values = (0..<24).map { _ in (0..<3).map { _ in 1 + random.whole(0...999) } }
      let sums = (0..<3).map { factor in values.reduce(0) { $0 + $1[factor] } }
      for (county, value) in values.enumerated() {
        let share = zip([0.5, 0.3, 0.2], zip(value, sums)).reduce(0) {
          $0 + $1.0 * Double($1.1.0) / Double($1.1.1)
        }
        let amount = (share * 1e8).rounded()
        let last = (amount / (county % 4 == 0 ? 0.9 : 1.1)).rounded()
        rows.append(
          ["\(650_001 + county)", year] + value.map { "\($0)" }
            + ["\(Int(amount))", "\(Int(last))"])
      }
    }
    change(&rows)
    let text = rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    return try TemporaryFolder(["paid.csv": text])
  }

  private func source(_ folder: TemporaryFolder) -> FitTableSource {
    FitTableSource(
      path: folder / "paid.csv", amount: "paid", factors: ["people", "poor", "area"])
  }

  private func json(_ request: FitRequest) throws -> [String: Any] {
    let data = Data(try FitOutcome(request).json.utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func messages(_ request: FitRequest) -> [String] {
    do throws(RunFailure) {
      _ = try FitOutcome(request)
      return []
    } catch {
      #expect(error.exitCode == 65)
      return error.problems.map { $0.text(in: .english) }
    }
  }

  @Test func `the contract's keys hold the weights and what they rest on`() throws {
    let folder = try table()
    let found = try json(FitRequest(source: .table(source(folder)), replicates: 100))
    let weights = try #require(found["weights"] as? [String: Double])
    for (name, wanted) in ["people": 0.5, "poor": 0.3, "area": 0.2] {
      #expect(abs((weights[name] ?? 0) - wanted) < 1e-6)
      let ends = try #require((found["interval"] as? [String: [Double]])?[name])
      #expect(ends.count == 2 && ends[0] <= ends[1])
      #expect(((found["vif"] as? [String: Double])?[name] ?? 0) >= 1)
    }
    #expect(found["rows"] as? Int == 48)
    #expect(found["bound_rows"] as? Int == 0)
    #expect((found["r2"] as? Double ?? 0) > 1 - 1e-9)
    #expect((found["rmse"] as? Double ?? 9) < 1)
    #expect((found["max_error"] as? Double ?? 9) < 2)
    #expect((found["condition_number"] as? Double ?? 0) > 1)
  }

  @Test func `threads do not change a byte`() throws {
    let folder = try table()
    var request = FitRequest(source: .table(source(folder)), replicates: 300, threads: 1)
    let one = try FitOutcome(request).json
    request.threads = 3
    #expect(try FitOutcome(request).json == one)
    request.seed = 2
    #expect(try FitOutcome(request).json != one)
  }

  @Test func `amounts at floors and caps are counted and left out`() throws {
    // Last year's amounts put a quarter of the counties at their floor of 0.9 and the others at
    // their cap of 1.1; noise in the rest would mislead.
    let folder = try table { rows in
      for row in 1..<rows.count where row % 3 != 0 { rows[row][6] = rows[row][5] }
    }
    var source = source(folder)
    source.previous = "last"
    source.floor = 0.9
    source.cap = 1.1
    let found = try json(FitRequest(source: .table(source), replicates: 0))
    #expect(found["bound_rows"] as? Int == 16)
    let weights = try #require(found["weights"] as? [String: Double])
    #expect(abs((weights["people"] ?? 0) - 0.5) < 1e-5)
    #expect((found["interval"] as? [String: Any])?["people"] is NSNull)
  }

  @Test func `a stream's published amounts are fitted by its own rules`() throws {
    let source = FitScenarioSource(
      path: ShippedScenario.path("france-dsr-2021/lozere.yaml"), stream: "pfi",
      factors: ["score_pfi", "score_road", "score_kids", "score_pfi_ha"])
    let found = try json(FitRequest(source: .scenario(source), replicates: 40))
    let weights = try #require(found["weights"] as? [String: Double])
    #expect(abs((weights["score_pfi"] ?? 0) - 1) < 1e-4)
    #expect(found["rows"] as? Int == 149)
    #expect((found["bound_rows"] as? Int ?? 0) > 5)
    #expect((found["max_error"] as? Double ?? 9) <= 1)
  }

  /// The whole country: rows at floors and caps, and two merged communes far over their caps,
  /// mislead the fit that takes them for shares.
  @Test func `censoring finds the French weights where the naive fit does not`() throws {
    let source = FitScenarioSource(
      path: ShippedScenario.path("france-dsr-2021/dsr-2021.yaml"), stream: "pfi_ha",
      factors: ["score_pfi", "score_road", "score_kids", "score_pfi_ha"])
    let found = try json(FitRequest(source: .scenario(source), replicates: 0))
    let weights = try #require(found["weights"] as? [String: Double])
    let naive = try #require(found["naive_weights"] as? [String: Double])
    let (own, other) = (weights["score_pfi_ha"] ?? 0, naive["score_pfi_ha"] ?? 0)
    print("DSR per hectare: weight \(own) with floors and caps censored, \(other) without")
    #expect(own > 0.9999)
    #expect(other < own)
  }

  @Test func `tables show weights, quality, what not to trust, and misfits`() throws {
    let folder = try table { rows in
      rows[0].append("people_again")
      for row in 1..<rows.count { rows[row].append(rows[row][2]) }
    }
    var source = source(folder)
    source.factors.append("people_again")
    let outcome = try FitOutcome(FitRequest(source: .table(source), replicates: 16))
    let text = outcome.document(worst: 3).rendered(as: .table, width: 200)
    #expect(
      text.contains(
        "people_again is a copy of people: only the sum of their weights is known. All of it stands "
          + "with people."))
    #expect(text.contains("Not marked as observed or synthetic: paid, people, poor, area, …."))
    #expect(text.contains("R²"))
    #expect(text.contains("∞"))
    #expect(outcome.document(worst: 3).tables.last?.rows.count == 3)
    let chinese = try FitOutcome(
      FitRequest(source: .table(source), replicates: 16, language: .chinese))
    let words = chinese.document(worst: 3).rendered(as: .table, width: 200)
    #expect(words.contains("“people_again”与“people”完全相同：只能确定两者权重之和，全部列在“people”之下。"))
  }

  @Test func `files appear whole and never over the data`() throws {
    let folder = try table()
    let outcome = try FitOutcome(FitRequest(source: .table(source(folder)), replicates: 8))
    try outcome.write(to: folder / "out")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder / "out").sorted()
    #expect(names == ["fit.json", "fit.md", "fitted.csv", "weights.csv"])
    let fitted = try String(contentsOfFile: folder / "out/fitted.csv", encoding: .utf8)
    #expect(fitted.split(separator: "\n").count == 49)
    #expect(fitted.hasPrefix("code,pool,official,fitted,floor,cap,mark,influence\n650001,2023,"))
    let shadow = try TemporaryFolder(["fitted.csv": "x"])
    #expect(throws: Never.self) { try outcome.write(to: shadow.path) }
  }

  @Test func `bounds and fixed weights hold`() throws {
    let folder = try table()
    let found = try json(
      FitRequest(
        source: .table(source(folder)), fixed: ["people=0.6"], bounds: ["area=0.1:0.15"],
        replicates: 16))
    let weights = try #require(found["weights"] as? [String: Double])
    #expect(abs((weights["people"] ?? 0) - 0.6) < 1e-12)
    #expect(abs((weights["area"] ?? 0) - 0.15) < 1e-9 || (weights["area"] ?? 0) < 0.15)
    #expect((found["interval"] as? [String: [Double]])?["people"] == [0.6, 0.6])
  }

  // MARK: Mistakes

  @Test func `mistakes in a table are named with line and column`() throws {
    let folder = try table { rows in
      rows[3][3] = ""
      rows[4][5] = "12 %"
    }
    var wrong = source(folder)
    wrong.factors = ["people", "poor", "aera"]
    let path = folder / "paid.csv"
    #expect(
      messages(FitRequest(source: .table(wrong))) == [
        "\(path):5: paid: \"12 %\" has a percent sign; write a fraction such as 0.2",
        "\(path):4: poor: the cell is empty; fill it in, or leave the row out",
        "\(path):1: aera: the table has no such column; did you mean \"area\"?",
      ])
  }

  @Test func `negative values are refused`() throws {
    let folder = try table { rows in rows[2][4] = "-3" }
    #expect(
      messages(FitRequest(source: .table(source(folder)))) == [
        "\(folder / "paid.csv"):3: area: -3.0 is negative; amounts, factors and row weights are 0 or "
          + "more"
      ])
  }

  @Test func `too few rows, no money and no factor values are refused`() throws {
    let few = try table { rows in rows = Array(rows.prefix(3)) }
    #expect(
      messages(FitRequest(source: .table(source(few)))) == [
        "\(few / "paid.csv"): 2 amounts that are at no floor or cap are fewer than the 3 factors; "
          + "give more rows or fewer factors"
      ])
    let poor = try table { rows in for row in 1..<rows.count { rows[row][5] = "0" } }
    #expect(
      messages(FitRequest(source: .table(source(poor)))) == [
        "\(poor / "paid.csv"): the amounts of a pool sum to 0; leave its rows out"
      ])
    let empty = try table { rows in for row in 1..<rows.count { rows[row][3] = "0" } }
    #expect(
      messages(FitRequest(source: .table(source(empty)))) == [
        "\(empty / "paid.csv"): poor is 0 in every row of a pool, so it has no shares; leave it out"
      ])
  }

  @Test func `a county that stands twice in a pool is refused`() throws {
    let folder = try table { rows in rows.append(rows[1]) }
    let path = folder / "paid.csv"
    #expect(
      messages(FitRequest(source: .table(source(folder)))) == [
        "\(path):50: code: 650001 stands twice in a pool, first at \(path):2; keep one row, or name the "
          + "columns that tell pools apart with --group"
      ])
  }

  @Test func `row weights that are all 0 are refused`() throws {
    let folder = try table { rows in
      rows[0].append("counts")
      for row in 1..<rows.count { rows[row].append("0") }
    }
    var source = source(folder)
    source.rowWeight = "counts"
    #expect(
      messages(FitRequest(source: .table(source))) == [
        "\(folder / "paid.csv"): counts: all row weights are 0, so that no row counts; correct the "
          + "column"
      ])
  }

  /// Amounts in whole 万元 show that they were rounded, whatever their size.
  @Test func `coarse rounding is seen at floors and caps`() throws {
    let folder = try table { rows in
      for row in 1..<rows.count {
        let (amount, last) = (Double(rows[row][5]) ?? 0, Double(rows[row][6]) ?? 0)
        rows[row][5] = "\(Int((amount / 1e4).rounded()))"
        rows[row][6] = "\(last / 1e4)"
      }
    }
    var source = source(folder)
    (source.previous, source.floor, source.cap) = ("last", 0.9, 1.1)
    let found = messages(FitRequest(source: .table(source), replicates: 0))
    #expect(
      found == [
        "\(folder / "paid.csv"): 0 amounts that are at no floor or cap are fewer than the 3 factors; "
          + "give more rows or fewer factors"
      ])
  }

  @Test func `bounds that nobody can keep are refused`() throws {
    let folder = try table()
    func said(_ fixed: [String], _ bounds: [String]) -> [String] {
      messages(FitRequest(source: .table(source(folder)), fixed: fixed, bounds: bounds))
    }
    #expect(
      said(["people=0.7", "poor=0.7"], []) == [
        "\(folder / "paid.csv"): no weights within the bounds sum to 1: they sum to 1.4 at least and "
          + "2.4 at most; widen them"
      ])
    #expect(
      said(["peple=0.7"], ["area=0.4:0.1"]) == [
        "--fix peple=0.7: \"peple\" is none of the factors; did you mean \"people\"?",
        "--bound area=0.4:0.1: write FACTOR=LOWEST:HIGHEST with 0 ≤ lowest ≤ highest ≤ 1",
      ])
    #expect(
      said(["area=0.3"], ["area=0.1:0.4"]) == [
        "--bound area=0.1:0.4: the weight of area is bounded twice; keep one"
      ])
    #expect(
      said(["area"], []) == [
        "--fix area: write FACTOR=WEIGHT with a weight from 0 to 1"
      ])
  }

  @Test func `streams that cannot be fitted are refused with the reason`() throws {
    let france = ShippedScenario.path("france-dsr-2021/lozere.yaml")
    #expect(
      messages(FitRequest(source: .scenario(FitScenarioSource(path: france)))) == [
        "\(france): several streams have published amounts; choose with --stream: pfi, road, kids, "
          + "pfi_ha"
      ])
    #expect(
      messages(FitRequest(source: .scenario(FitScenarioSource(path: france, stream: "pfl")))) == [
        "\(france): unknown stream \"pfl\"; did you mean \"pfi\"?"
      ])
    let worked = ShippedScenario.path("worked/baseline.yaml")
    #expect(
      messages(FitRequest(source: .scenario(FitScenarioSource(path: worked)))) == [
        "\(worked): no stream has a column of published amounts; name one with `published:`"
      ])
    let years = FitScenarioSource(path: france, stream: "pfi", years: [2022])
    #expect(messages(FitRequest(source: .scenario(years))).count == 1)
  }
}
