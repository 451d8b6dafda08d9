import FundAllocation
import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

/// Reads the files of a scenario and compiles it.
func plan(_ files: [String: String]) throws -> Plan {
  let folder = try TemporaryFolder(files)
  var loader = ScenarioLoader()
  do {
    let loaded = loader.load([folder / "scenario.yaml"])
    #expect(loader.problems.isEmpty, "\(loader.problems.map { $0.text(in: .english) })")
    let first = try #require(loaded.first)
    return try Plan.compile(first.scenario, counties: first.counties, panel: first.panel)
  } catch let error as CompileErrors {
    Issue.record("\(error.problems.map { $0.text(in: .english) })")
    throw error
  }
}

/// The years of a run with any number: what its streams came to.
func run<Rule: MoneyRule>(
  _ plan: Plan, money: Rule, parameters: [Rule.Number]
) throws -> [[StreamResult<Rule.Number>]] {
  var simulator = Simulator(
    plan: plan, money: money, parameters: parameters, keepsListing: true)
  try simulator.start()
  return try plan.scenario.years.map { _ in
    try simulator.runYear()
    defer { simulator.advance() }
    return simulator.streams
  }
}

/// The years of a run with real money.
func realRun(_ plan: Plan, parameters: [Double]? = nil) throws -> [[StreamResult<Double>]] {
  try run(
    plan, money: RealMoney<Double>(quantum: plan.scenario.quantum),
    parameters: parameters ?? plan.parameterValues)
}
