import FundAllocation
import PolicyModel
import Simulation
import TestFixtures
import Testing

struct ConservationTests {
  private func ledger(_ seed: UInt64) throws -> Ledger {
    try Ledger(try plan(RandomScenario(seed: seed, parts: .everything).files))
  }

  @Test(arguments: 0..<40)
  func `final amounts and what is unallocated are the pool, to the fen`(seed: UInt64) throws {
    let ledger = try ledger(seed)
    for year in ledger.years {
      for stream in year.streams {
        #expect(stream.final.reduce(stream.unallocated, +) == stream.year.pool)
        #expect(stream.final.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
        #expect(stream.unallocated >= 0)
        let granted = zip(stream.final, stream.held).map { $0 + $1 }
        #expect(granted == stream.outcome.final)
      }
    }
  }

  @Test(arguments: 0..<40)
  func `money at hand is spent, recovered or carried, to the fen`(seed: UInt64) throws {
    let ledger = try ledger(seed)
    var carried = ledger.years[0].streams.map { $0.final.map { _ in 0.0 } }
    for year in ledger.years {
      for (index, stream) in year.streams.enumerated() {
        #expect(stream.carriedIn == carried[index])
        for county in stream.final.indices {
          let atHand = stream.carriedIn[county] + stream.final[county]
          let gone = stream.spent[county] + stream.recovered[county]
          #expect(atHand == gone + stream.carriedOut[county])
          #expect(stream.spent[county] >= 0 && stream.spent[county] <= atHand)
          #expect(stream.recovered[county] >= 0 && stream.carriedOut[county] >= 0)
        }
        carried[index] = stream.carriedOut
      }
    }
  }

  @Test(arguments: 0..<40)
  func `recycled money is what came back, less a rest below the quantum`(seed: UInt64) throws {
    let ledger = try ledger(seed)
    let recycles = ledger.plan.scenario.carryOver?.recycles ?? false
    let quantum = ledger.plan.scenario.quantum.asDouble
    var waiting = ledger.years[0].streams.map { _ in 0.0 }
    for year in ledger.years {
      for (index, stream) in year.streams.enumerated() {
        #expect(
          stream.recycled == (recycles ? (waiting[index] / quantum).rounded(.down) * quantum : 0))
        waiting[index] -= stream.recycled
        waiting[index] += stream.recovered.reduce(stream.unallocated, +)
      }
    }
  }

  @Test(arguments: 0..<40)
  func `base amounts are whole quanta within their bounds`(seed: UInt64) throws {
    let ledger = try ledger(seed)
    let quantum = ledger.plan.scenario.quantum.asDouble
    for year in ledger.years {
      for stream in year.streams {
        let allocation = stream.allocation
        let isScaled = allocation.notices.contains(.floorsExceedPool)
        #expect(allocation.base.reduce(allocation.unplaced, +) == allocation.basePool)
        for county in allocation.base.indices {
          let amount = allocation.base[county]
          #expect(amount.truncatingRemainder(dividingBy: quantum) == 0)
          #expect(amount <= allocation.caps[county])
          #expect(isScaled || amount >= allocation.floors[county])
          if stream.year.eligible[county] == 0 { #expect(amount == 0) }
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func `floors of a year follow the last base amount`(seed: UInt64) throws {
    let ledger = try ledger(seed)
    let money = LedgerMoney(quantum: ledger.plan.scenario.quantum)
    var reference = ledger.years[0].start.reference
    for year in ledger.years {
      for (index, stream) in year.streams.enumerated() {
        #expect(stream.year.reference == reference[index])
        let policy = ledger.plan.scenario.streams[index]
        for county in reference[index].indices where stream.year.eligible[county] == 1 {
          let minimum = policy.minimum?.value(in: year.year) ?? 0
          let part = policy.floor?.value(in: year.year) ?? 0
          let wanted = max(minimum, part * reference[index][county])
          #expect(stream.allocation.floors[county] == money.roundedToQuantum(wanted))
          reference[index][county] = stream.allocation.base[county]
        }
      }
    }
  }

  @Test func `every part of the law occurs`() throws {
    var seen: [String: Int] = [:]
    for seed in UInt64(0)..<40 {
      let ledger = try ledger(seed)
      for stream in ledger.years.flatMap(\.streams) {
        func note(_ name: String, _ happens: Bool) { if happens { seen[name, default: 0] += 1 } }
        note("reward", stream.outcome.reward.contains { $0 > 0 })
        note("deduction", stream.outcome.deduction.contains { $0 > 0 })
        note("held", stream.held.contains { $0 > 0 })
        note("recovered", stream.recovered.contains { $0 > 0 })
        note("recycled", stream.recycled > 0)
        note("excluded", stream.year.eligible.contains(0))
        note(
          "capped",
          zip(stream.allocation.base, stream.allocation.caps).contains { $0 == $1 && $0 > 0 })
        note("unplaced", stream.allocation.unplaced > 0)
        note("tiers", stream.year.countyRules != nil)
        note("floors exceed", stream.allocation.notices.contains(.floorsExceedPool))
      }
    }
    #expect(seen.count == 10)
    #expect(seen.values.allSatisfy { $0 >= 3 }, "\(seen)")
  }
}
