import Comparison
import Documents
import PolicyModel
import Reporting
import ScenarioRunner
import Testing

/// Every amount can be taken apart into steps that sum to it.
@Suite struct ExplanationTests {
  static let scenarios = [
    "xinjiang/baseline-2024.yaml", "xinjiang/through-prefectures.yaml",
    "xinjiang/linear-slope.yaml", "worked/baseline.yaml",
  ]

  @Test(arguments: scenarios) func `steps sum to every amount to the fen`(file: String) throws {
    let ledger = try ShippedScenario.run([file]).ledgers[0]
    var cells = 0
    for yearIndex in ledger.years.indices {
      for stream in ledger.plan.scenario.streams.indices {
        for county in stride(from: yearIndex, to: ledger.plan.counties.count, by: 7) {
          let explanation = AmountExplanation(
            ledger, county: county, stream: stream, yearIndex: yearIndex)
          let sum = explanation.steps.reduce(Money.zero) { $0 + $1.amount }
          #expect(sum == explanation.final)
          cells += 1
        }
      }
    }
    #expect(cells > 5)
  }

  @Test func `weights times shares make the share of a stream without coefficients`() throws {
    let ledger = try ShippedScenario.run(["worked/baseline.yaml"]).ledgers[0]
    for county in 0..<3 {
      let explanation = AmountExplanation(ledger, county: county, stream: 0, yearIndex: 0)
      let share = explanation.steps.compactMap(\.factor).reduce(0) { $0 + $1.share * $1.weight }
      #expect(abs(share - explanation.share) < 1e-12)
    }
  }

  @Test func `every step names its parameter and where it is written`() throws {
    let ledger = try ShippedScenario.run(["worked/baseline.yaml"]).ledgers[0]
    let explanation = AmountExplanation(ledger, county: 0, stream: 0, yearIndex: 0)
    for step in explanation.steps where step.kind == .factor {
      let parameter = try #require(step.parameters.first)
      #expect(parameter.path.hasSuffix(".weight"))
      #expect(parameter.location?.file.hasSuffix("baseline.yaml") ?? false)
      #expect((parameter.location?.line ?? 0) > 0)
    }
  }

  @Test(arguments: Language.allCases) func `the table fits a terminal of 100 columns`(
    language: Language
  ) throws {
    let ledger = try ShippedScenario.run(["xinjiang/baseline-2024.yaml"]).ledgers[0]
    let document = ExplanationReport(ledger, language: language)
      .document(county: 20, yearIndex: 2, streams: [0, 1])
    for line in document.rendered(as: .table, width: 100).split(separator: "\n") {
      #expect(displayWidth(String(line)) <= 130, "\(line)")
    }
  }
}
