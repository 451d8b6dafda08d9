import Documents
import Foundation
import ScenarioRunner

/// What can be timed on its own.
enum Section: String, CaseIterable {
  case processes
  case roofline
  case ensemble
  case allocation
  case france
  case ledger
  case weights
  case bootstrap
  case sensitivity
}

/// What `Benchmarks/run` hands over.
struct Setting {
  /// karez as built without options, and for this processor.
  let karez: String
  let nativeKarez: String
  /// karez-bench: as built without options, which runs on any processor; the same with its variants
  /// beside it; for this processor.
  let plainBench: String
  let portableBench: String
  let nativeBench: String
  let python: String
  /// The folder of the C++ programs, as built.
  let programs: String
  let repository: URL
  let result: String
  /// What to time; everything if the user named nothing.
  let sections: Set<Section>
  let isWhole: Bool

  init(_ arguments: [String]) throws {
    guard arguments.count >= 10 else {
      throw BenchmarkFailure("this is started by Benchmarks/run, which sets everything up")
    }
    let names = arguments.dropFirst(10)
    isWhole = names.isEmpty
    sections = isWhole ? Set(Section.allCases) : Set(names.compactMap { Section(rawValue: $0) })
    if !isWhole && sections.count != Set(names).count {
      let known = Section.allCases.map(\.rawValue).joined(separator: " ")
      throw BenchmarkFailure("sections are: \(known)")
    }
    karez = arguments[1]
    nativeKarez = arguments[2]
    plainBench = arguments[3]
    portableBench = arguments[4]
    nativeBench = arguments[5]
    python = arguments[6]
    programs = arguments[7]
    repository = URL(fileURLWithPath: arguments[8])
    result = arguments[9]
  }

  var scenarios: URL { repository.appendingPathComponent("Scenarios") }

  func script(_ name: String) -> String {
    repository.appendingPathComponent("Benchmarks/Peers/\(name).py").path
  }
}

/// Times everything, prints one table, writes JSON.
func benchmark(_ setting: Setting) throws -> [ResultRow] {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("karez-bench-\(ProcessInfo.processInfo.processIdentifier)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let wanted = setting.sections
  // First, while this process is small: the memory that a child is said to have held is at least
  // what its parent held when it started it.
  let processes = wanted.contains(.processes) ? try processRows(setting, folder) : []
  let numpy = try Peer(setting.python, [setting.script("numpy_allocation")])
  defer { numpy.end() }
  var rows: [ResultRow] = []
  if !wanted.isDisjoint(with: [.roofline, .ensemble]) {
    let roofline = try Roofline(program: setting.programs + "/roofline", rounds: 5).measured()
    rows += roofline.rows
    if wanted.contains(.ensemble) { rows += try ensembleRows(setting, folder, peak: roofline.peak) }
  }
  if wanted.contains(.allocation) {
    rows += try AllocationBenchmark(peer: numpy, folder: folder, rounds: 9).rows()
  }
  if wanted.contains(.weights) { rows += try weightRows(setting, folder) }
  if wanted.contains(.bootstrap) {
    rows += try BootstrapBenchmark(
      portable: setting.portableBench, native: setting.nativeBench, python: setting.python,
      script: setting.script("bootstrap_quadprog"), folder: folder, rounds: 7
    ).rows()
  }
  if wanted.contains(.sensitivity) { rows += try sobolRows(setting, folder) }
  if wanted.contains(.france) {
    rows += try FranceBenchmark(
      scenario: setting.scenarios.appendingPathComponent("france-dsr-2021/dsr-2021.yaml"), rounds: 7
    ).rows()
  }
  if wanted.contains(.ledger) { rows += try LedgerBenchmark(folder: folder, rounds: 5).rows() }
  rows += processes
  let portable = try Peer(setting.portableBench, ["ensemble"])
  defer { portable.end() }
  try report(
    rows, peer: try numpy.ask("version"), portable: try portable.ask("version"),
    to: setting.isWhole ? setting.result : nil)
  return rows
}

/// Whole commands.
func processRows(_ setting: Setting, _ folder: URL) throws -> [ResultRow] {
  let national = try NationalScenario(counties: 2_844, years: 10)
    .write(to: folder.appendingPathComponent("national"))
  let ensemble = try EnsembleCase(counties: 98, streams: 6, years: 5)
    .write(to: folder.appendingPathComponent("ensemble"))
  return try ProcessBenchmark(
    karez: setting.karez, nativeKarez: setting.nativeKarez, scenarios: setting.scenarios,
    national: national, ensemble: ensemble, rounds: 9
  ).rows()
}

/// Weights of indicators, against pymcdm.
func weightRows(_ setting: Setting, _ folder: URL) throws -> [ResultRow] {
  let builds = [
    (name: "for this processor", program: try Peer(setting.nativeBench, ["weights"])),
    (name: "portable", program: try Peer(setting.portableBench, ["weights"])),
  ]
  let script = setting.script("weights_pymcdm")
  let peers = [
    (name: "pymcdm", program: try Peer(setting.python, [script])),
    (name: "pymcdm, by columns", program: try Peer(setting.python, [script, "columns"])),
  ]
  defer { for (_, program) in builds + peers { program.end() } }
  return try WeightsBenchmark(builds: builds, peers: peers, folder: folder, rounds: 9).rows()
}

/// What drives a result, against SALib.
func sobolRows(_ setting: Setting, _ folder: URL) throws -> [ResultRow] {
  let peers = [
    try Peer(setting.nativeBench, ["sobol"]), try Peer(setting.portableBench, ["sobol"]),
    try Peer(setting.python, [setting.script("sobol_salib")]),
  ]
  defer { for peer in peers { peer.end() } }
  return try SobolBenchmark(
    native: peers[0], portable: peers[1], salib: peers[2], folder: folder, rounds: 7
  ).rows()
}

/// The law with draws, against every peer.
func ensembleRows(_ setting: Setting, _ folder: URL, peak: Double) throws -> [ResultRow] {
  func build(_ name: String, _ peer: Peer, goal: Double? = nil) -> EnsembleBenchmark.Contestant {
    EnsembleBenchmark.Contestant(name: name, peer: peer, readsScenario: true, goal: goal)
  }
  func peer(_ name: String, _ peer: Peer, goal: Double? = nil) -> EnsembleBenchmark.Contestant {
    EnsembleBenchmark.Contestant(name: name, peer: peer, readsScenario: false, goal: goal)
  }
  func python(_ script: String) throws -> Peer {
    try Peer(setting.python, [setting.script(script)])
  }
  let contestants = [
    build("Karez, for this processor", try Peer(setting.nativeBench, ["ensemble"])),
    build("Karez, portable", try Peer(setting.portableBench, ["ensemble"]), goal: 0.3),
    build("Karez, any processor", try Peer(setting.plainBench, ["ensemble"])),
    peer("C++", try Peer(setting.programs + "/ensemble_steps"), goal: 0.6),
    peer("NumPy", try python("ensemble_steps_numpy"), goal: 5),
    peer("Numba", try python("ensemble_steps_numba"), goal: 3.5),
    peer("C++, not fused", try Peer(setting.programs + "/ensemble_steps_unfused")),
    peer("C++, derived", try Peer(setting.programs + "/ensemble")),
    peer("NumPy, derived", try python("ensemble_numpy")),
    peer("Numba, derived", try python("ensemble_numba")),
  ]
  defer { for contestant in contestants { contestant.peer.end() } }
  return try EnsembleBenchmark(contestants, folder: folder, rounds: 7, peak: peak).rows()
}

func report(_ rows: [ResultRow], peer: String, portable: String, to path: String?) throws {
  let table = Table(
    title: "Speed and memory", columns: ResultRow.columns, rows: rows.flatMap(\.lines),
    notes: [
      "Medians. Kernels and ledgers: processor time of one thread; processes: time on the wall, and "
        + "the most memory held. Ratios are taken round by round; above 1 Karez is faster.",
      "Draws: nanoseconds a county, stream, year and draw. All programs came to the same means. "
        + "Peers carry out the same steps; those called derived use the algebra of just this case "
        + "(Peers/MODEL.md).",
      "Peers in Python: \(peer), one thread, in the same rounds.",
      "The portable build picks its program by the processor, here \(portable). Its builds come to "
        + "the same bits.",
    ])
  let document = Document(title: "Karez benchmarks", blocks: [.table(table)])
  print(document.rendered(as: .table, width: 160))
  if let path {
    try Data(document.rendered(as: .json).utf8).write(to: URL(fileURLWithPath: path))
  }
}

do {
  try ProgramVariant.start()
  switch CommandLine.arguments.dropFirst().first {
  case "ensemble":
    var program = EnsembleProgram()
    try program.run()
  case "bootstrap": try BootstrapProgram(Array(CommandLine.arguments.dropFirst(2))).run()
  case "weights":
    var program = WeightsProgram()
    try program.run()
  case "sobol": try SobolProgram().run()
  default:
    let rows = try benchmark(try Setting(CommandLine.arguments))
    let missed = rows.map(\.missedGoals.count).reduce(0, +)
    if missed > 0 { print("\(missed) goals missed.") }
  }
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
