import Foundation

/// Whole processes, from start to printed table.
struct ProcessBenchmark {
  let karez: String
  let nativeKarez: String
  let scenarios: URL
  let national: URL
  let ensemble: URL
  let rounds: Int

  private struct Work {
    let kernel: String
    let size: String
    let folder: URL
    let arguments: [String]
    var mostSeconds: Double
    var mostMegabytes: Double?
    /// Long work is run but a few times.
    var isLong = false
  }

  func rows() throws -> [ResultRow] {
    var wall = works.map { _ in [Double]() }
    var peak = wall
    for round in 0..<rounds {
      for (index, work) in works.enumerated() where round < (work.isLong ? 3 : rounds) {
        let program = work.isLong ? nativeKarez : karez
        let child = try ChildProcess([program] + work.arguments, folder: work.folder.path)
        wall[index].append(child.wallSeconds)
        peak[index].append(child.peakMegabytes)
      }
    }
    return works.indices.flatMap { index in
      let work = works[index]
      return [
        ResultRow(
          kernel: work.kernel, size: work.size, median: Sample(values: wall[index]),
          unit: .milliseconds, goals: [.atMost(work.mostSeconds)]),
        ResultRow(
          kernel: "  its memory at the most", size: work.size,
          median: Sample(values: peak[index]), unit: .megabytes,
          goals: work.mostMegabytes.map { [.atMost($0)] } ?? []),
      ]
    }
  }

  private var works: [Work] {
    let reforms = ["performance-30", "floor-95", "linear-slope", "no-gates", "one-year-recovery"]
    return [
      Work(
        kernel: "process: Xinjiang, six scenarios", size: "96 × 8 × 5 years",
        folder: scenarios.appendingPathComponent("xinjiang"),
        arguments: ["run"] + (["baseline-2024"] + reforms).map { $0 + ".yaml" },
        mostSeconds: 0.06, mostMegabytes: 60),
      Work(
        kernel: "process: France 2021, check", size: "33058 × 4 × 1 year",
        folder: scenarios.appendingPathComponent("france-dsr-2021"),
        arguments: ["check", "dsr-2021.yaml"], mostSeconds: 0.8),
      Work(
        kernel: "process: national, one scenario", size: "2844 × 5 × 10 years",
        folder: national.deletingLastPathComponent(),
        arguments: ["run", national.lastPathComponent], mostSeconds: 0.4),
      Work(
        kernel: "process: compare two scenarios, two cores", size: "M: 98 × 6 × 5 × 100,000 draws",
        folder: ensemble.deletingLastPathComponent(),
        arguments: [
          "compare", ensemble.lastPathComponent, "reform.yaml", "--draws", "100000", "--quiet",
        ], mostSeconds: 10, mostMegabytes: 500, isLong: true),
    ]
  }
}
