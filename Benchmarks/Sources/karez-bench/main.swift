import Documents
import Foundation

/// karez-bench KAREZ PYTHON SCENARIOS RESULT: times everything, prints one table, writes JSON.
func benchmark(_ arguments: [String]) throws -> [ResultRow] {
  guard arguments.count == 5 else {
    throw BenchmarkFailure("usage: karez-bench KAREZ PYTHON SCENARIOS RESULT; see Benchmarks/run")
  }
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("karez-bench-\(ProcessInfo.processInfo.processIdentifier)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let scenarios = URL(fileURLWithPath: arguments[3])
  let national = try NationalScenario(counties: 2_844, years: 10)
    .write(to: folder.appendingPathComponent("national"))
  // First, while this process is small: the memory that a child is said to have held is at least
  // what its parent held when it started it.
  let processes = try ProcessBenchmark(
    karez: arguments[1], scenarios: scenarios, national: national, rounds: 9
  ).rows()
  let script = scenarios.deletingLastPathComponent()
    .appendingPathComponent("Benchmarks/Peers/numpy_allocation.py")
  let peer = try Peer(interpreter: arguments[2], script: script.path)
  defer { peer.end() }
  let version = try peer.ask("version")
  var rows = try AllocationBenchmark(peer: peer, folder: folder, rounds: 9).rows()
  rows += try FranceBenchmark(
    scenario: scenarios.appendingPathComponent("france-dsr-2021/dsr-2021.yaml"), rounds: 7
  ).rows()
  rows += try LedgerBenchmark(folder: folder, rounds: 5).rows()
  rows += processes
  try report(rows, peer: version, to: arguments[4])
  return rows
}

func report(_ rows: [ResultRow], peer: String, to path: String) throws {
  let table = Table(
    title: "Speed and memory", columns: ResultRow.columns, rows: rows.map(\.cells),
    notes: [
      "Medians. Kernels and ledgers: processor time; processes: time on the wall, and the most "
        + "memory held. The ratio is taken round by round.",
      "Peer: \(peer), one thread, in the same rounds; its answers were the same to the fen.",
    ])
  let document = Document(title: "Karez benchmarks", blocks: [.table(table)])
  print(document.rendered(as: .table, width: 160))
  try Data(document.rendered(as: .json).utf8).write(to: URL(fileURLWithPath: path))
}

do {
  let missed = try benchmark(CommandLine.arguments).filter { $0.isMet == false }.count
  if missed > 0 { print("\(missed) goals missed.") }
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
