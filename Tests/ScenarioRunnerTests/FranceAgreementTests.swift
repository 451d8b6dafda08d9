import Comparison
import ScenarioRunner
import Testing

/// Money that somebody was paid: the four parts of the rural solidarity grant of 2021.
///
/// Source: amounts published by the French Directorate General of Local Authorities; the rules
/// stand in the scenario's README.
@Suite struct FranceAgreementTests {
  struct Part: Sendable {
    let stream: String
    let share: Double
    let pointValue: Double
  }

  @Test func `published amounts of 33,058 communes are reproduced`() throws {
    let run = try ShippedScenario.run(["france-dsr-2021/dsr-2021.yaml"])
    let agreements = PublishedAgreement.all(run.ledgers[0], worstCount: 1)
    let wanted = [
      Part(stream: "pfi", share: 0.997, pointValue: 5.1092),
      Part(stream: "road", share: 0.989, pointValue: 0.2781),
      Part(stream: "kids", share: 0.992, pointValue: 35.0292),
      Part(stream: "pfi_ha", share: 0.998, pointValue: 2.9931),
    ]
    #expect(agreements.map(\.stream) == wanted.map(\.stream))
    for (part, agreement) in zip(wanted, agreements) {
      #expect(agreement.countyCount == 33_058)
      #expect(agreement.officialSum == agreement.computedSum)
      let share = Double(agreement.withinTwoQuanta) / 33_058
      #expect(share >= part.share, "\(part.stream): \(share)")
      let value = try #require(agreement.pointValue)
      #expect(abs(value / part.pointValue - 1) < 5e-4, "\(part.stream): \(value)")
    }
  }

  @Test func `every commune of Lozère is within a euro`() throws {
    let run = try ShippedScenario.run(["france-dsr-2021/lozere.yaml"])
    let agreements = PublishedAgreement.all(run.ledgers[0], worstCount: 1)
    #expect(agreements.count == 4)
    for agreement in agreements {
      #expect(agreement.countyCount == 149)
      #expect(agreement.withinQuantum == 149, "\(agreement.stream)")
    }
  }
}
