import FundAllocation
import TestFixtures
import Testing

struct ApportionmentTests {
  @Test(arguments: Array(stride(from: 1910, through: 2020, by: 10)))
  func `the House of Representatives by Huntington and Hill`(census: Int) throws {
    let rows = try ReferenceFile.rows("Reference/huntington_hill_435_1910_2020.csv")
      .filter { $0[0] == "\(census)" }
    #expect(rows.count == 50)
    let claims = rows.compactMap { Double($0[2]) }
    let wanted = rows.compactMap { Int($0[3]) }
    #expect(DivisorMethod.huntingtonHill.seats(for: claims, seats: 435) == wanted)
  }

  /// Largest remainder where the smallest states have a seat each before remainders count.
  private func seats1880(_ total: Int) throws -> [String: Int] {
    let rows = try ReferenceFile.rows("Reference/state_populations_1880.csv").dropFirst()
    let people = rows.compactMap { Double($0[1]) }
    let sum = people.reduce(0, +)
    var seats = people.map { max(1, $0 / sum * Double(total)) }
    LargestRemainder.round(&seats, total: Double(total), quantum: 1)
    return Dictionary(uniqueKeysWithValues: zip(rows.map { $0[0] }, seats.map { Int($0) }))
  }

  @Test func `the Alabama paradox of 1880`() throws {
    let known = try ReferenceFile.json("Reference/alabama_paradox.json")
    let answers = try #require(known["computed_here"] as? [String: [String: Int]])
    #expect(answers.count == 4)
    for (total, states) in answers {
      let seats = try seats1880(try #require(Int(total)))
      for (state, wanted) in states { #expect(seats[state] == wanted, "\(state) of \(total)") }
    }
    #expect(try seats1880(299)["Alabama"] == 8)
    #expect(try seats1880(300)["Alabama"] == 7)
  }

  @Test func `no paradox under divisor methods`() throws {
    let rows = try ReferenceFile.rows("Reference/state_populations_1880.csv").dropFirst()
    let people = rows.compactMap { Double($0[1]) }
    for method in DivisorMethod.allCases {
      var before = method.seats(for: people, seats: 250)
      for total in 251...320 {
        let after = method.seats(for: people, seats: total)
        #expect(after.reduce(0, +) == total)
        #expect(zip(before, after).allSatisfy { $0 <= $1 }, "\(method) at \(total)")
        before = after
      }
    }
  }

  private func cases(_ key: String) throws -> [[String: Any]] {
    let file = try ReferenceFile.json("Reference/apportionment.json")
    return try #require(file[key] as? [[String: Any]])
  }

  private func hamilton(_ claims: [Double], seats: Int) -> [Int] {
    let sum = claims.reduce(0, +)
    var amounts = claims.map { $0 / sum * Double(seats) }
    LargestRemainder.round(&amounts, total: Double(seats), quantum: 1)
    return amounts.map { Int($0) }
  }

  @Test func `the examples of Balinski and Young`() throws {
    let cases = try cases("cases")
    #expect(cases.count == 2)
    for entry in cases {
      let claims = try #require(entry["votes"] as? [Double])
      let seats = try #require(entry["seats"] as? Int)
      let wanted = try #require(entry["expected"] as? [String: [Int]])
      #expect(hamilton(claims, seats: seats) == wanted["largest_remainder"])
      #expect(DivisorMethod.webster.seats(for: claims, seats: seats) == wanted["saintelague"])
      #expect(DivisorMethod.huntingtonHill.seats(for: claims, seats: seats) == wanted["huntington"])
    }
  }

  @Test func `what every method must give`() throws {
    let cases = try cases("all_methods").filter { $0["expected"] is [Int] }
    #expect(cases.count == 5)
    for entry in cases {
      let name = try #require(entry["case"] as? String)
      let claims = try #require(entry["votes"] as? [Double])
      let seats = try #require(entry["seats"] as? Int)
      let wanted = try #require(entry["expected"] as? [Int])
      #expect(hamilton(claims, seats: seats) == wanted, "\(name)")
      for method in DivisorMethod.allCases {
        #expect(method.seats(for: claims, seats: seats) == wanted, "\(name), \(method)")
      }
    }
  }

  @Test func `without a claim nobody gets anything`() {
    for method in DivisorMethod.allCases {
      #expect(method.seats(for: [0, 0], seats: 3) == [0, 0])
      #expect(method.seats(for: [], seats: 3).isEmpty)
    }
  }
}
